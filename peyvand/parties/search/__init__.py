"""How parties are found: folded text, numbers, typing errors, keyboard layouts. No model here."""

from peyvand.parties.search.text import cut, parts_of_email, search_text, vocabulary_of

__all__ = ["cut", "parts_of_email", "search_text", "vocabulary_of"]
