"""Roles follow the day, consents the newest word, contact the last message; numbers are found by their index."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.core.jalali import today
from peyvand.parties.errors import EndsBeforeStart, FlawedNumber, NumberKnown, PeriodsOverlap
from peyvand.parties.models import AccessLog, Party
from peyvand.parties.selectors.identifiers import find_by_identifier
from peyvand.parties.services import create_party, identify
from peyvand.parties.services.addresses import remove_address, save_address
from peyvand.parties.services.consents import record_consent
from peyvand.parties.services.derived import derive, touch
from peyvand.parties.services.identifiers import add_identifier, reveal
from peyvand.parties.services.reached import note_contact
from peyvand.parties.services.roles import derive_of_today, set_life_cycle, set_roles
from peyvand.parties.types import AddressDetails, ConsentDetails, IdentifierDetails, PartyDetails, RoleDetails

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


@pytest.fixture
def ali(alice: User) -> Party:
    return create_party(actor=alice, details=PartyDetails(name="علی رضایی"))


def roles_of(party: Party) -> list[str]:
    return Party.objects.get(pk=party.pk).roles


def test_a_role_holds_from_its_first_to_its_last_day(alice: User, ali: Party) -> None:
    now = today()
    periods = [
        RoleDetails(role="lead", since=now - 9 * A_DAY, until=now - A_DAY),
        RoleDetails(role="customer", since=now),
        RoleDetails(role="partner", since=now + A_DAY),
    ]
    set_roles(actor=alice, party=ali, roles=periods)
    assert roles_of(ali) == ["customer"]
    Party.objects.filter(pk=ali.pk).update(roles=["lead"])
    assert derive_of_today() == 1 and roles_of(ali) == ["customer"]
    assert derive_of_today() == 0, "what is in step is left alone"


def test_a_role_is_not_held_twice_on_one_day(alice: User, ali: Party) -> None:
    now = today()
    with pytest.raises(PeriodsOverlap):
        set_roles(
            actor=alice, party=ali, roles=[RoleDetails(role="lead", since=now), RoleDetails(role="lead", since=now)]
        )
    with pytest.raises(EndsBeforeStart):
        set_roles(actor=alice, party=ali, roles=[RoleDetails(role="lead", since=now, until=now - A_DAY)])
    assert not ali.role_periods.exists()


def test_the_life_cycle_knows_since_when(alice: User, ali: Party) -> None:
    set_life_cycle(actor=alice, party=ali, life_cycle="current")
    first = Party.objects.get(pk=ali.pk)
    set_life_cycle(actor=alice, party=ali, life_cycle="current")
    assert Party.objects.get(pk=ali.pk).version == first.version, "nothing new, nothing written"
    with pytest.raises(Invalid):
        set_life_cycle(actor=alice, party=ali, life_cycle="gone")


def test_the_newest_word_counts_whatever_the_order_of_writing(alice: User, ali: Party) -> None:
    said = {"channel": "sms", "purpose": "marketing", "source": "تلفنی"}
    now = timezone.now()
    record_consent(actor=alice, party=ali, details=ConsentDetails(**said, is_given=False, at=now))
    record_consent(actor=alice, party=ali, details=ConsentDetails(**said, is_given=True, at=now - A_DAY))
    assert Party.objects.get(pk=ali.pk).consents == []
    with pytest.raises(Invalid):
        record_consent(actor=alice, party=ali, details=ConsentDetails(**said, is_given=True, at=now + A_DAY))


def test_the_oldest_address_follows_when_the_main_one_goes(alice: User, ali: Party) -> None:
    first = save_address(actor=alice, party=ali, details=AddressDetails(city="قم"))
    second = save_address(actor=alice, party=ali, details=AddressDetails(city="کرج", primary=True))
    assert Party.objects.get(pk=ali.pk).city == "کرج"
    remove_address(actor=alice, party=ali, address_id=second.pk)
    assert Party.objects.get(pk=ali.pk).city == "قم"
    first.refresh_from_db()
    assert first.is_primary


def test_a_number_is_found_in_any_writing_by_who_may_see_its_owner(alice: User, charlie: User, ali: Party) -> None:
    number = IdentifierDetails(kind="national_id", typed="0499370899")
    kept = add_identifier(actor=alice, party=ali, details=number)
    assert "0499370899" not in f"{kept.value}{kept.cipher}{kept.digest}{kept.shown}"
    assert list(find_by_identifier(alice, "national_id", "۰۴۹-۹۳۷۰۸۹-۹")) == [ali]
    assert not find_by_identifier(alice, "legal_id", "0499370899").exists()
    assert not find_by_identifier(charlie, "national_id", "0499370899").exists()
    with pytest.raises(NumberKnown):
        add_identifier(actor=alice, party=ali, details=number)
    with pytest.raises(FlawedNumber):
        add_identifier(actor=alice, party=ali, details=IdentifierDetails(kind="card", typed="1234", insist=True))
    with pytest.raises(NotAllowed):
        reveal(actor=alice, identifier=kept)
    assert not AccessLog.objects.exists()


def test_touch_counts_up_once_and_derive_not_at_all(alice: User, ali: Party) -> None:
    touch([ali.pk, ali.pk])
    derive([ali.pk])
    assert Party.objects.get(pk=ali.pk).version == 2


def test_touch_costs_the_same_for_one_and_for_many(alice: User) -> None:
    many = [create_party(actor=alice, details=PartyDetails(name=f"مشتری {n}")).pk for n in range(12)]
    touch(many[:1])
    costs = []
    for ids in (many[:1], many):
        with CaptureQueriesContext(connection) as seen:
            touch(ids)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 10, costs


def test_contact_is_noted_once_an_hour_without_a_new_version(ali: Party) -> None:
    now = timezone.now()
    note_contact([ali.pk], now)
    note_contact([ali.pk], now + dt.timedelta(minutes=5))
    party = Party.objects.get(pk=ali.pk)
    assert (party.last_contact_at, party.version) == (now, 1)
    note_contact([ali.pk], now + dt.timedelta(hours=2))
    assert Party.objects.get(pk=ali.pk).last_contact_at == now + dt.timedelta(hours=2)


def test_somebody_new_was_just_in_contact_and_what_is_missing_is_known() -> None:
    party = Party.objects.get(pk=identify("email", "new@shop.example", name="نو").party_id)
    assert (party.missing, party.completeness) == (["phone"], 66)
    assert party.last_contact_at is not None
    before = (party.missing, party.completeness, party.search)
    derive([party.pk])
    party.refresh_from_db()
    assert (party.missing, party.completeness, party.search) == before


def test_who_is_in_the_trash_does_not_answer(alice: User) -> None:
    found = identify("email", "gone@shop.example")
    Party.objects.filter(pk=found.party_id).update(deleted_at=timezone.now())
    Party.objects.get(pk=found.party_id).contact_points.update(identifies=False, identified=True)
    again = identify("email", "gone@shop.example")
    assert again.created and again.party_id != found.party_id
