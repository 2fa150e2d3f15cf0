"""Workbooks, cards and JSON as they are read, and hostile ones."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pytest

from peyvand.core import sheets
from peyvand.core.imports.reading.refused import Refused
from peyvand.core.imports.types import ColumnKind
from peyvand.core.sheets import Format
from peyvand.core.tests.test_import_formats import Read


def workbook(*rows: list[object]) -> bytes:
    return b"".join(sheets.whole(Format.XLSX, rows))


def with_sheet(data: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with something in its sheet replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            if name.startswith("xl/worksheets/"):
                assert old in text
                text = text.replace(old, new)
            after.writestr(name, text)
    return out.getvalue()


def test_numbers_are_written_in_full_and_dates_as_iso() -> None:
    read = Read(
        workbook(
            ["نام", "موبایل", "کد ملی", "تاریخ", "لحظه", "مبلغ", "فعال"],
            [
                "علی",
                9121234567,
                84575948,
                dt.date(2024, 3, 20),
                dt.datetime(2024, 3, 20, 8, 30, tzinfo=dt.UTC),
                12.5,
                True,
            ],
            [
                "مریم",
                9121234568,
                1234567891,
                dt.date(2024, 3, 21),
                dt.datetime(2024, 3, 21, 9, 0, tzinfo=dt.UTC),
                0.0001,
                False,
            ],
        )
    )
    assert read.rows == [
        ["علی", "9121234567", "84575948", "2024-03-20", "2024-03-20 08:30:00", "12.5", "1"],
        ["مریم", "9121234568", "1234567891", "2024-03-21", "2024-03-21 09:00:00", "0.0001", "0"],
    ]
    phone = read.columns[1]
    assert (phone.kind, phone.verdict["notes"]) == (ColumnKind.PHONE, {"lost_zero": 2})
    assert read.columns[3].verdict["reading"] == "gregorian:ymd"
    assert (read.shape["sheet"], read.shape["sheets"], read.shape["header_row"]) == ("1", ["1"], 0)


def test_many_rows_keep_their_numbers_over_answers() -> None:
    data = workbook(["name", "n"], *([f"row {n}", n] for n in range(25_000)))
    read = Read(data, piece=100_000)
    assert len(read.rows) == 25_000 and read.rows[24_999] == ["row 24999", "24999"]


def test_a_workbook_of_excel_97() -> None:
    read = Read((Path(__file__).parent / "fixtures" / "customers-97.xls").read_bytes())
    assert (read.seen["format"], read.shape["sheets"], read.shape["header_row"]) == ("xls", ["مشتریان"], 1)
    assert read.headers == ["نام", "موبایل", "کد ملی", "تاریخ", "جمع"]
    assert read.rows[0] == ["علي رضایی", "9121234567", "84575948", "2024-03-20", ""]  # the formula has no value there
    assert not any(read.rows[1]) and read.rows[2][1:] == ["+98 912 000 0000", "0084575948", "1403/01/01", "1"]


def test_a_formula_is_its_last_value_and_never_run() -> None:
    data = workbook(["name", "sum"], ["ali", 7])
    data = with_sheet(data, b"<v>7</v>", b'<f>HYPERLINK("http://x")</f><v>41</v>')
    assert Read(data).rows == [["ali", "41"]]


def test_a_cell_outside_of_any_sheet_is_refused() -> None:
    data = with_sheet(workbook(["name"], ["ali"]), b'<row r="2">', b'<row r="2147483647">')
    with pytest.raises(Refused, match="rows"):
        Read(data)


def test_a_bomb_is_counted_while_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peyvand.core.imports.reading.workbook.MOST_UNPACKED", 5_000_000)
    data = with_sheet(workbook(["name"], ["ali"]), b"ali", b"a" * 6_000_000)
    assert len(data) < 50_000
    with pytest.raises(Refused, match="unpacked"):
        Read(data)


def test_other_archives_and_damaged_books_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(Refused, match="archive"):
        Read(out.getvalue())
    data = workbook(["name"], ["ali"])
    with pytest.raises(Refused, match="workbook"):
        Read(data[:-200])
    with pytest.raises(Refused, match="workbook"):
        Read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))


def test_what_we_write_as_a_workbook_is_read_back_equal() -> None:
    rows = [["نام", "تلفن", "یادداشت"], ["+98", "'=1", "=1+1"], ["@x", " -5", "دو\nخط"]]
    assert Read(workbook(*rows)).rows == rows[1:]


OLD_PHONE = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=B1=D8=B6=D8=A7=DB=8C=DB=8C;=D8=B9=D9=84=DB=8C;;;\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=B9=D9=84=DB=8C=20=\r\n"
    "=D8=B1=D8=B6=D8=A7=DB=8C=DB=8C\r\n"
    "TEL;CELL;PREF:09121234567\r\nTEL;CELL:09351234567\r\nTEL;WORK;VOICE:021-88001122\r\n"
    "EMAIL;INTERNET:ali@example.com\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJRg\r\n\r\nEND:VCARD\r\n"
)
NEW_PHONE = (
    "begin:vcard\nVERSION:4.0\nFN:Sara Ahmadi\nN:Ahmadi;Sara;;Dr.;\nitem1.EMAIL;TYPE=work:sara@example.com\n"
    'item1.X-ABLabel:Work\nTEL;TYPE="voice,cell";VALUE=uri:tel:+98-912-000-0000\n'
    "ADR;TYPE=home:;;No 5\\, Valiasr St.;Tehran;;1966700000;Iran\nORG:Acme\\; Co;Sales\nTITLE:Manager\n"
    "BDAY:19850412\nNOTE:line one\\nline tw\n o, end\nCATEGORIES:vip,old\nend:vcard\n"
)


@pytest.mark.parametrize("piece", [13, 1 << 20])
def test_cards_of_old_and_new_phones_share_their_columns(piece: int) -> None:
    read = Read((OLD_PHONE + NEW_PHONE).encode(), piece=piece)
    first, second = (dict(zip(read.headers, row, strict=False)) for row in read.rows)
    assert (first["last name"], first["first name"], first["full name"]) == ("رضایی", "علی", "علی رضایی")
    assert (first["mobile"], first["mobile 2"], first["work phone"]) == ("09121234567", "09351234567", "021-88001122")
    assert "photo" not in read.headers and first["email"] == second["email"].replace("sara", "ali")
    assert (second["mobile"], second["prefix"], second["job title"]) == ("+98-912-000-0000", "Dr.", "Manager")
    assert (second["address"], second["city"], second["postal code"]) == ("No 5, Valiasr St.", "Tehran", "1966700000")
    assert (second["organisation"], second["department"]) == ("Acme; Co", "Sales")
    assert (second["birth date"], second["labels"]) == ("1985-04-12", "vip، old")
    assert second["note"] == "line one\nline two, end"


@pytest.mark.parametrize("piece", [50_000, 1 << 20])
def test_a_picture_of_any_size_is_passed_over(piece: int) -> None:
    picture = "PHOTO;ENCODING=b;TYPE=JPEG:/9j/\n" + " QUJDREVGR0hJSktMTU5P\n" * 20_000 + "TEL:1\n"
    old = "LOGO;ENCODING=BASE64:\nQUJDREVG\nQUJDREVG\n\nNOTE:x\n"
    text = f"BEGIN:VCARD\nFN:Ali\n{picture}END:VCARD\nBEGIN:VCARD\nFN:Sara\n{old}END:VCARD\n"
    read = Read(text.encode(), piece=piece)
    assert (read.headers, read.rows, read.flaws) == (
        ["full name", "phone", "note"],
        [["Ali", "1"], ["Sara", "", "x"]],
        {},
    )


def test_a_card_without_an_end_is_reported_and_the_next_one_is_read() -> None:
    read = Read(b"BEGIN:VCARD\nFN:Ali\nBEGIN:VCARD\nFN:Sara\nEND:VCARD\nBEGIN:VCARD\nFN:Last\n")
    assert read.rows == [["Ali"], ["Sara"], ["Last"]] and read.flaws == {0: "vcard", 2: "vcard"}


RECORDS = [
    {"name": "علی", "phones": ["0912", "021"], "address": {"city": "تهران", "zip": 19667}, "vip": True},
    {"name": "مریم", "age": 30, "address": None, "note": {"deep": {"er": [1]}}},
]
FLAT = [
    {"name": "علی", "phones": "0912", "phones 2": "021", "address.city": "تهران", "address.zip": "19667", "vip": "1"},
    {"name": "مریم", "age": "30", "note.deep": '{"er": [1]}'},
]


@pytest.mark.parametrize("piece", [9, 1 << 20])
@pytest.mark.parametrize("form", ["lines", "array", "pretty"])
def test_records_of_json_are_flattened_one_level(piece: int, form: str) -> None:
    if form == "lines":
        text = "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS)
    else:
        text = json.dumps(RECORDS, ensure_ascii=False, indent=2 if form == "pretty" else None)
    read = Read(text.encode(), piece=piece)
    found = [{h: cell for h, cell in zip(read.headers, row, strict=False) if cell} for row in read.rows]
    assert found == FLAT


def test_a_line_that_is_no_record_is_reported() -> None:
    read = Read(b'{"a": 1}\n{"a": 2\n[3]\n{"a": 4}\n')
    assert read.flaws == {1: "json", 2: "json"} and [row[0] for row in read.rows] == ["1", '{"a": 2', "[3]", "4"]
