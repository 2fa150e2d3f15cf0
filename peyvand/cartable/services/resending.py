"""What a person decides about an answer that did not arrive, or of which nobody knows whether it did."""

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.cartable import policies
from peyvand.cartable.models import Request
from peyvand.channels import services as channels
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


def _answer(actor: Actor, request_id: int, message_id: int) -> Message:
    """A message of a request that the actor may see and whose answers he may let out."""
    request = Request.objects.visible_to(actor).filter(pk=request_id).first()
    message = Message.objects.filter(in_request__request_id=request_id, pk=message_id).first()
    if request is None or message is None:
        raise NotFound
    if not any(policies.may_act(actor, permission, request) for permission in DECIDERS):
        raise NotAllowed
    return message
