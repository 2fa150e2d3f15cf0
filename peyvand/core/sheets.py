"""Tables as files that spreadsheets open: CSV and XLSX, in pieces, with constant memory.

A file is written piece by piece, each piece by a slice of long work or on the way to the reader, and put together
when it is read. Nothing that people typed becomes a formula: CSV cells get an apostrophe, XLSX cells are typed.
XLSX is written by ourselves, because a deflate stream can be cut at any row and go on in another process, which no
library offers; format: ECMA-376 part 1, §18.3 (sheets), RFC 1951 §3.2.4 (empty stored blocks), APPNOTE 4.3.7 (zip).
"""

import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import zip_longest
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from peyvand.core.errors import TooLarge
from peyvand.core.formula_cells import RISKY, guarded

BOM = "\ufeff"
MOST_ROWS = 1_048_575  # of an XLSX sheet, besides its head
LONGEST_CELL = 32_767
Cell = str | int | float | bool | dt.date | None


class Format(StrEnum):
    """How a list is written: a table (CSV, XLSX), or records one after the other (JSON lines, vCard 3.0 and 4.0).

    ZIP is written by the export of the whole installation alone.
    """

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    VCARD3 = "vcard3"
    VCARD4 = "vcard4"
    ZIP = "zip"

    @property
    def is_table(self) -> bool:
        return self in {Format.CSV, Format.XLSX}

    @property
    def extension(self) -> str:
        """The end of the file's name."""
        return "vcf" if self in {Format.VCARD3, Format.VCARD4} else self.value


CONTENT_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSONL: "application/x-ndjson; charset=utf-8",
    Format.VCARD3: "text/vcard; charset=utf-8",
    Format.VCARD4: "text/vcard; charset=utf-8; version=4.0",
    Format.ZIP: "application/zip",
}


def safe_cell(value: object) -> str:
    """A cell that would begin a formula gets an apostrophe before it."""
    return guarded(str(value).replace("\x00", ""))


def plain_number(value: float) -> str:
    """A number in digits: 0.000001 and never 1e-06, which few programs read back."""
    text = str(value)
    return f"{Decimal(text):f}" if "e" in text else text


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What must be known of the pieces so far to go on with, and to close, the file."""

    crc: int = 0
    size: int = 0
    packed: int = 0
    rows: int = 0

    def to_json(self) -> dict[str, int]:
        return {"crc": self.crc, "size": self.size, "packed": self.packed, "rows": self.rows}


def piece(kind: Format, rows: Iterable[Sequence[Cell]], seal: Seal, *, is_rtl: bool = False) -> tuple[bytes, Seal]:
    """Write some rows, the head first of all; return the bytes and the seal for the next piece.

    Raises TooLarge for more rows than a spreadsheet has.
    """
    if kind is Format.CSV:
        rows = list(rows)
        return csv_piece(list(zip_longest(*rows)) if rows and rows[0] else [], seal)
    plain, count = _sheet_rows(rows, seal.rows)
    if seal.rows + count > MOST_ROWS + 1:
        raise TooLarge(_("A sheet of Excel holds %(most)s rows; take CSV.") % {"most": MOST_ROWS})
    if not seal.rows:
        plain = _sheet_head(is_rtl) + plain
    return _packed(plain, seal, count, is_last=False)


def text_piece(text: str, count: int, seal: Seal) -> tuple[bytes, Seal]:
    """Write some records of a format that is no table; return the bytes and the seal for the next piece."""
    data = text.encode("utf-8", "replace")
    return data, Seal(rows=seal.rows + count, size=seal.size + len(data))


def put_together(kind: Format, pieces: Iterable[bytes], seal: Seal) -> Iterator[bytes]:
    """Yield the whole file from its pieces, which are read one by one."""
    if kind is not Format.XLSX:
        yield from pieces
        return
    tail, seal = _packed(b"</sheetData></worksheet>", seal, 0, is_last=True)
    yield from _zip(pieces, tail, seal)


# CSV


def csv_piece(columns: Sequence[Sequence[Cell]], seal: Seal) -> tuple[bytes, Seal]:
    """As `piece`, of CSV, from columns: every cell in quotes, as the csv module writes them.

    By columns, because a million rows have ten million cells.
    """
    lines = list(map('","'.join, zip(*map(_csv_column, columns), strict=True)))
    text = '"' + '"\r\n"'.join(lines) + '"\r\n' if lines else ""
    data = text.replace("\x00", "").encode("utf-8", "replace")
    data = (BOM.encode() if not seal.rows else b"") + data
    return data, Seal(rows=seal.rows + len(lines), size=seal.size + len(data))


def _csv_column(column: Sequence[Cell]) -> list[str]:
    cells = [cell if cell.__class__ is str and cell[:1] not in RISKY else _csv_cell(cell) for cell in column]
    if '"' in "".join(cells):
        return [cell.replace('"', '""') for cell in cells]
    return cells


def _csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return plain_number(value)
    return safe_cell(value.isoformat() if isinstance(value, dt.date) else value)


# XLSX

PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="xl/workbook.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships'
    ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
    '<Relationship Id="rId2" Target="styles.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>',
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="22" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}  # fmt: skip
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 -- a spreadsheet's day 0 has no zone
STAMP = (1980, 1, 1, 0, 0, 0)  # the same rows are the same bytes
BIG = 0xFFFFFFFF


def _sheet_head(is_rtl: bool) -> bytes:
    direction = ' rightToLeft="1"' if is_rtl else ""
    return (
        f'{XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>'
        f'<sheetView workbookViewId="0"{direction}><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
        ' state="frozen"/></sheetView></sheetViews><sheetData>'
    ).encode()


def _sheet_rows(rows: Iterable[Sequence[Cell]], before: int) -> tuple[bytes, int]:
    lines = []
    for number, row in enumerate(rows, start=before + 1):
        style = 1 if number == 1 else 0
        lines.append(f'<row r="{number}">{"".join(_xml_cell(value, style) for value in row)}</row>')
    return "".join(lines).encode("utf-8", "replace"), len(lines)


def _xml_cell(value: Cell, style: int) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        # beyond 15 digits a spreadsheet rounds: such a number is kept as text
        return f"<c><v>{value}</v></c>" if abs(value) < 10**15 else _xml_text(str(value), style)
    if isinstance(value, dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
        days = (moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)
        return f'<c s="{3 if isinstance(value, dt.datetime) else 2}"><v>{days:.8f}</v></c>'
    return _xml_text(value, style)


def _xml_text(text: str, style: int) -> str:
    kept = escape(FORBIDDEN.sub("", text)[:LONGEST_CELL])
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{kept}</t></is></c>'


def _packed(plain: bytes, seal: Seal, count: int, *, is_last: bool) -> tuple[bytes, Seal]:
    """Deflate a piece so that another may follow: each ends with an empty stored block at a whole byte."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    data = packer.compress(plain) + packer.flush(zlib.Z_FINISH if is_last else zlib.Z_FULL_FLUSH)
    crc = zlib.crc32(plain, seal.crc)
    return data, Seal(crc=crc, size=seal.size + len(plain), packed=seal.packed + len(data), rows=seal.rows + count)


def _zip(pieces: Iterable[bytes], tail: bytes, seal: Seal) -> Iterator[bytes]:
    """The small files by the library, the sheet between them as it is, then one directory of all."""
    frame = io.BytesIO()
    with zipfile.ZipFile(frame, "w", zipfile.ZIP_DEFLATED) as small:
        for name, text in PARTS.items():
            small.writestr(zipfile.ZipInfo(name, STAMP), XML + text)
    whole = frame.getvalue()
    start = small.start_dir
    entries, ending = whole[start:-22], struct.unpack("<4s4H2LH", whole[-22:])
    if seal.size >= BIG or start + seal.packed >= BIG:
        raise OverflowError("a sheet of 4 GB")
    address = SHEET.encode()
    fields = (20, 0, 8, 0, 0x21, seal.crc, seal.packed, seal.size, len(address))
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields, 0) + address
    central = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, 0, start) + address
    yield whole[:start] + local
    yield from pieces
    yield tail + entries + central
    after = start + len(local) + seal.packed
    count = ending[4] + 1
    yield struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries) + len(central), after, 0)


def whole(kind: Format, rows: Iterable[Sequence[Cell]], *, is_rtl: bool = False) -> Iterator[bytes]:
    """Write a small table at once: the pieces are kept until the file is closed."""
    pieces: list[bytes] = []
    seal = Seal()
    for part in _portions(rows, 1000):
        data, seal = piece(kind, part, seal, is_rtl=is_rtl)
        pieces.append(data)
    return put_together(kind, pieces, seal)


def _portions(rows: Iterable[Sequence[Cell]], size: int) -> Iterator[list[Any]]:
    portion: list[Any] = []
    for row in rows:
        portion.append(row)
        if len(portion) == size:
            yield portion
            portion = []
    if portion:
        yield portion
