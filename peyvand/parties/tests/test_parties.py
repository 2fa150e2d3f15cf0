"""Customers: who may add and change them, what is refused, how they are found."""

import pytest

from peyvand.accounts.models import Branch, User
from peyvand.core.errors import Conflict, Invalid, NotAllowed, NotFound
from peyvand.parties import selectors
from peyvand.parties.errors import AddressTaken, BadAddress, NameMissing, NotAnOrganisation
from peyvand.parties.models import Party
from peyvand.parties.services import (
    add_contact_point,
    change_party,
    create_party,
    identify,
    link_to_organisation,
    remove_contact_point,
)
from peyvand.parties.types import ContactDetails, PartyDetails

pytestmark = pytest.mark.django_db

MAIL = ContactDetails(kind="email", typed="ali@shop.example", primary=True)
MOBILE = ContactDetails(kind="mobile", typed="۰۹۱۲ ۰۰۰ ۱۲۳۴")


def test_a_new_customer_belongs_to_the_branch_of_who_added_it(alice: User) -> None:
    party = create_party(actor=alice, details=PartyDetails(name=" علي   رضایی "), contacts=[MAIL, MOBILE])
    assert (party.name, party.branch_id, party.owner_id) == ("علی رضایی", alice.branch_id, alice.pk)
    assert {p.value for p in party.contact_points.all()} == {"ali@shop.example", "+989120001234"}


def test_who_may_not_change_customers_changes_nothing(alice: User, bob: User, charlie: User, tabriz: Branch) -> None:
    party = create_party(actor=alice, details=PartyDetails(name="علی"))
    attempts = [
        lambda who: change_party(actor=who, party=party, details=PartyDetails(name="x"), contacts=None, version=1),
        lambda who: add_contact_point(actor=who, party=party, contact=MAIL),
        lambda who: remove_contact_point(actor=who, party=party, contact_point_id=1),
        lambda who: link_to_organisation(actor=who, party=party, organisation=None),
    ]
    for who in (bob, charlie):
        for attempt in attempts:
            with pytest.raises(NotAllowed):
                attempt(who)
    with pytest.raises(NotAllowed):
        create_party(actor=bob, details=PartyDetails(name="x"))
    with pytest.raises(NotAllowed):
        create_party(actor=alice, details=PartyDetails(name="x", branch_id=tabriz.pk, owner_id=charlie.pk))
    party.refresh_from_db()
    assert (party.name, party.version, party.contact_points.count()) == ("علی", 1, 0)


def test_a_change_over_somebody_elses_is_refused(alice: User) -> None:
    party = create_party(actor=alice, details=PartyDetails(name="علی"), contacts=[MAIL])
    changed = change_party(actor=alice, party=party, details=PartyDetails(name="رضا"), contacts=[MOBILE], version=1)
    assert changed.version == 2
    assert [p.kind for p in changed.contact_points.all()] == ["mobile"]
    with pytest.raises(Conflict):
        change_party(actor=alice, party=party, details=PartyDetails(name="y"), contacts=None, version=1)
    assert Party.objects.get(pk=party.pk).name == "رضا"


def test_an_address_has_one_owner_unless_it_is_shared(alice: User) -> None:
    create_party(actor=alice, details=PartyDetails(name="الف"), contacts=[MAIL])
    with pytest.raises(AddressTaken) as caught:
        create_party(actor=alice, details=PartyDetails(name="ب"), contacts=[MOBILE, MAIL])
    assert list(caught.value.fields) == ["contacts-1-typed"]
    assert not Party.objects.filter(name="ب").exists()
    shared = ContactDetails(kind="email", typed="ali@shop.example", shared=True)
    assert create_party(actor=alice, details=PartyDetails(name="ب"), contacts=[shared]).pk


def test_bad_values_are_refused_with_their_field(alice: User) -> None:
    with pytest.raises(NameMissing) as caught:
        create_party(actor=alice, details=PartyDetails(name=" \u200c "))
    assert "name" in caught.value.fields
    with pytest.raises(BadAddress) as bad:
        create_party(actor=alice, details=PartyDetails(name="x"), contacts=[ContactDetails(kind="email", typed="x")])
    assert list(bad.value.fields) == ["contacts-0-typed"]


def test_only_people_belong_to_organisations_and_only_to_visible_ones(alice: User, charlie: User) -> None:
    company = create_party(actor=alice, details=PartyDetails(name="آب‌آفرین", kind="organisation"))
    person = create_party(actor=alice, details=PartyDetails(name="مینا", organisation_id=company.pk))
    assert selectors.search(alice, "آب آفرین").filter(pk=person.pk).exists(), "found by the organisation's name"
    with pytest.raises(NotAnOrganisation):
        link_to_organisation(actor=alice, party=company, organisation=company)
    with pytest.raises(NotAnOrganisation):
        link_to_organisation(actor=alice, party=person, organisation=person)
    with pytest.raises(Invalid):
        create_party(actor=charlie, details=PartyDetails(name="x", organisation_id=company.pk))


def test_search_finds_by_folded_name_number_and_address_and_only_what_is_visible(alice: User, charlie: User) -> None:
    party = create_party(actor=alice, details=PartyDetails(name="محمّد رضائي"), contacts=[MAIL, MOBILE])
    for question in ("رضایی", "محمد رضا", "0912000", "۰۹۱۲ ۰۰۰ ۱۲۳۴", "+98912", "ali@sh", "مح", "ALI@SHOP"):
        assert list(selectors.search(alice, question)) == [party], question
        assert not selectors.search(charlie, question).exists()
    for question in ("حسن", "%", "ضا", "0913", "'; DROP"):
        assert not selectors.search(alice, question).exists(), question


def test_the_list_sorts_by_the_persian_alphabet(alice: User) -> None:
    for name in ("یاس", "پریسا", "ژاله", "آرش", "گلی"):
        create_party(actor=alice, details=PartyDetails(name=name))
    names = Party.objects.visible_to(alice).order_by("sort_key", "pk").values_list("name", flat=True)
    assert list(names) == ["آرش", "پریسا", "ژاله", "گلی", "یاس"]


def test_short_file_takes_at_most_three_queries(alice: User, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    company = create_party(actor=alice, details=PartyDetails(name="شرکت", kind="organisation"))
    people = [
        create_party(actor=alice, details=PartyDetails(name=f"نفر {n}", organisation_id=company.pk)) for n in range(8)
    ]
    party = selectors.get_visible(alice, people[0].pk)
    with django_assert_max_num_queries(3):
        short = selectors.short_file(alice, party)
    assert (short.people, len(short.others), short.organisation) == (7, 5, company)


def test_short_file_names_only_whom_the_reader_may_see(alice: User, charlie: User) -> None:
    company = create_party(actor=alice, details=PartyDetails(name="شرکت", kind="organisation"))
    create_party(actor=alice, details=PartyDetails(name="پنهان", organisation_id=company.pk))
    assert (selectors.short_file(alice, company).people, selectors.short_file(charlie, company).people) == (1, 0)


def test_a_hidden_customer_is_not_found(alice: User, charlie: User) -> None:
    found = identify("email", "x@hidden.example", branch=alice.branch)
    assert selectors.get_visible(alice, found.party_id)
    assert selectors.by_address(alice, "email", "X@hidden.example")
    assert selectors.by_address(charlie, "email", "x@hidden.example") is None
    with pytest.raises(NotFound):
        selectors.get_visible(charlie, found.party_id)


def test_every_change_stands_in_the_history(alice: User) -> None:
    party = create_party(actor=alice, details=PartyDetails(name="پیش"))
    change_party(actor=alice, party=party, details=PartyDetails(name="پس"), contacts=[MAIL], version=1)
    assert list(dict.fromkeys(party.events.order_by("pgh_id").values_list("name", flat=True))) == ["پیش", "پس"]
