"""Child requests: a whole waits for its parts, closes over them only with a reason, and is told when they are done."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from peyvand.accounts.models import Notification, User
from peyvand.cartable import services
from peyvand.cartable.errors import AlreadyClosed, NothingWritten, NotOneWhole, PartsOpen, TooDeep
from peyvand.cartable.events import RequestClosed, RequestOpened
from peyvand.cartable.models import Receipt, Request, Survey
from peyvand.cartable.outward import Outward
from peyvand.cartable.selectors.outward import tracked
from peyvand.cartable.selectors.reading import read_request
from peyvand.cartable.services.closing import undo
from peyvand.cartable.services.configuring import change_outward
from peyvand.cartable.services.parts import open_part, tell_whole
from peyvand.cartable.services.receipts import acknowledge
from peyvand.cartable.services.surveys import plan_survey
from peyvand.cartable.tests.desk import as_actor, mail, mailbox, opened, request_of, user_target
from peyvand.cartable.tests.regrouping import everything, merged, taken_back
from peyvand.cartable.types import Draft, PartOrder, Target, TargetKind
from peyvand.core.errors import NotAllowed, NotFound
from tests.cast import Cast


@pytest.fixture
def whole(cast: Cast) -> Request:
    request = opened(mailbox(cast))
    services.take(actor=as_actor(cast.olivia), request_id=request.pk)
    return request


def part_of(user: User, whole: Request, to: Target | None = None, **values: Any) -> Request:
    part = PartOrder(title=values.pop("title", "تماس با انبار"), to=to, **values)
    return open_part(actor=as_actor(user), request_id=whole.pk, part=part)


def finished(user: User, part: Request, remark: str = "") -> None:
    referral = part.referrals.get()
    services.finish_referral(actor=as_actor(user), referral_id=referral.pk, remark=remark)


def test_a_part_has_its_own_title_holder_and_deadline(cast: Cast, whole: Request) -> None:
    due = timezone.now() + timedelta(days=3)
    part = part_of(cast.olivia, whole, user_target(cast.alice), text="کی می‌رسد؟", due_at=due)
    assert (part.parent, part.subject, part.assignee) == (whole, "تماس با انبار", cast.alice)
    assert (part.next_due, part.department, part.party) == (due, cast.logistics, whole.party)
    assert part.referrals.get().instruction == "کی می‌رسد؟"
    whole.refresh_from_db()
    assert whole.tied and part.tied and whole.assignee == cast.olivia


def test_the_whole_is_not_closed_while_a_part_is_open_unless_one_says_why(cast: Cast, whole: Request) -> None:
    part = part_of(cast.olivia, whole, user_target(cast.alice))
    olivia = as_actor(cast.olivia)
    for extra in ({}, {"despite_parts": True}):
        with pytest.raises(PartsOpen):
            services.close(actor=olivia, request_id=whole.pk, **extra)
    with pytest.raises(PartsOpen):
        answer = services.save_draft(actor=olivia, request_id=whole.pk, draft=Draft(body="پاسخ"))
        services.approve_and_send(actor=olivia, answer_id=answer.pk, approval=services.Approval(close=True))
    services.close(actor=olivia, request_id=whole.pk, despite_parts=True, remark="مشتری منصرف شد")
    part.refresh_from_db()
    assert part.is_active and Request.objects.get(pk=whole.pk).status == "closed"


def test_who_got_a_part_closes_it_by_finishing_and_the_holder_is_told_once(cast: Cast, whole: Request) -> None:
    first, second = part_of(cast.olivia, whole, user_target(cast.alice)), part_of(cast.olivia, whole)
    finished(cast.alice, first, "فردا")
    first.refresh_from_db()
    assert first.status == "closed"
    for _again in range(2):
        tell_whole(RequestClosed(request_id=first.pk))
    step = whole.steps.get(kind="part_done")
    assert step.details["remark"] == "تماس با انبار\nفردا"
    services.close(actor=as_actor(cast.olivia), request_id=second.pk)
    tell_whole(RequestClosed(request_id=second.pk))
    told = [one.text for one in Notification.objects.filter(user=cast.olivia).order_by("pk")]
    assert len(told) == 2 and told[-1].startswith("All parts")
    services.close(actor=as_actor(cast.olivia), request_id=whole.pk)


def test_finishing_a_part_can_be_taken_back(cast: Cast, whole: Request) -> None:
    part = part_of(cast.olivia, whole, user_target(cast.alice))
    done = services.finish_referral(actor=as_actor(cast.alice), referral_id=part.referrals.get().pk)
    undo(actor=as_actor(cast.alice), token=done.undo)
    part.refresh_from_db()
    assert part.is_active and part.assignee == cast.alice


def test_a_referral_within_a_part_does_not_close_it(cast: Cast, whole: Request) -> None:
    part = part_of(cast.olivia, whole, user_target(cast.bob))
    services.refer(actor=as_actor(cast.bob), request_id=part.pk, to=user_target(cast.alice))
    inner = part.referrals.latest("pk")
    services.finish_referral(actor=as_actor(cast.alice), referral_id=inner.pk)
    part.refresh_from_db()
    assert part.is_active and part.assignee == cast.bob


def test_the_customer_hears_nothing_of_parts(cast: Cast, whole: Request) -> None:
    change_outward(actor=None, wanted=Outward(receipt=True, survey=True))
    part = part_of(cast.olivia, whole)
    acknowledge([RequestOpened(request_id=part.pk)])
    services.close(actor=as_actor(cast.olivia), request_id=part.pk)
    plan_survey(RequestClosed(request_id=part.pk))
    assert not Receipt.objects.filter(request=part).exists() and not Survey.objects.exists()
    found = tracked(part.code, "negar@arman.example")
    assert found is not None and found.closed_at is None  # the whole answers


def test_mail_of_the_customer_never_lands_in_a_part(cast: Cast, whole: Request) -> None:
    part = part_of(cast.olivia, whole)
    for subject in ("باز هم من", f"Re: [{part.code}]"):
        message = mail(mailbox(cast), subject=subject)
        services.take_in([message.pk])
        assert request_of(message) == whole


def test_parts_of_a_confidential_request_are_confidential(cast: Cast, whole: Request) -> None:
    services.confide(actor=as_actor(cast.olivia), request_id=whole.pk, confidential=True, people=[cast.ada.pk])
    part = part_of(cast.olivia, whole, user_target(cast.alice))
    seen = {who.username for who in cast.people if Request.objects.visible_to(who).filter(pk=part.pk).exists()}
    assert seen == {"olivia", "alice", "ada"}
    assert not Request.objects.visible_to(cast.alice).filter(pk=whole.pk).exists()


def test_a_part_that_became_confidential_is_not_told_in_the_history_of_its_whole(cast: Cast, whole: Request) -> None:
    Request.objects.filter(pk=whole.pk).update(assignee=cast.charlie)
    part = part_of(cast.olivia, whole, title="اختلاس انباردار")
    services.confide(actor=as_actor(cast.olivia), request_id=part.pk, confidential=True)
    services.close(actor=as_actor(cast.olivia), request_id=part.pk, remark="اختلاس ثابت شد")
    tell_whole(RequestClosed(request_id=part.pk))
    for who, knows in ((cast.olivia, True), (cast.charlie, False)):
        steps = read_request(as_actor(who), whole.code).steps
        told = " ".join(str(step.details) for step in steps if step.kind in ("part_opened", "part_done"))
        assert ("اختلاس" in told, part.code in told) == (knows, knows)
    bell = Notification.objects.get(user=cast.charlie)
    assert "اختلاس" not in f"{bell.text} {bell.data}"


def test_nothing_is_a_part_of_itself(cast: Cast, whole: Request) -> None:
    part = part_of(cast.olivia, whole)
    inner = part_of(cast.olivia, part)
    for one in (whole, part, inner):
        with pytest.raises(IntegrityError), transaction.atomic():
            Request.objects.filter(pk=whole.pk).update(parent=one)
    with pytest.raises(NotOneWhole):
        merged(cast.olivia, whole, part)
    with pytest.raises(NotOneWhole):
        merged(cast.olivia, part, inner)


def test_there_are_not_endless_levels(cast: Cast, whole: Request) -> None:
    part = part_of(cast.olivia, part_of(cast.olivia, part_of(cast.olivia, whole)))
    with pytest.raises(TooDeep):
        part_of(cast.olivia, part)


def test_parts_go_with_a_merge_and_come_back(cast: Cast, whole: Request) -> None:
    part = part_of(cast.olivia, whole)
    other = opened(mailbox(cast), "another@else.example")
    services.take(actor=as_actor(cast.olivia), request_id=other.pk)
    before = everything()
    made = merged(cast.olivia, other, whole)
    part.refresh_from_db()
    assert part.parent == other
    taken_back(cast.olivia, made)
    assert everything() == before


def test_two_parts_of_one_whole_can_be_merged(cast: Cast, whole: Request) -> None:
    one, other = part_of(cast.olivia, whole), part_of(cast.olivia, whole)
    merged(cast.olivia, one, other)
    tell_whole(RequestClosed(request_id=other.pk))
    assert not whole.steps.filter(kind="part_done").exists()
    with pytest.raises(PartsOpen):
        services.close(actor=as_actor(cast.olivia), request_id=whole.pk)
    services.close(actor=as_actor(cast.olivia), request_id=one.pk)
    services.close(actor=as_actor(cast.olivia), request_id=whole.pk)


def test_a_part_needs_a_title_and_an_open_whole_and_a_right(cast: Cast, whole: Request) -> None:
    with pytest.raises(NothingWritten):
        part_of(cast.olivia, whole, title=" ")
    with pytest.raises(NotFound):
        part_of(cast.charlie, whole)
    services.close(actor=as_actor(cast.olivia), request_id=whole.pk)
    with pytest.raises(AlreadyClosed):
        part_of(cast.olivia, whole)


def test_a_part_of_a_department(cast: Cast, whole: Request) -> None:
    part = part_of(cast.olivia, whole, Target(TargetKind.DEPARTMENT, cast.logistics.pk))
    assert (part.status, part.department, part.assignee) == ("referred", cast.logistics, None)
    with pytest.raises((NotAllowed, NotFound)):
        finished(cast.charlie, part)
