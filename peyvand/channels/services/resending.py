"""Sending once more what could not be delivered."""

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.channels.errors import NotFailed
from peyvand.channels.models import Message
from peyvand.channels.services.delivering import ring_for


@transaction.atomic
def resend_failed(*, message_id: int, by: User | None) -> Message:
    """Queue an outgoing message again that its server refused: the same bytes, by a person's word.

    The caller has checked that `by` may answer on this correspondence. Raises NotFailed when it is in another state.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != Message.State.FAILED or message.direction != Message.Direction.OUT:
        raise NotFailed
    now = timezone.now()
    decision = {"outcome": "resend", "by": by.pk if by else None, "at": now.isoformat()}
    message.details = message.details | {"decisions": [*message.details.get("decisions", []), decision]}
    message.details.pop("text_began", None)
    message.state, message.due_at, message.done_at, message.error = Message.State.QUEUED, now, None, ""
    message.save(update_fields=["state", "details", "error", "done_at", "due_at"])
    ring_for(message.pk)
    return message
