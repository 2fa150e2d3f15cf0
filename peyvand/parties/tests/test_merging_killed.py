"""The database is killed in the middle of a merge and of its undo: all or nothing."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from django.db import Error, transaction

from peyvand.accounts.models import User
from peyvand.parties.models import Merge, MergeRow, Party, PartyNote
from peyvand.parties.services.merging import merge_parties, moving, returning, undo_merge
from peyvand.parties.services.merging.journal import move_rows
from peyvand.parties.tests.merging import House, differences, everything
from tests.killed import Killable, killable

NOTES = 800


@pytest.fixture
def server(transactional_db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killable]:
    with killable(tmp_path_factory.mktemp("killed")) as found:
        yield found


@pytest.fixture
def twins(server: Killable) -> list[Party]:
    owner = User.objects.create(email="owner@x.example", full_name="o")
    parties = House(Random(7), owner).furnished(3)  # the same house every time
    PartyNote.objects.bulk_create(PartyNote(party=parties[1], body=str(number)) for number in range(NOTES))
    return parties


def dying_at(server: Killable, model: str) -> Callable[..., int]:
    """Moves rows, and kills the database when those of a table have moved."""

    def move(*given: Any, **more: Any) -> int:
        done = move_rows(*given, **more)
        if given[0].model == model:
            server.kill()
            time.sleep(0.2)
        return done

    return move


def test_a_database_that_is_killed_within_a_merge_or_its_undo_has_all_of_it_or_nothing(
    server: Killable, twins: list[Party], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, *others = (party.pk for party in twins)
    before = everything()
    with monkeypatch.context() as patch, pytest.raises(Error):
        patch.setattr(moving, "move_rows", dying_at(server, "parties.PartyNote"))
        merge_parties(actor=None, survivor_id=one, party_ids=others)
    server.start()
    assert differences(before, everything()) == {} and not Merge.objects.exists() and not MergeRow.objects.exists()
    made = merge_parties(actor=None, survivor_id=one, party_ids=others)
    between = everything()
    with monkeypatch.context() as patch, pytest.raises(Error):
        patch.setattr(returning, "move_rows", dying_at(server, "parties.ContactPoint"))
        undo_merge(actor=None, merge=made)
    server.start()
    assert differences(between, everything()) == {}
    undo_merge(actor=None, merge=Merge.objects.get(pk=made.pk))
    assert differences(before, everything()) == {}
    _at_any_moment(server, one, others)


def _at_any_moment(server: Killable, one: int, others: list[int]) -> None:
    """Kill it while it merges and takes back, at moments that a dice says."""
    dice = Random(11)
    for _round in range(2):
        dead = threading.Timer(dice.uniform(0.0, 0.5), server.kill)
        dead.start()
        with contextlib.suppress(Error):
            while True:
                _turn(one, others)
        dead.join()
        server.start()
        merged = set(Party.objects.filter(merged_into=one).values_list("pk", flat=True))
        assert merged in (set(), set(others))
        assert Merge.objects.standing().count() == bool(merged)
        assert PartyNote.objects.filter(party=one if merged else others[0]).count() >= NOTES
        assert MergeRow.objects.exists() == bool(merged)


def _turn(one: int, others: list[int]) -> None:
    standing = Merge.objects.standing().first()
    with transaction.atomic():
        if standing is None:
            merge_parties(actor=None, survivor_id=one, party_ids=others)
        else:
            undo_merge(actor=None, merge=standing)
