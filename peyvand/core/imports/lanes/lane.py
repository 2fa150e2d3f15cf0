"""One lane: writes the blocks that it is told to, each in a transaction of its own.

It runs in a thread or in a process beside the worker, with its own connection. Block, outcome and the counts of the
job are committed together, and only while the slice that ordered it is still the job's present one: after a cancel
nothing is committed any more, and a block that another lane has written is left as it is.
"""

import json
import logging
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import Any

import pghistory
from django.db import connection, connections, transaction
from django.utils import translation

from peyvand.core.collecting import uncollected
from peyvand.core.deadlocks import again_after_deadlock
from peyvand.core.imports.block_writing import actor_of, keep, split
from peyvand.core.imports.kinds import BlockWork, Importer, ImportLane, importer_of
from peyvand.core.imports.lanes.talk import hear, say
from peyvand.core.imports.lanes.traffic import Turn
from peyvand.core.imports.types import Outcome, Plan
from peyvand.core.models import Import, ImportBlock, LongJob

logger = logging.getLogger(__name__)
TRIES = 4
State = LongJob.State

COUNT = """
UPDATE core_longjob SET done = done + %s, failed = failed + %s, result = result || (
    SELECT coalesce(jsonb_object_agg(key, coalesce((result ->> key)::bigint, 0) + value::bigint), '{}')
    FROM jsonb_each_text(%s::jsonb))
WHERE id = %s AND attempt = %s AND state = ANY(%s)
"""


class RacedTooOften(Exception):
    """Others changed the records of a block again and again while it was decided; the slice is tried again later."""


class _Left(Exception):
    """The block is given up: nothing of it is committed."""


class _Lost(Exception):
    """The job was cancelled, or another worker has this slice: nothing of it is ours to commit."""


class _Turn:
    """What holds for one slice of a job: read anew each time, because rights and words may have changed."""

    def __init__(self, job_id: int, attempt: int) -> None:
        job = LongJob.objects.select_related("owner").filter(pk=job_id, attempt=attempt).first()
        if job is None:
            raise _Lost
        self.job = job
        self.item = Import.objects.get(pk=job.params["import"])
        self.importer: Importer = importer_of(self.item.host)
        self.actor = actor_of(job, self.item)
        self.plan = Plan.from_json(self.item.plan)


class Lane:
    """Obeys one conductor until that one closes its end. error: why the last block failed."""

    def __init__(self, end: "Connection[Any, Any]") -> None:
        self.end = end
        self.error: Exception | None = None
        self._turn: _Turn | None = None
        self._memory: ImportLane | None = None

    def run(self) -> None:
        """Obey orders until there are none."""
        try:
            while (order := hear(self.end)) is not None:
                say(self.end, **self._obeyed(order))
        except OSError:
            logger.info("the one who conducts this lane is gone")
        finally:
            connections.close_all()
            self.end.close()

    def _obeyed(self, order: Mapping[str, Any]) -> dict[str, Any]:
        try:
            refs = self._block(order)
        except _Left:
            return {"said": "left"}
        except _Lost:
            return {"said": "lost"}
        except Exception as error:  # noqa: BLE001  # the conductor raises it in the slice, which notes the failure
            self.error = error
            self._turn = None
            connection.close_if_unusable_or_obsolete()
            return {"said": "failed", "error": repr(error)[:500]}
        return {"said": "written", "refs": refs}

    def _block(self, order: Mapping[str, Any]) -> list[int]:
        turn = self._turn
        if turn is None or turn.job.attempt != order["attempt"]:
            turn = self._turn = _Turn(order["job"], order["attempt"])
        if self._memory is None:
            if turn.importer.lanes is None:
                raise LookupError(f"{turn.item.host} is not written in lanes")
            self._memory = turn.importer.lanes.open(turn.job)
        self._memory.note(order["seen"])
        with (
            uncollected(),
            pghistory.context(user=turn.job.owner_id, long_job=turn.job.pk),
            translation.override(turn.job.owner.language),
        ):
            refs = again_after_deadlock(self._written)(turn, self._memory, order["block"])
        self._memory.note(refs)
        return refs

    @transaction.atomic
    def _written(self, turn: _Turn, memory: ImportLane, number: int) -> list[int]:
        """Write a block, unless that was done; return the records that it has touched."""
        held = ImportBlock.objects.select_for_update(no_key=True, of=("self",))
        block = held.get(of=turn.item, number=number)
        if block.outcome is not None:
            return list(block.refs)
        rows, own = split(turn.item, block)
        made = self._made(memory, memory.begin(turn.actor, turn.plan, rows, turn.job))
        counts, refs = keep(block, made, own)
        _count(turn.job, counts)
        return list(refs)

    def _made(self, memory: ImportLane, work: BlockWork) -> Outcome:
        for _try in range(TRIES):
            self._agree(memory, work)
            made = work.write()
            if made is not None:
                return made
        raise RacedTooOften

    def _agree(self, memory: ImportLane, work: BlockWork) -> None:
        """Decide until the conductor says that it may be written."""
        while True:
            marks = work.decide()
            say(self.end, said="decided", used=list(marks.used), read=list(marks.read))
            answer = hear(self.end)
            if answer is None or answer["turn"] == Turn.LEAVE:
                raise _Left
            memory.note(answer["seen"])
            if answer["turn"] == Turn.GO:
                return


def _count(job: LongJob, counts: Mapping[str, int]) -> None:
    """Count the rows of a block at the job, last of all, because other lanes wait for that row. Errors: _Lost."""
    refused = counts["refuse"]
    open_ = [State.WAITING.value, State.RUNNING.value, State.PAUSED.value]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [sum(counts.values()) - refused, refused, json.dumps(counts), job.pk, job.attempt, open_])
        if not cursor.rowcount:
            raise _Lost
