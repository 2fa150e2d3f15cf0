"""Long work, slice by slice: import, export, a change of many records.

An app names the function of one slice (`@long_job`) and starts a job; the row holds what was asked, how far it is
and what came of it. A slice is one transaction of at most about two seconds: its records, the new cursor and the bell
for the next slice are committed together or not at all. `attempt` is the fence: a bell carries the number of its
slice, and the commit of a slice raises it, so that a slice which a second worker, a repeated bell or a worker given
up for dead begins again writes nothing. Pause and cancel take effect between two slices.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.core.errors import Conflict, TooMany
from peyvand.core.long_job_kinds import KINDS, Figure, JobKind, Line, Slice, long_job
from peyvand.core.long_job_slices import OPEN, LongJobEnded, ring, ring_forgotten, run_slice, tell
from peyvand.core.models import LongJob, LongJobPart

__all__ = [
    "KINDS", "Figure", "JobKind", "Line", "LongJobEnded", "Slice", "cancel", "cancel_and_undo", "forget_old",
    "long_job", "may_be_undone", "pause", "resume", "retry", "ring_forgotten", "run_now", "seconds_left", "share",
    "slice_end", "start", "undo",
]  # fmt: skip

State = LongJob.State


class WrongState(Conflict):
    """This work is in a state in which that cannot be done."""

    code = "wrong_state"


SLICE = 2.0  # seconds
MOST_OPEN = 20  # of one owner
KEEP_DAYS = 30
ENDED = (State.DONE, State.FAILED, State.CANCELLED)


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
    ring(job)
    return job


def run_now(
    *,
    kind: str,
    owner_id: int,
    title: str,
    params: dict[str, Any],
    total: int | None = None,
    undo_of: LongJob | None = None,
) -> LongJob:
    """Do small work at once, in this request, with the same row, result and undo. Errors: TooMany."""
    with transaction.atomic():
        marked = params | {"at_once": True}
        job = _created(kind=kind, owner_id=owner_id, title=title[:200], params=marked, total=total, undo_of=undo_of)
    while job.state in OPEN:
        before = job.attempt
        run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
        if job.attempt == before and job.state in OPEN:
            ring(job)  # it failed and may be tried again: by a worker, not by the reader's patience
            break
    return job


@transaction.atomic
def pause(*, job: LongJob) -> None:
    """Stop after the present slice. Errors: WrongState when it has ended."""
    if not LongJob.objects.filter(pk=job.pk, state__in=OPEN).update(state=State.PAUSED):
        raise WrongState
    tell(job)


@transaction.atomic
def resume(*, job: LongJob) -> None:
    """Go on after a pause. Errors: WrongState."""
    held = _hold(job, State.PAUSED)
    held.state, held.beat_at, held.tries = State.RUNNING if held.started_at else State.WAITING, None, 0
    held.save(update_fields=["state", "beat_at", "tries"])
    ring(held)


@transaction.atomic
def retry(*, job: LongJob) -> None:
    """Take up work that failed, where it stopped. Errors: WrongState."""
    held = _hold(job, State.FAILED)
    held.state, held.attempt, held.beat_at, held.tries = State.RUNNING, held.attempt + 1, None, 0
    held.error, held.ended_at = "", None
    held.save(update_fields=["state", "attempt", "beat_at", "tries", "error", "ended_at"])
    ring(held)


@transaction.atomic
def cancel(*, job: LongJob) -> None:
    """Stop for good and keep what is done; a running slice is rolled back. Errors: WrongState when it has ended."""
    held = _hold(job, *OPEN, State.PAUSED)
    held.state, held.attempt, held.ended_at = State.CANCELLED, held.attempt + 1, timezone.now()
    held.save(update_fields=["state", "attempt", "ended_at"])
    tell(held)


def undo(*, job: LongJob, owner_id: int, at_once: bool = False, token_id: int | None = None) -> LongJob:
    """Begin the work that takes another back. Errors: WrongState when it cannot be, or already is, taken back.

    token_id: of the API's token it was asked with, whose limits hold for the work.
    """
    begin = run_now if at_once else start
    with transaction.atomic():
        held = LongJob.objects.select_for_update(no_key=True).get(pk=job.pk)
        if not may_be_undone(held):
            raise WrongState
        title = _("Undo: %(what)s") % {"what": held.title}
        params = {"token": token_id}
        return begin(
            kind=KINDS[held.kind].undo, owner_id=owner_id, title=title, params=params, total=held.done, undo_of=held
        )


@transaction.atomic
def cancel_and_undo(*, job: LongJob, owner_id: int, token_id: int | None = None) -> LongJob:
    """Stop and take back what was done. Errors: WrongState."""
    if job.state not in ENDED:
        cancel(job=job)
    return undo(job=job, owner_id=owner_id, token_id=token_id)


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
    tell(job)
    return job


def _hold(job: LongJob, *states: str) -> LongJob:
    held = LongJob.objects.select_for_update(no_key=True).filter(pk=job.pk, state__in=states).first()
    if held is None:
        raise WrongState
    return held


def forget_old() -> None:
    """Delete the pieces of files that have expired, and jobs that ended long ago."""
    now = timezone.now()
    LongJobPart.objects.filter(job__expires_at__lt=now).delete()
    LongJob.objects.filter(ended_at__lt=now - timedelta(days=KEEP_DAYS)).delete()
