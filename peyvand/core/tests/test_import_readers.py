"""Two children that read one file side by side say what one of them would have said alone."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from peyvand.accounts.models import User
from peyvand.core import long_jobs
from peyvand.core.imports import kinds, readers, services, sessions
from peyvand.core.imports.blocks import cells_of
from peyvand.core.imports.file_bytes import FileBytes
from peyvand.core.imports.readers import Readers
from peyvand.core.models import Import
from peyvand.core.tests.importing_cast import FRIENDS, HOST
from peyvand.core.tests.test_imports import work

ROWS = 9_000
HEAD = "نام,موبایل,یادداشت\r\n"


@pytest.fixture(autouse=True)
def importer(monkeypatch: pytest.MonkeyPatch, settings: Any, db: None) -> None:
    monkeypatch.setitem(kinds._importers, HOST, FRIENDS)
    monkeypatch.setattr(services, "CHUNK", 50_000)
    monkeypatch.setattr(readers, "PAIR_FROM", 1)
    monkeypatch.setattr(readers, "PIECE", 120_000)
    settings.IMPORT_LANES = 2


@pytest.fixture
def owner() -> User:
    return User.objects.create(username="alice", full_name="Alice", sort_key="alice", language="en")


def lines(**others: str) -> list[str]:
    """The lines of a table; others: what stands in place of line n (`at_n`)."""
    made = [f"دوست {n:05},0912{n:07},\r\n" for n in range(ROWS)]
    for name, line in others.items():
        made[int(name.removeprefix("at_"))] = line
    return made


def scattered() -> str:
    """A table with cells of several lines, broken quotes and blank rows at many places."""
    chance, made = random.Random(7), lines()
    for odd in (
        '"دوست\r\nدو خط",0912,"x"\r\n',
        'علی "باز,0912,\r\n',
        '"علی,0912,\r\n',
        "\r\n",
        ",,\r\n",
        "'0912,1,2\r\n",
    ):
        for at in chance.sample(range(ROWS), 12):
            made[at] = odd
    return HEAD + "".join(made)


TABLES = {
    "plain": HEAD + "".join(lines()),
    "no line feed at the end, blank rows before it": HEAD + "".join(lines()) + ",,\r\n\r\n" * 3 + "آخر,0912,",
    "a cell of several lines": HEAD + "".join(lines(at_5000='"دوست\r\nدو",0912,"a\nb"\r\n')),
    "a broken quote": HEAD + "".join(lines(at_7001='"دوست,0912,\r\n')),
    "an apostrophe from some row on": HEAD + "".join(lines(at_6100="'09120000000,0912,'=1+1\r\n")),
    "a column that begins late": HEAD + "".join(lines(at_8000="دوست,0912,1402/05/06\r\n")),
    "blank rows at the end of a piece": HEAD + "".join(lines(at_3999="\r\n", at_4000="\r\n", at_5999=",,\r\n")),
    "lines of old Macs": (HEAD + "".join(lines())).replace("\r\n", "\r"),
    "lines of both kinds": HEAD + "".join(lines(at_4500="یک,0912,\rدو,0912,\r\n")),
    "scattered": scattered(),
    "only the heading": HEAD,
}  # fmt: skip


def read(owner: User, raw: bytes) -> tuple[Any, ...]:
    item = services.upload(actor=owner, host=HOST, file_name="friends.csv", pieces=[raw], size=len(raw))
    work()
    item.refresh_from_db()
    found = list(item.blocks.order_by("number"))
    rows = [[block.first, block.count, _cells(block.rows), block.flaws] for block in found]
    return item.state, item.total, item.columns, item.error, rows


def _cells(packed: bytes | memoryview) -> list[list[str]]:
    """The rows of a block; a blank one is blank, with cells or without."""
    return [row if any(row) else [] for row in cells_of(packed)]


@pytest.mark.parametrize("name", list(TABLES))
def test_what_two_children_read_is_what_one_reads(owner: User, settings: Any, name: str) -> None:
    raw = TABLES[name].encode()
    together = read(owner, raw)
    settings.IMPORT_LANES = 1
    assert together == read(owner, raw)


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16", "utf-8-sig"])
def test_so_it_is_in_every_encoding(owner: User, settings: Any, encoding: str) -> None:
    raw = TABLES["a cell of several lines"].replace("ی", "ي").encode(encoding)
    together = read(owner, raw)
    settings.IMPORT_LANES = 1
    assert together == read(owner, raw) and together[1] == ROWS


def test_a_mislabelled_file_is_repaired_by_both(owner: User, settings: Any) -> None:
    raw = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in TABLES["plain"].encode()).encode()
    together = read(owner, raw)
    settings.IMPORT_LANES = 1
    assert together == read(owner, raw) and together[4][0][2][0][0] == "دوست 00000"


def test_it_goes_on_exactly_when_both_are_lost_after_every_slice(owner: User, monkeypatch: Any) -> None:
    raw = TABLES["scattered"].encode()
    at_once = read(owner, raw)
    monkeypatch.setattr(long_jobs, "SLICE", 0.0)
    assert read(owner, raw) == at_once
    monkeypatch.setattr(sessions, "keep", lambda _import, _number, both: both.end())
    assert read(owner, raw) == at_once


@pytest.fixture
def opened(owner: User) -> Iterator[tuple[Readers, FileBytes]]:
    raw = TABLES["plain"].encode()
    item = services.upload(actor=owner, host=HOST, file_name="friends.csv", pieces=[raw], size=len(raw))
    work()
    item.refresh_from_db()
    shape = Import.objects.get(pk=item.pk).shape
    made = Readers({"format": "csv", "shape": shape, "state": None, "from": 0}, size=item.size)
    yield made, FileBytes(item)
    made.end()


def test_the_second_child_really_reads(opened: tuple[Readers, FileBytes]) -> None:
    both, data = opened
    by: list[Any] = []
    is_over = False
    while not is_over:
        both.go_on(data)
        is_over = both.answer()[0]["is_over"]
        by.append(both.real)
    assert both.missed == 0 and len({id(hand) for hand in by}) == 2 and both.at == len(TABLES["plain"].encode())


def test_a_second_child_that_is_lost_is_done_without(opened: tuple[Readers, FileBytes], monkeypatch: Any) -> None:
    both, data = opened
    both.go_on(data)
    both.answer()
    both.go_on(data)
    assert len(both.flights) == 2
    both.flights[1].begun = {}  # as if the first had met something
    both.flights[1].hand.session.end()
    total, is_over = 0, False
    while not is_over:
        head, _packed = both.answer()
        total, is_over = head["from"], head["is_over"]
        both.go_on(data)
    assert total == ROWS and len(both.hands) == 1


def test_lines_are_cut_wherever_the_chunks_end(owner: User, monkeypatch: Any) -> None:
    raw = "".join(f"{n}\n" * (n % 3) + "x" * (n % 50) for n in range(2_000)).encode()
    monkeypatch.setattr(services, "CHUNK", 700)
    item = services.upload(actor=owner, host=HOST, file_name="a.csv", pieces=[raw], size=len(raw))
    for at in (0, 1, 699, 700, 701, len(raw) - 1, len(raw)):
        data, found = FileBytes(item, at), b""
        while piece := data.lines(7):
            found += piece
            assert piece.count(b"\n") == 7 or found == raw[at:]
        assert found == raw[at:] and data.at == len(raw)
    monkeypatch.setattr("peyvand.core.imports.file_bytes.MOST_HELD", 1_000)
    long = FileBytes(item)
    assert long.lines(10_000) is None and long.piece() and long.at > 1_000
