"""One line of time: order, pages, sources and who sees what."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from peyvand.accounts.models import User
from peyvand.core.paging import BadCursor
from peyvand.parties import timeline
from peyvand.parties.models import Consent, Party, PartyNote, PartyRole, Relation, RelationType
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


def change_life_cycle(party: Party, state: str, since: dt.datetime) -> None:
    Party.objects.filter(pk=party.pk).update(life_cycle=state, life_cycle_since=since)
    party.refresh_from_db()


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


def test_former_states_of_the_life_cycle_stay_in_the_line(alice: User, party: Party) -> None:
    now = timezone.now()
    for state, days in (("potential", 90), ("current", 60), ("lost", 30)):
        change_life_cycle(party, state, now - dt.timedelta(days=days))
    change_life_cycle(party, "lost", now - dt.timedelta(days=31))  # the day is put right: no state of its own
    with translation.override("en"):
        found = timeline.read(alice, party, only="changes").entries
    assert [(str(entry.title), entry.at) for entry in found] == [
        ("Life-cycle: Lost", now - dt.timedelta(days=31)),
        ("Life-cycle: Current", now - dt.timedelta(days=60)),
        ("Life-cycle: Potential", now - dt.timedelta(days=90)),
    ]
    assert walk(alice, party, 1) == [entry.key for entry in found]


def test_a_relation_with_who_may_not_be_seen_is_not_in_the_line(alice: User, charlie: User, party: Party) -> None:
    kind = RelationType.objects.create(
        code="friend", name_fa="دوست", name_en="friend", inverse_fa="آشنا", inverse_en="acquaintance"
    )
    mine = Party.objects.create(name="Mine", branch=alice.branch, owner=alice)
    theirs = Party.objects.create(name="Theirs", branch=charlie.branch, owner=charlie)
    Relation.objects.create(type=kind, source=party, target=mine)
    Relation.objects.create(type=kind, source=theirs, target=party)
    with translation.override("en"):
        titles = [str(entry.title) for entry in timeline.read(alice, party, only="relations").entries]
    assert titles == ["Relation: acquaintance · Mine"]


def test_one_statement_asks_all_sources(alice: User, party: Party) -> None:
    notes(party, 3)
    timeline.read(alice, party)
    with CaptureQueriesContext(connection) as seen:
        timeline.read(alice, party)
    assert len(seen) == 1


def test_a_source_without_tables_is_put_among_the_others(alice: User, party: Party, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def calls(who: object, party: Party, before: Before | None, limit: int) -> list[Entry]:
        entries = [Entry(at=moment, source="calls", number=n, title="call") for n, moment in enumerate(moments, 1)]
        behind = [one for one in entries if before is None or (one.at, one.number) < (before.at, before.number)]
        return sorted(behind, key=lambda one: one.position, reverse=True)[:limit]

    notes(party, 4)
    moments = list(PartyNote.objects.filter(party=party).values_list("created_at", flat=True))
    monkeypatch.setattr(timeline, "_sources", dict(timeline._sources))
    timeline.register(Source(key="calls", label="x", icon="phone", fetch=calls))
    whole = walk(alice, party, 100)
    assert len(whole) == len(set(whole)) == 8
    assert [walk(alice, party, size) for size in (1, 3)] == [whole] * 2


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
