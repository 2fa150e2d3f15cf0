"""What became of our answers: sent, failed, unknown, come back. A failed delivery is work again."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.cartable.events import DeliveryTroubled
from peyvand.cartable.models import Answer, Request, RequestMessage, Step
from peyvand.cartable.selectors import threads
from peyvand.cartable.services.closing import wake
from peyvand.cartable.services.telling import tell as tell_colleague
from peyvand.cartable.services.work import Refs, Work, tell
from peyvand.cartable.types import StepKind
from peyvand.channels.events import MessageBounced, MessageDelivered, MessageFailed, MessageSent, MessageUncertain
from peyvand.channels.models import Message

UNDELIVERED = gettext_noop("An answer that you sent did not arrive: %(subject)s")
TROUBLES = {
    Request.Trouble.FAILED: StepKind.DELIVERY_FAILED,
    Request.Trouble.UNCERTAIN: StepKind.DELIVERY_UNCERTAIN,
    Request.Trouble.BOUNCED: StepKind.BOUNCED,
}


@transaction.atomic
def note_sent(event: MessageSent) -> None:
    """The reaction to a delivered answer: a line in the history; earlier trouble of this message is over."""
    found = _find(event.message_id)
    if found is None or _noted(found, event.message_id, StepKind.SENT):
        return
    request, now = found, timezone.now()
    Step.objects.create(request=request, kind=StepKind.SENT, at=now, message_id=event.message_id)
    if request.trouble in (Request.Trouble.FAILED, Request.Trouble.UNCERTAIN):
        Request.objects.filter(pk=request.pk).update(trouble="")
    tell(request, StepKind.SENT)


def note_delivered(event: MessageDelivered) -> None:
    """The reaction to a report that an answer is in its mailbox: open pages hear of it, and nothing else changes."""
    with transaction.atomic():
        request = _find(event.message_id)
        if request is not None:
            tell(request, "delivered")


def note_failed(event: MessageFailed) -> None:
    """The reaction to an answer that could not be delivered: its request is work again."""
    _trouble(event.message_id, Request.Trouble.FAILED, {})


def note_uncertain(event: MessageUncertain) -> None:
    """The reaction to an answer of which nobody knows whether it went out: a person decides."""
    _trouble(event.message_id, Request.Trouble.UNCERTAIN, {})


def _find(message_id: int) -> Request | None:
    request_id = RequestMessage.objects.filter(message_id=message_id).values_list("request_id", flat=True).first()
    return Request.objects.select_for_update().filter(pk=request_id).first() if request_id else None


def _noted(request: Request, message_id: int, kind: str, **same: int) -> bool:
    return Step.objects.filter(request=request, message_id=message_id, kind=kind, **same).exists()


@transaction.atomic
def _trouble(message_id: int, trouble: Request.Trouble, details: dict[str, Any]) -> None:
    request = _find(message_id)
    kind = TROUBLES[trouble]
    if request is None:
        return
    message = Message.objects.select_related("created_by").defer("html", "quoted").get(pk=message_id)
    if _noted(request, message_id, kind, details__attempt=message.attempt):
        return
    work = Work(None, request)
    answer = Answer.objects.filter(message=message).select_related("author").first()
    sender = _sender(message, answer)
    if not request.is_active:
        wake(work, by_customer=False, first=sender)
    is_answer = answer is None or answer.purpose != Answer.Purpose.FORWARD
    if is_answer and not _other_answer(request, message):
        request.first_answered_at = None
        if request.resolution_due is not None and request.first_answer_due is not None:
            request.next_due = min(request.first_answer_due, request.resolution_due)
    request.trouble = trouble
    work.done(
        kind,
        events=[DeliveryTroubled(request_id=request.pk, message_id=message_id, trouble=trouble)],
        details={"error": message.error[:500], "attempt": message.attempt, **details},
        refs=Refs(message=message),
    )
    if sender is not None:
        tell_colleague(sender, request, UNDELIVERED, kind="delivery")


def _sender(message: Message, answer: Answer | None) -> User | None:
    """To whom a failed delivery comes back: who let the message out, else who wrote it; None: the department."""
    people = [message.created_by, answer.author if answer else None]
    return next((one for one in people if one is not None and one.is_active and may(one, "cartable.view")), None)


def _other_answer(request: Request, message: Message) -> bool:
    """Whether another answer reached the customer, so that the first answer stands."""
    answers = Answer.objects.filter(request=request, state=Answer.State.APPROVED).exclude(message=message)
    return answers.exclude(message__state__in=[Message.State.FAILED, Message.State.UNCERTAIN]).exists()


@transaction.atomic
def note_bounced(event: MessageBounced) -> None:
    """The reaction to a report about our answer: it stands in the thread; a final one makes the request work again."""
    request = _find(event.message_id)
    if request is None:
        return
    report = Message.objects.defer("html", "quoted").filter(pk=event.bounce_id).first()
    if report is not None:
        _attach(report, request.pk)
    if event.permanent:
        _trouble(event.message_id, Request.Trouble.BOUNCED, {"address": event.address})


def take_in_automatic(messages: Sequence[Message]) -> None:
    """Mail that machines wrote only joins the thread of an answer that we really sent; it wakes nobody."""
    for message in messages:
        ours = _ours(threads.evidence_of(message).message_ids)
        if ours is not None:
            _attach(message, ours)


def _attach(message: Message, request_id: int) -> None:
    link, made = RequestMessage.objects.get_or_create(
        message=message, defaults={"request_id": request_id, "matched_by": "automatic"}
    )
    if made:
        details = {"automatic": message.automatic}
        Step.objects.create(
            request_id=link.request_id, kind=StepKind.MESSAGE_IN, at=timezone.now(), message=message, details=details
        )


def _ours(message_ids: Sequence[str]) -> int | None:
    """The request of the message that we sent under one of these ids."""
    wanted = [one for one in message_ids if one]
    if not wanted:
        return None
    sent = RequestMessage.objects.filter(~Q(message__message_id=""), message__message_id__in=wanted)
    return sent.filter(message__direction=Message.Direction.OUT).values_list("request_id", flat=True).first()
