"""The long work of an import: reading the file, checking all rows, writing them, taking them back.

A slice of writing is some blocks in one transaction: the records, the outcome in the blocks and the cursor are
committed together, so a worker that is killed leaves nothing half written and no row is written twice. A large file is
written in lanes (`lanes.conducting`), where each block is such a transaction of its own.
"""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from peyvand.core import long_jobs
from peyvand.core.collecting import uncollected
from peyvand.core.fast_rows import insert
from peyvand.core.imports import blocks, repeats, sessions, wording
from peyvand.core.imports.block_writing import actor_of, keep, split
from peyvand.core.imports.errors import ImportForgotten
from peyvand.core.imports.file_bytes import FileBytes
from peyvand.core.imports.kinds import Importer, importer_of
from peyvand.core.imports.lanes import conducting, taking_back
from peyvand.core.imports.layouts import layout_of
from peyvand.core.imports.proposing import labels, propose
from peyvand.core.imports.readers import Readers
from peyvand.core.imports.reading import verdicts
from peyvand.core.imports.services import CHECK, READ, RUN
from peyvand.core.imports.sessions import ChildFailed
from peyvand.core.imports.types import BLOCK, MOST_COLUMNS, Action, Plan
from peyvand.core.long_jobs import Figure, Slice, long_job
from peyvand.core.models import Import, ImportBlock, LongJob

UNDO = "core.import_undo"
State = Import.State
_NOTHING_YET = {"refs": [], "problems": [], "refused": 0}  # of a block that was only read


# reading


@long_job(
    READ,
    label=gettext_lazy("Reading of a file"),
    steps=(("look", gettext_lazy("Look at the file")), ("read", gettext_lazy("Read the rows"))),
    figures=(Figure(key="rows", label=gettext_lazy("Rows"), tone="ok"),),
    tells_after=15,
)
def read_slice(job: LongJob) -> Slice:
    """Look at the whole file first, then read it into blocks."""
    item = Import.objects.select_for_update(no_key=True, of=("self",)).get(pk=job.params["import"])
    try:
        return _read_on(job, item) if job.cursor.get("step") == "read" else _look(job, item)
    except ChildFailed as failure:
        return _refused(item, failure.word)


def _look(job: LongJob, item: Import) -> Slice:
    decided = item.shape.get("decided", {})
    known = sorted(_known_heads(importer_of(item.host), actor_of(job, item)))
    digest = hashlib.sha256()
    session = sessions.open_look({"known": known, "shape": decided})
    try:
        with ThreadPoolExecutor(1) as ahead:
            data, looks = FileBytes(item), ahead.submit(lambda: True)
            while piece := data.piece():
                if looks.result():
                    looks = ahead.submit(sessions.called, session, "feed", piece)
                digest.update(piece)
            looks.result()
        found = sessions.called(session, "verdict")
    finally:
        session.end()
    item.sha256 = digest.hexdigest()
    if "refused" in found:
        return _refused(item, found["refused"])
    item.format = found["format"]
    item.shape = found["shape"] | {"decided": decided, "known": known}
    item.save()
    return Slice(cursor={"step": "read"})


def _known_heads(importer: Importer, actor: Any) -> set[str]:
    return {wording.head(alias) for field in importer.fields(actor) for alias in (*field.aliases, *labels(field))}


def _read_on(job: LongJob, item: Import) -> Slice:
    """Feed the children pieces until the time of the slice is over, and there is a block at least.

    So the work goes on also where each slice has children of its own, which begin at the cursor.
    """
    reading = _Reading(item, job.cursor)
    readers = sessions.take(item.pk, job.attempt) or reading.opened()
    end = long_jobs.slice_end()
    try:
        reading.read(readers, lambda: time.monotonic() < end)
    except BaseException:
        readers.end()
        raise
    if not reading.is_over:
        sessions.keep(item.pk, job.attempt + 1, readers)
        return reading.slice(job, readers)
    readers.end()
    return _finished(job, item, reading)


class _Reading:
    """How far the reading of one import is: the cursor, and what this slice added."""

    def __init__(self, item: Import, cursor: Mapping[str, Any]) -> None:
        self.item = item
        self.state: dict[str, Any] | None = cursor.get("state")
        self.first: int = cursor.get("from", 0)
        self.stats: list[verdicts.Stats] = cursor.get("stats", [])
        self.before, self.rows = self.first, self.first
        self.headers: list[str] = []
        self.is_over = False

    def opened(self) -> Readers:
        """Children that go on from the cursor."""
        options = {"format": self.item.format, "shape": self.item.shape, "state": self.state, "from": self.first}
        return Readers(options, size=self.item.size)

    def read(self, readers: Readers, has_time: Callable[[], bool]) -> None:
        """Give the children pieces while there is time, a block at least; they read while the last ones are stored."""
        data = FileBytes(self.item, readers.at)
        readers.go_on(data)
        while readers.flights:
            head, packed = readers.answer()
            if not head["is_over"] and (head["from"] == self.before or has_time()):
                readers.go_on(data)
            self.note(head, packed)

    def note(self, head: Mapping[str, Any], packed: Sequence[bytes]) -> None:
        """Store the blocks of an answer."""
        for about, data in zip(head["blocks"], packed, strict=True):
            insert(
                ImportBlock,
                {
                    "of_id": self.item.pk,
                    "number": about["first"] // BLOCK,
                    "first": about["first"],
                    "count": about["count"],
                    "rows": data,
                    "flaws": json.dumps(about["flaws"]),
                    **_NOTHING_YET,
                },
            )
            verdicts.merge(self.stats, about["stats"])
        self.state, self.first, self.rows = head["state"], head["from"], head["rows"]
        self.headers, self.is_over = head["headers"], head["is_over"]
        self.item.shape |= head["shape"]

    def slice(self, job: LongJob, readers: Readers) -> Slice:
        share = readers.at / max(1, self.item.size)
        total = round(self.rows / share) if 0 < share < 1 else self.rows
        cursor = {"step": "read", "state": self.state, "from": self.first, "stats": self.stats}
        return Slice(cursor=cursor, done=self.first - self.before, total=total, result={"rows": self.first})


def _finished(job: LongJob, item: Import, reading: _Reading) -> Slice:
    columns = verdicts.conclude(reading.headers, reading.stats)
    if not reading.first:
        return _refused(item, "no_rows")
    if len(columns) > MOST_COLUMNS:
        return _refused(item, "columns")
    item.layout = layout_of([column.header for column in columns])
    fields = importer_of(item.host).fields(actor_of(job, item))
    item.columns = [column.to_json() for column in propose(columns, fields, item.layout)]
    item.total, item.state, item.error = reading.first, State.READY, ""
    item.shape.pop("known", None)
    item.save()
    done = reading.first - reading.before
    return Slice(cursor={"step": "read"}, done=done, finished=True, total=reading.first, result={"rows": reading.first})


def _refused(item: Import, code: str) -> Slice:
    """Say why the file cannot be read; the bytes stay for a day, because it may be read in another way."""
    item.blocks.all().delete()
    item.state, item.error = State.REFUSED, str(wording.refusal(code))
    item.shape.pop("known", None)
    item.save()
    return Slice(cursor={}, finished=True, result={"refused": item.error})


# checking and writing


@long_job(CHECK, label=gettext_lazy("Check of all rows"), tells_after=None)
def check_slice(job: LongJob) -> Slice:
    """Check some blocks without writing, and note which rows have problems."""
    item = Import.objects.get(pk=job.params["import"])
    importer, actor, plan = importer_of(item.host), actor_of(job, item), Plan.from_json(item.plan)
    counts, number, done = Counter(job.result.get("counts", {})), job.cursor.get("block", 0), 0
    end = long_jobs.slice_end()
    while (block := item.blocks.filter(number=number).first()) is not None and (not done or time.monotonic() < end):
        with uncollected():
            rows, own = split(item, block)
            found = importer.check(actor, plan, rows)
        counts.update(verdict.action.value for verdict in found)
        counts.update(outcome.action.value for outcome in own)
        warned = [each.number for each in found if each.action is Action.REFUSE or each.problems or each.warnings]
        block.problems = sorted(
            number - block.first for number in [*warned, *(row.number for row in own if row.action is Action.REFUSE)]
        )
        block.save(update_fields=["problems"])
        repeats.note(item, block, found)
        number, done = number + 1, done + block.count
    is_over = block is None
    if is_over:
        counts = Counter(repeats.conclude(item, counts))
        Import.objects.filter(pk=item.pk, version=item.version, state=State.READY).update(counts=dict(counts))
    return Slice(cursor={"block": number}, done=done, finished=is_over, result={"counts": dict(counts)})


@long_job(
    RUN,
    label=gettext_lazy("Import"),
    undo=UNDO,
    figures=(
        Figure(key="add", label=gettext_lazy("New"), tone="ok"),
        Figure(key="update", label=gettext_lazy("Changed"), tone="ok"),
        Figure(key="unchanged", label=gettext_lazy("Already so")),
        Figure(key="skip", label=gettext_lazy("Passed over")),
        Figure(key="refuse", label=gettext_lazy("Refused"), tone="late"),
    ),
)
def import_slice(job: LongJob) -> Slice:
    """Write some blocks."""
    item = Import.objects.get(pk=job.params["import"])
    importer, actor, plan = importer_of(item.host), actor_of(job, item), Plan.from_json(item.plan)
    if conducting.fits(importer, actor, plan, item):
        return _in_lanes(job, item)
    counts: Counter[str] = Counter()
    number, end, block = job.cursor.get("block", 0), long_jobs.slice_end(), None
    while not counts or time.monotonic() < end:
        block = item.blocks.filter(number=number).first()
        if block is None:
            break
        with uncollected():
            rows, own = split(item, block)
            counts.update(keep(block, importer.apply(actor, plan, rows, job), own)[0])
        number += 1
    if block is None:
        _end(item, State.DONE)
    refused = counts["refuse"]
    return Slice(
        cursor={"block": number},
        done=counts.total() - refused,
        failed=refused,
        finished=block is None,
        result=_added(job.result, counts),
    )


def _in_lanes(job: LongJob, item: Import) -> Slice:
    """Let several blocks be written side by side, each committed and counted by itself."""
    made = conducting.conduct(job, item)
    if made.finished:
        _end(item, State.DONE)
    return made


def _added(result: Mapping[str, Any], counts: Mapping[str, int]) -> dict[str, int]:
    return {name: result.get(name, 0) + count for name, count in counts.items()}


def _end(item: Import, state: str) -> None:
    now = timezone.now()
    Import.objects.filter(pk=item.pk).update(
        state=state, ended_at=now, changed_at=now, expires_at=now + timedelta(days=long_jobs.KEEP_DAYS)
    )


# taking back


@long_job(
    UNDO,
    label=gettext_lazy("Undo of an import"),
    figures=(
        Figure(key="undone", label=gettext_lazy("Taken back"), tone="ok"),
        Figure(key="left", label=gettext_lazy("Changed since, left as they are"), tone="warn"),
    ),
)
def undo_slice(job: LongJob) -> Slice:
    """Take some blocks back, the last first, or several side by side where their order is indifferent."""
    item = Import.objects.filter(job_id=job.undo_of_id).first()
    if item is None:
        raise ImportForgotten
    importer, actor = importer_of(item.host), actor_of(job, item)
    if taking_back.fits(importer, actor, item):
        together = taking_back.take_back(job, item, importer, actor)
        if together.finished:
            _end(item, State.UNDONE)
        return together
    counts: Counter[str] = Counter()
    end, done, block = long_jobs.slice_end(), 0, None
    while not done or time.monotonic() < end:
        block = item.blocks.filter(undone=None).exclude(outcome=None).order_by("-number").first()
        if block is None or block.outcome is None:
            break
        with uncollected():
            made = importer.undo(actor, blocks.outcome_of(block.outcome), job)
            block.undone = blocks.pack_undone(made)
        block.save(update_fields=["undone"])
        counts.update("left" if row.left else "undone" for row in made.rows)
        done += block.count
    if block is None:
        _end(item, State.UNDONE)
    return Slice(cursor={}, done=done, finished=block is None, result=_added(job.result, counts))
