"""Taking a message back before it goes out: whoever changes the row first, this or the worker's claim, wins."""

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.channels.errors import OnItsWay
from peyvand.channels.models import Message


@transaction.atomic
def withdraw(*, message_id: int, by: User | None) -> Message:
    """Cancel a queued message that no worker has claimed yet; it will never be sent.

    One statement decides, as in the worker's claim, so that exactly one of the two gets the row. The caller has checked
    that `by` may take it back. Raises OnItsWay when a worker was quicker.
    """
    decision = {"outcome": "cancelled", "by": by.pk if by else None, "at": timezone.now().isoformat()}
    queued = Message.objects.filter(pk=message_id, state=Message.State.QUEUED, attempt=0)
    if not queued.update(state=Message.State.CANCELLED, done_at=timezone.now(), due_at=None):
        raise OnItsWay
    message = Message.objects.get(pk=message_id)
    message.details = message.details | {"decisions": [*message.details.get("decisions", []), decision]}
    message.save(update_fields=["details"])
    return message
