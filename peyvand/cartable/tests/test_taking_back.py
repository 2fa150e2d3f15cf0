"""Undo send: an answer waits in the ledger, is taken back or claimed, never both; nothing is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from peyvand.cartable import services
from peyvand.cartable.answer_ways import AnswerWays
from peyvand.cartable.errors import NothingToTakeBack
from peyvand.cartable.models import Answer, Request, Survey
from peyvand.cartable.services import Approval
from peyvand.cartable.services.configuring import change_answer_ways
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
from peyvand.cartable.tests.test_answering import together
from peyvand.channels.errors import OnItsWay
from peyvand.channels.models import Message
from peyvand.channels.services import deliver, ring_overdue
from peyvand.channels.services import delivering as delivering_module
from peyvand.core.errors import Invalid, NotAllowed, NotFound
from tests.cast import Cast, make_cast


def _sent(cast: Cast, *, close: bool = False) -> tuple[Request, Answer]:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    answer = submitted(cast.alice, request)
    approval = Approval(body="فردا ساعت ۱۶ می‌رسد.", close=close)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk, approval=approval)
    answer.refresh_from_db()
    request.refresh_from_db()
    return request, answer


def _message(answer: Answer) -> Message:
    assert answer.message is not None
    return answer.message


def test_an_answer_waits_ten_seconds_in_the_ledger_and_no_worker_may_claim_it_before(cast: Cast) -> None:
    _request, answer = _sent(cast)
    message = _message(answer)
    assert message.due_at is not None
    assert timedelta(seconds=8) < message.due_at - timezone.now() <= timedelta(seconds=10)
    assert (message.state, message.outcome) == ("queued", "held")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM channels_message WHERE id = %s AND due_at <= now()", [message.pk])
        assert cursor.fetchone()[0] == 0


def test_taken_back_it_is_with_its_reviewer_again_in_its_latest_words(cast: Cast) -> None:
    request, answer = _sent(cast)
    message = _message(answer)
    services.take_back(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    message.refresh_from_db()
    before, after = request, Request.objects.get(pk=request.pk)
    assert (answer.state, answer.reviewer, answer.message) == ("review", cast.olivia, None)
    assert answer.body == "فردا ساعت ۱۶ می‌رسد."
    assert (message.state, message.outcome) == ("cancelled", "cancelled")
    assert (after.status, after.assignee, after.first_answered_at) == ("review", cast.olivia, None)
    assert after.next_due is not None and after.message_count == before.message_count - 1
    assert after.referrals.filter(ended_at=None).count() == 1
    assert list(after.steps.values_list("kind", flat=True))[-1] == "taken_back"
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    assert Message.objects.filter(direction="out", state="queued").count() == 1


def test_ones_own_draft_comes_back_as_a_draft_with_its_files_and_addresses(cast: Cast) -> None:
    request = opened(mailbox(cast))
    answer = drafted(cast.olivia, request, "سلام", cc=["ali@arman.example"], bcc=["boss@arman.example"])
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    services.take_back(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    assert (answer.state, answer.body, answer.cc, answer.bcc) == (
        "draft", "سلام", ["ali@arman.example"], ["boss@arman.example"]
    )  # fmt: skip


def test_what_the_author_began_meanwhile_is_added_and_not_lost(cast: Cast) -> None:
    request = opened(mailbox(cast))
    answer = drafted(cast.olivia, request, "نخست")
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    later = drafted(cast.olivia, request, "دوم")
    services.take_back(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    later.refresh_from_db()
    assert answer.body == "نخست\n\nدوم" and (answer.state, later.state) == ("draft", "discarded")


def test_a_request_that_was_closed_with_it_is_open_again_and_no_survey_goes_out(cast: Cast) -> None:
    request, answer = _sent(cast, close=True)
    assert request.status == "closed"
    services.take_back(actor=as_actor(cast.olivia), answer_id=answer.pk)
    request.refresh_from_db()
    assert (request.status, request.closed_at) == ("review", None) and not Survey.objects.exists()


def test_a_customer_who_wrote_in_these_seconds_is_not_forgotten(cast: Cast) -> None:
    request, answer = _sent(cast)
    reply = mail(mailbox(cast), in_reply_to=_message(answer).message_id, subject=f"Re: {request.code}")
    services.take_in([reply.pk])
    assert request_of(reply) == request
    services.take_back(actor=as_actor(cast.olivia), answer_id=answer.pk)
    request.refresh_from_db()
    assert (request.status, request.first_answered_at, request.message_count) == ("review", None, 2)
    assert request.next_due is not None


def test_once_claimed_it_cannot_be_taken_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _request, answer = _sent(cast)
    Message.objects.filter(pk=_message(answer).pk).update(state="sending", attempt=1)
    with pytest.raises(OnItsWay):
        services.take_back(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    assert answer.state == "approved" and answer.message is not None


@pytest.mark.django_db(transaction=True)
def test_of_the_worker_and_the_hand_that_takes_it_back_exactly_one_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    handed: list[int] = []

    def taken(message: Message, attempt: int) -> object:
        handed.append(message.pk)
        raise delivering_module.smtp.Refused("550 no")

    monkeypatch.setattr(delivering_module, "_hand_over", taken)
    for number in range(6):
        request = opened(mailbox(cast), f"negar{number}@arman.example")
        answer = drafted(cast.olivia, request, "سلام")
        services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
        answer.refresh_from_db()
        message = _message(answer)
        Message.objects.filter(pk=message.pk).update(due_at=timezone.now() - timedelta(seconds=1))
        acts: list[Callable[[], object]] = [
            lambda pk=message.pk: deliver(message_id=pk),  # type: ignore[misc]  # a default is the loop's value
            lambda pk=answer.pk: services.take_back(actor=as_actor(cast.olivia), answer_id=pk),  # type: ignore[misc]  # as above
        ]
        results = together(*acts)
        message.refresh_from_db()
        answer.refresh_from_db()
        lost = any(isinstance(one, OnItsWay) for one in results)
        assert lost == (message.pk in handed) == (message.state == "failed") == (answer.state == "approved")
        assert (message.state == "cancelled") == (answer.state == "draft") == (not lost)


def test_a_lost_bell_is_rung_again_when_its_time_has_come_and_never_for_a_cancelled_one(cast: Cast) -> None:
    _request, answer = _sent(cast)
    message = _message(answer)
    assert ring_overdue() == 0
    Message.objects.filter(pk=message.pk).update(due_at=timezone.now() - timedelta(minutes=5))
    assert ring_overdue() == 1
    services.take_back(actor=as_actor(cast.olivia), answer_id=answer.pk)
    assert ring_overdue() == 0


def test_the_author_may_take_back_and_strangers_may_not(cast: Cast) -> None:
    request, answer = _sent(cast)
    with pytest.raises(NotFound):
        services.take_back(actor=as_actor(cast.charlie), answer_id=answer.pk)
    services.add_note(
        actor=as_actor(cast.olivia), request_id=request.pk, body="نظر؟", mentions=[cast.charlie.pk], let_in=True
    )
    with pytest.raises(NotAllowed):
        services.take_back(actor=as_actor(cast.charlie), answer_id=answer.pk)
    services.take_back(actor=as_actor(cast.alice), answer_id=answer.pk)
    with pytest.raises(NothingToTakeBack):
        services.take_back(actor=as_actor(cast.alice), answer_id=answer.pk)


def test_a_business_may_send_at_once(cast: Cast) -> None:
    change_answer_ways(actor=cast.ada, wanted=AnswerWays(undo_seconds=0))
    _request, answer = _sent(cast)
    message = _message(answer)
    assert message.due_at is not None and message.due_at <= timezone.now() and message.outcome == "queued"
    with pytest.raises(Invalid):
        change_answer_ways(actor=cast.ada, wanted=AnswerWays(undo_seconds=61))
    with pytest.raises(NotAllowed):
        change_answer_ways(actor=cast.olivia, wanted=AnswerWays())


@pytest.mark.parametrize("stored", [None, "x", {"undo_seconds": True}, {"undo_seconds": 99}, {"undo_seconds": "5"}])
def test_a_setting_that_makes_no_sense_is_as_it_comes(stored: object) -> None:
    assert AnswerWays.from_json(stored).undo_seconds == 10
