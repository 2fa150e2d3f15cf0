"""The pages of merging: choosing, comparing, the log, taking back, and old addresses."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from peyvand.accounts.models import RolePermission, User
from peyvand.parties.models import Merge, Party, PartyNote
from peyvand.parties.services import create_party
from peyvand.parties.services.merging import merge_parties
from peyvand.parties.types import ContactDetails, PartyDetails

Make = Callable[..., Party]


@pytest.fixture
def alice(alice: User) -> User:
    """An officer of Tehran who may merge there."""
    RolePermission.objects.create(role=alice.grants.get().role, permission="parties.merge", scope="branch")
    return alice


@pytest.fixture
def make(alice: User) -> Make:
    def build(name: str, *contacts: tuple[str, str], **details: Any) -> Party:
        rows = [ContactDetails(kind=kind, typed=value) for kind, value in contacts]
        return create_party(actor=alice, details=PartyDetails(name=name, **details), contacts=rows)

    return build


def form_of(page: str) -> dict[str, Any]:
    """What the browser would send: hidden inputs and checked radios."""
    found: dict[str, Any] = {"id": re.findall(r'name="id" value="(\d+)"', page)}
    found["seen"] = re.search(r'name="seen" value="([^"]+)"', page)[1]  # type: ignore[index]
    for name, value in re.findall(r'name="([^"]+)"[^>]*value="(\d+)" checked', page):
        found[name] = value
    return found


def test_two_are_chosen_in_the_list_compared_and_merged(alice: User, make: Make, client: Client) -> None:
    sara, twin = make("سارا", city="تهران"), make("سارا رضایی", ("mobile", "09121234567"), job_title="مدیر")
    client.force_login(alice)
    assert "merge/chosen/" in client.get("/customers/").content.decode()
    chosen = client.post("/customers/merge/chosen/", {"ids": [sara.pk, twin.pk]})
    assert chosen.status_code == 303
    page = client.get(chosen.url).content.decode()  # type: ignore[attr-defined]
    assert "سارا رضایی" in page and "0912 123 4567" in page.replace("۰", "0") or "می‌ماند" in page
    form = form_of(page) | {"survivor": sara.pk, "c.name": twin.pk}
    done = client.post("/customers/merge/", form)
    assert done.status_code == 303 and done.url == f"/customers/{sara.pk}/"  # type: ignore[attr-defined]
    sara.refresh_from_db()
    assert sara.name == "سارا رضایی" and sara.contact_points.count() == 1
    made = Merge.objects.get()
    assert f"/customers/merges/{made.pk}/undo/" in client.get(done.url).content.decode()  # type: ignore[attr-defined]


def test_all_from_one_and_another_survivor_are_a_look_only(alice: User, make: Make, client: Client) -> None:
    sara, twin = make("سارا", job_title="وکیل"), make("ثریا", job_title="مدیر")
    client.force_login(alice)
    query = f"?id={sara.pk}&id={twin.pk}&survivor={twin.pk}&c.name={sara.pk}&c.job_title={twin.pk}&all={sara.pk}"
    page = client.get(f"/customers/merge/{query}").content.decode()
    form = form_of(page)
    assert form["survivor"] == str(twin.pk)
    assert form["c.name"] == form["c.job_title"] == str(sara.pk)
    assert not Merge.objects.exists()


def test_who_has_seen_another_state_is_asked_to_look_again(alice: User, make: Make, client: Client) -> None:
    sara, twin = make("سارا"), make("ثریا")
    client.force_login(alice)
    form = form_of(client.get(f"/customers/merge/?id={sara.pk}&id={twin.pk}").content.decode())
    Party.objects.filter(pk=twin.pk).update(version=9)
    assert client.post("/customers/merge/", form | {"survivor": sara.pk}).status_code == 409
    assert not Merge.objects.exists()


def test_one_or_mixed_ones_are_told_in_the_list(alice: User, make: Make, client: Client) -> None:
    sara, arman = make("سارا"), make("آرمان", kind="organisation")
    client.force_login(alice)
    for ids in ([sara.pk], [sara.pk, arman.pk]):
        answer = client.post("/customers/merge/chosen/", {"ids": ids})
        assert answer.status_code == 303 and answer.url == "/customers/"  # type: ignore[attr-defined]


def test_others_of_the_same_name_are_offered_beside_a_record(alice: User, make: Make, client: Client) -> None:
    sara, twin, arman = make("سارا رضایی"), make("سارا رضایی"), make("سارا رضایی", kind="organisation")
    client.force_login(alice)
    page = client.get(f"/customers/{sara.pk}/merge/").content.decode()
    assert f'name="id" value="{twin.pk}"' in page and f'name="id" value="{arman.pk}"' not in page
    assert f"/customers/{sara.pk}/merge/" in client.get(f"/customers/{sara.pk}/").content.decode()


def test_old_addresses_lead_to_the_survivor_for_who_may_see_it(
    alice: User, charlie: User, make: Make, client: Client
) -> None:
    sara, twin = make("سارا"), make("ثریا")
    merge_parties(actor=alice, survivor_id=sara.pk, party_ids=[twin.pk])
    client.force_login(alice)
    for page in ("", "history/", "tab/files/", "change/"):
        answer = client.get(f"/customers/{twin.pk}/{page}?x=1")
        assert answer.status_code == 301 and answer.url == f"/customers/{sara.pk}/{page}?x=1"  # type: ignore[attr-defined]
        assert "no-store" in answer["Cache-Control"]
    assert client.post(f"/customers/{twin.pk}/notes/", {"body": "دیر"}).status_code == 409
    client.force_login(charlie)
    assert client.get(f"/customers/{twin.pk}/").status_code == 404


def test_the_log_shows_what_came_from_whom_and_takes_back(alice: User, make: Make, client: Client) -> None:
    sara = make("سارا")
    twin = make("ثریا", ("email", "soraya@x.example"), job_title="مدیر")
    made = merge_parties(actor=alice, survivor_id=sara.pk, party_ids=[twin.pk])
    note = PartyNote.objects.create(party=sara, body="برای ثریا")
    client.force_login(alice)
    assert "ثریا" in client.get("/customers/merges/").content.decode()
    page = client.get(f"/customers/merges/{made.pk}/").content.decode()
    assert "soraya@x.example" in page and "مدیر" in page
    assert "از «ثریا»" in client.get(f"/customers/{sara.pk}/tab/details/").content.decode()
    ask = client.get(f"/customers/merges/{made.pk}/undo/").content.decode()
    key = f"parties.PartyNote.party:{note.pk}"
    assert key in ask and "برای ثریا" in ask
    done = client.post(f"/customers/merges/{made.pk}/undo/", {key: twin.pk})
    assert done.status_code == 303
    assert twin.notes.get() == note
    assert "sorayax" not in page and client.get(f"/customers/{twin.pk}/").status_code == 200
    history = client.get(f"/customers/{twin.pk}/history/").content.decode()
    assert "سارا ← ثریا" in history
    assert "سارا ← ثریا" in client.get(f"/customers/{sara.pk}/history/").content.decode()


def test_others_merges_are_not_shown(alice: User, charlie: User, make: Make, client: Client) -> None:
    sara, twin = make("سارا"), make("ثریا")
    made = merge_parties(actor=alice, survivor_id=sara.pk, party_ids=[twin.pk])
    RolePermission.objects.create(role=charlie.grants.get().role, permission="parties.merge", scope="branch")
    client.force_login(User.objects.get(pk=charlie.pk))
    assert "ثریا" not in client.get("/customers/merges/").content.decode()
    assert client.get(f"/customers/merges/{made.pk}/").status_code == 404
    assert client.post(f"/customers/merges/{made.pk}/undo/").status_code == 404
    assert client.get(f"/customers/merge/?id={sara.pk}&id={twin.pk}").status_code == 404
    made.refresh_from_db()
    assert made.undone_at is None


def test_the_pages_ask_a_fixed_number_of_questions(
    alice: User, make: Make, client: Client, django_assert_max_num_queries: Any
) -> None:
    sara, *others = [make(f"سارا {number}", ("email", f"s{number}@x.example")) for number in range(4)]
    for party in (sara, *others):
        PartyNote.objects.bulk_create(PartyNote(party=party, body=str(number)) for number in range(20))
    client.force_login(alice)
    query = "&".join(f"id={party.pk}" for party in (sara, *others))
    with django_assert_max_num_queries(250):  # it merges and takes it back; some for each table that names customers
        client.get(f"/customers/merge/?{query}")
    made = merge_parties(actor=alice, survivor_id=sara.pk, party_ids=[party.pk for party in others])
    with django_assert_max_num_queries(25):
        client.get("/customers/merges/")
    with django_assert_max_num_queries(40):
        client.get(f"/customers/merges/{made.pk}/")
