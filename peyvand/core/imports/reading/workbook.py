"""Rows out of XLSX, XLSB, XLS and ODS by calamine: values as they were last computed, never a formula.

Numbers are written in full («09121234567» that Excel made 9121234567 never becomes «9.12E+09»), dates as ISO.
"""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from peyvand.core.imports.reading.csv_rows import Rows
from peyvand.core.imports.reading.dialect import MOST_TITLES, header_row
from peyvand.core.imports.reading.refused import Refused
from peyvand.core.imports.types import MOST_COLUMNS

LARGEST = 128 * 1024 * 1024  # of the file as it came
MOST_UNPACKED = 3 * 1024**3
PORTION = 10_000  # rows of one answer
PIECE = 1 << 20
LONGEST_CELL = 32_767  # characters that a cell of Excel can hold
# a row or a cell that no spreadsheet has: memory would be asked for all that lies before it
_PERHAPS = re.compile(rb"""\sr=["'](?:[A-Z]{0,3}\d{8,}|[A-Z]{4,}\d)""")
_OUTSIDE = re.compile(rb"""<(?:\w+:)?(?:row|c)\s[^>]*?\br=["'](?:[A-Z]{0,3}\d{8,}|[A-Z]{4,}\d+)["']""")


class WorkbookSource:
    """A workbook; its sheet is taken apart when the last byte is there."""

    needs_whole = True

    def __init__(self, shape: dict[str, Any], _state: dict[str, Any]) -> None:
        decided = shape.get("decided", {})
        self.wanted: str = decided.get("sheet", "")
        self.heading = decided.get("header_row", "by itself")
        self.known = frozenset(shape.get("known", ()))
        self.headers: list[str] = []
        self.shape: dict[str, Any] = {}
        self.state: dict[str, Any] = {}
        self.data = io.BytesIO()
        self.rows: Iterator[list[str]] | None = None

    def feed(self, data: bytes) -> tuple[Rows, dict[int, str]]:
        if self.data.tell() + len(data) > LARGEST:
            raise Refused("memory")
        self.data.write(data)
        return [], {}

    def end(self) -> tuple[Rows, dict[int, str], bool]:
        if self.rows is None:
            self.rows = self._opened()
        found = list(islice(self.rows, PORTION))
        return found, {}, len(found) == PORTION

    def _opened(self) -> Iterator[list[str]]:
        self.data.seek(0)
        if zipfile.is_zipfile(self.data):
            check_archive(self.data)
        self.data.seek(0)
        try:
            sheet = self._sheet(CalamineWorkbook.from_filelike(self.data))
        except PasswordError as error:
            raise Refused("password") from error
        except CalamineError as error:
            raise Refused("workbook") from error
        self.data = io.BytesIO()
        return self._below_heading(sheet)

    def _sheet(self, book: CalamineWorkbook) -> CalamineSheet:
        """The sheet that was asked for, else the first visible one with rows."""
        tables = [about for about in book.sheets_metadata if about.typ is SheetTypeEnum.WorkSheet]
        names = [about.name for about in tables if about.visible is SheetVisibleEnum.Visible]
        self.shape["sheets"] = names = names or [about.name for about in tables]
        if self.wanted and self.wanted not in names:
            raise Refused("sheet")
        for name in [self.wanted] if self.wanted else names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height or self.wanted:
                self.shape["sheet"] = name
                return sheet
        raise Refused("no_sheet")

    def _below_heading(self, sheet: CalamineSheet) -> Iterator[list[str]]:
        rows = (
            [cell[:LONGEST_CELL] if type(cell) is str else text_of(cell) for cell in row[:MOST_COLUMNS]]
            for row in sheet.iter_rows()
        )
        head = list(islice(rows, 2 * MOST_TITLES))
        if any(row[MOST_COLUMNS:] for row in islice(sheet.iter_rows(), MOST_TITLES) if any(row[MOST_COLUMNS:])):
            raise Refused("columns")
        place = header_row(head, self.known) if self.heading == "by itself" else self.heading
        if place is not None and place < len(head):
            self.headers = [" ".join(cell.replace("\x00", "").split())[:200] for cell in head[place]]
            while self.headers and not self.headers[-1]:
                self.headers.pop()
            head = head[place + 1 :]
        before = sheet.start[0] if sheet.start else 0
        self.shape |= {
            "header_row": place,
            "headers": self.headers,
            "drop": before + (0 if place is None else place + 1),
        }
        return chain(head, rows)


def text_of(cell: Any) -> str:
    """A cell as text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.time):
        return cell.isoformat("seconds")
    return "" if cell is None else str(cell)


def check_archive(data: io.BytesIO) -> None:
    """Unpack the parts of a workbook once, piece by piece, and keep nothing. Raises Refused.

    The sizes that an archive names may be a lie, so the bytes are counted.
    """
    try:
        with zipfile.ZipFile(data) as archive:
            names = archive.namelist()
            if not any(name in names for name in ("xl/workbook.xml", "xl/workbook.bin", "content.xml")):
                raise Refused("archive")
            size = 0
            for name in names:
                if name.startswith("xl/media/"):
                    continue
                for piece in _unpacked(archive, name):
                    size += len(piece)
                    if size > MOST_UNPACKED:
                        raise Refused("unpacked")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise Refused("workbook") from error


def _unpacked(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The pieces of a part; raises Refused for a cell outside of a sheet."""
    is_sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
    before = b""
    with archive.open(name) as part:
        while piece := part.read(PIECE):
            if is_sheet and _PERHAPS.search(before + piece) and _OUTSIDE.search(before + piece):
                raise Refused("rows")
            before = piece[-200:]
            yield piece
