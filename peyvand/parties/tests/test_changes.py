"""The change feed: nothing is missed and nothing comes twice, whatever commits in whatever order."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from peyvand.accounts.models import RolePermission, User
from peyvand.parties.models import Party
from peyvand.parties.selectors.changes import FeedStartsAnew, changed_since
from peyvand.parties.services.trash import delete_party
from peyvand.parties.tests.settling import settle


def add(user: User, name: str) -> Party:
    return Party.objects.create(name=name, branch=user.branch, owner=user)


def read_all(user: User, cursor: str = "", size: int = 2) -> tuple[list[str], str]:
    names: list[str] = []
    while True:
        found = changed_since(user, cursor, size=size)
        names += [party.name for party in found.items]
        cursor = found.cursor
        if not found.more:
            return names, cursor


@pytest.fixture
def writer(transactional_db: None, alice: User) -> Iterator[User]:
    yield alice


def test_each_customer_comes_once_in_the_order_of_the_writes(writer: User) -> None:
    for name in "abcde":
        add(writer, name)
    Party.objects.filter(name="b").update(city="شیراز")
    settle()
    names, cursor = read_all(writer)
    assert names == ["a", "c", "d", "e", "b"]
    assert read_all(writer, cursor)[0] == []
    Party.objects.filter(name="a").update(city="تبریز")
    settle()
    assert read_all(writer, cursor)[0] == ["a"]


def test_a_transaction_that_commits_late_is_not_missed(writer: User) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            add(writer, "slow")
            begun.set()
            assert go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(10)
    add(writer, "quick")
    early, cursor = read_all(writer)
    go_on.set()
    thread.join()
    settle()
    late, _cursor = read_all(writer, cursor)
    assert early + late == ["slow", "quick"]


def test_the_deleted_are_told_and_the_hidden_are_not(writer: User, charlie: User) -> None:
    RolePermission.objects.create(role=writer.grants.get().role, permission="parties.delete", scope="branch")
    party = add(writer, "a")
    add(charlie, "of tabriz")
    settle()
    _names, cursor = read_all(writer)
    delete_party(actor=writer, party=party)
    settle()
    found = changed_since(writer, cursor, size=10)
    assert [(each.name, each.deleted_at is not None) for each in found.items] == [("a", True)]
    assert read_all(charlie)[0] == ["of tabriz"]


@pytest.mark.parametrize("cursor", ["x", "1.1", "7.1.1", "0.9000000000.1", "0.1.1; DROP TABLE", "٠.١.١"])
def test_a_strange_cursor_is_told_to_start_anew(writer: User, cursor: str) -> None:
    with pytest.raises(FeedStartsAnew):
        changed_since(writer, cursor, size=10)
