"""The trash: who may delete and restore, and what becomes of addresses meanwhile."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peyvand.accounts.models import Branch, RolePermission, User
from peyvand.core.errors import Conflict, NotAllowed, NotFound
from peyvand.core.models import OutboxEvent
from peyvand.parties import selectors
from peyvand.parties.models import Party
from peyvand.parties.selectors.trash import in_trash
from peyvand.parties.services import create_party, identify
from peyvand.parties.services.trash import delete_parties, delete_party, restore_parties, restore_party
from peyvand.parties.types import ContactDetails, PartyDetails

MAIL = ContactDetails(kind="email", typed="negar@arman.example")


def allow(user: User, *permissions: str, scope: str = "branch") -> User:
    role = user.grants.get().role
    RolePermission.objects.bulk_create(RolePermission(role=role, permission=each, scope=scope) for each in permissions)
    user.reach = None
    return user


@pytest.fixture
def deleter(alice: User) -> User:
    return allow(alice, "parties.delete")


@pytest.fixture
def negar(deleter: User) -> Party:
    return create_party(actor=deleter, details=PartyDetails(name="نگار رستمی"), contacts=[MAIL])


def test_a_deleted_customer_is_nowhere_but_in_the_trash(deleter: User, negar: Party) -> None:
    delete_party(actor=deleter, party=negar)
    assert not Party.objects.visible_to(deleter).exists()
    assert not selectors.search(deleter, "نگار").exists()
    with pytest.raises(NotFound):
        selectors.get_visible(deleter, negar.pk)
    assert [party.pk for party in in_trash(deleter)] == [negar.pk]
    assert OutboxEvent.objects.filter(name="parties.party_deleted", payload__party_id=negar.pk).exists()


def test_who_may_not_delete_changes_nothing(deleter: User, negar: Party, bob: User, charlie: User) -> None:
    for stranger in (bob, allow(charlie, "parties.delete")):
        with pytest.raises(NotAllowed):
            delete_party(actor=stranger, party=negar)
        assert delete_parties(actor=stranger, party_ids=[negar.pk]) == []
    negar.refresh_from_db()
    assert negar.deleted_at is None


def test_two_who_delete_at_once_delete_once(deleter: User, negar: Party) -> None:
    delete_party(actor=deleter, party=negar)
    with pytest.raises(NotFound):
        delete_party(actor=deleter, party=negar)


def test_a_customer_changed_meanwhile_is_not_deleted(deleter: User, negar: Party) -> None:
    with pytest.raises(Conflict):
        delete_party(actor=deleter, party=negar, version=negar.version + 7)


def test_a_restored_customer_has_its_address_again(deleter: User, negar: Party) -> None:
    delete_party(actor=deleter, party=negar)
    restore_party(actor=deleter, party_id=negar.pk)
    assert identify("email", MAIL.typed).party_id == negar.pk
    assert selectors.search(deleter, "نگار").get() == negar


def test_who_writes_meanwhile_is_somebody_new_and_keeps_the_address(deleter: User, negar: Party) -> None:
    delete_party(actor=deleter, party=negar)
    other = identify("email", MAIL.typed)
    assert other.created
    restore_party(actor=deleter, party_id=negar.pk)
    assert identify("email", MAIL.typed).party_id == other.party_id
    assert not negar.contact_points.get().identifies


def test_who_deleted_may_restore_even_without_the_right_to_delete_any_more(deleter: User, negar: Party) -> None:
    delete_party(actor=deleter, party=negar)
    RolePermission.objects.filter(permission="parties.delete").delete()
    deleter.reach = None
    assert restore_parties(actor=deleter, party_ids=[negar.pk]) == [negar.pk]


def test_nobody_of_another_branch_restores(deleter: User, negar: Party, charlie: User) -> None:
    delete_party(actor=deleter, party=negar)
    charlie = allow(charlie, "parties.delete")
    assert not in_trash(charlie).exists()
    with pytest.raises(NotFound):
        restore_party(actor=charlie, party_id=negar.pk)


def test_the_trash_is_searched_and_narrowed_to_what_one_deleted_oneself(
    deleter: User, negar: Party, tehran: Branch, bob: User
) -> None:
    delete_party(actor=deleter, party=negar)
    chief = allow(bob, "parties.delete", scope="all")
    assert in_trash(chief).count() == 1 and not in_trash(chief, by="me").exists()
    assert in_trash(deleter, by="me", question="رستمي").exists()
    assert not in_trash(deleter, question="کاظمی").exists()


def test_the_page_deletes_offers_to_undo_and_restores(deleter: User, negar: Party, client: Client) -> None:
    client.force_login(deleter)
    assert client.post(f"/customers/{negar.pk}/delete/").status_code == 303
    assert client.get(f"/customers/{negar.pk}/").status_code == 404
    page = client.get("/customers/trash/")
    assert "نگار رستمی" in page.content.decode()
    assert client.post(f"/customers/{negar.pk}/restore/").status_code == 303
    assert client.get(f"/customers/{negar.pk}/").status_code == 200


def test_the_trash_page_asks_a_fixed_number_of_questions(deleter: User, client: Client) -> None:
    client.force_login(deleter)
    delete_parties(actor=deleter, party_ids=[_party(deleter, number) for number in range(3)])
    client.get("/customers/trash/")
    with _counted() as few:
        client.get("/customers/trash/")
    delete_parties(actor=deleter, party_ids=[_party(deleter, number) for number in range(3, 12)])
    with _counted() as many:
        client.get("/customers/trash/")
    assert len(many) == len(few) <= 8


def _party(user: User, number: int) -> int:
    return create_party(actor=user, details=PartyDetails(name=f"مشتری {number}")).pk


def _counted() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)
