"""Merging, splitting, linking and parting over the API."""

from typing import Any

import pytest

from peyvand.accounts.models import User
from peyvand.api.testing import Caller
from peyvand.cartable import services
from peyvand.cartable.models import Request
from peyvand.cartable.tests.desk import as_actor, mail, mailbox, opened, user_target
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def caller(user: User) -> Caller:
    return Caller(User.objects.get(pk=user.pk))


@pytest.fixture
def two(cast: Cast) -> tuple[Request, Request]:
    channel = mailbox(cast)
    return opened(channel), opened(channel, "another@else.example")


def path(request: Request, rest: str = "") -> str:
    return f"/requests/{request.pk}{rest}"


def test_requests_are_merged_answered_by_their_old_code_and_parted_again(
    cast: Cast, two: tuple[Request, Request]
) -> None:
    one, other = two
    olivia = caller(cast.olivia)
    assert olivia.post(path(one, "/merge"), {"others": []}).status_code == 422
    stale = {"others": [other.pk], "versions": [other.version + 1]}
    assert olivia.post(path(one, "/merge"), stale).status_code == 409
    made = olivia.post(path(one, "/merge"), {"others": [other.pk], "versions": [other.version]})
    assert made.status_code == 200, made.content
    assert (made.json()["kind"], made.json()["sources"][0]["code"]) == ("merge", other.code)
    assert olivia.get(f"/requests/by-code/{other.code}").json()["id"] == one.pk
    assert olivia.get(path(other)).json()["merged_into_id"] == one.pk
    refused = olivia.post(path(other, "/take"), {})
    assert refused.status_code == 409 and one.code in refused.content.decode()
    undo = path(one, f"/regroupings/{made.json()['id']}/undo")
    assert olivia.post(undo, {}).json()["undone_at"]
    assert olivia.post(undo, {}).status_code == 404
    assert olivia.get(path(other)).json()["merged_into_id"] is None


def test_widening_has_to_be_agreed_to(cast: Cast, two: tuple[Request, Request]) -> None:
    one, other = two
    services.confide(actor=as_actor(cast.ada), request_id=other.pk, confidential=True, people=[cast.olivia.pk])
    services.take(actor=as_actor(cast.olivia), request_id=other.pk)
    olivia = caller(cast.olivia)
    body: dict[str, Any] = {"others": [other.pk]}
    services.refer(actor=as_actor(cast.olivia), request_id=one.pk, to=user_target(cast.alice))
    refused = olivia.post(path(one, "/merge"), body)
    assert (refused.status_code, refused.json()["code"]) == (409, "would_widen")
    assert olivia.post(path(one, "/merge"), body | {"agreed": True}).status_code == 200


def test_messages_are_split_off_and_moved(cast: Cast, two: tuple[Request, Request]) -> None:
    one, other = two
    extra = [mail(mailbox(cast)).pk for _each in range(2)]
    services.take_in(extra)
    olivia = caller(cast.olivia)
    split = olivia.post(path(one, "/split"), {"messages": [extra[0]], "subject": "کار دیگر"})
    assert split.status_code == 201, split.content
    assert split.json()["target"]["subject"] == "کار دیگر"
    moved = olivia.post(path(one, "/move"), {"messages": [extra[1]], "to_id": other.pk})
    assert moved.status_code == 200 and moved.json()["target"]["id"] == other.pk
    kinds = [made["kind"] for made in olivia.get(path(one, "/ties")).json()["regroupings"]]
    assert kinds == ["move", "split"]


def test_links_and_parts(cast: Cast, two: tuple[Request, Request]) -> None:
    one, other = two
    olivia = caller(cast.olivia)
    ties = olivia.post(path(one, "/ties"), {"other_id": other.pk, "kind": "caused"})
    assert ties.status_code == 201, ties.content
    [link] = ties.json()["links"]
    assert (link["kind"], link["is_source"], link["other"]["code"]) == ("caused", True, other.code)
    assert olivia("DELETE", path(one, f"/ties/{link['id']}")).status_code == 204
    body = {"title": "بخش", "to": {"kind": "user", "id": cast.alice.pk}}
    part = olivia.post(path(one, "/parts"), body)
    assert part.status_code == 201, part.content
    [shown] = olivia.get(path(one, "/ties")).json()["parts"]
    assert (shown["title"], shown["is_open"], shown["id"]) == ("بخش", True, part.json()["id"])
    assert olivia.post(path(one, "/close"), {}).json()["code"] == "parts_open"
    assert olivia.post(path(one, "/close-anyway"), {"remark": "منصرف شد"}).status_code == 200


def test_one_answer_to_an_incident(cast: Cast, two: tuple[Request, Request]) -> None:
    one, other = two
    olivia = caller(cast.olivia)
    olivia.post(path(other, "/ties"), {"other_id": one.pk, "kind": "incident"})
    services.close(actor=as_actor(cast.olivia), request_id=other.pk)
    told = olivia.post(path(one, "/answer-all"), {"body": "وصل شد"}).json()
    assert [kin["id"] for kin in told["sent"]] == [one.pk]
    assert [left["request"]["id"] for left in told["left"]] == [other.pk] and told["left"][0]["reason"]
