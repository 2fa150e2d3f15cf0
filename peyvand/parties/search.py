"""How the folded search text of a party is made, and how a question is cut into words. No model here."""

from collections.abc import Iterable

from peyvand.core.text import search_norm

SHORTEST = 3  # trigrams need three letters; shorter questions are answered by the start of the name


def search_text(name: str, values: Iterable[str], *others: str) -> str:
    """Return what a party is found by: name, other words, e-mails, and numbers without their «+»."""
    lines = [search_norm(name), *(search_norm(other) for other in others)]
    lines += [value.removeprefix("+") for value in values]
    return "\n".join(line for line in lines if line)


def words_of(question: str) -> list[str]:
    """Cut a question into folded words; a number loses its leading zeros and «+», so that 0912… finds +98912…."""
    folded = search_norm(question)
    compact = folded.replace(" ", "").replace("-", "").replace("(", "").replace(")", "")
    if compact.lstrip("+").isdigit():
        return [compact.lstrip("+0") or "0"]
    return folded.split()
