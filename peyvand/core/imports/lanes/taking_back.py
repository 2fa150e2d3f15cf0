"""Taking an import back that only added records: blocks side by side, each in a transaction of its own.

Nearly all of that is the database's own work, which looks for every row that goes whether another one points to it; so
threads will do. A block goes back whole or not at all, counts its rows at the job, and only while the slice that began
it is the present one. Nothing that such a block takes away is given to a record of another one, so their order is
indifferent; an import that changed records goes back one block after the other, the last first.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import pghistory
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import translation

from peyvand.core.collecting import uncollected
from peyvand.core.deadlocks import again_after_deadlock
from peyvand.core.imports import blocks
from peyvand.core.imports.kinds import Importer
from peyvand.core.imports.lanes.lane import COUNT
from peyvand.core.imports.types import Plan
from peyvand.core.long_job_kinds import Slice
from peyvand.core.models import Import, ImportBlock, LongJob

SECONDS = 15.0  # of a slice
State = LongJob.State
_OPEN = (State.WAITING, State.RUNNING, State.PAUSED)


class _Lost(Exception):
    """The job was cancelled, or another worker has this slice: nothing of it is ours to commit."""


def fits(importer: Importer, actor: Any, item: Import) -> bool:
    """May blocks of this import go back side by side? Of a large one that only added records, on two processors."""
    if importer.lanes is None or settings.IMPORT_LANES < 2 or item.total < settings.IMPORT_LANES_FROM:
        return False
    if item.job is None or item.job.result.get("update", 0):
        return False
    return importer.lanes.fits(actor, Plan.from_json(item.plan))


def take_back(job: LongJob, item: Import, importer: Importer, actor: Any) -> Slice:
    """Take blocks back until the time of the slice is over, one at least. Raises what a block failed with."""
    waiting = item.blocks.filter(undone=None).exclude(outcome=None).order_by("-number").values_list("pk", flat=True)
    turn = _Turn(job, importer, actor, iter(list(waiting)))
    with ThreadPoolExecutor(settings.IMPORT_LANES, thread_name_prefix="import undo") as pool:
        lanes = [pool.submit(turn.run) for _ in range(settings.IMPORT_LANES)]
    done = sum(lane.result() for lane in lanes)
    return Slice(cursor={}, done=done, finished=not waiting.all().exists(), is_counted=True)


class _Turn:
    """The blocks of one slice, given out one by one."""

    def __init__(self, job: LongJob, importer: Importer, actor: Any, waiting: Iterator[int]) -> None:
        self.job, self.importer, self.actor = job, importer, actor
        self.waiting, self.lock = waiting, Lock()
        self.end = time.monotonic() + SECONDS
        self.is_begun = self.is_over = False

    def run(self) -> int:
        """Take back one block after the other; return how many rows that were."""
        done = 0
        try:
            while (pk := self._next()) is not None:
                done += self._block(pk)
        except _Lost:
            self.is_over = True
        except BaseException:
            self.is_over = True
            raise
        finally:
            connections.close_all()
        return done

    def _next(self) -> int | None:
        with self.lock:
            if self.is_over or (self.is_begun and time.monotonic() >= self.end):
                return None
            self.is_begun = True
            return next(self.waiting, None)

    def _block(self, pk: int) -> int:
        job = self.job
        with (
            uncollected(),
            pghistory.context(user=job.owner_id, long_job=job.pk),
            translation.override(job.owner.language),
        ):
            return again_after_deadlock(self._undone)(pk)

    @transaction.atomic
    def _undone(self, pk: int) -> int:
        block = ImportBlock.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
        if block.outcome is None or block.undone is not None:
            return 0
        made = self.importer.undo(self.actor, blocks.outcome_of(block.outcome), self.job)
        block.undone = blocks.pack_undone(made)
        block.save(update_fields=["undone"])
        self._count(block.count, Counter("left" if row.left else "undone" for row in made.rows))
        return block.count

    def _count(self, done: int, counts: Counter[str]) -> None:
        """Count a block at the job, last of all, because others wait for that row; a paused job ends its slice."""
        open_ = [each.value for each in _OPEN]
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [done, 0, json.dumps(counts), self.job.pk, self.job.attempt, open_])
            if not cursor.rowcount:
                raise _Lost
        if LongJob.objects.filter(pk=self.job.pk, state=State.PAUSED).exists():
            self.is_over = True
