"""What else could tell of a confidential request: searches, counts, bells, merges, live news, views, exports.

The sweep over every address is in test_sweep.py; here are the ways that need a situation of their own.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from peyvand.accounts.models import Notification, User
from peyvand.cartable import selectors, services
from peyvand.cartable.events import NoteAdded
from peyvand.cartable.models import Request
from peyvand.cartable.services.regrouping import merge
from peyvand.cartable.tests.desk import as_actor, mailbox, opened, user_target
from peyvand.config.live import _may_see_request
from tests.cast import Cast
from tests.permissions.house import House
from tests.permissions.siege import WORD, confidential_house, fingerprint, make_attackers, make_sara, told

Login = Callable[[User], Client]


@pytest.fixture
def house(cast: Cast) -> House:
    return confidential_house(cast)


@pytest.fixture
def attackers(cast: Cast) -> dict[str, User]:
    return make_attackers(cast)


@pytest.fixture
def sara(cast: Cast) -> User:
    return make_sara(cast)


def test_its_insiders_read_it_so_that_the_sweep_proves_something(house: House, logged_in: Login) -> None:
    page = logged_in(house.cast.alice).get(f"/cartable/{house.request.code}/", follow=True).content.decode()
    assert WORD in page and house.request.code in page


def test_searches_find_it_for_nobody_else(house: House, attackers: dict[str, User], logged_in: Login) -> None:
    for user in attackers.values():
        browser = logged_in(user)
        for question in (WORD, house.request.code):
            for place in (
                "/cartable/all/",
                "/cartable/mine/",
                "/cartable/department/",
                "/api/v1/search",
                "/api/v1/requests",
            ):
                text = browser.get(place, {"q": question}).content.decode()
                assert not told(text.replace(question, "?") if question == WORD else text, house, question), place
    found = logged_in(house.cast.alice).get("/api/v1/search", {"q": house.request.code}).content.decode()
    assert WORD in found


def test_no_count_moves_by_it(house: House, attackers: dict[str, User]) -> None:
    def counted() -> list[object]:
        return [selectors.counts(as_actor(user)) for user in attackers.values()]

    inside = selectors.counts(as_actor(house.cast.alice))
    there = counted()
    Request.objects.filter(pk=house.request.pk).update(
        status="closed", closed_at=timezone.now(), next_due=None, paused_at=timezone.now(), merged_into=None
    )
    assert counted() == there and selectors.counts(as_actor(house.cast.alice)) != inside


def test_the_bell_forgets_it_for_others_when_it_becomes_confidential(cast: Cast, sara: User) -> None:
    request = opened(mailbox(cast), subject=f"موضوع {WORD}")
    olivia = as_actor(cast.olivia)
    for people in ([cast.charlie.pk, sara.pk], [cast.alice.pk]):
        note = services.add_note(actor=olivia, request_id=request.pk, body="؟", mentions=people, let_in=True)
        services.tell_mentioned(NoteAdded(request_id=request.pk, note_id=note.pk))
    services.take(actor=olivia, request_id=request.pk)
    assert Notification.objects.count() == 3
    services.confide(actor=olivia, request_id=request.pk, confidential=True, people=[cast.alice.pk])
    assert [one.user for one in Notification.objects.all()] == [cast.alice]
    for event in (NoteAdded(request_id=request.pk, note_id=note.pk),):
        services.tell_mentioned(event)
    assert {one.user for one in Notification.objects.all()} == {cast.alice}


def test_a_merge_that_makes_it_confidential_takes_it_from_bells_too(cast: Cast, sara: User) -> None:
    one, two = (opened(mailbox(cast), f"{number}@arman.example", subject=WORD) for number in range(2))
    olivia = as_actor(cast.olivia)
    note = services.add_note(actor=olivia, request_id=one.pk, body="؟", mentions=[sara.pk])
    services.tell_mentioned(NoteAdded(request_id=one.pk, note_id=note.pk))
    for each in (one, two):
        services.take(actor=olivia, request_id=each.pk)
    services.confide(actor=olivia, request_id=two.pk, confidential=True)
    merge(actor=olivia, survivor_id=one.pk, request_ids=[two.pk], agreed=True)
    assert not Notification.objects.filter(user=sara).exists()


def test_live_news_of_it_reach_no_open_page_of_others(house: House, attackers: dict[str, User]) -> None:
    assert _may_see_request(house.cast.alice, house.request.pk)
    assert not any(_may_see_request(user, house.request.pk) for user in attackers.values())


def test_a_saved_view_and_an_export_hold_what_their_reader_sees(
    house: House, attackers: dict[str, User], logged_in: Login
) -> None:
    for user in attackers.values():
        browser = logged_in(user)
        for place in ("all", "department", "mine"):
            shown = browser.post(f"/cartable/{place}/export/", {"format": "csv"})
            body = b"".join(shown) if shown.streaming else shown.content
            assert not told(body.decode("utf-8", "replace"), house, ""), place
        browser.post("/cartable/all/view/", {"name": "نما", "sharing": "all"})
        for view in browser.get("/api/v1/views", {"list": "requests"}).json().get("items", []):
            assert not told(browser.get(f"/cartable/all/?view={view['id']}").content.decode(), house, "")


def test_many_at_once_finds_nothing_to_do_it_to(house: House, attackers: dict[str, User], logged_in: Login) -> None:
    for user in attackers.values():
        for how in ("close", "tag", "snooze", "assign"):
            body = {"selection": {"ids": [house.request.pk]}, "how": how, "to": f"user:{user.pk}", "tag": 1}
            body["until"] = (timezone.now() + timedelta(hours=2)).isoformat()
            shown = logged_in(user).post("/api/v1/requests/bulk/preview", body, content_type="application/json")
            assert shown.status_code in (403, 404, 422) or (shown.json()["total"], shown.json()["changed"]) == (0, 0)


def test_merging_linking_and_moving_offer_it_to_nobody_else(
    house: House, attackers: dict[str, User], logged_in: Login
) -> None:
    for user in attackers.values():
        own = opened(mailbox(house.cast, f"{user.username}@company.example"), "sepideh@arman.example")
        Request.objects.filter(pk=own.pk).update(assignee=user, party=house.party, branch=user.branch)
        browser = logged_in(user)
        for place in ("merge", "tie", "move", "split", "ties", "perhaps", "earlier"):
            for question in ({}, {"q": WORD}, {"q": house.request.code}):
                page = browser.get(f"/cartable/{own.code}/{place}/", question)
                text = page.content.decode().replace(str(question.get("q") or "…"), "?")
                assert not told(text, house, ""), place
        tried: dict[str, Any] = {"kind": "related", "other": house.request.code, "with": house.request.pk}
        tried |= {"others": [house.request.pk], "messages": [house.received.pk], "survivor": own.pk, "agreed": "on"}
        before = fingerprint(house.request)
        for place in ("merge", "tie", "move"):
            browser.post(f"/cartable/{own.code}/{place}/", tried)
            assert fingerprint(house.request) == before, place


def test_stepping_through_a_list_goes_past_it(cast: Cast, sara: User, logged_in: Login) -> None:
    requests = [opened(mailbox(cast), f"{number}@arman.example", subject=f"{WORD} {number}") for number in range(3)]
    middle = requests[1]
    services.take(actor=as_actor(cast.olivia), request_id=middle.pk)
    services.confide(actor=as_actor(cast.olivia), request_id=middle.pk, confidential=True)
    browser = logged_in(sara)
    for start in (requests[0], requests[2]):
        for way in ("next", "previous"):
            answer = browser.get(f"/cartable/department/{start.code}/{way}/")
            assert middle.code not in str(dict(answer.headers)) + answer.content.decode()


def test_nobody_learns_who_looks_at_it_or_may_be_named_in_it(
    house: House, attackers: dict[str, User], logged_in: Login
) -> None:
    for user in attackers.values():
        browser, place = logged_in(user), f"/cartable/{house.request.code}"
        assert browser.get(f"{place}/colleagues/", {"q": ""}).status_code == 404
        assert browser.post(f"{place}/presence/", {"state": "looking"}).status_code == 404
        assert browser.get(f"{place}/presence/").status_code in (404, 405)
    offered = logged_in(house.cast.alice).get(f"/cartable/{house.request.code}/colleagues/", {"q": ""}).content.decode()
    assert house.cast.olivia.full_name in offered
    assert not any(user.full_name and user.full_name in offered for user in attackers.values())


def test_the_tracking_page_says_the_same_as_of_a_code_that_there_is_not(house: House) -> None:
    def asked(code: str, phone: str) -> str:
        page = Client().post("/track/", {"code": code, "phone": phone}, REMOTE_ADDR="203.0.113.9")
        return re.sub(r'"[A-Za-z0-9]{64}"|\d{13}', "", page.content.decode().replace(code, "?"))  # but tokens, time

    assert asked(house.request.code, "09120000000") == asked("1405-000999-1", "09120000000")
    assert WORD not in asked(house.request.code, "09120000000")


def test_a_referral_lets_one_person_in_and_nobody_above_him(house: House, attackers: dict[str, User]) -> None:
    services.refer(actor=as_actor(house.cast.alice), request_id=house.request.pk, to=user_target(house.cast.charlie))
    assert Request.objects.visible_to(as_actor(attackers["charlie"])).exists()
    assert not Request.objects.visible_to(as_actor(attackers["omni"])).exists()
