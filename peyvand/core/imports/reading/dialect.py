"""How a table of text is written: what parts its cells, what quotes them, which row is its heading."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

DELIMITERS = (",", ";", "\t", "|", "؛", "،")
LOOKED_AT = 200  # lines
MOST_TITLES = 15  # lines above the heading
_SINGLE = re.compile(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|]|$)", re.MULTILINE)
_VALUE = re.compile(
    r"[\s+'()\-/.:,٬٫%۰-۹٠-٩0-9]*|[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+|(?:true|false|yes|no|بله|خیر)", re.IGNORECASE
)
_DIGIT = re.compile("[0-9۰-۹٠-٩]")


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """delimiter: empty for one column only."""

    delimiter: str
    quote: str = '"'

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def dialect_of(text: str) -> Dialect:
    """The dialect of the first lines of a file."""
    lines = re.split(r"\r\n|\r|\n", text, maxsplit=LOOKED_AT)[:LOOKED_AT]  # old Macs end lines with \r alone
    declared = re.fullmatch(r"sep=(.)\r?", lines[0]) if lines else None
    quote = _quote(text)
    if declared:  # what Excel writes on the first line and understands
        return Dialect(delimiter=declared[1], quote=quote)
    scored = [(_score(lines, delimiter, quote), -place) for place, delimiter in enumerate(DELIMITERS)]
    (score, place) = max(scored)
    return Dialect(delimiter=DELIMITERS[-place] if score > 0 else "", quote=quote)


def _quote(text: str) -> str:
    if '"' in text:
        return '"'
    single = len(_SINGLE.findall(text))
    return "'" if single and 4 * single > text.count("'") else '"'


def _score(lines: Sequence[str], delimiter: str, quote: str) -> float:
    """How steady the number of cells is, and how many there are."""
    reader = csv.reader(iter([f"{line}\n" for line in lines]), delimiter=delimiter, quotechar=quote)
    widths = []
    try:
        widths = [len(row) for row in reader if row]
    except csv.Error:
        pass
    if not widths:
        return 0.0
    width, times = Counter(widths).most_common(1)[0]
    if width < 2:
        return 0.0 if max(widths) < 2 else 0.01 * sum(w > 1 for w in widths) / len(widths)
    return times / len(widths) + min(width, 50) / 100


def header_row(rows: Sequence[Sequence[str]], known: frozenset[str] = frozenset()) -> int | None:
    """The place of the heading among the first rows; None when the table has none.

    known: words that heads use, in small letters.
    """
    widths = Counter(sum(bool(cell.strip()) for cell in row) for row in rows if any(row))
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    for place, row in enumerate(rows[:MOST_TITLES]):
        filled = [cell.strip() for cell in row if cell.strip()]
        if len(filled) * 2 <= usual or (len(filled) == 1 < usual):
            continue  # a title, or a blank line, above the table
        return place if _is_heading(filled, rows[place + 1 :], known) else None
    return None


def _is_heading(cells: Sequence[str], below: Sequence[Sequence[str]], known: frozenset[str]) -> bool:
    words = [cell.casefold().replace("\u200c", " ").replace("_", " ") for cell in cells]
    if sum(word in known for word in words) * 3 >= len(words):
        return True
    if any(_VALUE.fullmatch(cell) for cell in cells) or any(len(cell) > 60 for cell in cells):
        return False
    if len(set(words)) < len(words):
        return False
    # heads have few digits; a table whose cells have none either is taken to have a heading
    digits = sum(bool(_DIGIT.search(cell)) for cell in cells)
    return digits * 4 <= len(cells) and not any(list(row) == list(cells) for row in below)
