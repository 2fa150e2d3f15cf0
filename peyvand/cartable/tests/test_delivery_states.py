"""What is known of a message that went out, and work that comes back to who sent it."""

import pytest

from peyvand.accounts.models import Notification
from peyvand.cartable import services
from peyvand.cartable.models import Answer, Request
from peyvand.cartable.tests.desk import as_actor, drafted, mailbox, opened
from peyvand.channels.errors import NotFailed
from peyvand.channels.events import MessageBounced, MessageDelivered, MessageFailed
from peyvand.channels.models import Message
from peyvand.channels.services.reports import note_report
from peyvand.core.errors import Invalid
from tests.cast import Cast, make_user


@pytest.fixture
def sent(cast: Cast) -> Answer:
    """An answer to two people that its server has taken."""
    request = opened(mailbox(cast))
    answer = drafted(cast.olivia, request, "سلام", cc=["ali@arman.example"])
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    Message.objects.filter(pk=answer.message_id).update(state="sent", attempt=1)
    return answer


def _message(answer: Answer) -> Message:
    return Message.objects.get(pk=answer.message_id or 0)


def _report(answer: Answer, failures: list[tuple[str, bool]] = [], delivered: list[str] = []) -> list[object]:  # noqa: B006  # never changed
    found = [
        {
            "address": one,
            "permanent": permanent,
            "status": "5.1.1" if permanent else "4.4.1",
            "diagnostic": "no such user",
        }
        for one, permanent in failures
    ]
    bounce = {"message_ids": [_message(answer).message_id], "failures": found, "delivered": delivered}
    return list(note_report(report_id=1, bounce=bounce))


def test_reports_say_address_by_address_what_became_of_it(sent: Answer) -> None:
    assert _message(sent).outcome == "sent"
    assert _report(sent, delivered=["negar@arman.example"]) == [
        MessageDelivered(message_id=sent.message_id or 0, address="negar@arman.example")
    ]
    assert _message(sent).outcome == "sent"  # of two only one is known
    _report(sent, delivered=["ALI@arman.example"])
    assert _message(sent).outcome == "delivered"
    assert _report(sent, delivered=["ali@arman.example"]) == []  # told once
    _report(sent, [("ali@arman.example", True)])
    assert _message(sent).outcome == "bounced" and _message(sent).delivery["ali@arman.example"]["status"] == "5.1.1"
    assert _report(sent, [("ali@arman.example", False)]) and _message(sent).outcome == "bounced"  # a delay knows less


def test_a_delay_is_no_failure_and_a_strangers_report_counts_for_nothing(sent: Answer) -> None:
    _report(sent, [("negar@arman.example", False)])
    assert _message(sent).outcome == "delayed"
    assert _report(sent, [("nobody@x.example", True)]) == []
    forged = {"message_ids": ["made@up.example"], "failures": [], "delivered": ["negar@arman.example"]}
    assert note_report(report_id=1, bounce=forged) == []


def test_a_refused_recipient_shows_on_the_message(sent: Answer) -> None:
    message = _message(sent)
    message.details |= {"refused": {"ali@arman.example": "550 no"}}
    message.save()
    assert _message(sent).outcome == "bounced" and _message(sent).refused == {"ali@arman.example": "550 no"}


def test_a_failed_delivery_comes_back_to_who_sent_it(cast: Cast) -> None:
    farid = make_user("farid", department=cast.customer_relations, roles=[cast.roles["officer"]])
    request = opened(mailbox(cast))
    Request.objects.filter(pk=request.pk).update(officer=cast.olivia)
    answer = drafted(farid, request, "سلام")
    services.approve_and_send(actor=as_actor(farid), answer_id=answer.pk)
    answer.refresh_from_db()
    Message.objects.filter(pk=answer.message_id).update(state="failed", error="550", attempt=1)
    services.note_failed(MessageFailed(message_id=answer.message_id or 0))
    request.refresh_from_db()
    assert (request.status, request.assignee, request.trouble) == ("open", farid, "failed")
    assert request.first_answered_at is None and request.next_due is not None
    assert Notification.objects.filter(user=farid, kind="delivery").count() == 1


def test_when_who_sent_it_has_left_it_comes_back_to_the_officer(cast: Cast, sent: Answer) -> None:
    type(cast.olivia).objects.filter(pk=cast.olivia.pk).update(is_active=False)
    services.note_bounced(MessageBounced(message_id=sent.message_id or 0, bounce_id=0, address="x", permanent=True))
    request = sent.request
    request.refresh_from_db()
    assert (request.status, request.assignee, request.trouble) == ("new", None, "bounced")


def test_it_goes_to_another_address_with_the_same_words_and_to_nobody_twice(cast: Cast, sent: Answer) -> None:
    olivia = as_actor(cast.olivia)
    with pytest.raises(NotFailed):
        services.resend_to(
            actor=olivia, request_id=sent.request_id, message_id=sent.message_id or 0, recipient="new@arman.example"
        )
    first = sent.message_id or 0
    _report(sent, [("negar@arman.example", True)])
    services.note_bounced(MessageBounced(message_id=first, bounce_id=0, address="negar@arman.example", permanent=True))
    with pytest.raises(Invalid):
        services.resend_to(actor=olivia, request_id=sent.request_id, message_id=first, recipient="نادرست")
    services.resend_to(actor=olivia, request_id=sent.request_id, message_id=first, recipient="new@arman.example")
    sent.refresh_from_db()
    again = _message(sent)
    assert again.pk != first and again.recipients["envelope"] == ["new@arman.example"] and again.text == "سلام"
    request = Request.objects.get(pk=sent.request_id)
    assert (request.status, request.trouble) == ("answered", "") and again.outcome == "held"
    with pytest.raises(NotFailed):
        services.resend_to(actor=olivia, request_id=sent.request_id, message_id=first, recipient="x@arman.example")


def test_a_forward_that_fails_takes_no_answer_away(cast: Cast) -> None:
    request = opened(mailbox(cast))
    olivia = as_actor(cast.olivia)
    answer = drafted(cast.olivia, request, "سلام")
    services.approve_and_send(actor=olivia, answer_id=answer.pk)
    message = request.thread.first()
    assert message is not None
    passed = services.address(actor=olivia, request_id=request.pk, how="forward", message_id=message.message_id)
    drafted(cast.olivia, request, passed.body, recipient="factory@maker.example")
    services.approve_and_send(actor=olivia, answer_id=passed.pk)
    passed.refresh_from_db()
    Message.objects.filter(pk=passed.message_id).update(state="failed", attempt=1)
    services.note_failed(MessageFailed(message_id=passed.message_id or 0))
    request.refresh_from_db()
    assert request.first_answered_at is not None and request.trouble == "failed"
