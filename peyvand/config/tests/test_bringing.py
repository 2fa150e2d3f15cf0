"""A file that comes in from the command line: by the same rules, refused rows beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from peyvand.config.bringing import bring_in
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.core.imports import kinds
from peyvand.core.imports.mappings import save_mapping
from peyvand.core.tests.importing_cast import FRIENDS, HOST, drop_table, friends, make_table
from tests.cast import Cast

TABLE = "نام,موبایل\r\nسارا,09121111111\r\n,09122222222\r\nمینا,09123333333\r\n"


@pytest.fixture(autouse=True)
def importer(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    monkeypatch.setitem(kinds._importers, HOST, FRIENDS)
    make_table()
    yield
    drop_table()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "friends.csv"
    path.write_text(TABLE)
    return path


def test_a_file_is_checked_then_written_and_refused_rows_lie_beside_it(cast: Cast, file: Path) -> None:
    checked = bring_in(file, user="alice", kind=HOST, only_check=True)
    assert friends() == [] and checked.actions == {"add": 2, "refuse": 1}
    tally = bring_in(file, user="alice", kind=HOST)
    assert [name for name, _phone in friends()] == ["سارا", "مینا"]
    assert (tally.rows, tally.actions["add"], tally.actions["refuse"]) == (3, 2, 1)
    assert tally.rejected and tally.rejected.read_bytes()[:2] == b"PK"


def test_a_saved_mapping_is_named(cast: Cast, file: Path) -> None:
    item = bring_in(file, user="alice", kind=HOST, only_check=True).item
    save_mapping(actor=cast.alice, import_id=item.pk, name="friends")
    assert bring_in(file, user="alice", kind=HOST, mapping="friends").actions["add"] == 2
    with pytest.raises(Invalid, match="no mapping"):
        bring_in(file, user="alice", kind=HOST, mapping="others")


def test_who_may_not_import_and_what_is_not_imported_is_refused(cast: Cast, file: Path) -> None:
    with pytest.raises(NotAllowed):
        bring_in(file, user="charlie", kind=HOST)
    with pytest.raises(Invalid, match="no user"):
        bring_in(file, user="nobody", kind=HOST)
    with pytest.raises(Invalid, match="Nothing is imported"):
        bring_in(file, user="alice", kind="tests.Enemy")
