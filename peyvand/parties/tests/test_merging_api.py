"""Merging in the API, and what old numbers answer there."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from peyvand.accounts.models import RolePermission, User
from peyvand.parties.models import Merge, Party, PartyNote
from peyvand.parties.services import create_party
from peyvand.parties.tests.settling import settle
from peyvand.parties.types import ContactDetails, PartyDetails

API = "/api/v1"
Send = Callable[..., Any]


@pytest.fixture
def alice(alice: User) -> User:
    """An officer of Tehran who may merge there."""
    RolePermission.objects.create(role=alice.grants.get().role, permission="parties.merge", scope="branch")
    return alice


@pytest.fixture
def send(alice: User, client: Client) -> Send:
    client.force_login(alice)

    def call(method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
        data = json.dumps(body or {})
        return getattr(client, method)(f"{API}{path}", data, content_type="application/json", headers=headers)

    return call


@pytest.fixture
def pair(alice: User) -> tuple[Party, Party]:
    sara = create_party(actor=alice, details=PartyDetails(name="سارا", city="تهران"))
    contact = ContactDetails(kind="email", typed="soraya@x.example")
    return sara, create_party(actor=alice, details=PartyDetails(name="ثریا"), contacts=[contact])


def test_look_merge_and_take_back(send: Send, client: Client, pair: tuple[Party, Party]) -> None:
    sara, twin = pair
    body = {"party_ids": [sara.pk, twin.pk]}
    shown = send("post", "/merges/preview", body).json()
    assert shown["proposed_id"] in (sara.pk, twin.pk) and not Merge.objects.exists()
    name = next(field for field in shown["fields"] if field["key"] == "name")
    assert {value["text"] for value in name["values"]} == {"سارا", "ثریا"}
    merge = {
        "survivor_id": sara.pk,
        "party_ids": [twin.pk],
        "choices": {"name": twin.pk},
        "versions": shown["versions"],
    }
    made = send("post", "/merges", merge, **{"Idempotency-Key": "m-1"})
    assert made.status_code == 201 and made.json()["choices"]["name"] == twin.pk
    assert send("post", "/merges", merge, **{"Idempotency-Key": "m-1"}).json() == made.json()
    assert send("post", "/merges", merge | {"versions": {}}).json()["id"] == made.json()["id"]
    number = made.json()["id"]
    assert client.get(f"{API}/merges/{number}").json()["merged"] == [{"id": twin.pk, "name": "ثریا"}]
    assert [row["id"] for row in client.get(f"{API}/merges?party_id={twin.pk}").json()["items"]] == [number]
    note = PartyNote.objects.create(party=sara, body="برای ثریا")
    later = client.get(f"{API}/merges/{number}/later").json()
    assert [row["row"] for row in later["rows"]] == [note.pk]
    undone = send("post", f"/merges/{number}/undo", {"places": {later["rows"][0]["key"]: twin.pk}})
    assert undone.status_code == 200 and undone.json()["undone_at"]
    assert twin.notes.get() == note
    assert send("post", f"/merges/{number}/undo").status_code == 409


def test_old_numbers_answer(send: Send, client: Client, pair: tuple[Party, Party]) -> None:
    sara, twin = pair
    send("post", "/merges", {"survivor_id": sara.pk, "party_ids": [twin.pk]})
    answer = client.get(f"{API}/parties/{twin.pk}")
    assert answer.json()["id"] == sara.pk and answer["ETag"]
    assert client.get(f"{API}/parties/{twin.pk}/notes").status_code == 200
    assert client.get(f"{API}/parties/{twin.pk}/history").status_code == 200
    refused = send("patch", f"/parties/{twin.pk}", {"name": "دیر"}, **{"If-Match": '"1"'})
    assert refused.status_code == 409 and refused.json()["code"] == "merged_already"
    assert [(each["name"], each["detail"]) for each in refused.json()["fields"]] == [("id", str(sara.pk))]
    rows = {"match": "id", "mode": "update", "rows": [{"id": twin.pk, "fields": {"job_title": "وکیل"}}]}
    assert send("post", "/parties/upsert", rows).json()["rows"][0]["id"] == sara.pk


def test_a_choice_that_is_none_is_refused(send: Send, pair: tuple[Party, Party]) -> None:
    sara, twin = pair
    body = {"survivor_id": sara.pk, "party_ids": [twin.pk]}
    assert send("post", "/merges", body | {"choices": {"nothing": twin.pk}}).status_code == 422
    assert send("post", "/merges", body | {"choices": {"name": 999999}}).status_code == 422
    assert send("post", "/merges", body | {"versions": {str(twin.pk): 77}}).status_code == 409
    assert not Merge.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_change_feed_tells_who_was_merged(send: Send, client: Client, pair: tuple[Party, Party]) -> None:
    sara, twin = pair
    send("post", "/merges", {"survivor_id": sara.pk, "party_ids": [twin.pk]})
    settle()
    rows = {row["id"]: row for row in client.get(f"{API}/parties/changes").json()["items"]}
    assert rows[twin.pk]["merged_into_id"] == sara.pk and rows[twin.pk]["deleted_at"]
    assert rows[sara.pk]["merged_into_id"] is None
