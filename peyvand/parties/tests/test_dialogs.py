"""The short dialogs over the customer file: they show, write, and put a broken rule beside its input."""

import pytest
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import RolePermission, User
from peyvand.parties.models import AccessLog, Party
from peyvand.parties.services import create_party
from peyvand.parties.services.identifiers import add_identifier
from peyvand.parties.types import ContactDetails, IdentifierDetails, PartyDetails

pytestmark = pytest.mark.django_db
MAIL = ContactDetails(kind="email", typed="ali@shop.example")
TRUE_ID, BAD_ID = "0499370899", "0499370898"


@pytest.fixture
def ali(alice: User) -> Party:
    return create_party(actor=alice, details=PartyDetails(name="علی رضایی"), contacts=[MAIL])


@pytest.fixture
def page(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def post(page: Client, name: str, *args: int, **data: str) -> int:
    return page.post(reverse(f"parties:{name}", args=args), data).status_code


@pytest.mark.parametrize("name", ["contact_add", "address_add", "identifier_add", "consent", "roles"])
def test_a_dialog_is_a_fragment_and_a_page_of_its_own(page: Client, ali: Party, name: str) -> None:
    url = reverse(f"parties:{name}", args=[ali.pk])
    assert b"<html" in page.get(url).content
    part = page.get(url, headers={"HX-Request": "true"})
    assert part.status_code == 200 and b"<html" not in part.content and b"<form" in part.content


def test_a_way_to_reach_is_added_changed_and_removed(page: Client, ali: Party) -> None:
    assert post(page, "contact_add", ali.pk, kind="mobile", typed="0912 345 6789", use="work") == 303
    point = ali.contact_points.get(kind="mobile")
    assert (point.use, point.is_primary, point.identifies) == ("work", True, True)
    values = {"kind": "mobile", "typed": "0912 345 6780", "shared": "on", "verified": "on"}
    assert post(page, "contact_change", ali.pk, point.pk, **values) == 303
    point.refresh_from_db()
    assert (point.value, point.identifies, point.is_verified) == ("+989123456780", False, True)
    assert point.verified_at is not None
    assert post(page, "contact_remove", ali.pk, point.pk) == 303
    assert ali.contact_points.count() == 1


def test_a_bad_number_is_said_beside_it(page: Client, ali: Party) -> None:
    answer = page.post(reverse("parties:contact_add", args=[ali.pk]), {"kind": "mobile", "typed": "12"})
    assert answer.status_code == 422 and b'aria-invalid="true"' in answer.content


def test_a_place_gives_the_customer_its_city(page: Client, ali: Party) -> None:
    values = {"province": "تهران", "city": "شهریار", "street": "خیابان یک", "postal_code": "12345", "country": "IR"}
    answer = page.post(reverse("parties:address_add", args=[ali.pk]), values)
    assert answer.status_code == 422 and b"insist" in answer.content
    assert post(page, "address_add", ali.pk, **values, insist="on") == 303
    place = ali.addresses.get()
    assert (place.is_primary, Party.objects.get(pk=ali.pk).city) == (True, "شهریار")
    assert post(page, "address_edit", ali.pk, place.pk, **{**values, "city": "قدس"}) == 303
    assert Party.objects.get(pk=ali.pk).city == "قدس"
    assert post(page, "address_remove", ali.pk, place.pk) == 303
    assert Party.objects.get(pk=ali.pk).city == ""


def test_a_flawed_number_is_kept_only_when_somebody_insists(page: Client, ali: Party) -> None:
    answer = page.post(reverse("parties:identifier_add", args=[ali.pk]), {"kind": "national_id", "typed": BAD_ID})
    assert answer.status_code == 422 and b'name="insist"' in answer.content
    hard = page.post(reverse("parties:identifier_add", args=[ali.pk]), {"kind": "sheba", "typed": "IR12"})
    assert hard.status_code == 422 and b'name="insist"' not in hard.content
    assert post(page, "identifier_add", ali.pk, kind="national_id", typed=BAD_ID, insist="on") == 303
    number = ali.identifiers.get()
    assert (number.shown, number.flaw, number.is_insisted) == ("•••• 0898", "checksum", True)
    assert BAD_ID not in page.get(reverse("parties:detail", args=[ali.pk])).content.decode()
    assert post(page, "identifier_add", ali.pk, kind="national_id", typed=BAD_ID, insist="on") == 422
    assert post(page, "identifier_remove", ali.pk, number.pk) == 303


def test_a_protected_number_is_shown_to_who_may_and_that_is_noted(page: Client, alice: User, ali: Party) -> None:
    number = add_identifier(actor=alice, party=ali, details=IdentifierDetails(kind="national_id", typed=TRUE_ID))
    url = reverse("parties:reveal", args=[ali.pk, number.pk])
    assert page.post(url).status_code == 403
    role = alice.grants.get().role
    RolePermission.objects.create(role=role, permission="parties.reveal", scope="branch")
    shown = page.post(url)
    assert TRUE_ID in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert AccessLog.objects.get(act=AccessLog.Act.REVEALED).detail == {"kind": "national_id"}


def test_a_word_about_contact_is_added_to_the_ledger(page: Client, ali: Party) -> None:
    said = {"channel": "sms", "purpose": "marketing", "given": "1", "source": "تلفنی"}
    assert post(page, "consent", ali.pk, **said) == 303
    assert Party.objects.get(pk=ali.pk).consents == ["sms:marketing"]
    assert post(page, "consent", ali.pk, **{**said, "given": "0"}) == 303
    assert (Party.objects.get(pk=ali.pk).consents, ali.consent_rows.count()) == ([], 2)
    assert post(page, "consent", ali.pk, **{**said, "source": ""}) == 422


def test_roles_and_life_cycle_are_written_together(page: Client, ali: Party) -> None:
    rows = {"roles-TOTAL_FORMS": "2", "roles-INITIAL_FORMS": "0", "life_cycle": "current", "version": "1"}
    first = {"roles-0-role": "customer", "roles-0-since": "1404/1/1"}
    twice = {**first, "roles-1-role": "customer", "roles-1-since": "1404/2/1"}
    answer = page.post(reverse("parties:roles", args=[ali.pk]), {**rows, **twice})
    assert answer.status_code == 422 and b"roles-1-since_error" in answer.content
    assert post(page, "roles", ali.pk, **rows, **first) == 303
    party = Party.objects.get(pk=ali.pk)
    assert (party.roles, party.life_cycle) == (["customer"], "current")
    assert post(page, "roles", ali.pk, **rows, **first) == 422, "somebody changed it meanwhile"


def test_nobody_reaches_the_rows_of_another(client: Client, charlie: User, ali: Party) -> None:
    client.force_login(charlie)
    for name in ("contact_add", "address_add", "identifier_add", "consent", "roles"):
        assert client.get(reverse(f"parties:{name}", args=[ali.pk])).status_code == 404
