"""Long work, slice by slice: import, export, a change of many records.

An app names the function of one slice (`@long_job`) and starts a job; the row holds what was asked, how far it is
and what came of it. A slice is one transaction of at most about two seconds: its records, the new cursor and the bell
for the next slice are committed together or not at all. `attempt` is the fence: a bell carries the number of its
slice, and the commit of a slice raises it, so that a slice which a second worker, a repeated bell or a worker given
up for dead begins again writes nothing. Pause and cancel take effect between two slices.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pghistory
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from peyvand.core import dead_letters, live
from peyvand.core.errors import Conflict, NotAllowed, PeyvandError, TooMany
from peyvand.core.events import Event, publish
from peyvand.core.models import LongJob, LongJobItem, LongJobPart
from peyvand.core.queue import Queue, Task, enqueue, enqueue_in, is_permanent, task, wait_before

logger = logging.getLogger(__name__)

Text = str | Promise
State = LongJob.State
SLICE = 2.0  # seconds
MOST_OPEN = 20  # of one owner
MOST_TRIES = 5  # of one slice
FORGOTTEN = 60  # seconds without a slice and without a bell
KEEP_DAYS = 30
LOCK = 0x50564C4A  # one number for all advisory locks of long jobs
OPEN = (State.WAITING, State.RUNNING)
ENDED = (State.DONE, State.FAILED, State.CANCELLED)

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


@dataclass(frozen=True, kw_only=True)
class Slice:
    """What one slice did: where the next begins, how many records went well and badly, and what to show of it.

    result is laid over the job's result; total replaces the number of records when it is only known now; expires_at:
    when the file that it made (`LongJobPart`) is deleted.
    """

    cursor: dict[str, Any]
    done: int = 0
    failed: int = 0
    finished: bool = False
    total: int | None = None
    result: dict[str, Any] = field(default_factory=dict)
    expires_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number of `result` that the page of a job shows; tone: ok info warn bad."""

    key: str
    label: Text
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What was done to one record, in words: (field, before, after), or why it was refused."""

    label: str
    url: str = ""
    changes: Sequence[tuple[str, str, str]] = ()
    error: str = ""
    undone: bool = False


@dataclass(frozen=True, kw_only=True)
class JobKind:
    """What jobs of one kind are: the function of a slice, its queue, and how their page shows them.

    steps: (key, label) in their order; `cursor["step"]` names the present one. undo: the kind that takes it back.
    lines(items, user): the records of a result, cut to what the user may see. guard(job, user): raises NotAllowed when
    the user may not, or no longer, take the file that the job made.
    """

    name: str
    run: Callable[[LongJob], Slice]
    queue: Queue
    label: Text
    steps: Sequence[tuple[str, Text]] = ()
    figures: Sequence[Figure] = ()
    undo: str = ""
    lines: Callable[[Sequence[LongJobItem], Any], list[Line]] | None = None
    guard: Callable[[LongJob, Any], None] | None = None


KINDS: dict[str, JobKind] = {}


def long_job(
    name: str, *, label: Text, queue: Queue = Queue.BULK, **more: Any
) -> Callable[[Callable[[LongJob], Slice]], Callable[[LongJob], Slice]]:
    """Make a function the slice of a kind of long work; `more` as in JobKind. Raises ValueError for a taken name."""

    def register(function: Callable[[LongJob], Slice]) -> Callable[[LongJob], Slice]:
        if name in KINDS and KINDS[name].run is not function:
            raise ValueError(f"two kinds of long work are called {name}")
        KINDS[name] = JobKind(name=name, run=function, queue=queue, label=label, **more)
        return function

    return register


@transaction.atomic
def start(
    *,
    kind: str,
    owner_id: int,
    title: str,
    params: dict[str, Any],
    total: int | None = None,
    undo_of: LongJob | None = None,
) -> LongJob:
    """Begin long work; a worker takes it up after the commit. params: plain JSON. Errors: TooMany."""
    job = _created(kind=kind, owner_id=owner_id, title=title[:200], params=params, total=total, undo_of=undo_of)
    _ring(job)
    return job


def run_now(*, kind: str, owner_id: int, title: str, params: dict[str, Any], total: int | None = None) -> LongJob:
    """Do small work at once, in this request, with the same row, result and undo. Errors: TooMany."""
    with transaction.atomic():
        job = _created(kind=kind, owner_id=owner_id, title=title[:200], params=params | {"at_once": True}, total=total)
    while job.state in OPEN:
        before = job.attempt
        _run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
        if job.attempt == before and job.state in OPEN:
            _ring(job)  # it failed and may be tried again: by a worker, not by the reader's patience
            break
    return job


@transaction.atomic
def pause(*, job: LongJob) -> None:
    """Stop after the present slice. Errors: Conflict when it has ended."""
    if not LongJob.objects.filter(pk=job.pk, state__in=OPEN).update(state=State.PAUSED):
        raise Conflict
    _tell(job)


@transaction.atomic
def resume(*, job: LongJob) -> None:
    """Go on after a pause. Errors: Conflict."""
    held = _hold(job, State.PAUSED)
    held.state, held.beat_at, held.tries = State.RUNNING if held.started_at else State.WAITING, None, 0
    held.save(update_fields=["state", "beat_at", "tries"])
    _ring(held)


@transaction.atomic
def retry(*, job: LongJob) -> None:
    """Take up work that failed, where it stopped. Errors: Conflict."""
    held = _hold(job, State.FAILED)
    held.state, held.attempt, held.beat_at, held.tries = State.RUNNING, held.attempt + 1, None, 0
    held.error, held.ended_at = "", None
    held.save(update_fields=["state", "attempt", "beat_at", "tries", "error", "ended_at"])
    _ring(held)


@transaction.atomic
def cancel(*, job: LongJob) -> None:
    """Stop for good and keep what is done; a running slice is rolled back. Errors: Conflict when it has ended."""
    held = _hold(job, *OPEN, State.PAUSED)
    held.state, held.attempt, held.ended_at = State.CANCELLED, held.attempt + 1, timezone.now()
    held.save(update_fields=["state", "attempt", "ended_at"])
    _tell(held)


@transaction.atomic
def undo(*, job: LongJob, owner_id: int) -> LongJob:
    """Begin the work that takes another back. Errors: Conflict when it cannot be, or already is, taken back."""
    held = LongJob.objects.select_for_update(no_key=True).get(pk=job.pk)
    if not may_be_undone(held):
        raise Conflict
    title = _("Undo: %(what)s") % {"what": held.title}
    return start(kind=KINDS[held.kind].undo, owner_id=owner_id, title=title, params={}, total=held.done, undo_of=held)


@transaction.atomic
def cancel_and_undo(*, job: LongJob, owner_id: int) -> LongJob:
    """Stop and take back what was done. Errors: Conflict."""
    if job.state not in ENDED:
        cancel(job=job)
    return undo(job=job, owner_id=owner_id)


def may_be_undone(job: LongJob) -> bool:
    """Has it ended, done something, and is nobody taking it back?"""
    if job.kind not in KINDS or not KINDS[job.kind].undo or job.state not in ENDED or not job.done:
        return False
    return not job.undone_by.exclude(state__in=(State.FAILED, State.CANCELLED)).exists()


def slice_end() -> float:
    """The moment (of `time.monotonic`) at which a slice that begins now should come to its end."""
    return time.monotonic() + SLICE


def seconds_left(job: LongJob) -> int | None:
    """How long the rest takes at the present pace; None when nobody can say."""
    if job.state != State.RUNNING or not job.pace or job.total is None:
        return None
    return round(max(0, job.total - job.done - job.failed) / job.pace)


def share(job: LongJob) -> int | None:
    """How much is done, in percent; None while the total is unknown."""
    if job.state in (State.DONE, State.UNDONE):
        return 100
    if not job.total:
        return None
    return min(99, (job.done + job.failed) * 100 // job.total)


def _created(*, owner_id: int, **fields: Any) -> LongJob:
    if LongJob.objects.filter(owner_id=owner_id, state__in=(*OPEN, State.PAUSED)).count() >= MOST_OPEN:
        raise TooMany(_("Too much long work waits already; let some of it end first."))
    job = LongJob.objects.create(owner_id=owner_id, **fields)
    _tell(job)
    return job


def _hold(job: LongJob, *states: str) -> LongJob:
    held = LongJob.objects.select_for_update(no_key=True).filter(pk=job.pk, state__in=states).first()
    if held is None:
        raise Conflict
    return held


def _ring(job: LongJob, wait: timedelta | None = None) -> None:
    """Have the next slice run soon; the bell carries the number of that slice."""
    bell = BELLS[KINDS[job.kind].queue]
    if wait is None:
        enqueue(bell, job_id=job.pk, attempt=job.attempt)
    else:
        enqueue_in(bell, wait, job_id=job.pk, attempt=job.attempt)
    _tell(job)


def _tell(job: LongJob) -> None:
    live.notify(topic="jobs", audience=[f"user:{job.owner_id}"], data={"id": job.pk})


class _Lost(Exception):
    """Somebody else ran this slice, or the job was cancelled: nothing of it is ours to commit."""


def _run_slice(job_id: int, attempt: int, *, rings: bool = True) -> None:
    try:
        with transaction.atomic():
            job = _claimed(job_id, attempt)
            if job is None:
                return
            with pghistory.context(user=job.owner_id, long_job=job.pk), translation.override(job.owner.language):
                _advance(job, _worked(job), began=timezone.now(), rings=rings)
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
        "result": job.result | made.result,
        "done": F("done") + made.done,
        "failed": F("failed") + made.failed,
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
    if made.expires_at is not None:
        values["expires_at"] = made.expires_at
    mine: QuerySet[LongJob] = LongJob.objects.filter(pk=job.pk, attempt=job.attempt, state__in=(*OPEN, State.PAUSED))
    if not mine.update(**values):
        raise _Lost
    job.refresh_from_db(fields=["state", "attempt"])
    if made.finished:
        _end(job)
    elif rings and job.state == State.RUNNING:
        _ring(job)
    else:
        _tell(job)


def _pace(job: LongJob, made: Slice, seconds: float) -> float:
    now = (made.done + made.failed) / max(seconds, 0.001)
    return now if not job.pace else 0.7 * job.pace + 0.3 * now


def _end(job: LongJob) -> None:
    if job.undo_of_id and job.state == State.DONE:
        LongJob.objects.filter(pk=job.undo_of_id).update(state=State.UNDONE)
    publish(LongJobEnded(job_id=job.pk, state=job.state))
    _tell(job)


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
        _ring(job, wait_before(job.tries))


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
        _ring(job)
    return len(found)


def forget_old() -> None:
    """Delete the pieces of files that have expired, and jobs that ended long ago."""
    now = timezone.now()
    LongJobPart.objects.filter(job__expires_at__lt=now).delete()
    LongJob.objects.filter(ended_at__lt=now - timedelta(days=KEEP_DAYS)).delete()


def _bell(queue: Queue) -> Task:
    def run(*, job_id: int, attempt: int) -> None:
        _run_slice(job_id, attempt)

    return task(queue=queue, name=f"core.long_job_{queue.value}", max_attempts=4)(run)


BELLS: dict[Queue, Task] = {queue: _bell(queue) for queue in Queue}
