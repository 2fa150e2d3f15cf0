"""Cells of CSV: no formula gets out, and what was written is read back letter by letter."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyvand.core.formula_cells import FORMULA, INVISIBLE, unguarded
from peyvand.core.sheets import Format, safe_cell, whole

CORPUS = [
    "=1+1", "+98 912", "-2", "@SUM(A1)", "=cmd|'/C calc'!A0", "=HYPERLINK(\"http://x\",\"y\")", "=DDE(\"a\";\"b\")",
    "\t=1", "\r=1", "\n=1", " =1", "   =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\u200f=1", "\u202e=1", "\u2066=1",
    "\u3000=1", "\u2003=1", "\u00ad=1", "\u180e=1", "\x0b=1", "\x1f=1", "\x7f=1", "\x85=1", "\u2028=1", "\ufe0f=1",
    "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "\ufe66cmd", "\ufe621", "\ufe631", "\u22121", "\u200c\uff1d1",
    "'=1", "''=1", "' =1", "'\u200b+1", " '=1", "\u2019=1",
]  # fmt: skip
PLAIN = ["", "سلام", "0912", "a=b", "'", "'سلام", "''", "٪۲۰", "a-b", "(021)", '"=1"', "«=1»", "0", "1405/09/01"]


@pytest.mark.parametrize("text", CORPUS)
def test_what_would_be_a_formula_is_none_and_comes_back(text: str) -> None:
    assert safe_cell(text) == f"'{text}" and unguarded(f"'{text}") == text


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text == unguarded(text)


WILD = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from([*FORMULA, *INVISIBLE, *"'\",\r\n"]))
)
LETTERS = WILD.filter(lambda text: "\x00" not in text)


@given(LETTERS)
def test_every_text_comes_back(text: str) -> None:
    written = safe_cell(text)
    assert unguarded(written) == text
    assert written[:1] == "'" or written.lstrip(INVISIBLE)[:1] not in FORMULA


@given(st.lists(st.lists(LETTERS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_a_file_is_what_the_csv_module_reads_and_holds_the_same_texts(rows: list[list[str]]) -> None:
    data = b"".join(whole(Format.CSV, rows)).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(data, newline="")))
    assert [[unguarded(cell) for cell in row] for row in found] == rows
