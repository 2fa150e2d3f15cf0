"""Each format of file as it is read: encodings, dialects, broken rows, workbooks, cards, JSON, and what is refused."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peyvand.core import sheets
from peyvand.core.imports.blocks import cells_of
from peyvand.core.imports.reading import verdicts
from peyvand.core.imports.reading.looking import Look
from peyvand.core.imports.reading.reader import Reader, opened
from peyvand.core.imports.reading.refused import Refused
from peyvand.core.imports.types import Column, ColumnKind
from peyvand.core.sheets import Format


class Read:
    """A file that was read as the child reads it, in pieces of some size."""

    def __init__(self, data: bytes, *, piece: int = 1 << 20, shape: dict[str, Any] | None = None) -> None:
        look = Look({"shape": shape or {}, "known": ["نام", "name", "موبایل", "phone"]})
        for at in range(0, len(data), piece):
            look.feed(data[at : at + piece])
        self.seen = look.verdict(b"")
        if "refused" in self.seen:
            raise Refused(self.seen["refused"])
        self.shape = self.seen["shape"] | {"decided": shape or {}}
        reader = Reader({"format": self.seen["format"], "shape": self.shape})
        self.rows: list[list[str]] = []
        self.flaws: dict[int, str] = {}
        self.stats: list[verdicts.Stats] = []
        for at in range(0, len(data), piece):
            self._note(reader.feed(data[at : at + piece]))
        while not self._note(reader.end(b"")):
            pass

    def _note(self, answer: bytes) -> bool:
        head, packed = opened(answer)
        for about, data in zip(head["blocks"], packed, strict=True):
            self.flaws |= {about["first"] + int(place): code for place, code in about["flaws"].items()}
            self.rows += cells_of(data)
            verdicts.merge(self.stats, about["stats"])
        self.headers = head["headers"]
        self.shape |= head["shape"]
        return head["is_over"]

    @property
    def columns(self) -> list[Column]:
        return verdicts.conclude(self.headers, self.stats)


TABLE = "نام,شهر\r\nعلی رضایی,تهران\r\nمریم گلی,شیراز\r\nپویا,«کرج»، چهارباغ\r\n"
ROWS = [["علی رضایی", "تهران"], ["مریم گلی", "شیراز"], ["پویا", "«کرج»، چهارباغ"]]
ARABIC = TABLE.replace("ی", "ي").replace("ک", "ك")
ARABIC_ROWS = [[cell.replace("ی", "ي").replace("ک", "ك") for cell in row] for row in ROWS]


def as_western(data: bytes) -> str:
    """As a browser or an old Windows program takes bytes for western letters."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


@pytest.mark.parametrize(
    ("data", "encoding", "repair"),
    [
        (TABLE.encode(), "utf-8", ""),
        (b"\xef\xbb\xbf" + TABLE.encode(), "utf-8", ""),
        (TABLE.encode("utf-16"), "utf-16-le", ""),
        (TABLE.encode("utf-16-le"), "utf-16-le", ""),
        (TABLE.encode("utf-16-be"), "utf-16-be", ""),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), "utf-16-be", ""),
        (as_western(TABLE.encode()).encode(), "utf-8", "utf8_as_cp1252"),
    ],
)
@pytest.mark.parametrize("piece", [7, 1 << 20])
def test_an_encoding_is_found_and_its_text_is_right(data: bytes, encoding: str, repair: str, piece: int) -> None:
    read = Read(data, piece=piece)
    assert (read.shape["encoding"]["name"], read.shape["encoding"]["repair"]) == (encoding, repair)
    assert read.headers == ["نام", "شهر"] and read.rows == ROWS and not read.flaws


@pytest.mark.parametrize(
    ("data", "repair", "mislabelled"),
    [
        (ARABIC.encode("cp1256"), "", False),
        (b"\xef\xbb\xbf" + ARABIC.encode("cp1256"), "", True),
        (as_western(ARABIC.encode("cp1256")).encode(), "cp1256_as_cp1252", False),
    ],
)
def test_cp1256_is_told_also_under_a_wrong_name(data: bytes, repair: str, mislabelled: bool) -> None:
    read = Read(data)
    assert (read.shape["encoding"]["repair"], read.shape["encoding"]["was_mislabelled"]) == (repair, mislabelled)
    assert read.headers == ["نام", "شهر"] and read.rows == ARABIC_ROWS


def test_text_read_as_cp1256_and_saved_is_repaired() -> None:
    wrong = "".join(bytes([b]).decode("cp1256") for b in TABLE.encode())
    read = Read(wrong.encode())
    assert read.shape["encoding"]["repair"] == "utf8_as_cp1256" and read.rows == ROWS


def test_western_letters_stay_and_a_persian_last_row_counts() -> None:
    assert Read("name,town\nJosé,Málaga\nZoë,Köln\n".encode("cp1252")).rows[1] == ["Zoë", "Köln"]
    late = "name,town\n" + "Ali,Tehran\n" * 100_000 + ARABIC.split("\r\n")[1] + "\n"
    assert Read(late.encode("cp1256")).rows[-1] == ARABIC_ROWS[0]


def test_a_few_bad_bytes_do_not_make_another_encoding() -> None:
    data = (TABLE * 50).encode()
    read = Read(data[:200] + b"\xff" + data[200:])
    assert read.shape["encoding"]["name"] == "utf-8" and "\ufffd" in "".join(map(str, read.rows))
    assert any(column.verdict["notes"].get("unreadable") for column in read.columns)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "؛"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_a_dialect_is_found(delimiter: str, quoting: Any) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
    rows = [
        ["نام", "موبایل", "یادداشت"],
        ["علی", "0912 345 6789", f'گفت: "سلام"{delimiter} بعد'],
        ["مریم", "021", "دو\nخط"],
    ]
    writer.writerows(rows)
    read = Read(out.getvalue().encode())
    assert [read.headers, *read.rows] == rows and read.shape["delimiter"] == delimiter


def test_single_quotes_and_the_line_of_excel() -> None:
    assert Read(b"sep=;\r\nname;phone\r\nali;1,5\r\n").rows == [["ali", "1,5"]]
    assert Read(b"'name','town'\n'ali','teh, ran'\n'sara','x'\n").rows == [["ali", "teh, ran"], ["sara", "x"]]


def test_one_column_and_no_heading() -> None:
    read = Read(b"0912 345 6789\n0912 345 6780\n")
    assert (read.headers, read.rows) == ([], [["0912 345 6789"], ["0912 345 6780"]])
    assert read.columns[0].kind is ColumnKind.PHONE
    assert Read("نام\nعلی\nمریم\n".encode()).rows == [["علی"], ["مریم"]]


def test_titles_above_the_heading_are_passed_over() -> None:
    read = Read("گزارش مشتریان,,\n,,\nنام,موبایل,شهر\nعلی,0912,تهران\n".encode())
    assert (read.headers, read.rows) == (["نام", "موبایل", "شهر"], [["علی", "0912", "تهران"]])


def test_the_person_may_know_better() -> None:
    read = Read("نام;شهر\nعلی;تهران\n".encode(), shape={"header_row": None, "delimiter": ","})
    assert (read.headers, read.rows) == ([], [["نام;شهر"], ["علی;تهران"]])


@pytest.mark.parametrize("piece", [11, 4096, 1 << 20])
def test_a_broken_quote_costs_its_row_and_never_the_rest(piece: int) -> None:
    lines = [f'{n},"name {n}","town"' for n in range(7_000)]
    lines[5_001] = '5001,"name 5001,town'
    lines[6_001] = '6001,"na"me" 6001","town'
    read = Read(("id,name,town\n" + "\n".join(lines) + "\n").encode(), piece=piece)
    assert read.flaws == {5_001: "broken_quote"}
    assert read.rows[6_001] == ["6001", 'name" 6001"', "town"]  # it has its cells all the same
    assert len(read.rows) == 7_000 and read.rows[5_002] == ["5002", "name 5002", "town"]
    assert read.rows[6_999] == ["6999", "name 6999", "town"]


def test_a_quote_that_is_never_closed_where_quotes_are_rare() -> None:
    lines = [f"{n},name {n},town" for n in range(5_000)]
    lines[10] = '10,"name 10,town'
    read = Read(("id,name,town\n" + "\n".join(lines)).encode(), piece=5_000)
    assert read.flaws == {10: "broken_quote"} and len(read.rows) == 5_000 and read.rows[-1][1] == "name 4999"


LONG = "\n".join(f"line {n} of the text" for n in range(700))


@pytest.mark.parametrize("piece", [997, 1 << 20])
@pytest.mark.parametrize("row", [f'a,"{LONG}",b', f'a,b,"{LONG}"', f'a,b,"{LONG.replace("of", "of, ")}"'])
def test_a_text_of_too_many_lines_is_read_or_refused_but_never_cut(row: str, piece: int) -> None:
    lines = [f"{n},name {n},town" for n in range(60)]
    read = Read(("id,name,town\n" + "\n".join([*lines[:30], row, *lines[30:]]) + "\n").encode(), piece=piece)
    good = [cells for place, cells in enumerate(read.rows) if place not in read.flaws]
    assert 30 in read.flaws
    assert all(line.split(",") in good for line in lines)
    assert [cells for cells in good if cells[0].startswith(("a", "line 0"))] == []


def test_a_text_of_many_lines_is_read_whole() -> None:
    text = "\n".join(f"line {n}" for n in range(499))
    read = Read(f'id,note\n1,"{text}"\n2,x\n'.encode(), piece=501)
    assert (read.flaws, read.rows) == ({}, [["1", text], ["2", "x"]])


def test_a_quote_left_open_at_the_end_of_a_row_is_a_letter_when_a_row_follows() -> None:
    read = Read(b'id,name,town\n1,ali,"tehran\n2,sara,qom\n3,reza,"yazd\nand more of it\n4,x,y\n')
    assert read.rows[0] == ["1", "ali", "tehran"] and read.rows[1] == ["2", "sara", "qom"]
    assert read.flaws == {2: "broken_quote", 3: "broken_quote"} and read.rows[4] == ["4", "x", "y"]


def test_a_line_without_an_end_costs_itself_and_no_memory() -> None:
    data = b"name,town\n" + b"a,b\n" * 50 + b"x" * 9_000_000 + b"\n" + b"c,d\n" * 50
    read = Read(data)
    assert read.flaws == {50: "too_long"} and len(read.rows) == 101 and read.rows[51] == ["c", "d"]
    assert len(read.rows[50][0]) == 1_000


def test_a_row_with_too_many_cells_is_reported_and_blank_rows_keep_the_numbers() -> None:
    read = Read(b"name,town\na,b\n\na,b,c,d\nx,y,,\n,\n\n")
    assert read.flaws == {2: "too_many_cells"} and read.rows == [["a", "b"], [], ["a", "b", "c", "d"], ["x", "y"]]


def test_nul_bytes_are_dropped() -> None:
    read = Read(b"name,town\nal\x00i,teh\x00ran\n" + b"sara,yazd\n" * 20)
    assert read.rows[0] == ["ali", "tehran"] and read.shape["encoding"]["nuls"] == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"%PDF-1.7", "pdf"),
        (bytes(range(1, 32)) * 50, "binary"),
        ((",".join(f"c{n}" for n in range(16_384)) + "\n").encode() * 2, "columns"),
        (b'{"a": 1', "json"),
        (b"PK\x03\x04" + bytes(200), "workbook"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        Read(data)


letters = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t'\"=+-@,;|")
cells = st.text(letters, max_size=12).filter(lambda text: text.strip() or not text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8), st.integers(5, 60))
def test_what_we_write_is_read_back_equal(rows: list[list[str]], piece: int) -> None:
    rows = [["1", *row] for row in rows]
    data = b"".join(sheets.whole(Format.CSV, [["شماره", "نام", "شهر", "note"], *rows]))
    assert Read(data, piece=piece).rows == rows


def test_the_apostrophe_before_a_plus_goes_away() -> None:
    rows = [["name", "phone"], ["ali", "+989121234567"], ["'+x", "''=1"]]
    assert Read(b"".join(sheets.whole(Format.CSV, rows))).rows == rows[1:]
