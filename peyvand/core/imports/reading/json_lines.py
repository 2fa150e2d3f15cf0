"""Records of JSON: one a line, or one array of them; each key is a column, a key inside another «address.city».

Lists of plain values become one cell each: «phones», «phones 2» …
"""

import json
from typing import Any

from peyvand.core.imports.reading.csv_rows import Rows
from peyvand.core.imports.reading.encoding import Decoder
from peyvand.core.imports.reading.refused import Refused

MOST_COLUMNS = 1_001  # one more than a table may have, so that it is refused
LONGEST_LINE = 4_000_000
LARGEST_ARRAY = 64_000_000  # characters: an array is known only as a whole
NO_RECORD = "json"


class JsonSource:
    """A file of records."""

    needs_whole = False

    def __init__(self, shape: dict[str, Any], state: dict[str, Any]) -> None:
        self.decoder = Decoder(shape["encoding"], state.get("decoder"))
        self.headers: list[str] = state.get("headers", [])
        self.places = {header: index for index, header in enumerate(self.headers)}
        self.shape: dict[str, Any] = {}
        self.left: str = state.get("left", "")
        self.is_array: bool | None = state.get("is_array")

    @property
    def state(self) -> dict[str, Any]:
        return {
            "decoder": self.decoder.state,
            "headers": list(self.headers),
            "left": self.left,
            "is_array": self.is_array,
        }

    def feed(self, data: bytes) -> tuple[Rows, dict[int, str]]:
        return self._read(self.decoder.feed(data), is_last=False)

    def end(self) -> tuple[Rows, dict[int, str], bool]:
        return *self._read(self.decoder.feed(b"", is_last=True), is_last=True), False

    def _read(self, text: str, *, is_last: bool) -> tuple[Rows, dict[int, str]]:
        self.left += text
        if self.is_array is None and ("\n" in self.left.strip() or is_last or self.left.lstrip()[:1] == "["):
            self.left = self.left.lstrip().removeprefix("\ufeff")
            # records that go over several lines are taken as those of an array are
            self.is_array = self.left[:1] == "[" or not any(
                isinstance(_loaded(line), dict) for line in self.left.split("\n", 3)[:3]
            )
        if self.is_array is None:
            return [], {}  # one line so far: it may be a record, or the first of one that goes over several
        return self._array(is_last=is_last) if self.is_array else self._lines(is_last=is_last)

    def _lines(self, *, is_last: bool) -> tuple[Rows, dict[int, str]]:
        lines = self.left.split("\n")
        self.left = "" if is_last else lines.pop()
        if len(self.left) > LONGEST_LINE:
            raise Refused("json")
        rows: Rows = []
        flaws: dict[int, str] = {}
        for line in lines:
            if line.strip():
                self._add(_loaded(line), line, rows, flaws)
        return rows, flaws

    def _array(self, *, is_last: bool) -> tuple[Rows, dict[int, str]]:
        """Take the records that are whole off the begin of the array."""
        rows: Rows = []
        flaws: dict[int, str] = {}
        decoder, text, at = json.JSONDecoder(), self.left, 0
        while True:
            start = at
            while start < len(text) and text[start] in " \t\r\n,[":
                start += 1
            if start >= len(text) or text[start] == "]":
                at = len(text)
                break
            try:
                value, at = decoder.raw_decode(text, start)
            except (ValueError, RecursionError):
                if is_last or len(text) - start > LARGEST_ARRAY:
                    raise Refused("json") from None
                break
            self._add(value, "", rows, flaws)
        self.left = text[at:]
        return rows, flaws

    def _add(self, value: Any, line: str, rows: Rows, flaws: dict[int, str]) -> None:
        if not isinstance(value, dict):
            flaws[len(rows)] = NO_RECORD
            rows.append([(line or json.dumps(value, ensure_ascii=False))[:200]])
            return
        row: list[str] = []
        for header, text in flat(value):
            index = self._index(header)
            row.extend([""] * (index + 1 - len(row)))
            row[index] = text
        rows.append(row)

    def _index(self, header: str) -> int:
        index = self.places.get(header)
        if index is None:
            if len(self.headers) >= MOST_COLUMNS:
                raise Refused("columns")
            index = self.places[header] = len(self.headers)
            self.headers.append(header)
        return index


def _loaded(line: str) -> Any:
    """What a line says; None when it is no JSON, or holds a number of thousands of digits."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def flat(record: dict[str, Any]) -> list[tuple[str, str]]:
    """(column, text) of a record, one level deep; what lies deeper stays JSON."""
    found: list[tuple[str, str]] = []
    for key, value in record.items():
        name = " ".join(str(key).replace("\x00", "").split())[:200]
        if isinstance(value, dict):
            found += [(f"{name}.{inner}".replace("\x00", "")[:200], text_of(deep)) for inner, deep in value.items()]
        elif isinstance(value, list) and len(value) <= 20 and not any(isinstance(each, dict | list) for each in value):
            found += [(name if place == 1 else f"{name} {place}", text_of(each)) for place, each in enumerate(value, 1)]
        else:
            found.append((name, text_of(value)))
    return found


def text_of(value: Any) -> str:
    """A value as text."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return json.dumps(value, ensure_ascii=False)
