"""Referrals that come back by themselves, and work whose holder is gone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from peyvand.accounts.models import Notification, User
from peyvand.accounts.services import deactivate_user
from peyvand.cartable import services
from peyvand.cartable.models import Answer, Kind, Referral, ReferralAction, Request, ReturnRule, Step
from peyvand.cartable.selectors.clock import organisation_calendar
from peyvand.cartable.selectors.heads import head_of
from peyvand.cartable.services.starting import ensure_starter_kinds
from peyvand.cartable.tests.desk import as_actor, drafted, mailbox, opened, referred, submitted, user_target
from peyvand.cartable.types import Target, TargetKind, Timer
from tests.cast import Cast, make_user

LONG_AGO = timedelta(days=30)


@pytest.fixture
def request_(cast: Cast) -> Request:
    return opened(mailbox(cast))


def timed(
    cast: Cast, request: Request, when: str = "unread", to: str = "referrer", target: Target | None = None
) -> Referral:
    """A referral to Alice whose timer has run out."""
    target = target or user_target(cast.alice)
    referral = referred(cast.olivia, request, target, timer=Timer(minutes=60, when=when, to=to))
    Referral.objects.filter(pk=referral.pk).update(return_at=timezone.now() - timedelta(minutes=1))
    return referral


def run(referral: Referral) -> Referral:
    services.return_overdue()
    assert services.return_overdue() == 0
    referral.refresh_from_db()
    return referral


def test_a_timer_counts_working_minutes(cast: Cast, request_: Request) -> None:
    referral = referred(cast.olivia, request_, user_target(cast.alice), timer=Timer(minutes=180))
    assert referral.return_at == organisation_calendar().add(referral.created_at, 180)
    services.return_overdue()
    referral.refresh_from_db()
    assert referral.is_open


def test_what_nobody_reads_goes_back_to_the_referrer_who_is_told(cast: Cast, request_: Request) -> None:
    referral = run(timed(cast, request_))
    request_.refresh_from_db()
    assert (referral.state, request_.assignee, request_.status) == ("returned", cast.olivia, "open")
    step = Step.objects.get(kind="timed_out")
    assert step.actor is None and step.referral == referral
    assert Notification.objects.filter(user=cast.olivia, kind="referral").count() == 1


def test_what_nobody_reads_goes_up_to_the_head_and_then_back_to_the_referrer(cast: Cast, request_: Request) -> None:
    assert head_of(cast.logistics) == cast.bob and head_of(cast.sales) is None
    referral = run(timed(cast, request_, to="head"))
    request_.refresh_from_db()
    up = Referral.objects.get(ended_at=None)
    assert (referral.state, request_.assignee, up.to_user, up.by) == ("returned", cast.bob, cast.bob, cast.olivia)
    assert Notification.objects.filter(user=cast.bob, kind="referral").count() == 1
    services.finish_referral(actor=as_actor(cast.bob), referral_id=up.pk)
    request_.refresh_from_db()
    assert request_.assignee == cast.olivia


def test_where_there_is_no_head_or_he_is_the_one_it_goes_back(cast: Cast, request_: Request) -> None:
    for target in (user_target(cast.bob), user_target(cast.charlie)):
        run(timed(cast, request_, to="head", target=target))
        request_.refresh_from_db()
        assert request_.assignee == cast.olivia


@pytest.mark.parametrize("when", ["unread", "untouched"])
def test_what_is_read_stays_unless_it_had_to_be_worked_on(cast: Cast, request_: Request, when: str) -> None:
    referral = timed(cast, request_, when=when)
    services.read_referral(actor=as_actor(cast.alice), request_id=request_.pk)
    referral = run(referral)
    assert referral.is_open is (when == "unread")


@pytest.mark.parametrize("touch", ["note", "draft", "refer", "submit"])
def test_what_somebody_works_on_stays(cast: Cast, request_: Request, touch: str) -> None:
    referral = timed(cast, request_, when="untouched")
    alice = as_actor(cast.alice)
    if touch == "note":
        services.add_note(actor=alice, request_id=request_.pk, body="می‌پرسم")
    elif touch == "draft":
        drafted(cast.alice, request_)
    elif touch == "refer":
        referred(cast.alice, request_, user_target(cast.bob))
    else:
        submitted(cast.alice, request_)
    referral = run(referral)
    assert referral.is_open and referral.return_at is None


def test_a_pool_has_a_timer_until_somebody_takes_it(cast: Cast, request_: Request) -> None:
    unit = Target(TargetKind.DEPARTMENT, cast.logistics.pk)
    run(timed(cast, request_, when="untouched", target=unit))
    request_.refresh_from_db()
    assert request_.assignee == cast.olivia
    referral = timed(cast, request_, when="untouched", target=unit)
    services.take(actor=as_actor(cast.alice), request_id=request_.pk)
    assert run(referral).is_open


def test_the_most_specific_rule_of_the_business_sets_the_timer(cast: Cast) -> None:
    ensure_starter_kinds()
    kind = Kind.objects.get(code="complaint")
    rules = [ReturnRule(minutes=1), ReturnRule(minutes=2, kind=kind), ReturnRule(minutes=3, department=cast.logistics)]
    rules.append(ReturnRule(minutes=4, department=cast.logistics, kind=kind, when="untouched", to="head"))
    ReturnRule.objects.bulk_create(rules)
    request = opened(mailbox(cast))

    def minutes(to: User, kind: Kind | None, **order: object) -> int | None:
        Request.objects.filter(pk=request.pk).update(kind=kind)
        referral = referred(cast.olivia, request, user_target(to), **order)
        if referral.return_at is None:
            return None
        return organisation_calendar().minutes_between(referral.created_at, referral.return_at)

    assert [minutes(cast.charlie, None), minutes(cast.charlie, kind)] == [1, 2]
    assert [minutes(cast.alice, None), minutes(cast.alice, kind)] == [3, 4]
    assert minutes(cast.alice, kind, timer=Timer(minutes=0)) is None
    assert minutes(cast.alice, kind, timer=Timer(minutes=45)) == 45


def leaves(cast: Cast, user: User) -> None:
    deactivate_user(actor=cast.ada, user=User.objects.get(pk=user.pk))
    services.rescue_abandoned()
    assert services.rescue_abandoned() == 0


def test_work_of_who_leaves_goes_to_the_head_of_his_department(cast: Cast, request_: Request) -> None:
    referral = referred(cast.olivia, request_, user_target(cast.alice))
    leaves(cast, cast.alice)
    request_.refresh_from_db()
    referral.refresh_from_db()
    assert (request_.assignee, referral.state) == (cast.bob, "returned")
    assert Referral.objects.get(ended_at=None).to_user == cast.bob
    assert Step.objects.filter(kind="rescued").count() == 1
    assert Notification.objects.filter(user=cast.bob, kind="referral").count() == 1


def test_a_vacant_post_and_an_empty_department_keep_nothing(cast: Cast) -> None:
    first, second = opened(mailbox(cast)), opened(mailbox(cast), "b@many.example")
    referred(cast.olivia, first, Target(TargetKind.POST, cast.head_of_logistics.pk))
    sam = make_user("sam", department=cast.after_sales, roles=[cast.roles["expert"]])
    referred(cast.olivia, second, Target(TargetKind.DEPARTMENT, cast.after_sales.pk))
    leaves(cast, cast.bob)
    leaves(cast, sam)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.assignee == cast.olivia and second.assignee == cast.olivia  # its officer: nobody else is there


def test_a_draft_whose_reviewer_leaves_is_somebody_elses_to_review(cast: Cast, request_: Request) -> None:
    sara = make_user("sara", department=cast.customer_relations, roles=[cast.roles["officer"]])
    services.take(actor=as_actor(sara), request_id=request_.pk)
    referred(sara, request_, user_target(cast.alice))
    submitted(cast.alice, request_)
    leaves(cast, sara)
    request_.refresh_from_db()
    assert (request_.status, request_.assignee) == ("review", cast.bob)
    assert Answer.objects.get().reviewer == cast.bob


def test_the_business_names_actions_and_rules(cast: Cast, logged_in: Callable[[User], Client]) -> None:
    ensure_starter_kinds()
    page, address = logged_in(cast.ada), "/cartable/referrals/"
    assert logged_in(cast.olivia).get(address).status_code == 403
    typed = {"form": "action", "name_fa": "جهت پیگیری", "name_en": "For follow-up", "is_active": "on"}
    assert page.post(address, typed).status_code == 303
    action = ReferralAction.objects.get(name_en="For follow-up")
    changed = {"name_fa": "پیگیری", "name_en": "Follow up"}
    assert page.post(f"{address}actions/{action.pk}/", changed).status_code == 303
    action.refresh_from_db()
    assert (action.name_fa, action.is_active) == ("پیگیری", False)
    rule = {
        "form": "rule",
        "department": cast.logistics.pk,
        "kind": "",
        "minutes": "120",
        "when": "unread",
        "to": "head",
    }
    assert page.post(address, rule).status_code == 303
    assert page.post(address, rule).status_code == 422
    shown = page.get(address).content.decode()
    assert "پیگیری" in shown and "تدارکات" in shown
    stored = ReturnRule.objects.get()
    assert page.post(f"{address}rules/{stored.pk}/delete/").status_code == 303
    assert not ReturnRule.objects.exists()
