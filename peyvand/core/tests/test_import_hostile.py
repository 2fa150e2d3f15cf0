"""Files that were made, cut or mangled so that a reader stumbles: each row is what it says, or says what is wrong."""

import io
import zipfile

import pytest

from peyvand.core import sheets
from peyvand.core.imports.reading.refused import Refused
from peyvand.core.tests.test_import_formats import Read

TABLE = "نام,شهر,یادداشت\r\n" + "".join(f"کس {n},قم,خوب\r\n" for n in range(30))


@pytest.mark.parametrize("piece", [1 << 20, 11])
def test_the_rest_of_a_torn_text_is_no_customer(piece: int) -> None:
    """Quotes inside a quoted text of several lines: the row is broken and not cut, so are its lines."""
    data = TABLE + 'علی,قم,"گفت "سلام" و\r\nرفت\r\nخداحافظ"\r\nسارا,کرج,خوب\r\nرضا\r\n'
    read = Read(data.encode(), piece=piece)
    assert [row[0] for row in read.rows[-5:]] == ["علی", "رفت", 'خداحافظ"', "سارا", "رضا"]
    assert read.flaws == dict.fromkeys((30, 31, 32), "broken_quote")


def test_a_text_of_thousands_of_lines_is_one_broken_row_and_its_lines() -> None:
    data = TABLE + 'علی,قم,"' + "سطر\r\n" * 2_000 + '"\r\nسارا,کرج,خوب\r\n'
    read = Read(data.encode())
    assert [row[0] for at, row in enumerate(read.rows) if at not in read.flaws and any(row)][30:] == ["سارا"]
    assert read.flaws[30] == "too_long"


@pytest.mark.parametrize("times", [-1, 3])
def test_lines_that_end_as_on_old_macs_have_their_cells(times: int) -> None:
    read = Read(TABLE.replace("\r\n", "\r", times).encode())
    assert read.headers == ["نام", "شهر", "یادداشت"] and len(read.rows) == 30 and not read.flaws


def test_a_number_of_thousands_of_digits_costs_its_own_line() -> None:
    read = Read(b'{"a":' + b"9" * 5_000 + b'}\n{"a":1}\n{"a":NaN}\n')
    assert read.flaws == {0: "json"} and read.rows[1:] == [["1"], ["NaN"]]


def test_one_record_alone_is_a_file() -> None:
    for end in (b"", b"\n"):
        assert Read(b'{"name":"a"}' + end).rows == [["a"]]


def test_a_card_cut_in_the_middle_of_a_letter_keeps_the_letters_before() -> None:
    head = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"
    for cut in (b"=D8=B1=D8=B6=D8=A7=DB", b"=D8=B1=D8=B6=D8=A7=\r\n=DB"):
        read = Read(head + cut + b"\r\nTEL;CELL:09121234567\r\nEND:VCARD\r\n")
        assert read.rows == [["رضا", "09121234567"]]


def test_a_second_address_of_a_card_is_not_the_flat_of_the_first() -> None:
    card = "BEGIN:VCARD\r\nFN:a\r\nADR:;واحد ۲;خیابان یک;قم;;;\r\nADR:;;خیابان دو;یزد;;;\r\nEND:VCARD\r\n"
    read = Read(card.encode())
    found = dict(zip(read.headers, read.rows[0], strict=True))
    assert (found["address"], found["extended address"], found["address 2"]) == ("خیابان یک", "واحد ۲", "خیابان دو")


def sheet_of(rows: str, tail: str = "") -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in sheets.PARTS.items():
            made.writestr(name, sheets.XML + text)
        made.writestr(sheets.SHEET, f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData>{tail}</worksheet>')
    return data.getvalue()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_row_that_no_spreadsheet_has_is_refused_however_it_is_quoted() -> None:
    for quote in "\"'":
        row = f"<row r={quote}2147483647{quote}><c r={quote}A2147483647{quote}><v>1</v></c></row>"
        with pytest.raises(Refused, match="rows"):
            Read(sheet_of(row))


def test_a_title_over_merged_cells_is_no_heading_and_a_formula_is_its_value() -> None:
    rows = (
        f'<row r="1">{cell("A1", "گزارش")}</row><row r="2">{cell("A2", "نام")}{cell("B2", "شهر")}</row>'
        f'<row r="3">{cell("A3", "علی")}<c r="B3" t="str"><f>"ق"&amp;"م"</f><v>قم</v></c></row>'
        f'<row r="4">{cell("B4", "کرج")}</row><row r="5"><c r="A5" t="e"><v>#REF!</v></c></row>'
    )
    read = Read(sheet_of(rows, '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A3:A4"/></mergeCells>'))
    assert read.headers == ["نام", "شهر"] and read.rows[:2] == [["علی", "قم"], ["", "کرج"]]


def test_a_cell_is_no_longer_than_a_cell_can_be() -> None:
    rows = f'<row r="1">{cell("A1", "نام")}</row><row r="2">{cell("A2", "x" * 5_000_000)}</row>'
    assert [len(row[0]) for row in Read(sheet_of(rows)).rows] == [32_767]
