"""How the folded text of a party is made and how a question is cut into words. No model here.

The text has three lines: the words of name, organisation, work and city; the parts of the e-mail addresses;
all addresses and public numbers as they are. `PartyWords` holds the words of the first two lines, and
the vocabulary those of the first: both are made from this text and from nothing else.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from peyvand.core.text import search_norm

LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")
# Parts of addresses that say nothing: everybody has them.
_EVERYWHERE = frozenset(
    "com co gov ac edu info www mail gmail yahoo hotmail outlook icloud live chmail aol msn".split()
)


def cut(text: str) -> list[str]:
    """Return the words of a text in their folded form; marks and half-spaces stand between words."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(search_norm(text))]


@lru_cache(4096)
def _cut_often(text: str) -> tuple[str, ...]:
    """The words of an organisation, a work or a city: many have the same."""
    return tuple(cut(text))


def parts_of_email(address: str) -> list[str]:
    """Return the words of an e-mail address that tell something about it: not its country, not its provider."""
    return [part for part in cut(address.rpartition(".")[0]) if part not in _EVERYWHERE]


def search_text(name: str, values: Iterable[str], *others: str) -> str:
    """Return what a party is found by: `others` are organisation, work and city, `values` addresses and numbers."""
    known = [value.removeprefix("+") for value in values]
    words = dict.fromkeys([*cut(name), *(word for text in others if text for word in _cut_often(text))])
    parts = dict.fromkeys(part for value in known if "@" in value for part in parts_of_email(value))
    return "\n".join((" ".join(words), " ".join(parts), " ".join(known)))


def vocabulary_of(search: str) -> list[str]:
    """Return the words of a party's text that the vocabulary holds: all of its first line but plain numbers."""
    return [word for word in search.partition("\n")[0].split(" ") if word and not word.isdecimal()]
