"""Drafts, review, sending."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from peyvand.cartable import services
from peyvand.cartable.errors import (
    AlreadyClosed,
    AnswerAwaitsReview,
    AnswerDecided,
    DraftChanged,
    NoAddress,
    NothingWritten,
)
from peyvand.cartable.models import Answer, Request, SlaPolicy
from peyvand.cartable.services import Approval
from peyvand.cartable.tests.desk import (
    as_actor,
    drafted,
    mail,
    mailbox,
    opened,
    referred,
    request_of,
    submitted,
    user_target,
)
from peyvand.cartable.types import Changes, Draft
from peyvand.channels.models import Message
from peyvand.core.errors import NotAllowed, NotFound, PeyvandError
from peyvand.core.models import Blob, File
from tests.cast import Cast, make_cast


@pytest.fixture
def request_(cast: Cast) -> Request:
    """A request that olivia referred to alice."""
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    services.read_referral(actor=as_actor(cast.alice), request_id=request.pk)
    request.refresh_from_db()
    return request


def test_a_draft_is_saved_again_and_again_as_one(cast: Cast, request_: Request) -> None:
    alice = as_actor(cast.alice)
    first = services.save_draft(actor=alice, request_id=request_.pk, draft=Draft(body="س"), expected_version=0)
    second = services.save_draft(actor=alice, request_id=request_.pk, draft=Draft(body="سلام"), expected_version=1)
    assert first.pk == second.pk and second.version == 2 and Answer.objects.count() == 1


def test_two_windows_lose_no_text(cast: Cast, request_: Request) -> None:
    alice = as_actor(cast.alice)
    services.save_draft(actor=alice, request_id=request_.pk, draft=Draft(body="پنجرهٔ یک"), expected_version=0)
    with pytest.raises(DraftChanged) as caught:
        services.save_draft(actor=alice, request_id=request_.pk, draft=Draft(body="پنجرهٔ دو"), expected_version=0)
    assert caught.value.stored.body == "پنجرهٔ یک" == Answer.objects.get().body


def test_a_draft_goes_to_the_officer_and_comes_back_with_a_remark(cast: Cast, request_: Request) -> None:
    answer = submitted(cast.alice, request_)
    request_.refresh_from_db()
    assert (answer.state, answer.reviewer) == ("review", cast.olivia)
    assert (request_.status, request_.assignee) == ("review", cast.olivia)
    with pytest.raises(AnswerAwaitsReview):
        drafted(cast.alice, request_)
    services.return_answer(actor=as_actor(cast.olivia), answer_id=answer.pk, remark="ساعت را بنویسید")
    request_.refresh_from_db()
    answer.refresh_from_db()
    assert (request_.status, request_.assignee, answer.state) == ("open", cast.alice, "returned")
    assert drafted(cast.alice, request_, "ساعت ۱۶ می‌رسد.").pk == answer.pk
    services.submit_draft(actor=as_actor(cast.alice), answer_id=answer.pk)


def test_the_officer_edits_approves_and_it_is_sent_with_threading_headers(cast: Cast, request_: Request) -> None:
    answer = submitted(cast.alice, request_)
    services.approve_and_send(
        actor=as_actor(cast.olivia), answer_id=answer.pk, approval=Approval(body="فردا ساعت ۱۶ می‌رسد.")
    )
    answer.refresh_from_db()
    request_.refresh_from_db()
    message, original = answer.message, Message.objects.get(direction="in")
    assert message is not None and message.state == "queued"
    assert message.recipients["to"] == ["negar@arman.example"] and message.text == "فردا ساعت ۱۶ می‌رسد."
    assert message.in_reply_to == original.message_id and message.references == [original.message_id]
    assert request_.code in message.subject and request_.code in message.message_id
    assert (request_.status, request_.next_due, request_.message_count) == ("answered", None, 2)
    assert request_.first_answered_at is not None and request_.assignee == cast.olivia
    assert not request_.referrals.filter(ended_at=None).exists()
    step = request_.steps.get(kind="approved")
    assert step.details["was"] == "فردا می‌رسد." and step.actor == cast.olivia


def test_the_customers_answer_to_our_answer_joins_the_same_request(cast: Cast, request_: Request) -> None:
    answer = submitted(cast.alice, request_)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    assert answer.message is not None
    pieces = answer.message.message_id.partition("@")[0].split(".")[1:]
    reply = mail(
        answer.message.channel,
        in_reply_to=answer.message.message_id,
        subject="",
        details={"thread": {"signed": [pieces]}},
    )
    services.take_in([reply.pk])
    request_.refresh_from_db()
    assert request_of(reply) == request_
    assert (request_.status, request_.assignee) == ("open", cast.olivia) and request_.next_due is not None


def test_an_expert_may_not_approve_and_nobody_approves_twice(cast: Cast, request_: Request) -> None:
    answer = submitted(cast.alice, request_)
    for user, error in ((cast.alice, NotAllowed), (cast.charlie, NotFound)):
        with pytest.raises(error):
            services.approve_and_send(actor=as_actor(user), answer_id=answer.pk)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    with pytest.raises(AnswerDecided):
        services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    assert Message.objects.filter(direction="out").count() == 1


def test_an_officer_sends_his_own_draft_and_a_head_may_not(cast: Cast, request_: Request) -> None:
    own = drafted(cast.olivia, request_)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=own.pk)
    heads = drafted(cast.bob, request_)
    with pytest.raises(NotAllowed):
        services.approve_and_send(actor=as_actor(cast.bob), answer_id=heads.pk)


def test_an_answer_by_phone_is_recorded_as_told(cast: Cast, request_: Request) -> None:
    answer = submitted(cast.alice, request_)
    approval = Approval(medium="phone", recipient="09123456789", note="ساعت ۱۱ گفته شد", close=True)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk, approval=approval)
    answer.refresh_from_db()
    request_.refresh_from_db()
    assert answer.message is not None
    assert (answer.message.medium, answer.message.state, answer.message.created_by) == ("phone", "sent", cast.olivia)
    assert answer.message.details == {"note": "ساعت ۱۱ گفته شد"}
    assert (request_.status, request_.next_due) == ("closed", None) and request_.closed_at is not None


def test_nothing_empty_and_nothing_without_an_address_is_sent(cast: Cast) -> None:
    request = opened(mailbox(cast), "0912 000 0000", medium=Message.Medium.FORM, message_id="")
    olivia = as_actor(cast.olivia)
    empty = drafted(cast.olivia, request, "  ")
    with pytest.raises(NothingWritten):
        services.submit_draft(actor=olivia, answer_id=empty.pk)
    with pytest.raises(NothingWritten):
        services.approve_and_send(actor=olivia, answer_id=empty.pk)
    with pytest.raises(NoAddress):
        services.approve_and_send(actor=olivia, answer_id=empty.pk, approval=Approval(body="سلام"))
    empty.refresh_from_db()
    assert empty.state == "draft" and not Message.objects.filter(direction="out").exists()


def test_what_was_edited_meanwhile_is_not_approved_unseen(cast: Cast, request_: Request) -> None:
    answer = submitted(cast.alice, request_)
    with pytest.raises(DraftChanged):
        services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk, expected_version=answer.version - 1)


def test_a_draft_that_waits_survives_a_second_opinion_and_a_closing(cast: Cast, request_: Request) -> None:
    answer = submitted(cast.alice, request_)
    referral = referred(cast.olivia, request_, user_target(cast.bob))
    services.finish_referral(actor=as_actor(cast.bob), referral_id=referral.pk)
    request_.refresh_from_db()
    assert (request_.status, request_.assignee) == ("review", cast.olivia)
    services.close(actor=as_actor(cast.olivia), request_id=request_.pk)
    services.reopen(actor=as_actor(cast.ada), request_id=request_.pk)
    request_.refresh_from_db()
    assert (request_.status, request_.assignee) == ("review", cast.olivia)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)


def test_moving_to_another_department_puts_it_into_that_pool(cast: Cast, request_: Request) -> None:
    changes = Changes(department_id=cast.after_sales.pk, priority="urgent", subject=" موضوع  تازه ")
    due = request_.resolution_due
    SlaPolicy.objects.create(priority="urgent", first_answer_minutes=30, resolution_minutes=60)
    services.change(actor=as_actor(cast.olivia), request_id=request_.pk, changes=changes)
    request_.refresh_from_db()
    assert (request_.status, request_.assignee, request_.department) == ("new", None, cast.after_sales)
    assert request_.subject == "موضوع تازه" and request_.resolution_due < due
    assert not request_.referrals.filter(ended_at=None).exists()


def test_nothing_is_drafted_on_a_closed_request(cast: Cast, request_: Request) -> None:
    draft = drafted(cast.alice, request_)
    services.close(actor=as_actor(cast.olivia), request_id=request_.pk)
    with pytest.raises(AlreadyClosed):
        drafted(cast.alice, request_)
    with pytest.raises(AlreadyClosed):
        services.submit_draft(actor=as_actor(cast.alice), answer_id=draft.pk)


def test_only_ones_own_uploads_can_be_attached(cast: Cast, request_: Request) -> None:
    blob = Blob.objects.create(sha256="a" * 64, size=1, data=b"x")
    mine = File.objects.create(blob=blob, name="a.pdf", content_type="application/pdf", size=1, uploaded_by=cast.alice)
    others = File.objects.create(blob=blob, name="b.pdf", content_type="application/pdf", size=1, uploaded_by=cast.bob)
    answer = drafted(cast.alice, request_, file_ids=[mine.pk])
    assert list(answer.files.all()) == [mine]
    with pytest.raises(NotFound):
        drafted(cast.alice, request_, file_ids=[others.pk])
    with pytest.raises(NotFound):
        services.add_note(actor=as_actor(cast.alice), request_id=request_.pk, body="x", file_ids=[others.pk])


def test_a_note_tells_who_is_named_and_lets_him_see(cast: Cast, request_: Request) -> None:
    charlie = as_actor(cast.charlie)
    assert not Request.objects.visible_to(charlie).exists()
    services.add_note(
        actor=as_actor(cast.alice), request_id=request_.pk, body="نظر شما؟", mentions=[cast.charlie.pk], let_in=True
    )
    assert Request.objects.visible_to(charlie).get() == request_
    with pytest.raises(NothingWritten):
        services.add_note(actor=as_actor(cast.alice), request_id=request_.pk, body=" ")


def together(*acts: Callable[[], object]) -> list[object]:
    """Run acts at the same moment; their results or errors."""
    barrier = threading.Barrier(len(acts))
    results: list[object] = []

    def run(act: Callable[[], object]) -> None:
        barrier.wait(10)
        try:
            results.append(act())
        except PeyvandError as error:
            results.append(error)
        finally:
            connection.close()

    running = [threading.Thread(target=run, args=(act,)) for act in acts]
    for one in running:
        one.start()
    for one in running:
        one.join(30)
    return results


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_approve_at_once_send_once() -> None:
    cast = make_cast()
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    answer = submitted(cast.alice, request)
    results = together(
        *[
            lambda user=user: services.approve_and_send(actor=as_actor(user), answer_id=answer.pk)
            for user in (cast.olivia, cast.ada, cast.olivia)
        ]
    )
    assert sum(isinstance(one, AnswerDecided) for one in results) == 2
    assert Message.objects.filter(direction="out").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_draft_at_once_have_one_draft_each() -> None:
    cast = make_cast()
    request = opened(mailbox(cast))
    together(*[lambda body=body: drafted(cast.olivia, request, body) for body in "abc"])
    together(lambda: drafted(cast.ada, request), lambda: drafted(cast.olivia, request, "d"))
    assert Answer.objects.count() == 2


def test_taking_a_review_over_and_back_leaves_it_with_its_reviewer(cast: Cast, request_: Request) -> None:
    referred(cast.olivia, request_, user_target(cast.alice))
    answer = submitted(cast.alice, request_)
    undo = services.take(actor=as_actor(cast.ada), request_id=request_.pk)
    answer.refresh_from_db()
    assert answer.reviewer == cast.ada
    services.undo(actor=as_actor(cast.ada), token=undo.undo)
    answer.refresh_from_db()
    request_.refresh_from_db()
    assert (answer.reviewer, request_.assignee) == (cast.olivia, cast.olivia)
