"""Tables as files: no formula, no lost digit, one whole however it was cut."""

import csv
import datetime as dt
import io
import zipfile
from xml.etree import ElementTree

import pytest

from peyvand.core import sheets
from peyvand.core.errors import TooLarge
from peyvand.core.sheets import Format, Seal, piece, put_together, safe_cell, whole

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ROWS = [
    ["نام", "تلفن", "مبلغ", "روز"],
    ["=1+1", "+989121234567", 1_840_000, dt.date(2026, 11, 22)],
    ["<b>«سپیده» & co</b>", " \u200b@SUM(A1)", 12345678901234567, None],
    ["emoji 😀 \x00\x07", "-5", 1.5, True],
]


def cells(data: bytes) -> list[list[tuple[str | None, str]]]:
    """(type, value) of every cell of the sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [[(cell.get("t"), "".join(cell.itertext())) for cell in row] for row in root.iter(f"{M}row")]


@pytest.mark.parametrize("cell", ["=1", "+98", " -2", "\u200b@x", "\t=1", "\uff1d1", "\u00a0+1", "\ufeff=1", "−3"])
def test_a_cell_that_would_be_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


def test_an_ordinary_cell_stays_as_it_is() -> None:
    assert [safe_cell(text) for text in ("سلام", "0912", "a=b", "")] == ["سلام", "0912", "a=b", ""]


def test_csv_begins_with_its_mark_and_holds_no_formula() -> None:
    data = b"".join(whole(Format.CSV, ROWS))
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\xef\xbb\xbf") == 1
    found = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert found[1] == ["'=1+1", "'+989121234567", "1840000", "2026-11-22"]
    assert found[3] == ["emoji 😀 \x07", "'-5", "1.5", "1"]


def test_xlsx_types_texts_as_texts_and_keeps_long_numbers() -> None:
    found = cells(b"".join(whole(Format.XLSX, ROWS, is_rtl=True)))
    assert found[1][:3] == [("inlineStr", "=1+1"), ("inlineStr", "+989121234567"), (None, "1840000")]
    assert found[1][3] == (None, "46348.00000000")
    assert found[2] == [
        ("inlineStr", "<b>«سپیده» & co</b>"), ("inlineStr", " \u200b@SUM(A1)"), ("inlineStr", "12345678901234567"),
        (None, ""),
    ]  # fmt: skip
    assert found[3][0] == ("inlineStr", "emoji 😀 ") and found[3][3] == ("b", "1")


@pytest.mark.parametrize("kind", [Format.CSV, Format.XLSX])
def test_a_table_cut_in_pieces_is_the_same_table(kind: Format) -> None:
    pieces, seal = [], Seal()
    for row in ROWS:
        data, seal = piece(kind, [row], Seal(**seal.to_json()))
        pieces.append(data)
    cut = b"".join(put_together(kind, pieces, seal))
    at_once = b"".join(whole(kind, ROWS))
    assert seal.rows == len(ROWS)
    assert (cells(cut) == cells(at_once)) if kind is Format.XLSX else cut == at_once


def test_an_empty_table_is_a_file_that_opens() -> None:
    assert cells(b"".join(whole(Format.XLSX, [["a"]]))) == [[("inlineStr", "a")]]


def test_more_rows_than_a_sheet_has_are_refused() -> None:
    with pytest.raises(TooLarge):
        piece(Format.XLSX, [["a"]], Seal(rows=sheets.MOST_ROWS + 1))
