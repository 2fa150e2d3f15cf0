"""Merging while others write: overlapping merges, an edit at the same moment, a connection that dies."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any

import pytest
from django.db import Error, connection, connections, transaction

from peyvand.core.errors import Conflict, PeyvandError
from peyvand.parties.models import ContactPoint, Merge, Party, PartyNote, Relation, RelationType
from peyvand.parties.services.editing import set_field
from peyvand.parties.services.merging import merge_parties, moving, undo_merge
from peyvand.parties.services.merging.journal import move_rows
from peyvand.parties.services.relations import ensure_relation_types, relate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> Iterator[list[Party]]:
    yield [Party.objects.create(name=f"نفر {number}", sort_key=str(number)) for number in range(3)]


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run acts at the same moment, each on a connection of its own; give what each returned or raised."""
    found: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            gate.wait()
            found[number] = acts[number]()
        except (PeyvandError, Error) as error:
            found[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_merges_that_overlap_one_holds_and_the_other_is_told(people: list[Party]) -> None:
    a, b, c = people
    for _round in range(3):
        found = together(
            lambda: merge_parties(actor=None, survivor_id=a.pk, party_ids=[b.pk]),
            lambda: merge_parties(actor=None, survivor_id=c.pk, party_ids=[b.pk, a.pk]),
        )
        assert sorted(type(each).__name__ for each in found) == ["Merge", "MergedAlready"]
        assert isinstance(next(each for each in found if not isinstance(each, Merge)), Conflict)
        assert Merge.objects.count() == 1
        Party.objects.update(merged_into=None, deleted_at=None)
        for made in Merge.objects.all():
            made.delete()


def test_an_edit_at_the_same_moment_is_before_the_merge_or_is_told(people: list[Party]) -> None:
    a, b, _c = people
    found = together(
        lambda: merge_parties(actor=None, survivor_id=a.pk, party_ids=[b.pk]),
        lambda: set_field(actor=None, party=b, key="job_title", raw="مدیر"),
    )
    assert isinstance(found[0], Merge)
    a.refresh_from_db()
    if isinstance(found[1], Party):
        assert a.job_title == "مدیر"
    else:
        assert found[1].code == "merged_already" and a.job_title == ""


def test_a_connection_that_dies_in_the_middle_leaves_everything_as_it_was(
    people: list[Party], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b, _c = people
    ContactPoint.objects.create(party=b, kind="email", value="b@x.example", typed="b@x.example")
    PartyNote.objects.bulk_create(PartyNote(party=b, body=str(number)) for number in range(500))

    def dying(*given: Any, **more: Any) -> int:
        done = move_rows(*given, **more)
        if given[0].model == "parties.PartyNote":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return done

    monkeypatch.setattr(moving, "move_rows", dying)
    (died,) = together(lambda: merge_parties(actor=None, survivor_id=a.pk, party_ids=[b.pk]))
    assert isinstance(died, Error)
    assert b.notes.count() == 500 and b.contact_points.count() == 1 and not Merge.objects.exists()
    monkeypatch.undo()
    with transaction.atomic():
        merge_parties(actor=None, survivor_id=a.pk, party_ids=[b.pk])
    assert a.notes.count() == 500


def at_random(dice: Random, firms: list[Party], folk: list[Party]) -> None:
    """Merge, take back, or edit somebody."""
    one, other = dice.sample(dice.choice([firms, folk, folk]), 2)
    standing = list(Merge.objects.standing())
    match dice.randint(0, 5):
        case 0 | 1:
            merge_parties(actor=None, survivor_id=one.pk, party_ids=[other.pk])
        case 2 | 3 if standing:
            undo_merge(actor=None, merge=dice.choice(standing))
        case 4:
            set_field(actor=None, party=dice.choice(folk), key="organisation", raw=str(dice.choice(firms).pk))
        case _:
            relate(actor=None, party=dice.choice(folk), other=dice.choice(folk), code="friend", is_source=False)


def test_a_storm_of_merges_undos_and_edits_ends_without_an_error_and_without_a_loss() -> None:
    """Neighbours of all of them are one another: relations, employers. Nobody dies of a deadlock."""
    ensure_relation_types()
    firms = [Party.objects.create(name=f"o{n}", kind="organisation", sort_key=str(n)) for n in range(4)]
    folk = [Party.objects.create(name=f"p{n}", sort_key=str(n)) for n in range(8)]
    for party in folk:
        ContactPoint.objects.create(party=party, kind="email", value=f"{party.name}@x.example", typed="x")

    def live(seed: int) -> None:
        dice = Random(seed)
        for _time in range(30):
            with contextlib.suppress(PeyvandError):
                at_random(dice, firms, folk)

    found = together(*(partial(live, seed) for seed in range(5)))
    assert found == [None] * 5
    for made in Merge.objects.standing().order_by("-pk"):
        undo_merge(actor=None, merge=made)
    assert not Party.objects.filter(deleted_at__isnull=False).exists()
    assert all(party.contact_points.get().value == f"{party.name}@x.example" for party in folk)


def test_a_relation_between_two_who_were_both_merged_comes_back_in_any_order(people: list[Party]) -> None:
    ensure_relation_types()
    friend = RelationType.objects.get(code="friend")
    low, one, other = people
    high = Party.objects.create(name="بالا", sort_key="z")
    relation = Relation.objects.create(type=friend, source=one, target=other)
    for back in (False, True):
        merges = [
            merge_parties(actor=None, survivor_id=high.pk, party_ids=[one.pk]),  # (other, high)
            merge_parties(actor=None, survivor_id=low.pk, party_ids=[other.pk]),  # (low, high)
        ]
        relation.refresh_from_db()
        assert (relation.source, relation.target) == (low, high)
        for merge in reversed(merges) if back else merges:
            undo_merge(actor=None, merge=merge)
        relation.refresh_from_db()
        assert (relation.source, relation.target) == (one, other)
