"""Writing down work that gave up, so that a person can see it, repeat it or let it go."""

import json
import traceback
from typing import Any

from django.db.models import F

from peyvand.core.models import DeadLetter, OutboxDelivery

LONGEST_ERROR = 8_000


def describe(error: BaseException) -> str:
    """The error and where it happened, newest last, cut to what a page can show."""
    return "".join(traceback.format_exception(error))[-LONGEST_ERROR:].replace("\x00", "\ufffd")


def record_job(*, name: str, queue: str, arguments: dict[str, Any], error: BaseException | str, attempts: int) -> None:
    """A job failed for the last time. The same job failing again adds to its open letter."""
    text = error if isinstance(error, str) else describe(error)
    same = DeadLetter.objects.filter(kind=DeadLetter.JOB, name=name, arguments=arguments, resolved_at=None)
    if not same.update(error=text, attempts=F("attempts") + attempts):
        DeadLetter.objects.create(
            kind=DeadLetter.JOB, name=name, queue=queue, arguments=arguments, error=text, attempts=attempts
        )


def record_reaction(*, delivery_id: int, error: str) -> None:
    """A reaction to an event failed for the last time."""
    delivery = OutboxDelivery.objects.select_related("event").get(pk=delivery_id)
    DeadLetter.objects.create(
        kind=DeadLetter.REACTION,
        name=delivery.reaction,
        queue=delivery.queue,
        arguments={"event": delivery.event.name, **delivery.event.payload},
        error=error,
        attempts=delivery.attempt,
        delivery=delivery,
    )


def decode(arguments: Any) -> dict[str, Any]:
    """Job arguments as a cursor returns them: text or already parsed."""
    found: dict[str, Any] = json.loads(arguments) if isinstance(arguments, str) else arguments
    return found
