"""Reading a file into blocks of rows of plain text, whatever its format. Runs in the limited child.

`Reader` takes the bytes piece by piece and answers with the blocks that became whole, their counts, and from where to
go on should this child be lost: the byte to begin at, what was left over then, and the number of the next row. So
neither side ever holds the file, and nothing is read twice unless a child was lost.
"""

import json
import struct
from typing import Any, Protocol

from peyvand.core.collecting import uncollected
from peyvand.core.formula_cells import unguarded
from peyvand.core.imports.blocks import deflated, written
from peyvand.core.imports.reading.csv_rows import CsvRows, Rows
from peyvand.core.imports.reading.encoding import Decoder
from peyvand.core.imports.reading.json_lines import JsonSource
from peyvand.core.imports.reading.vcard import VcardSource
from peyvand.core.imports.reading.verdicts import count_block
from peyvand.core.imports.reading.workbook import WorkbookSource
from peyvand.core.imports.types import BLOCK

LENGTH = struct.Struct("!I")
NUL = "\\u0000"
Flaws = dict[int, str]


class Source(Protocol):
    """A format: takes bytes, gives rows and the codes of those that are broken, by their place."""

    headers: list[str]
    needs_whole: bool  # no row comes before the last piece

    @property
    def state(self) -> dict[str, Any]:
        """What it needs to go on after the last piece; JSON."""

    @property
    def shape(self) -> dict[str, Any]:
        """What it found out about the file meanwhile."""

    def feed(self, data: bytes) -> tuple[Rows, Flaws]: ...

    def end(self) -> tuple[Rows, Flaws, bool]:
        """Rows that were still held; whether there are more, to be asked for again."""


class CsvSource:
    """A table of text, as `Look` described it."""

    needs_whole = False

    def __init__(self, shape: dict[str, Any], state: dict[str, Any]) -> None:
        self.headers: list[str] = shape["headers"]
        self.shape: dict[str, Any] = {}
        self.decoder = Decoder(shape["encoding"], state.get("decoder"))
        self.rows = CsvRows(
            delimiter=shape["delimiter"],
            quote=shape["quote"],
            width=shape["width"],
            left=state.get("left", ""),
            is_endless=state.get("is_endless", False),
        )
        self.rows.is_torn = state.get("is_torn", False)
        self.to_drop: int = state.get("drop", shape["drop"])
        self.is_guarded: bool = state.get("is_guarded", False)  # an apostrophe was met: cells may be guarded by one

    @property
    def state(self) -> dict[str, Any]:
        return {
            "decoder": self.decoder.state,
            "left": self.rows.left,
            "is_endless": self.rows.is_endless,
            "is_torn": self.rows.is_torn,
            "drop": self.to_drop,
            "is_guarded": self.is_guarded,
        }

    def feed(self, data: bytes) -> tuple[Rows, Flaws]:
        return self._read(self.decoder.feed(data), is_last=False)

    def end(self) -> tuple[Rows, Flaws, bool]:
        return *self._read(self.decoder.feed(b"", is_last=True), is_last=True), False

    def _read(self, text: str, *, is_last: bool) -> tuple[Rows, Flaws]:
        rows, flaws = self.rows.feed(text, is_last=is_last)
        self.is_guarded = self.is_guarded or "'" in text
        if self.is_guarded:
            rows = [[unguarded(cell) for cell in row] for row in rows]
        dropped = min(self.to_drop, len(rows))
        if dropped:
            self.to_drop -= dropped
            rows = rows[dropped:]
            flaws = {place - dropped: code for place, code in flaws.items() if place >= dropped}
        return rows, flaws


SOURCES: dict[str, Any] = {
    "csv": CsvSource,
    "xlsx": WorkbookSource,
    "xls": WorkbookSource,
    "vcard": VcardSource,
    "jsonl": JsonSource,
}


class Reader:
    """options: {"format", "shape", "state": of the answer to go on from, or None, "from": the first row wanted}."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        state = options.get("state") or {}
        self.source: Source = SOURCES[options["format"]](options["shape"], state.get("source", {}))
        self.kinds: list[str] = state.get("kinds", [])
        self.row: int = state.get("row", 0)  # the number of the next row of the source
        self.blank: int = state.get("blank", 0)  # blank rows before it that may be the end of the table
        self.at: int = state.get("at", 0)  # bytes that it was fed
        self.first: int = options.get("from", 0)  # the number of the first row that is in no block yet
        self.pending: Rows = []
        self.flaws: Flaws = {}
        self.marks = [self._mark()]

    def _mark(self) -> dict[str, Any]:
        mine = {"row": self.row, "blank": self.blank, "at": self.at}
        return mine | {"source": self.source.state}

    def begin(self, options: bytes) -> None:
        """Forget all and go on from another place; options: JSON, "state" and "from"."""
        self.__init__(self.options | json.loads(options))  # type: ignore[misc]

    def feed(self, data: bytes) -> bytes:
        with uncollected():
            self._add(*self.source.feed(data))
            self.at += len(data)
            if not self.source.needs_whole:
                self.marks.append(self._mark())
            return self._answer(is_over=False)

    def end(self, _nothing: bytes) -> bytes:
        """The rest; to be called again as long as the answer is not over."""
        rows, flaws, goes_on = self.source.end()
        self._add(rows, flaws)
        return self._answer(is_over=not goes_on)

    def _add(self, rows: Rows, flaws: Flaws) -> None:
        end = len(rows)
        while end and not any(rows[end - 1]):
            end -= 1
        begin = self.row  # number of rows[0], after the blank rows that are held
        self.row += len(rows)
        if not end:
            self.blank += len(rows)
            return
        filled = [*([[]] * self.blank), *rows[:end]]
        number = begin - self.blank
        self.blank = len(rows) - end
        unwanted = max(0, self.first + len(self.pending) - number)
        self.pending += filled[unwanted:]
        for place, code in flaws.items():
            if begin + place >= self.first:
                self.flaws[begin + place] = code

    def _answer(self, *, is_over: bool) -> bytes:
        blocks, data = [], b""
        while len(self.pending) >= BLOCK or (is_over and self.pending):
            about, packed = self._block()
            blocks.append(about)
            data += packed
        while len(self.marks) > 1 and self.marks[1]["row"] - self.marks[1]["blank"] <= self.first:
            self.marks.pop(0)
        answer = {
            "blocks": blocks,
            "state": self.marks[0] | {"kinds": self.kinds},
            "from": self.first,
            "rows": self.first + len(self.pending),
            "next": self.row,
            "headers": self.source.headers,
            "shape": self.source.shape,
            "is_over": is_over,
        }
        head = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
        return LENGTH.pack(len(head)) + head + data

    def _block(self) -> tuple[dict[str, Any], bytes]:
        rows, self.pending = self.pending[:BLOCK], self.pending[BLOCK:]
        text = written(rows)
        if NUL in text:  # a database takes none, wherever it came from
            rows = [[cell.replace("\x00", "") for cell in row] for row in rows]
            text = written(rows)
        packed = deflated(text)
        flaws = {
            number - self.first: self.flaws.pop(number) for number in sorted(self.flaws) if number < self.first + BLOCK
        }
        about = {
            "first": self.first,
            "count": len(rows),
            "size": len(packed),
            "flaws": flaws,
            "stats": count_block([row for place, row in enumerate(rows) if place not in flaws], self.kinds),
        }
        self.first += len(rows)
        return about, packed


def opened(answer: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What the child answered: the description and the packed blocks."""
    (length,) = LENGTH.unpack_from(answer)
    head: dict[str, Any] = json.loads(answer[LENGTH.size : LENGTH.size + length])
    blocks, at = [], LENGTH.size + length
    for about in head["blocks"]:
        blocks.append(answer[at : at + about["size"]])
        at += about["size"]
    return head, blocks
