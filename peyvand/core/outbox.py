"""Working off the outbox: claim a slice of deliveries, run each reaction once, note what happened.

A claim adds one to `attempt` and moves `due_at` into the future (the lease), committed by itself, so that
a process which dies in the middle is counted and its deliveries come back when the lease ends. The effect
of a reaction and the note "done" are one transaction, fenced by `attempt`: whoever lost the claim to
another worker writes nothing. The effect therefore happens exactly once, wherever the process is killed.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Min
from django.utils import timezone

from peyvand.core import dead_letters
from peyvand.core.events import EVENTS, Event, PartialFailure, Reaction, reaction_at
from peyvand.core.models import OutboxDelivery
from peyvand.core.queue import Queue, is_permanent, wait_before

logger = logging.getLogger(__name__)

SLICE = 50
LEASE = 30  # seconds
LONGEST_SLICE = 5.0  # seconds; what is left of a slice then goes back
LONGEST_DRAIN = 8.0  # seconds; a job stays below ten
MAX_ATTEMPTS = 8
SUSPICIOUS = 2  # after so many attempts a delivery is claimed alone: it may be what kills the worker

CLAIM = """
    WITH candidate AS (
        SELECT id, attempt FROM core_outboxdelivery
        WHERE state = 'pending' AND queue = %(queue)s AND due_at <= clock_timestamp()
        ORDER BY due_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
    ), chosen AS (
        SELECT id FROM candidate WHERE attempt < %(suspicious)s
        UNION ALL
        (SELECT id FROM candidate WHERE NOT EXISTS (SELECT FROM candidate WHERE attempt < %(suspicious)s)
         ORDER BY id LIMIT 1)
    )
    UPDATE core_outboxdelivery delivery
    SET attempt = delivery.attempt + 1, claimed_at = clock_timestamp(),
        due_at = clock_timestamp() + make_interval(secs => %(lease)s)
    FROM chosen, core_outboxevent event
    WHERE delivery.id = chosen.id AND event.id = delivery.event_id
    RETURNING delivery.id, delivery.attempt, delivery.reaction, event.name, event.payload
"""

FORGET = """
    WITH old AS (
        SELECT id FROM core_outboxevent event WHERE created_at < now() - make_interval(days => %(days)s)
          AND NOT EXISTS (SELECT FROM core_outboxdelivery WHERE event_id = event.id AND state <> 'done')
          AND NOT EXISTS (SELECT FROM core_deadletter letter JOIN core_outboxdelivery delivery
                          ON delivery.id = letter.delivery_id WHERE delivery.event_id = event.id)
        LIMIT 50000
    ), gone AS (
        DELETE FROM core_outboxdelivery USING old WHERE event_id = old.id
    )
    DELETE FROM core_outboxevent USING old WHERE core_outboxevent.id = old.id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A delivery that is ours as long as its `attempt` in the database is this one."""

    id: int
    attempt: int
    reaction: str
    event: str
    payload: dict[str, Any]

    def fact(self) -> Event:
        return EVENTS[self.event].from_payload(self.payload)


class LostClaim(Exception):
    """Another worker has taken this delivery over; its work is not ours to note."""


def drain(queue: Queue, *, seconds: float = LONGEST_DRAIN) -> int:
    """Work off what is due on a queue until nothing is left or the time is over; return how many."""
    end = time.monotonic() + seconds
    count = 0
    while time.monotonic() < end:
        claims = _claim(queue)
        if not claims:
            break
        count += len(claims)
        _run_slice(claims)
    return count


def has_due(queue: Queue) -> bool:
    return OutboxDelivery.objects.filter(state="pending", queue=queue.value, due_at__lte=timezone.now()).exists()


def oldest_due() -> dict[str, float]:
    """Seconds that the oldest due delivery has been waiting, by queue."""
    now = timezone.now()
    rows = OutboxDelivery.objects.filter(state="pending", due_at__lte=now).values_list("queue").annotate(Min("due_at"))
    return {queue: (now - due).total_seconds() for queue, due in rows}


def forget_old(*, days: int = 7) -> None:
    """Delete events all of whose reactions ran long ago."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, {"days": days})


def _claim(queue: Queue) -> list[Claim]:
    values: dict[str, Any] = {"queue": queue.value, "limit": SLICE, "lease": LEASE, "suspicious": SUSPICIOUS}
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, values)
        rows = sorted(cursor.fetchall())
    return [Claim(id=row[0], attempt=row[1], reaction=row[2], event=row[3], payload=json.loads(row[4])) for row in rows]


def _run_slice(claims: Sequence[Claim]) -> None:
    end = time.monotonic() + LONGEST_SLICE
    waiting = list(_batches(claims))
    while waiting and time.monotonic() < end:
        _run(*waiting.pop(0))
    for _, batch in waiting:
        _give_back(batch)


def _batches(claims: Sequence[Claim]) -> Iterator[tuple[Reaction | None, list[Claim]]]:
    """Keep the order, but put neighbours of one batched reaction together."""
    ordered = sorted(claims, key=lambda claim: (_size(claim.reaction) > 1, claim.reaction, claim.id))
    for path, group in groupby(ordered, key=lambda claim: claim.reaction):
        members, size = list(group), _size(path)
        reaction = _find(path)
        for start in range(0, len(members), size):
            yield reaction, members[start : start + size]


def _find(path: str) -> Reaction | None:
    try:
        return reaction_at(path)
    except LookupError:
        return None


def _size(path: str) -> int:
    reaction = _find(path)
    return reaction.batch if reaction else 1


def _run(reaction: Reaction | None, batch: list[Claim]) -> None:
    try:
        if reaction is None:
            raise LookupError(f"config/reactions.py has no {batch[0].reaction}")
        _run_in_transaction(reaction, batch)
    except LostClaim:
        if len(batch) > 1:
            _one_by_one(reaction, batch)
    except Exception as error:
        if isinstance(error, OperationalError | InterfaceError) and not connection.is_usable():
            raise  # the database went away: the lease brings these deliveries back
        if len(batch) > 1:
            _one_by_one(reaction, batch)
        else:
            where = None if is_permanent(error) else error  # a broken rule needs no traceback
            logger.warning("reaction %s failed: %s", batch[0].reaction, error, exc_info=where)
            _note_failure(batch[0], error)


def _one_by_one(reaction: Reaction | None, batch: list[Claim]) -> None:
    for claim in batch:
        _run(reaction, [claim])


def _run_in_transaction(reaction: Reaction, batch: list[Claim]) -> None:
    """The effect and the note that it happened: both or neither."""
    with transaction.atomic():
        _note_done(batch)
        facts = [claim.fact() for claim in batch]
        try:
            reaction.function(facts if reaction.batch > 1 else facts[0])
        except PartialFailure as partial:
            for index, error in partial.failures.items():
                _note_failure(batch[index], error, state="done")


def _note_done(batch: list[Claim]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE core_outboxdelivery SET state = 'done', done_at = clock_timestamp(), error = ''
            FROM unnest(%s::bigint[], %s::int[]) AS mine (id, attempt)
            WHERE core_outboxdelivery.id = mine.id AND core_outboxdelivery.attempt = mine.attempt
              AND state = 'pending'
            """,
            [[claim.id for claim in batch], [claim.attempt for claim in batch]],
        )
        if cursor.rowcount != len(batch):
            raise LostClaim


def _note_failure(claim: Claim, error: BaseException, *, state: str = "pending") -> None:
    """Try again later, or give up; nothing when the claim is not ours any more."""
    text = dead_letters.describe(error)
    mine = OutboxDelivery.objects.filter(pk=claim.id, attempt=claim.attempt, state=state)
    if not is_permanent(error) and claim.attempt < MAX_ATTEMPTS:
        due = timezone.now() + wait_before(claim.attempt)
        mine.update(state=OutboxDelivery.State.PENDING, due_at=due, done_at=None, error=text)
        return
    with transaction.atomic():
        if mine.update(state=OutboxDelivery.State.DEAD, done_at=None, error=text):
            dead_letters.record_reaction(delivery_id=claim.id, error=text)


def _give_back(batch: list[Claim]) -> None:
    for claim in batch:
        mine = OutboxDelivery.objects.filter(pk=claim.id, attempt=claim.attempt, state=OutboxDelivery.State.PENDING)
        mine.update(due_at=timezone.now(), attempt=F("attempt") - 1)
