"""Running long work: the bell of each slice, its commit behind the fence, its failures, and what was forgotten."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pghistory
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from peyvand.core import dead_letters, live
from peyvand.core.errors import NotAllowed, PeyvandError
from peyvand.core.events import Event, publish
from peyvand.core.long_job_kinds import KINDS, Slice
from peyvand.core.models import LongJob
from peyvand.core.queue import Queue, Task, enqueue, enqueue_in, is_permanent, task, wait_before

logger = logging.getLogger(__name__)

State = LongJob.State
MOST_TRIES = 5  # of one slice
FORGOTTEN = 60  # seconds without a slice and without a bell
LOCK = 0x50564C4A  # one number for all advisory locks of long jobs
OPEN = (State.WAITING, State.RUNNING)

FORGOTTEN_JOBS = """
    SELECT job.id FROM core_longjob job
    WHERE job.state IN ('waiting', 'running')
      AND coalesce(job.beat_at, job.created_at) < now() - make_interval(secs => %s)
      AND NOT EXISTS (
          SELECT FROM procrastinate_jobs bell WHERE bell.status IN ('todo', 'doing')
            AND bell.task_name LIKE 'core.long_job_%%' AND (bell.args ->> 'job_id')::bigint = job.id
      )
    FOR UPDATE OF job SKIP LOCKED
"""


@dataclass(frozen=True, kw_only=True)
class LongJobEnded(Event):
    """Long work is done, or gave up; `state` as in LongJob."""

    name: ClassVar[str] = "core.long_job_ended"
    job_id: int
    state: str


def ring(job: LongJob, wait: timedelta | None = None) -> None:
    """Have the next slice run soon; the bell carries the number of that slice."""
    bell = BELLS[KINDS[job.kind].queue]
    if wait is None:
        enqueue(bell, job_id=job.pk, attempt=job.attempt)
    else:
        enqueue_in(bell, wait, job_id=job.pk, attempt=job.attempt)
    tell(job)


def tell(job: LongJob) -> None:
    live.notify(topic="jobs", audience=[f"user:{job.owner_id}"], data={"id": job.pk})


class _Lost(Exception):
    """Somebody else ran this slice, or the job was cancelled: nothing of it is ours to commit."""


def run_slice(job_id: int, attempt: int, *, rings: bool = True) -> None:
    try:
        with transaction.atomic():
            job = _claimed(job_id, attempt)
            if job is None:
                return
            with pghistory.context(user=job.owner_id, long_job=job.pk), translation.override(job.owner.language):
                began = timezone.now()
                _advance(job, _worked(job), began=began, rings=rings)
    except _Lost:
        logger.info("slice %s of long job %s was not ours", attempt, job_id)
    except Exception as error:
        if isinstance(error, OperationalError | InterfaceError) and not connection.is_usable():
            raise  # the database went away: the queue tries this bell again
        _note_failure(job_id, attempt, error)


def _claimed(job_id: int, attempt: int) -> LongJob | None:
    """The job when this slice is its next one and nobody runs it at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, job_id % 2**31])
        if not cursor.fetchone()[0]:
            return None
    waiting = LongJob.objects.select_related("owner").filter(pk=job_id, attempt=attempt, state__in=OPEN)
    return waiting.first()


def _worked(job: LongJob) -> Slice:
    if not job.owner.is_active:
        raise NotAllowed
    if job.kind not in KINDS:
        raise LookupError(f"no kind of long work is called {job.kind}")
    return KINDS[job.kind].run(job)


def _advance(job: LongJob, made: Slice, *, began: datetime, rings: bool) -> None:
    """Commit the cursor with the records of the slice, if the slice is still ours."""
    now = timezone.now()
    goes_on = State.DONE if made.finished else State.RUNNING
    values: dict[str, Any] = {
        "cursor": made.cursor,
        "total": job.total if made.total is None else made.total,
        "attempt": F("attempt") + 1,
        "tries": 0,
        "pace": _pace(job, made, (now - (job.beat_at or began)).total_seconds()),
        "started_at": job.started_at or began,
        "beat_at": now,
        "ended_at": now if made.finished else None,
        # a pause that came meanwhile stays, unless this was the last slice
        "state": goes_on if made.finished else Case(When(state=State.PAUSED, then=F("state")), default=Value(goes_on)),
    }
    if not made.is_counted:
        values["result"] = job.result | made.result
        values["done"], values["failed"] = F("done") + made.done, F("failed") + made.failed
    if made.expires_at is not None:
        values["expires_at"] = made.expires_at
    mine: QuerySet[LongJob] = LongJob.objects.filter(pk=job.pk, attempt=job.attempt, state__in=(*OPEN, State.PAUSED))
    if not mine.update(**values):
        raise _Lost
    job.refresh_from_db(fields=["state", "attempt"])
    if made.finished:
        _end(job)
    elif rings and job.state == State.RUNNING:
        ring(job)
    else:
        tell(job)


def _pace(job: LongJob, made: Slice, seconds: float) -> float:
    now = (made.done + made.failed) / max(seconds, 0.001)
    return now if not job.pace else 0.7 * job.pace + 0.3 * now


def _end(job: LongJob) -> None:
    if job.undo_of_id and job.state == State.DONE:
        LongJob.objects.filter(pk=job.undo_of_id).update(state=State.UNDONE)
    publish(LongJobEnded(job_id=job.pk, state=job.state))
    tell(job)


@transaction.atomic
def _note_failure(job_id: int, attempt: int, error: BaseException) -> None:
    """Try the slice again later, or give the job up; nothing when the slice is not ours any more."""
    job = LongJob.objects.select_for_update(no_key=True).filter(pk=job_id, attempt=attempt, state__in=OPEN).first()
    if job is None:
        return
    job.tries += 1
    where = None if is_permanent(error) else error
    logger.warning("slice %s of long job %s (%s) failed: %s", attempt, job_id, job.kind, error, exc_info=where)
    if is_permanent(error) or job.tries >= MOST_TRIES:
        _give_up(job, error)
    else:
        job.save(update_fields=["tries"])
        ring(job, wait_before(job.tries))


def _give_up(job: LongJob, error: BaseException) -> None:
    with translation.override(job.owner.language):
        told = str(error) if isinstance(error, PeyvandError) else _("An unexpected fault stopped this work.")
    if not isinstance(error, PeyvandError):
        job.result = job.result | {"fault": dead_letters.describe(error)}
    job.state, job.error, job.ended_at = State.FAILED, told, timezone.now()
    job.save(update_fields=["tries", "state", "error", "ended_at", "result"])
    _end(job)


class WorkerDied(Exception):
    """The worker died again and again while it did this."""


@transaction.atomic
def ring_forgotten() -> int:
    """Ring for jobs that stand still and have no bell: their worker died, or the bell was lost. Return how many."""
    with connection.cursor() as cursor:
        cursor.execute(FORGOTTEN_JOBS, [FORGOTTEN])
        found = [row[0] for row in cursor.fetchall()]
    for job in LongJob.objects.filter(pk__in=found):
        job.tries += 1
        if job.tries > MOST_TRIES or job.kind not in KINDS:
            _give_up(job, WorkerDied())
            continue
        job.save(update_fields=["tries"])
        ring(job)
    return len(found)


def _bell(queue: Queue) -> Task:
    def run(*, job_id: int, attempt: int) -> None:
        run_slice(job_id, attempt)

    return task(queue=queue, name=f"core.long_job_{queue.value}", max_attempts=4)(run)


BELLS: dict[Queue, Task] = {queue: _bell(queue) for queue in Queue}
