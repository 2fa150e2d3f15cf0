"""The first look at a whole file: what it is, in which encoding and dialect, or why it cannot be read.

Runs in the limited child; `Look` takes the file piece by piece.
"""

import csv
import io
import re
from typing import Any

from peyvand.core.imports.reading import dialect
from peyvand.core.imports.reading.encoding import SAMPLE, Decoder, Encoding, Tally
from peyvand.core.imports.reading.refused import Refused
from peyvand.core.imports.types import MOST_COLUMNS

# (first bytes, code of why it is refused or name of the format)
REFUSED_KINDS = (
    (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"), (b"%PDF", "pdf"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"), (b"MZ", "program"), (b"\x7fELF", "program"), (b"SQLite format 3", "database"),
)  # fmt: skip
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS_LOOKED_AT = 30
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_VCARD = re.compile(r"\s*BEGIN:VCARD\s", re.IGNORECASE)
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{\]])')


class Look:
    """options: {"known": words that heads use, "shape": what the person decided, over what is found}."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.known = frozenset(options.get("known", ()))
        self.decided = options.get("shape", {})
        self.tally = Tally()

    def feed(self, data: bytes) -> bool:
        """Look at the next piece; whether further ones matter."""
        self.tally.feed(data)
        return not self.tally.head.startswith((ZIP, OLE, *(magic for magic, _code in REFUSED_KINDS)))

    def verdict(self, _nothing: bytes) -> dict[str, Any]:
        """{"format", "shape"} or {"refused": code}."""
        try:
            return self._found()
        except Refused as refused:
            return {"refused": str(refused)}

    def _found(self) -> dict[str, Any]:
        head = self.tally.head
        if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
            raise Refused("empty")
        if head.startswith(ZIP):
            return {"format": "xlsx", "shape": {}}
        if head.startswith(OLE):
            return {"format": "xls", "shape": {}}
        refused = next((code for magic, code in REFUSED_KINDS if head.startswith(magic)), "")
        if refused:
            raise Refused(refused)
        return self._text_file()

    def _text_file(self) -> dict[str, Any]:
        encoding = self._encoding()
        text = self._text(encoding)
        controls = len(_CONTROLS.findall(text)) + encoding.nuls
        if controls > 20 and controls > 0.02 * len(text):
            raise Refused("binary")
        if _VCARD.match(text):
            return {"format": "vcard", "shape": {"encoding": encoding.to_json()}}
        if _JSON.match(text):
            return {"format": "jsonl", "shape": {"encoding": encoding.to_json()}}
        return {"format": "csv", "shape": self._table(encoding, text)}

    def _encoding(self) -> Encoding:
        """What fits best; a person who knows better has named it."""
        found = self.tally.verdict()
        decided = self.decided.get("encoding")
        if not decided or decided == found.name:
            return found
        return Encoding(name=decided, bom=found.bom if found.name == decided else 0)

    def _text(self, encoding: Encoding) -> str:
        text = Decoder(encoding.to_json()).feed(self.tally.head, is_last=True)
        return text.removeprefix("\ufeff")

    def _table(self, encoding: Encoding, text: str) -> dict[str, Any]:
        if self.tally.size > SAMPLE:  # the last line may be half a line
            text = text[: text.rfind("\n") + 1] or text
        found = dialect.dialect_of(text)
        delimiter = self.decided.get("delimiter", found.delimiter)
        rows = first_rows(text, delimiter, found.quote)
        declared = 1 if re.match(r"sep=.\r?\n", text) else 0
        place = self.decided.get("header_row", "by itself")
        if place == "by itself":
            place = dialect.header_row(rows[declared:], self.known)
            place = None if place is None else place + declared
        width = max(map(len, rows), default=0)
        if width > MOST_COLUMNS:
            raise Refused("columns")
        headers = trimmed(rows[place]) if place is not None and place < len(rows) else []
        return {
            "encoding": encoding.to_json(),
            "delimiter": delimiter,
            "quote": found.quote,
            "header_row": place,
            "headers": headers,
            "drop": declared if place is None else place + 1,
            "width": len(headers) or width,
        }


def first_rows(text: str, delimiter: str, quote: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or "\x1f", quotechar=quote)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == ROWS_LOOKED_AT:
                break
    except csv.Error:
        pass
    return rows


def trimmed(cells: list[str]) -> list[str]:
    """A heading without the empty cells at its end, each on one line."""
    words = [" ".join(cell.split())[:200] for cell in cells]
    while words and not words[-1]:
        words.pop()
    return words
