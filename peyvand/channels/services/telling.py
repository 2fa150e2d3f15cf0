"""Messages that no wire carries: the register of calls, letters and visits, and answers that a person delivered."""

import secrets

from django.db import connection, transaction
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.channels.models import Channel, Message
from peyvand.channels.types import Told

REGISTER_LOCK = 7_140_501  # advisory lock under which a branch gets its one register


@transaction.atomic
def register_of(branch_id: int) -> Channel:
    """The channel in which a branch writes down what comes by phone, letter, fax or in person; made when missing."""
    registers = Channel.objects.filter(kind=Channel.Kind.MANUAL, branch_id=branch_id).order_by("-is_active", "id")
    found = registers.first()
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [REGISTER_LOCK, branch_id])
        found = registers.first() or Channel.objects.create(
            kind=Channel.Kind.MANUAL, name="دفتر ثبت", branch_id=branch_id, token=secrets.token_hex(16)
        )
    return found


def record_told(*, channel: Channel, told: Told, by: User) -> Message:
    """Store an answer that `by` gave by phone, letter, fax or in person: it is sent because he says so."""
    now = timezone.now()
    return Message.objects.create(
        channel=channel,
        direction=Message.Direction.OUT,
        medium=told.medium,
        state=Message.State.SENT,
        external_id=f"told:{secrets.token_hex(16)}",
        sender_name=str(by)[:200],
        recipients={"to": [told.address] if told.address else [], "cc": []},
        subject=told.subject[:500],
        text=told.text,
        details={"note": told.note} if told.note else {},
        occurred_at=now,
        done_at=now,
        created_by=by,
    )
