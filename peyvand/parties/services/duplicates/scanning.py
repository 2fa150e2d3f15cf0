"""Looking through all customers for duplicates, as long work: first the keys, then the blocks that share one."""

import datetime as dt
import json
import time
from collections.abc import Iterable
from concurrent.futures import Future
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.core import long_jobs
from peyvand.core.errors import Conflict
from peyvand.core.kept_session import KeptSession, Line
from peyvand.core.long_jobs import Figure, Slice, long_job
from peyvand.core.models import LongJob
from peyvand.parties.matching import PROBABLE, Verdict
from peyvand.parties.models import DuplicateKey, DuplicateMark, DuplicatePair, Party
from peyvand.parties.selectors.changes import horizon
from peyvand.parties.selectors.likeness import blocks_after, crowded, pairs_of, rows_after, rows_of
from peyvand.parties.services.duplicates.storing import copy_keys, write_pairs

SCAN = "parties.find_duplicates"
DUPLICATES = "parties.duplicates"
PORTION = 1_000  # customers whose keys are made at a time
BLOCKS = 500  # keys that are looked at in a row
_LOCK = 7_403_155_223
LOWEST, SPAN = -(1 << 63), 1 << 64
# Keys and verdicts are counted in a process beside us, while the database reads and writes for us.
_DESK = KeptSession("peyvand.parties.matching.desk.Desk", cpu_seconds=60, memory_mb=1024, wall_seconds=120)
OPEN = (LongJob.State.WAITING, LongJob.State.RUNNING)


class ScanRuns(Conflict):
    """The customers are being looked through already."""

    code = "scan_runs"


@transaction.atomic
def start_scan(*, actor: User) -> LongJob:
    """Look through all customers for duplicates in the background. Errors: NotAllowed, ScanRuns, TooMany.

    It looks beyond the actor's own customers, so he needs the permission for all; what he sees of it is cut to him.
    """
    require_everywhere(actor, DUPLICATES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])  # of two who begin at once one is told
    if LongJob.objects.filter(kind=SCAN, state__in=(*OPEN, LongJob.State.PAUSED)).exists():
        raise ScanRuns
    total = 2 * Party.objects.filter(deleted_at=None).count()
    return long_jobs.start(kind=SCAN, owner_id=actor.pk, title=_("Look for duplicates"), params={}, total=total)


@long_job(
    SCAN,
    label=gettext_lazy("Look for duplicates"),
    steps=(("keys", gettext_lazy("Read the customers")), ("pairs", gettext_lazy("Compare who is alike"))),
    figures=(
        Figure(key="compared", label=gettext_lazy("Pairs compared")),
        Figure(key="found", label=gettext_lazy("Probable duplicates"), tone="warn"),
    ),
)
def scan_slice(job: LongJob) -> Slice:
    """Make keys of the next customers, or compare the next blocks; begins anew when the keys were lost meanwhile."""
    cursor = job.cursor
    if cursor and not DuplicateKey.objects.filter(key=job.pk, party_id=0).exists():
        cursor = {}
    if not cursor:
        return _begin(job)
    return _read_keys(job, cursor) if cursor["step"] == "keys" else _compare(job, cursor)


def _begin(job: LongJob) -> Slice:
    """Empty the table of keys and note from which change on the later looks go on."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE parties_duplicatekey")
    DuplicateKey.objects.create(key=job.pk, party_id=0)
    begun = {"step": "keys", "at": 0, "since": timezone.now().isoformat(), "xid": horizon()[1]}
    return Slice(cursor=begun, total=job.done + 2 * Party.objects.filter(deleted_at=None).count())


def _read_keys(job: LongJob, cursor: dict[str, Any]) -> Slice:
    """Have the desk make keys of some customers while the next ones are read."""
    end, done = long_jobs.slice_end(), 0
    with _DESK.line() as desk:
        rows = rows_after(cursor["at"], PORTION)
        while rows.size:
            keys, goes_on = desk.ask("keys", rows.text.encode()), time.monotonic() < end
            ahead = rows_after(rows.last, PORTION) if goes_on else None
            copy_keys(keys.result())
            done += rows.size
            if ahead is None:
                return Slice(cursor=cursor | {"at": rows.last}, done=done)
            rows = ahead
    return Slice(cursor=cursor | {"step": "pairs", "at": LOWEST}, done=done)


def _compare(job: LongJob, cursor: dict[str, Any]) -> Slice:
    """Have the desk compare some blocks while the next ones are read."""
    end, at, compared = long_jobs.slice_end(), cursor["at"], 0
    asked: Future[Any] | None = None
    now = timezone.now()
    with _DESK.line() as desk:
        while True:
            blocks = blocks_after(at, BLOCKS) if asked is None or time.monotonic() < end else None
            question, pairs = _question(blocks or ())
            if asked is not None:
                _settle(desk, asked.result(), now)
            if not blocks:
                break
            asked = desk.ask("compare", question)
            at, compared = blocks[-1][0], compared + pairs
    result = {"compared": job.result.get("compared", 0) + compared}
    if blocks is not None:
        return _finish(job, cursor, result)
    half = ((job.total or 0) + 1) // 2
    return Slice(cursor=cursor | {"at": at}, done=half * (at - cursor["at"]) // SPAN, result=result)


def _question(blocks: Iterable[tuple[int, list[int]]]) -> tuple[bytes, int]:
    """What the desk is asked about some blocks, and about how many pairs."""
    pairs = list(pairs_of(blocks))
    first, second = [one for one, _other in pairs], [other for _one, other in pairs]
    rows = rows_of({*first, *second})
    text = f'{{"first": {json.dumps(first)}, "second": {json.dumps(second)}, "rows": {rows.text}}}'
    return text.encode(), len(pairs)


def _settle(desk: Line, made: dict[str, Any], now: dt.datetime) -> None:
    """Decide the pairs that depend on how many customers have an address, and store all that are possible."""
    later = desk.ask("settle", json.dumps(list(crowded(made["common"]))).encode()) if made["common"] else None
    found = made["found"] + (later.result() if later else [])
    write_pairs({(one, other): Verdict(score, tuple(why.split())) for one, other, score, why in found}, now)


def _finish(job: LongJob, cursor: dict[str, Any], result: dict[str, Any]) -> Slice:
    """Forget open pairs that are none any more; from now on only changes are looked at.

    The row of key 0 says that the keys are whole: a look that ended in between leaves none, and the follower of
    changes begins anew.
    """
    DuplicateKey.objects.get_or_create(key=0, party_id=0)
    since = parse_datetime(cursor["since"])
    pairs = DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN)
    pairs.filter(checked_at__lt=since).delete()
    now = timezone.now()
    DuplicateMark.objects.update_or_create(
        pk=1, defaults={"xid": cursor["xid"], "party_id": 0, "scanned_at": now, "looked_at": now}
    )
    left = max(0, (job.total or 0) - job.done)
    found = pairs.filter(score__gte=PROBABLE).count()
    return Slice(cursor=cursor, done=left, finished=True, result=result | {"found": found})
