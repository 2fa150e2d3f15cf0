"""What a person does about work that gave up: have it repeated, or let it go."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from peyvand.core.errors import Conflict
from peyvand.core.models import DeadLetter, OutboxDelivery
from peyvand.core.queue import TASKS, Queue, enqueue, ring


def retry_dead_letter(*, letter_id: int, user_id: int | None) -> None:
    """Start the work again from its first attempt. The caller has checked the permission.

    Raises Conflict when somebody decided about it before, or this version does not know the task.
    """
    with transaction.atomic():
        letter = _take(letter_id)
        if letter.kind == DeadLetter.REACTION:
            _retry_reaction(letter)
        else:
            _retry_job(letter)
        _resolve(letter, user_id, "retried")


def dismiss_dead_letter(*, letter_id: int, user_id: int | None) -> None:
    """Note that nothing more is to be done. The caller has checked the permission.

    Raises Conflict when somebody decided about it before.
    """
    with transaction.atomic():
        _resolve(_take(letter_id), user_id, "dismissed")


def _take(letter_id: int) -> DeadLetter:
    letter = DeadLetter.objects.select_for_update().filter(pk=letter_id, resolved_at=None).first()
    if letter is None:
        raise Conflict
    return letter


def _retry_reaction(letter: DeadLetter) -> None:
    delivery = OutboxDelivery.objects.filter(pk=letter.delivery_id or 0, state=OutboxDelivery.State.DEAD)
    if not delivery.update(state=OutboxDelivery.State.PENDING, attempt=0, due_at=timezone.now(), error=""):
        raise Conflict
    transaction.on_commit(lambda: ring(Queue(letter.queue)), robust=True)


def _retry_job(letter: DeadLetter) -> None:
    task = TASKS.get(letter.name)
    if task is None:
        raise Conflict
    enqueue(task, **letter.arguments)


def _resolve(letter: DeadLetter, user_id: int | None, resolution: str) -> None:
    letter.resolved_at = timezone.now()
    letter.resolved_by_id = user_id
    letter.resolution = resolution
    letter.save(update_fields=["resolved_at", "resolved_by", "resolution"])
