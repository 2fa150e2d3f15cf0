"""The tree of referrals: who holds it now, how long each had it, and no blind copy for who must not know."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peyvand.accounts.models import User
from peyvand.accounts.services.tokens import create_token
from peyvand.cartable import services
from peyvand.cartable.models import Referral, Request, Step
from peyvand.cartable.selectors.reading import read_request
from peyvand.cartable.selectors.tree import Tree, tree_of
from peyvand.cartable.tests.desk import as_actor, mailbox, moment, opened, referred, user_target
from peyvand.cartable.types import Copy, Target, TargetKind
from peyvand.core.office_hours import organisation_calendar
from tests.cast import Cast

OPENED = moment("2026-11-22 06:00")  # a Sunday, 9:30 in Tehran


def at(request: Request, kind: str, when: datetime) -> None:
    """Let the latest step of a kind, and what it made or ended, have happened then."""
    step = Step.objects.filter(request=request, kind=kind).latest("pk")
    made = Referral.objects.filter(pk__in=step.details.get("made", []))
    ended = Referral.objects.filter(pk__in=step.details.get("referrals", {}), ended_at=step.at)
    ended.update(ended_at=when)
    made.update(created_at=when)
    Step.objects.filter(pk=step.pk).update(at=when)


@pytest.fixture
def request_(cast: Cast) -> Request:
    """Olivia had it an hour, Alice two, Bob one; Olivia has it again for an hour. Charlie has a blind copy."""
    request = opened(mailbox(cast))
    Request.objects.update(opened_at=OPENED)
    Step.objects.update(at=OPENED)
    services.take(actor=as_actor(cast.olivia), request_id=request.pk)
    at(request, "taken", OPENED)
    services.refer(
        actor=as_actor(cast.olivia), request_id=request.pk, to=user_target(cast.alice),
        copies=[Copy(to=user_target(cast.charlie), blind=True)],
    )  # fmt: skip
    at(request, "referred", OPENED + timedelta(hours=1))
    first = Referral.objects.get(role="original")
    second = referred(cast.alice, request, Target(TargetKind.POST, cast.head_of_logistics.pk))
    at(request, "referred", OPENED + timedelta(hours=3))
    services.finish_referral(actor=as_actor(cast.bob), referral_id=second.pk)
    at(request, "finished", OPENED + timedelta(hours=4))
    services.finish_referral(actor=as_actor(cast.alice), referral_id=first.pk)
    at(request, "finished", OPENED + timedelta(hours=4))
    return Request.objects.get()


def drawn(user: User, request: Request) -> Tree:
    return tree_of(read_request(as_actor(user), request.code), OPENED + timedelta(hours=5))


def test_each_holder_has_his_working_time(cast: Cast, request_: Request) -> None:
    found = drawn(cast.bob, request_)
    spent = {each.name: (each.minutes, each.is_now) for each in found.holders if each.minutes}
    assert spent == {
        str(cast.olivia): (120, True), str(cast.alice): (120, False), str(cast.head_of_logistics): (60, False),
    }  # fmt: skip


def test_what_was_referred_on_hangs_below(cast: Cast, request_: Request) -> None:
    [first] = drawn(cast.bob, request_).nodes
    [second] = first.children
    assert (first.referral.to_user, first.minutes) == (cast.alice, 120)
    assert (second.referral.to_post, second.minutes) == (cast.head_of_logistics, 60)
    assert not first.is_now and not second.is_now
    referred(cast.olivia, request_, user_target(cast.bob))
    assert [node.is_now for node in drawn(cast.bob, request_).nodes] == [False, True]


def test_nights_and_fridays_do_not_count(cast: Cast, request_: Request) -> None:
    page = read_request(as_actor(cast.olivia), request_.code)
    week = {each.name: each.minutes for each in tree_of(page, OPENED + timedelta(days=7)).holders}
    # From 13:30 on Sunday: two and a half hours, three days of eight, a Thursday of four, Saturday eight, Sunday 1:30.
    assert week[str(cast.olivia)] == 60 + 150 + 3 * 480 + 240 + 480 + 90


def test_a_blind_copy_is_drawn_for_who_may_know(cast: Cast, request_: Request) -> None:
    assert [len(drawn(user, request_).nodes) for user in (cast.olivia, cast.charlie, cast.alice, cast.bob)] == [
        2,
        2,
        1,
        1,
    ]


def test_the_page_and_the_api_draw_it(cast: Cast, request_: Request, logged_in: Callable[[User], Client]) -> None:
    shown = logged_in(cast.olivia).get(f"/cartable/{request_.code}/tree/").content.decode()
    assert "آلاله رستمی" in shown and "رئیس تدارکات" in shown and "رونوشت پنهان" in shown
    assert "رونوشت پنهان" not in logged_in(cast.bob).get(f"/cartable/{request_.code}/tree/").content.decode()
    _token, key = create_token(actor=cast.bob, user=cast.bob, name="t", scopes=["cartable.view"])
    answer = Client().get(f"/api/v1/requests/{request_.pk}/tree", headers={"Authorization": f"Bearer {key}"})
    found = json.loads(answer.content)
    assert [each["referral"]["to"]["name"] for each in found["nodes"]] == [str(cast.alice)]
    assert found["nodes"][0]["children"][0]["referral"]["to"]["kind"] == "post"
    assert [each["kind"] for each in found["holders"]].count("post") == 1


def test_the_tree_costs_two_questions_more_than_the_request(cast: Cast, request_: Request) -> None:
    page = read_request(as_actor(cast.olivia), request_.code)
    organisation_calendar()  # the working hours are known now
    with CaptureQueriesContext(connection) as asked:
        tree_of(page, OPENED + timedelta(hours=5))
    assert len(asked) <= 2
