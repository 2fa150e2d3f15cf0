"""One line of time: order, pages, sources and who sees what."""

import datetime as dt

import pytest
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core.paging import BadCursor
from peyvand.parties import timeline
from peyvand.parties.models import Consent, Party, PartyNote, PartyRole
from peyvand.parties.timeline import Before, Entry, Source


@pytest.fixture
def party(alice: User) -> Party:
    return Party.objects.create(name="نگار رستمی", branch=alice.branch, owner=alice)


def notes(party: Party, count: int) -> None:
    """Notes, many of them at the same moment."""
    now = timezone.now()
    PartyNote.objects.bulk_create(PartyNote(party=party, body=f"note {i}") for i in range(count))
    for note in PartyNote.objects.filter(party=party):
        moment = now - dt.timedelta(minutes=note.pk % 3)
        PartyNote.objects.filter(pk=note.pk).update(created_at=moment)


def walk(who: User, party: Party, size: int) -> list[str]:
    keys: list[str] = []
    page = timeline.read(who, party, size=size)
    while True:
        keys += [entry.key for entry in page.entries]
        if not page.next:
            return keys
        page = timeline.read(who, party, before=page.next, size=size)


def test_pages_of_any_size_give_every_entry_once_in_one_order(alice: User, party: Party) -> None:
    notes(party, 10)
    PartyRole.objects.create(party=party, role="customer", since=timezone.localdate() - dt.timedelta(days=9))
    now = timezone.now()
    for number in range(4):
        Consent.objects.create(
            party=party, channel="sms", purpose="survey", is_given=number % 2 == 0, source="form",
            at=now - dt.timedelta(minutes=number),
        )  # fmt: skip
    whole = walk(alice, party, 100)
    assert len(whole) == len(set(whole)) == 15
    assert [walk(alice, party, size) for size in (1, 2, 7)] == [whole] * 3


def test_a_page_of_one_source_has_only_that(alice: User, party: Party) -> None:
    notes(party, 2)
    PartyRole.objects.create(party=party, role="customer", since=timezone.localdate())
    page = timeline.read(alice, party, only="changes")
    assert {entry.source for entry in page.entries} == {"changes"}


def test_what_came_after_a_cursor_is_told_apart(alice: User, party: Party) -> None:
    notes(party, 2)
    seen = timeline.read(alice, party).entries[0]
    fresh = PartyNote.objects.create(party=party, body="fresh")
    found = timeline.newer(timeline.read(alice, party), timeline.cursor_of(seen.position))
    assert [entry.number for entry in found] == [fresh.pk]


def test_a_foreign_cursor_is_refused(alice: User, party: Party) -> None:
    with pytest.raises(BadCursor):
        timeline.read(alice, party, before="x:y")


def test_a_source_with_a_permission_is_asked_only_for_who_holds_it(alice: User, party: Party, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def never(who: object, party: Party, before: Before | None, limit: int) -> list[Entry]:
        raise AssertionError

    monkeypatch.setattr(timeline, "_sources", dict(timeline._sources))
    timeline.register(Source(key="secret", label="x", icon="lock", fetch=never, permission="accounts.manage"))
    timeline.read(alice, party)
    assert "secret" not in [source.key for source in timeline.sources_for(alice)]


def test_numbers_of_two_kinds_of_rows_are_bound_apart() -> None:
    before = Before(timezone.now(), 7)  # id 3 of kind 1 of 2
    assert [before.of(kind, 2).number for kind in (0, 1)] == [4, 3]
