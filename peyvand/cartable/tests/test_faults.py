"""What people do at the wrong moment: each fault in a sentence, with what the second one sees and keeps."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from peyvand.accounts.errors import StillInUse
from peyvand.accounts.models import Department, Post, User
from peyvand.accounts.services import delete_post
from peyvand.cartable import services
from peyvand.cartable.errors import AlreadyClosed, AlreadyRead, InACircle, NobodyThere
from peyvand.cartable.models import Referral, Request
from peyvand.cartable.selectors.clock import forget_calendar, organisation_calendar
from peyvand.cartable.services.approval_rules import RuleDetails, save_approval_rule
from peyvand.cartable.tests.desk import as_actor, mailbox, opened, referred, user_target
from peyvand.cartable.types import Copy, Draft, Target, TargetKind, Timer
from peyvand.core.models import Holiday
from tests.cast import Cast, make_user

Login = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def request_(cast: Cast) -> Request:
    return opened(mailbox(cast))


def post_target(post: Post) -> Target:
    return Target(TargetKind.POST, post.pk)


def test_who_refers_what_was_just_closed_reads_it_and_loses_no_word(
    cast: Cast, request_: Request, logged_in: Login
) -> None:
    browser, place = logged_in(cast.olivia), f"/cartable/{request_.code}/refer/"
    assert browser.get(place, headers=HTMX).status_code == 200
    services.close(actor=as_actor(cast.olivia), request_id=request_.pk)
    form = {"to": f"user:{cast.alice.pk}", "instruction": "لطفاً امروز بررسی شود", "version": str(request_.version)}
    refused = browser.post(place, form, headers=HTMX)
    page = refused.content.decode()
    assert refused.status_code == 409 and "لطفاً امروز بررسی شود" in page and "بسته" in page
    assert not Referral.objects.exists()
    with pytest.raises(AlreadyClosed):
        referred(cast.olivia, request_, user_target(cast.alice))


def test_a_circle_of_referrals_stops_and_says_so(cast: Cast, request_: Request, logged_in: Login) -> None:
    referred(cast.olivia, request_, user_target(cast.alice))
    referred(cast.alice, request_, user_target(cast.bob))
    for back in (user_target(cast.alice), user_target(cast.olivia)):
        with pytest.raises(InACircle) as caught:
            referred(cast.bob, request_, back)
    assert cast.olivia.full_name in caught.value.message
    seat = Post.objects.create(title="معاون", department=cast.customer_relations, holder=cast.olivia)
    with pytest.raises(InACircle):
        referred(cast.bob, request_, post_target(seat))
    form = {"to": f"user:{cast.olivia.pk}", "instruction": "بازگشت به شما"}
    page = logged_in(cast.bob).post(f"/cartable/{request_.code}/refer/", form, headers=HTMX)
    assert page.status_code == 422 and "بازگشت به شما" in page.content.decode()
    assert cast.olivia.full_name in page.content.decode()
    assert Referral.objects.count() == 2
    newest = Referral.objects.latest("pk")
    services.return_referral(actor=as_actor(cast.bob), referral_id=newest.pk, remark="نه")
    request_.refresh_from_db()
    assert request_.assignee == cast.alice
    assert referred(cast.alice, request_, user_target(cast.bob)).to_user == cast.bob, "again is no circle"


def test_a_copy_to_who_passed_it_on_is_no_circle(cast: Cast, request_: Request) -> None:
    referred(cast.olivia, request_, user_target(cast.alice))
    copies = [Copy(to=user_target(cast.olivia))]
    services.refer(actor=as_actor(cast.alice), request_id=request_.pk, to=None, copies=copies)
    assert Referral.objects.filter(role="copy", to_user=cast.olivia).count() == 1


def test_a_post_that_has_work_or_approves_is_not_deleted(cast: Cast, request_: Request) -> None:
    seat = Post.objects.create(title="معاون", department=cast.logistics, holder=cast.bob)
    referred(cast.olivia, request_, post_target(seat))
    with pytest.raises(StillInUse):
        delete_post(actor=None, post=seat)
    approving = Post.objects.create(title="مدیر", department=cast.logistics, holder=cast.bob)
    details = RuleDetails(name="امضا", approvers=[post_target(approving)])
    save_approval_rule(actor=cast.ada, rule=None, details=details)
    with pytest.raises(StillInUse):
        delete_post(actor=None, post=approving)
    request_.refresh_from_db()
    assert request_.post == seat


def test_a_department_without_members_a_vacant_post_and_a_disabled_user_get_nothing_and_lose_nothing(
    cast: Cast, request_: Request
) -> None:
    empty = Department.objects.create(name="خالی", branch=cast.tehran)
    vacant = Post.objects.create(title="خالی", department=cast.logistics)
    gone = make_user("gone", department=cast.logistics, roles=[cast.roles["expert"]])
    held = referred(cast.olivia, request_, user_target(gone))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    for target in (Target(TargetKind.DEPARTMENT, empty.pk), post_target(vacant), user_target(gone)):
        with pytest.raises(NobodyThere):
            referred(cast.olivia, request_, target)
    assert services.rescue_abandoned() == 1
    request_.refresh_from_db()
    held.refresh_from_db()
    assert request_.assignee == cast.bob and held.ended_at is not None
    assert request_.steps.filter(kind="rescued").exists()


def test_who_may_see_no_request_keeps_none(cast: Cast, request_: Request) -> None:
    stranger = make_user("stranger", department=cast.logistics)
    referred(cast.olivia, request_, user_target(stranger))
    assert services.rescue_abandoned() == 1 and services.rescue_abandoned() == 0
    request_.refresh_from_db()
    assert request_.assignee == cast.bob


def test_what_was_read_is_not_recalled_and_what_was_not_is(cast: Cast, request_: Request) -> None:
    first = referred(cast.olivia, request_, user_target(cast.alice))
    services.read_referral(actor=as_actor(cast.alice), request_id=request_.pk)
    with pytest.raises(AlreadyRead):
        services.recall_referral(actor=as_actor(cast.olivia), referral_id=first.pk)
    request_.refresh_from_db()
    assert request_.assignee == cast.alice
    services.return_referral(actor=as_actor(cast.alice), referral_id=first.pk, remark="نه")
    second = referred(cast.olivia, request_, user_target(cast.alice))
    services.recall_referral(actor=as_actor(cast.olivia), referral_id=second.pk)
    request_.refresh_from_db()
    assert request_.assignee == cast.olivia


def test_a_return_timer_does_not_run_on_holidays(cast: Cast, request_: Request) -> None:
    plain = referred(cast.olivia, request_, user_target(cast.alice), timer=Timer(minutes=60 * 16))
    services.recall_referral(actor=as_actor(cast.olivia), referral_id=plain.pk)
    day = timezone.localdate()
    for number in range(1, 15):
        Holiday.objects.update_or_create(day=day + timedelta(days=number), defaults={"name": "تعطیل"})
    forget_calendar()
    over = referred(cast.olivia, request_, user_target(cast.alice), timer=Timer(minutes=60 * 16))
    assert plain.return_at is not None and over.return_at is not None
    assert over.return_at - plain.return_at > timedelta(days=9)
    assert organisation_calendar().minutes_between(over.created_at, over.return_at) == 60 * 16
    assert services.return_overdue() == 0
    forget_calendar()


@pytest.mark.parametrize("state", ["held", "pool", "review", "post"])
def test_the_work_of_who_leaves_never_falls_into_a_hole(cast: Cast, request_: Request, state: str) -> None:
    nadia = make_user("nadia", department=cast.logistics, roles=[cast.roles["officer"]])
    alone = Department.objects.create(name="تنها", branch=cast.tehran)
    if state == "pool":
        User.objects.filter(pk=nadia.pk).update(department=alone)
        referred(cast.olivia, request_, Target(TargetKind.DEPARTMENT, alone.pk))
    elif state == "post":
        referred(cast.olivia, request_, post_target(Post.objects.create(title="x", department=alone, holder=nadia)))
    else:
        referred(cast.olivia, request_, user_target(nadia if state == "held" else cast.alice))
    if state == "review":
        answer = services.save_draft(actor=as_actor(cast.alice), request_id=request_.pk, draft=Draft(body="سلام"))
        services.submit_draft(actor=as_actor(cast.alice), answer_id=answer.pk, reviewer_id=nadia.pk)
    User.objects.filter(pk=nadia.pk).update(is_active=False)
    Post.objects.filter(holder=nadia).update(holder=None)
    assert services.rescue_abandoned() == 1 and services.rescue_abandoned() == 0
    request_.refresh_from_db()
    assert request_.assignee is not None and request_.assignee.is_active
    assert Request.objects.visible_to(as_actor(request_.assignee)).filter(pk=request_.pk).exists()
    if state == "review":
        assert request_.answers.get().reviewer == request_.assignee
