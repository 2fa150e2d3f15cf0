"""Delivering a stored message: claimed in its own row with a fence, never sent twice without a person's word.

1. claim: `queued` → `sending`, `attempt` + 1, committed. Whoever gets no row leaves.
2. talk to the server up to DATA; then write `text_began` under the same attempt, committed. Whoever lost the claim
stops. 3. send the text; note the outcome under the same attempt. A worker that dies before 2 is put back to `queued`;
one that dies after it leaves `uncertain`, for a person to decide.
"""

import logging
import os
import socket
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.channels.adapters.email import send as smtp
from peyvand.channels.errors import NotUncertain
from peyvand.channels.events import MessageFailed, MessageSent, MessageUncertain
from peyvand.channels.models import Message
from peyvand.channels.services import hiding
from peyvand.channels.services.servers import smtp_server
from peyvand.core import blobs
from peyvand.core.errors import PeyvandError
from peyvand.core.events import Event, publish
from peyvand.core.queue import Queue, enqueue, enqueue_in, task, wait_before

logger = logging.getLogger(__name__)

STALLED = timedelta(seconds=300)  # more than three times the longest delivery
MAX_ATTEMPTS = 12  # about two and a half hours of trying
State = Message.State


class _LostClaim(Exception):
    """Somebody else decides about this message now."""


def deliver(*, message_id: int) -> str:
    """Try to deliver one message now; its state afterwards. Doing it twice, or at once from two places, sends once.

    Must not run inside a transaction: each step is committed by itself.
    """
    attempt = _claim(message_id)
    if attempt is None:
        return Message.objects.values_list("state", flat=True).get(pk=message_id)
    message = Message.objects.select_related("channel").get(pk=message_id)
    try:
        accepted = _hand_over(message, attempt)
    except _LostClaim:
        logger.warning("message %s was taken over while it was being delivered", message_id)
    except smtp.Unknown as error:
        _settle(message, attempt, State.UNCERTAIN, str(error), MessageUncertain(message_id=message.pk))
    except (smtp.NotAccepted, PeyvandError) as error:
        if getattr(error, "permanent", False):
            _fail(message, attempt, str(error))
        else:
            _later(message, attempt, str(error))
    except smtp.Refused as error:
        _fail(message, attempt, str(error))
    else:
        details = {"answer": accepted.answer} | ({"refused": accepted.refused} if accepted.refused else {})
        _settle(message, attempt, State.SENT, "", MessageSent(message_id=message.pk), details)
    return Message.objects.values_list("state", flat=True).get(pk=message_id)


# Registered here and not in tasks.py, because ringing it is part of the rule: a row that is queued has a bell.
DELIVER = task(queue=Queue.INTERACTIVE, name="channels.deliver", doorbell=True)(deliver)


def ring_for(message_id: int, wait: timedelta | None = None) -> None:
    """Wake a worker for a queued message, at the commit of this transaction, or after `wait`."""
    if wait is None:
        enqueue(DELIVER, message_id=message_id)
    else:
        enqueue_in(DELIVER, wait, message_id=message_id)


def resolve_uncertain(*, message_id: int, outcome: str, by: User | None) -> Message:
    """A person's word on a message of unknown outcome: "sent" (it arrived) or "resend" (the same bytes once more).

    The caller has checked that `by` may answer on this correspondence. Raises NotUncertain when it is settled already.
    """
    if outcome not in ("sent", "resend"):
        raise ValueError(f"outcome is {outcome!r}, not sent or resend")
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.state != State.UNCERTAIN:
            raise NotUncertain
        decision = {"outcome": outcome, "by": by.pk if by else None, "at": timezone.now().isoformat()}
        message.details = {key: value for key, value in message.details.items() if key != "text_began"}
        message.details["decisions"] = [*message.details.get("decisions", []), decision]
        message.error = ""
        if outcome == "sent":
            message.state, message.done_at = State.SENT, timezone.now()
            publish(MessageSent(message_id=message.pk))
        else:
            message.state, message.due_at = State.QUEUED, timezone.now()
            ring_for(message.pk)
        message.save(update_fields=["state", "details", "error", "done_at", "due_at"])
    return message


def give_up_stalled() -> int:
    """Settle what dead workers left in `sending`: back to `queued` when no text had begun, else `uncertain`.

    Waits while the database is younger than a minute, since then everybody looks dead. Returns how many.
    """
    if _database_is_young():
        return 0
    stalled = Message.objects.filter(state=State.SENDING, claimed_at__lt=timezone.now() - STALLED)
    count = 0
    for message in stalled.order_by("pk")[:100]:
        if "text_began" in message.details:
            text = "the worker ended while the message was being sent"
            count += _settle(message, message.attempt, State.UNCERTAIN, text, MessageUncertain(message_id=message.pk))
        else:
            count += _later(message, message.attempt, "the worker ended before the message was sent", unless_begun=True)
    return count


def ring_overdue() -> int:
    """Ring again for messages whose time has come and whose doorbell was lost. Returns how many."""
    overdue = Message.objects.filter(state=State.QUEUED, due_at__lt=timezone.now() - timedelta(seconds=60))
    ids = list(overdue.order_by("due_at").values_list("pk", flat=True)[:200])
    with transaction.atomic():
        for pk in ids:
            ring_for(pk)
    return len(ids)


# ---- steps -----------------------------------------------------------------------------------------------------------


def _claim(message_id: int) -> int | None:
    if connection.in_atomic_block:
        raise RuntimeError("deliver commits each of its steps; call it outside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE channels_message SET state = 'sending', attempt = attempt + 1, claimed_by = %s, claimed_at = now(),
                   details = details - 'text_began'
            WHERE id = %s AND state = 'queued' AND (due_at IS NULL OR due_at <= now())
            RETURNING attempt
            """,
            [f"{socket.gethostname()[:60]}:{os.getpid()}", message_id],
        )
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def _hand_over(message: Message, attempt: int) -> smtp.Accepted:
    def before_text() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE channels_message SET details = details || jsonb_build_object('text_began', now())
                WHERE id = %s AND attempt = %s AND state = 'sending'
                """,
                [message.pk, attempt],
            )
            if cursor.rowcount != 1:
                raise _LostClaim

    return smtp.send(
        hiding.whole(message, blobs.get(str(message.raw_id))),
        server=smtp_server(message.channel),
        sender=message.sender,
        recipients=message.recipients["envelope"],
        before_text=before_text,
        is_secret=hiding.KEY in message.details,
    )


def _settle(
    message: Message, attempt: int, state: str, error: str, event: Event, details: dict[str, Any] | None = None
) -> bool:
    """Note the outcome when the claim is still ours; a known outcome also replaces "uncertain" of the same attempt.

    State and details change together: without `text_began` a message in `sending` would be sent again.
    """
    with transaction.atomic():
        mine = Message.objects.filter(pk=message.pk, attempt=attempt)
        mine = mine.filter(state__in=[State.SENDING] if state == State.UNCERTAIN else [State.SENDING, State.UNCERTAIN])
        found = mine.select_for_update().values_list("details", flat=True).first()
        if found is None:
            return False
        mine.update(state=state, error=error, done_at=timezone.now(), details=found | (details or {}))
        if state == State.SENT:
            hiding.forget(message)
        publish(event)
    return True


def _fail(message: Message, attempt: int, reason: str) -> None:
    _settle(message, attempt, State.FAILED, reason, MessageFailed(message_id=message.pk, reason=reason))


def _later(message: Message, attempt: int, reason: str, *, unless_begun: bool = False) -> bool:
    """Nothing was sent: try again after a while, or give up after many attempts.

    unless_begun: leave it alone when its text has begun by now. Who only believes that the worker is dead has to look
    in the same statement: a slow one may have begun since the row was read, and it would be sent twice.
    """
    with transaction.atomic():
        mine = Message.objects.filter(pk=message.pk, attempt=attempt, state=State.SENDING)
        if unless_begun:
            mine = mine.exclude(details__has_key="text_began")
            if not mine.select_for_update().values_list("pk", flat=True):
                return False
        if attempt >= MAX_ATTEMPTS:
            _fail(message, attempt, reason)
            return True
        wait = wait_before(attempt)
        if not mine.update(state=State.QUEUED, due_at=timezone.now() + wait, error=reason):
            return False
        ring_for(message.pk, wait)
    return True


def _database_is_young() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - pg_postmaster_start_time() < interval '60 seconds'")
        row = cursor.fetchone()
    return bool(row and row[0])
