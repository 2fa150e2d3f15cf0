"""Whatever happens to a survivor after a merge, the merge can be taken back, and nobody's rows are lost or broken."""

import datetime as dt
from collections.abc import Callable
from random import Random

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from peyvand.accounts.models import User
from peyvand.core.secrets import blind_index
from peyvand.parties.models import (
    Address,
    ContactPoint,
    Identifier,
    Merge,
    Party,
    PartyNote,
    PartyRole,
    Profile,
    Relation,
    SegmentMember,
)
from peyvand.parties.services.derived import touch
from peyvand.parties.services.merging import undo_merge
from peyvand.parties.services.merging.later import later_fields, later_rows
from peyvand.parties.tests.merging import House
from peyvand.parties.tests.test_merging_property import MANY, merged

Act = Callable[[House, Party], object]


def _another_address(house: House, party: Party) -> None:
    is_first = not party.addresses.filter(is_primary=True).exists()
    Address.objects.create(party=party, street="چهار", city="قم", is_primary=is_first)


def _another_main(house: House, party: Party) -> None:
    for address in party.addresses.order_by("?")[:1]:
        party.addresses.update(is_primary=False)
        Address.objects.filter(pk=address.pk).update(is_primary=True, street="نو")


def _another_first(house: House, party: Party) -> None:
    for point in party.contact_points.order_by("?")[:1]:
        party.contact_points.filter(kind=point.kind).update(is_primary=False)
        ContactPoint.objects.filter(pk=point.pk).update(is_primary=True)


def _one_less(house: House, party: Party) -> None:
    rows = house.dice.choice([party.contact_points, party.addresses, party.role_periods, party.identifiers])
    for row in rows.order_by("?")[:1]:
        row.delete()


def _no_relation(house: House, party: Party) -> None:
    for row in (Relation.objects.filter(source=party) | Relation.objects.filter(target=party)).order_by("?")[:1]:
        row.delete()


def _a_number(house: House, party: Party) -> None:
    Identifier.objects.create(party=party, kind="economic", value="333", digest=blind_index("333"), shown="333")


def _fields(house: House, party: Party) -> None:
    dice = house.dice
    party.name, party.job_title, party.life_cycle = "نو", dice.choice(["", "x"]), dice.choice(["lost", "current"])
    party.tag_ids = house.some(house.tags)
    party.custom = {str(house.line.pk): dice.choice(["سه", "چهار"]), str(house.many.pk): house.some([1, 2, 3])}
    party.save()


def _profile(house: House, party: Party) -> None:
    dice = house.dice
    values = {"occupation": dice.choice(["", "x"]), "interests": house.some(["کتاب", "شنا"])}
    Profile.objects.update_or_create(party=party, defaults=values | {"children": dice.choice([None, 5])})


def _segments(house: House, party: Party) -> None:
    SegmentMember.objects.filter(party=party).delete()
    SegmentMember.objects.create(party=party, segment=house.dice.choice(house.segments))


ACTS: tuple[Act, ...] = (
    _another_address, _another_main, _another_first, _one_less, _no_relation, _a_number, _fields, _profile, _segments,
    lambda house, party: house.point(party, "email", house.dice.choice(["a@x.example", "n@x.example"])),
    lambda house, party: house._relation([party]),
    lambda house, party: house._pairs([party, *house.others]),
    lambda house, party: PartyRole.objects.create(party=party, role="customer", since=dt.date(2026, 1, 1)),
    lambda house, party: PartyNote.objects.create(party=party, body="بعد"),
)  # fmt: skip


def live_on(house: House, party: Party, most: int) -> None:
    """Let things happen to a customer; what a constraint refuses did not."""
    for _time in range(house.dice.randint(1, most)):
        party.refresh_from_db()
        try:
            with transaction.atomic():
                house.dice.choice(ACTS)(house, party)
        except IntegrityError:
            continue
    touch([party.pk])


def take_back(dice: Random, merge: Merge) -> None:
    """Undo with some of the later rows given to somebody."""
    people = [merge.survivor_id, *merge.sources.values_list("party_id", flat=True)]
    later = [each.key for each in (*later_rows(merge), *later_fields(merge))]
    undo_merge(actor=None, merge=merge, places={key: dice.choice(people) for key in later if dice.random() < 0.5})
    connection.check_constraints()


@pytest.mark.parametrize("kind", ["person", "organisation"])
@pytest.mark.django_db
def test_a_merge_is_taken_back_after_anything(alice: User, kind: str) -> None:
    @settings(parent=MANY, max_examples=12)
    @given(dice=st.randoms(use_true_random=False), count=st.integers(2, 3))
    def prove(dice: Random, count: int) -> None:
        with transaction.atomic():
            house = House(dice, alice, kind)
            parties = house.furnished(count + 2)
            first = merged(house, parties[:count])
            live_on(house, first.survivor, 4)
            second = merged(house, [Party.objects.get(pk=first.survivor_id), *parties[count:]])
            live_on(house, Party.objects.get(pk=second.survivor_id), 8)
            notes = PartyNote.objects.count()
            take_back(dice, second)
            take_back(dice, first)
            assert PartyNote.objects.count() == notes
            check(parties)
            transaction.set_rollback(True)

    prove()


def check(parties: list[Party]) -> None:
    """All of them live again, and what follows from their rows is what stands in them."""
    alive = Party.objects.filter(pk__in=[party.pk for party in parties], deleted_at=None, merged_into=None)
    assert alive.count() == len(parties)
    columns = ("search", "roles", "city", "organisation_id", "completeness", "consents")
    was = list(alive.order_by("pk").values_list(*columns))
    touch([party.pk for party in parties])
    assert list(alive.order_by("pk").values_list(*columns)) == was
    firsts(parties)


def firsts(parties: list[Party]) -> None:
    """Who has addresses has one main one, and of each kind of contact points one comes first."""
    for party in parties:
        points = list(party.contact_points.values_list("kind", "is_primary"))
        assert {kind for kind, _first in points} == {kind for kind, first in points if first}
        assert len({kind for kind, _first in points}) == sum(first for _kind, first in points)
        places = list(party.addresses.values_list("is_primary", flat=True))
        assert sum(places) == bool(places)
