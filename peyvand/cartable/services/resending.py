"""What a person decides about an answer that did not arrive, or of which nobody knows whether it did."""

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.cartable import policies
from peyvand.cartable.errors import NoAddress
from peyvand.cartable.events import AnswerApproved
from peyvand.cartable.models import Answer, Request
from peyvand.cartable.services.approving import settle as settle_answered
from peyvand.cartable.services.sending import hand_over
from peyvand.cartable.services.work import Refs, Work, lock
from peyvand.cartable.types import StepKind, Undoable
from peyvand.channels import services as channels
from peyvand.channels.errors import NotFailed
from peyvand.channels.models import Message
from peyvand.channels.services.resending import resend_failed
from peyvand.core.errors import NotAllowed, NotFound

DECIDERS = ("cartable.send", "cartable.approve")  # whoever may let an answer out may let it out again


@transaction.atomic
def resend(*, actor: Actor, request_id: int, message_id: int) -> Message:
    """Send an answer again that its server refused. Raises NotFound, NotAllowed, NotFailed."""
    message = _answer(actor, request_id, message_id)
    return resend_failed(message_id=message.pk, by=actor.user)


@transaction.atomic
def settle(*, actor: Actor, request_id: int, message_id: int, outcome: str) -> Message:
    """Say of an answer of unknown outcome that it was "sent", or have it sent once more ("resend").

    Raises NotFound, NotAllowed, NotUncertain.
    """
    message = _answer(actor, request_id, message_id)
    return channels.resolve_uncertain(message_id=message.pk, outcome=outcome, by=actor.user)


@transaction.atomic
def resend_to(*, actor: Actor, request_id: int, message_id: int, recipient: str) -> Undoable:
    """Send an answer that did not arrive to another address: a new message with the same words and files.

    Whoever else got the first one does not get it again. Raises NotFound, NotAllowed, NotFailed, NoAddress, Invalid.
    """
    failed = _answer(actor, request_id, message_id)
    request = lock(actor, request_id, policies.VIEW)
    answer = Answer.objects.select_for_update().filter(message=failed, state=Answer.State.APPROVED).first()
    if answer is None or failed.outcome not in ("failed", "bounced"):
        raise NotFailed
    if not recipient.strip():
        raise NoAddress(fields={"recipient": recipient})
    work = Work(actor, request)
    former = {"state": Answer.State.DRAFT, "reviewer": None}
    answer.recipient, answer.cc, answer.bcc = recipient.strip(), [], []
    answer.message = hand_over(actor, request, answer, "")
    answer.version += 1
    answer.decided_at = work.now
    answer.save()
    if answer.purpose != Answer.Purpose.FORWARD:
        settle_answered(work, closing=False)
    return work.done(
        StepKind.RESENT,
        events=[AnswerApproved(request_id=request.pk, answer_id=answer.pk)],
        details={"from": former, "failed": failed.pk, "version": request.version + 1, "remark": answer.recipient},
        refs=Refs(answer=answer, message=answer.message),
    )


def _answer(actor: Actor, request_id: int, message_id: int) -> Message:
    """A message of a request that the actor may see and whose answers he may let out."""
    request = Request.objects.visible_to(actor).filter(pk=request_id).first()
    message = Message.objects.filter(in_request__request_id=request_id, pk=message_id).first()
    if request is None or message is None:
        raise NotFound
    if not any(policies.may_act(actor, permission, request) for permission in DECIDERS):
        raise NotAllowed
    return message
