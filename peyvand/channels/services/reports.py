"""What delivery reports (RFC 3464) say about our messages: noted address by address, and told."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from peyvand.channels.events import MessageBounced, MessageDelivered
from peyvand.channels.models import Message
from peyvand.channels.services import tokens
from peyvand.core.events import Event

LONGEST_WHY = 300
RANK = {"delayed": 0, "delivered": 1, "bounced": 2}  # a later word counts unless it knows less


def note_report(*, report_id: int, bounce: Mapping[str, Any]) -> list[Event]:
    """Note what a report says of a message we really sent to that address: its signed id must be ours.

    bounce: as `adapters/email/bounce.py` reads it. Returns the events to publish in the same transaction.
    """
    ours = [one for one in bounce["message_ids"] if tokens.is_ours(one)]
    sent = (
        Message.objects.filter(message_id__in=ours, direction=Message.Direction.OUT) if ours else Message.objects.none()
    )
    message = sent.select_for_update().first()
    if message is None:
        return []
    envelope = message.recipients.get("envelope") or [
        *message.recipients.get("to", []),
        *message.recipients.get("cc", []),
    ]
    reached = {address.lower(): address for address in envelope}
    events: list[Event] = []
    for failure in bounce["failures"]:
        address = reached.get(failure["address"].lower())
        if address is None:
            continue
        permanent = bool(failure["permanent"])
        why = {"status": failure["status"], "why": failure["diagnostic"][:LONGEST_WHY]}
        _note(message, address, {"state": "bounced" if permanent else "delayed", **why})
        events.append(
            MessageBounced(message_id=message.pk, bounce_id=report_id, address=failure["address"], permanent=permanent)
        )
    for one in bounce.get("delivered", ()):
        address = reached.get(one.lower())
        if address is not None and _note(message, address, {"state": "delivered"}):
            events.append(MessageDelivered(message_id=message.pk, address=address))
    message.save(update_fields=["delivery"])
    return events


def _note(message: Message, address: str, said: dict[str, str]) -> bool:
    known = message.delivery.get(address, {}).get("state", "")
    if known and RANK[said["state"]] < RANK[known]:
        return False
    message.delivery = message.delivery | {address: said | {"at": timezone.now().isoformat()}}
    return bool(known != said["state"])
