"""Looking through all customers for duplicates, as long work: first the keys, then the blocks that share one."""

import time
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
from peyvand.core.long_jobs import Figure, Slice, long_job
from peyvand.core.models import LongJob
from peyvand.parties.matching import PROBABLE
from peyvand.parties.models import DuplicateKey, DuplicateMark, DuplicatePair, Party
from peyvand.parties.selectors.changes import horizon
from peyvand.parties.selectors.likeness import blocks_after, pairs_in, records_after, records_of
from peyvand.parties.services.duplicates.storing import weigh, write_keys, write_pairs

SCAN = "parties.find_duplicates"
DUPLICATES = "parties.duplicates"
PORTION = 500  # customers whose keys are made at a time
BLOCKS = 500  # keys that are looked at in a row
_LOCK = 7_403_155_223
LOWEST, SPAN = -(1 << 63), 1 << 64
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
    end, at, done = long_jobs.slice_end(), cursor["at"], 0
    while not done or time.monotonic() < end:
        records = records_after(at, PORTION)
        if not records:
            return Slice(cursor=cursor | {"step": "pairs", "at": LOWEST}, done=done)
        write_keys(records, replacing=False)
        at, done = records[-1].id, done + len(records)
    return Slice(cursor=cursor | {"at": at}, done=done)


def _compare(job: LongJob, cursor: dict[str, Any]) -> Slice:
    end, first, at, compared = long_jobs.slice_end(), cursor["at"], cursor["at"], 0
    now = timezone.now()
    while True:
        blocks = blocks_after(at, BLOCKS)
        if not blocks:
            break
        pairs = set().union(*(pairs_in(ids) for _key, ids in blocks))
        records = records_of({party for pair in pairs for party in pair})
        write_pairs(weigh(pairs, records), now)
        at, compared = blocks[-1][0], compared + len(pairs)
        if time.monotonic() > end:
            break
    result = {"compared": job.result.get("compared", 0) + compared}
    if blocks:
        half = ((job.total or 0) + 1) // 2
        return Slice(cursor=cursor | {"at": at}, done=half * (at - first) // SPAN, result=result)
    return _finish(job, cursor, result)


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
