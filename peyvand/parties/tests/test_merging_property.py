"""A merge and its undo give the same database, whatever the customers are made of."""

from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from peyvand.accounts.models import User
from peyvand.parties.models import Merge, Party
from peyvand.parties.services.merging import merge_parties, undo_merge
from peyvand.parties.services.merging.choosing import keys_of
from peyvand.parties.tests.merging import House, differences, everything

MANY = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)


def merged(house: House, parties: list[Party]) -> Merge:
    """Merge them with choices as the dice says."""
    choices = {key: house.dice.choice(parties).pk for key in keys_of(parties) if house.dice.random() < 0.4}
    survivor = house.dice.choice(parties)
    ids = [party.pk for party in parties if party.pk != survivor.pk]
    return merge_parties(actor=None, survivor_id=survivor.pk, party_ids=ids, choices=choices)


@pytest.mark.parametrize("kind", ["person", "organisation"])
@pytest.mark.django_db
def test_merging_and_undoing_gives_the_same_database(alice: User, kind: str) -> None:
    @MANY
    @given(dice=st.randoms(use_true_random=False), count=st.integers(2, 4))
    def prove(dice: Random, count: int) -> None:
        with transaction.atomic():
            house = House(dice, alice, kind)
            parties = house.furnished(count)
            before = everything()
            merge = merged(house, parties)
            assert differences(before, everything())
            undo_merge(actor=None, merge=merge)
            assert differences(before, everything()) == {}
            transaction.set_rollback(True)

    prove()


@pytest.mark.django_db
def test_a_chain_of_merges_is_undone_from_its_end(alice: User) -> None:
    @MANY
    @given(dice=st.randoms(use_true_random=False))
    def prove(dice: Random) -> None:
        with transaction.atomic():
            house = House(dice, alice)
            a, b, c, d = house.furnished(4)
            before = everything()
            first = merge_parties(actor=None, survivor_id=b.pk, party_ids=[a.pk])
            between = everything()
            second = merge_parties(actor=None, survivor_id=c.pk, party_ids=[b.pk, d.pk])
            undo_merge(actor=None, merge=second)
            assert differences(between, everything()) == {}
            undo_merge(actor=None, merge=first)
            assert differences(before, everything()) == {}
            transaction.set_rollback(True)

    prove()
