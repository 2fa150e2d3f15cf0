"""Taking, referring, returning, recalling."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peyvand.accounts.models import Department, User
from peyvand.cartable import services
from peyvand.cartable.errors import (
    AlreadyClosed,
    AlreadyRead,
    NobodyThere,
    NothingToUndo,
    OutOfSight,
    ReferralEndedAlready,
    ToYourself,
)
from peyvand.cartable.models import Referral, Request
from peyvand.cartable.tests.desk import as_actor, mailbox, opened, referred, user_target
from peyvand.cartable.types import Order, Target, TargetKind
from peyvand.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cast import Cast


@pytest.fixture
def request_(cast: Cast) -> Request:
    return opened(mailbox(cast))


def state(request: Request) -> tuple[str, object, object, object]:
    request.refresh_from_db()
    return request.status, request.assignee, request.post, request.department


def test_taking_makes_an_officer_the_holder_and_the_officer(cast: Cast, request_: Request) -> None:
    services.take(actor=as_actor(cast.olivia), request_id=request_.pk, expected_version=1)
    assert state(request_) == ("open", cast.olivia, None, cast.customer_relations)
    assert request_.officer == cast.olivia and request_.version == 2
    with pytest.raises(ToYourself):
        services.take(actor=as_actor(cast.olivia), request_id=request_.pk)


def test_a_referral_goes_to_a_person_who_reads_and_returns_it(cast: Cast, request_: Request) -> None:
    referral = referred(cast.olivia, request_, user_target(cast.alice), instruction="زمان تحویل؟")
    assert state(request_) == ("referred", cast.alice, None, cast.logistics)
    assert (referral.instruction, request_.officer) == ("زمان تحویل؟", cast.olivia)
    assert services.read_referral(actor=as_actor(cast.alice), request_id=request_.pk)
    assert not services.read_referral(actor=as_actor(cast.alice), request_id=request_.pk)
    assert state(request_)[0] == "open"
    services.return_referral(actor=as_actor(cast.alice), referral_id=referral.pk, remark="کار فروش است")
    referral.refresh_from_db()
    assert (referral.state, referral.remark) == ("returned", "کار فروش است")
    assert state(request_) == ("open", cast.olivia, None, cast.customer_relations)


def test_only_its_addressee_reads_or_returns_a_referral(cast: Cast, request_: Request) -> None:
    referral = referred(cast.olivia, request_, user_target(cast.alice))
    assert not services.read_referral(actor=as_actor(cast.bob), request_id=request_.pk)
    with pytest.raises(NotAllowed):
        services.return_referral(actor=as_actor(cast.bob), referral_id=referral.pk, remark="")
    with pytest.raises(NotFound):
        services.return_referral(actor=as_actor(cast.charlie), referral_id=referral.pk, remark="")
    referral.refresh_from_db()
    assert referral.state == "waiting"


def test_work_of_a_department_is_read_by_one_and_taken_by_one(cast: Cast, request_: Request) -> None:
    referral = referred(cast.olivia, request_, Target(TargetKind.DEPARTMENT, cast.logistics.pk))
    assert state(request_) == ("referred", None, None, cast.logistics)
    services.read_referral(actor=as_actor(cast.bob), request_id=request_.pk)
    assert state(request_)[:2] == ("referred", None)
    services.take(actor=as_actor(cast.alice), request_id=request_.pk)
    referral.refresh_from_db()
    assert state(request_)[:2] == ("open", cast.alice) and referral.taken_by == cast.alice
    with pytest.raises(NotAllowed):  # bob did not take it
        services.finish_referral(actor=as_actor(cast.bob), referral_id=referral.pk)
    services.finish_referral(actor=as_actor(cast.alice), referral_id=referral.pk, remark="انجام شد")
    assert state(request_)[:2] == ("open", cast.olivia)


def test_work_of_a_post_reaches_whoever_holds_it(cast: Cast, request_: Request) -> None:
    post = cast.head_of_logistics
    referral = referred(cast.olivia, request_, Target(TargetKind.POST, post.pk))
    assert state(request_) == ("referred", None, post, cast.logistics)
    post.holder = cast.alice
    post.save()
    assert not services.read_referral(actor=as_actor(cast.bob), request_id=request_.pk)
    assert services.read_referral(actor=as_actor(cast.alice), request_id=request_.pk)
    services.finish_referral(actor=as_actor(cast.alice), referral_id=referral.pk)


def test_a_referral_below_a_referral_comes_back_up(cast: Cast, request_: Request) -> None:
    first = referred(cast.olivia, request_, user_target(cast.bob))
    second = referred(cast.bob, request_, user_target(cast.alice))
    first.refresh_from_db()
    assert second.parent == first and first.state == "waiting" and state(request_)[1] == cast.alice
    services.finish_referral(actor=as_actor(cast.alice), referral_id=second.pk)
    assert state(request_)[1] == cast.bob
    services.finish_referral(actor=as_actor(cast.bob), referral_id=first.pk)
    assert state(request_)[1] == cast.olivia


def test_referring_what_another_holds_takes_it_out_of_his_hands(cast: Cast, request_: Request) -> None:
    first = referred(cast.olivia, request_, user_target(cast.alice))
    second = referred(cast.olivia, request_, Target(TargetKind.DEPARTMENT, cast.sales.pk))
    first.refresh_from_db()
    assert (first.state, second.parent) == ("recalled", None)
    assert state(request_) == ("referred", None, None, cast.sales)


def test_a_referral_is_recalled_before_it_is_read_only(cast: Cast, request_: Request) -> None:
    referral = referred(cast.olivia, request_, user_target(cast.alice))
    with pytest.raises(NotAllowed):
        services.recall_referral(actor=as_actor(cast.bob), referral_id=referral.pk)
    services.recall_referral(actor=as_actor(cast.olivia), referral_id=referral.pk)
    assert state(request_)[:2] == ("open", cast.olivia)
    with pytest.raises(ReferralEndedAlready):
        services.recall_referral(actor=as_actor(cast.olivia), referral_id=referral.pk)
    again = referred(cast.olivia, request_, user_target(cast.alice))
    services.read_referral(actor=as_actor(cast.alice), request_id=request_.pk)
    with pytest.raises(AlreadyRead):
        services.recall_referral(actor=as_actor(cast.olivia), referral_id=again.pk)


def test_work_is_not_referred_into_a_hole(cast: Cast, request_: Request) -> None:
    empty = Department.objects.create(name="خالی", branch=cast.tehran)
    cast.head_of_logistics.holder = None
    cast.head_of_logistics.save()
    cast.alice.is_active = False
    cast.alice.save()
    for target in (
        Target(TargetKind.DEPARTMENT, empty.pk), Target(TargetKind.POST, cast.head_of_logistics.pk),
        user_target(cast.alice), Target(TargetKind.USER, 10**9),
    ):  # fmt: skip
        with pytest.raises(NobodyThere):
            referred(cast.olivia, request_, target)
    assert state(request_)[0] == "new" and not Referral.objects.exists()


def test_work_of_somebody_who_left_goes_back_to_his_department(cast: Cast, request_: Request) -> None:
    first = referred(cast.olivia, request_, user_target(cast.bob))
    second = referred(cast.bob, request_, user_target(cast.alice))
    cast.bob.is_active = False
    cast.bob.save()
    services.finish_referral(actor=as_actor(cast.alice), referral_id=second.pk)
    assert state(request_)[1:] == (None, None, cast.logistics)
    first.refresh_from_db()
    assert first.ended_at is None


def test_nobody_refers_to_himself_or_into_the_past_or_what_is_closed(cast: Cast, request_: Request) -> None:
    olivia = as_actor(cast.olivia)
    with pytest.raises(ToYourself):
        services.refer(actor=olivia, request_id=request_.pk, to=user_target(cast.olivia))
    with pytest.raises(Invalid):
        services.refer(
            actor=olivia,
            request_id=request_.pk,
            to=user_target(cast.bob),
            order=Order(due_at=timezone.now() - timedelta(1)),
        )
    services.close(actor=olivia, request_id=request_.pk)
    with pytest.raises(AlreadyClosed):
        services.refer(actor=olivia, request_id=request_.pk, to=user_target(cast.bob))


def test_the_second_of_two_learns_that_it_changed(cast: Cast, request_: Request) -> None:
    services.take(actor=as_actor(cast.olivia), request_id=request_.pk, expected_version=1)
    with pytest.raises(Conflict):
        services.refer(
            actor=as_actor(cast.olivia), request_id=request_.pk, to=user_target(cast.bob), expected_version=1
        )
    assert state(request_)[:2] == ("open", cast.olivia)


def test_charlie_of_another_branch_does_nothing_to_it(cast: Cast, request_: Request) -> None:
    charlie = as_actor(cast.charlie)
    for act in (
        lambda: services.take(actor=charlie, request_id=request_.pk),
        lambda: services.refer(actor=charlie, request_id=request_.pk, to=user_target(cast.alice)),
        lambda: services.close(actor=charlie, request_id=request_.pk),
        lambda: services.add_note(actor=charlie, request_id=request_.pk, body="x"),
    ):
        with pytest.raises(NotFound):
            act()
    request_.refresh_from_db()
    assert request_.version == 1 and request_.steps.count() == 1


def test_an_expert_may_not_close_and_a_holder_may_refer(cast: Cast, request_: Request) -> None:
    referred(cast.olivia, request_, user_target(cast.alice))
    with pytest.raises(NotAllowed):
        services.close(actor=as_actor(cast.alice), request_id=request_.pk)
    referred(cast.alice, request_, user_target(cast.bob))
    assert state(request_)[1] == cast.bob


def test_undo_restores_a_closing_and_a_referral(cast: Cast, request_: Request) -> None:
    olivia = as_actor(cast.olivia)
    referral = referred(cast.olivia, request_, user_target(cast.alice))
    before = Request.objects.filter(pk=request_.pk).values("status", "assignee", "next_due", "closed_at").get()
    done = services.close(actor=olivia, request_id=request_.pk)
    referral.refresh_from_db()
    assert referral.state == "done"
    assert services.undo(actor=olivia, token=done.undo) == request_.pk
    referral.refresh_from_db()
    assert referral.state == "waiting" and referral.ended_at is None
    assert Request.objects.filter(pk=request_.pk).values("status", "assignee", "next_due", "closed_at").get() == before
    with pytest.raises(NothingToUndo):
        services.undo(actor=olivia, token=done.undo)


def test_undo_of_a_referral_recalls_it(cast: Cast, request_: Request) -> None:
    olivia = as_actor(cast.olivia)
    done = services.refer(actor=olivia, request_id=request_.pk, to=user_target(cast.alice))
    services.undo(actor=olivia, token=done.undo)
    assert state(request_) == ("new", None, None, cast.customer_relations)
    assert Referral.objects.get().state == "recalled"


def test_undo_is_refused_to_others_after_changes_and_for_forged_words(cast: Cast, request_: Request) -> None:
    done = services.take(actor=as_actor(cast.olivia), request_id=request_.pk)
    for actor, token in ((cast.ada, done.undo), (cast.olivia, done.undo + "x"), (cast.olivia, "")):
        with pytest.raises(NothingToUndo):
            services.undo(actor=as_actor(actor), token=token)
    services.add_note(actor=as_actor(cast.olivia), request_id=request_.pk, body="یادداشت")
    with pytest.raises(NothingToUndo):
        services.undo(actor=as_actor(cast.olivia), token=done.undo)


def test_nobody_undoes_himself_out_of_sight(cast: Cast, request_: Request) -> None:
    referred(cast.olivia, request_, Target(TargetKind.DEPARTMENT, cast.logistics.pk))
    done = services.take(actor=as_actor(cast.alice), request_id=request_.pk)
    User.objects.filter(pk=cast.alice.pk).update(department=cast.sales, branch=cast.shiraz)
    before = Request.objects.filter(pk=request_.pk).values().get()
    with pytest.raises(OutOfSight):
        services.undo(actor=as_actor(cast.alice), token=done.undo)
    assert Request.objects.filter(pk=request_.pk).values().get() == before
    assert Referral.objects.get().taken_by == cast.alice


def test_reopening_gives_the_work_to_who_reopens(cast: Cast, request_: Request) -> None:
    services.close(actor=as_actor(cast.olivia), request_id=request_.pk, remark="تکراری")
    with pytest.raises(AlreadyClosed):
        services.close(actor=as_actor(cast.olivia), request_id=request_.pk)
    services.reopen(actor=as_actor(cast.olivia), request_id=request_.pk)
    assert state(request_)[:2] == ("open", cast.olivia)
    assert request_.next_due is not None and request_.paused_at is None and request_.closed_at is None
