"""The history of a customer: who changed what, from what to what, and who looked."""

import pytest
from django.db import transaction
from django.test import Client

from peyvand.accounts.models import RolePermission, User
from peyvand.parties.models import AccessLog, Party
from peyvand.parties.selectors.access import access_rows
from peyvand.parties.selectors.history import SIZE, history_of
from peyvand.parties.services import add_contact_point, change_party, create_party
from peyvand.parties.services.access_log import note_export, note_reveal, note_view
from peyvand.parties.types import ContactDetails, PartyDetails


@pytest.fixture
def negar(alice: User) -> Party:
    return create_party(actor=alice, details=PartyDetails(name="نگار رستمی", city="تهران"))


def rename(alice: User, party: Party, **values: str) -> None:
    party.refresh_from_db()
    details = PartyDetails(**{"name": party.name, "city": party.city} | values)
    change_party(actor=alice, party=party, details=details, contacts=None, version=party.version)


def test_a_change_is_told_with_both_values(alice: User, negar: Party) -> None:
    rename(alice, negar, city="شیراز")
    newest = history_of(alice, negar).items[0]
    assert (newest.kind, newest.act) == ("Party", "update")
    assert ("city", "تهران", "شیراز") in newest.fields


def test_what_hangs_on_a_customer_is_in_the_history(alice: User, negar: Party) -> None:
    add_contact_point(actor=alice, party=negar, contact=ContactDetails(kind="email", typed="negar@arman.example"))
    added = [change for change in history_of(alice, negar).items if change.kind == "ContactPoint"]
    assert added[-1].act == "insert"
    assert ("value", "", "negar@arman.example") in added[-1].fields


def test_numbers_are_shown_as_names(alice: User, negar: Party) -> None:
    first = history_of(alice, negar).items[-1]
    assert dict((name, now) for name, _was, now in first.fields)["owner_id"] == alice.full_name


def test_a_party_that_the_reader_may_not_see_stays_a_number(alice: User, bob: User, charlie: User) -> None:
    hidden = create_party(actor=charlie, details=PartyDetails(name="سازمان پنهان", kind="organisation"))
    person = create_party(actor=None, details=PartyDetails(name="کارمند", organisation_id=hidden.pk, owner_id=alice.pk))
    for reader, shown in ((alice, f"#{hidden.pk}"), (bob, "سازمان پنهان")):
        fields = {name: now for change in history_of(reader, person).items for name, _was, now in change.fields}
        assert fields["organisation_id"] == shown


def test_the_history_is_read_page_by_page_without_losing_a_change(alice: User, negar: Party) -> None:
    for number in range(SIZE + 5):
        with transaction.atomic():
            rename(alice, negar, city=f"شهر {number}")
    seen: list[str] = []
    before = ""
    while True:
        page = history_of(alice, negar, before=before)
        seen += [now for change in page.items for name, _was, now in change.fields if name == "city"]
        before = page.next
        if not before:
            break
    assert seen == [f"شهر {number}" for number in reversed(range(SIZE + 5))] + ["تهران"]


def test_the_page_shows_it_to_who_sees_the_customer_only(
    alice: User, charlie: User, negar: Party, client: Client
) -> None:
    rename(alice, negar, city="شیراز")
    client.force_login(alice)
    assert "شیراز" in client.get(f"/customers/{negar.pk}/history/").content.decode()
    client.force_login(charlie)
    assert client.get(f"/customers/{negar.pk}/history/").status_code == 404


def test_looks_within_an_hour_are_one_and_exports_are_each_noted(alice: User, negar: Party) -> None:
    note_view(user=alice, party=negar)
    note_view(user=alice, party=negar)
    note_reveal(user=alice, party=negar, kind="national_id")
    note_export(user=alice, count=12, detail={"list": "customers"})
    acts = sorted(access_rows().values_list("act", "count"))
    assert acts == [("exported", 12), ("revealed", 1), ("viewed", 1)]
    assert access_rows(party_id=negar.pk).count() == 2
    assert access_rows(act="exported", user_id=alice.pk).get().count == 12


def test_the_log_of_looks_is_for_auditors(alice: User, bob: User, negar: Party, client: Client) -> None:
    note_view(user=alice, party=negar)
    client.force_login(alice)
    assert client.get("/customers/access/").status_code == 403
    RolePermission.objects.create(role=bob.grants.get().role, permission="parties.audit", scope="all")
    client.force_login(bob)
    page = client.get(f"/customers/access/?party={negar.pk}&act=viewed&user=x")
    assert "نگار رستمی" in page.content.decode()
    assert AccessLog.objects.count() == 1
