"""Looking only at what changed: new and changed customers are compared soon after, without a look at all."""

import time

from django.db import connection, transaction
from django.utils import timezone

from peyvand.core.models import LongJob
from peyvand.parties.models import DuplicateKey, DuplicateMark, Party
from peyvand.parties.selectors.changes import horizon, written_between
from peyvand.parties.selectors.likeness import partners_of, records_of
from peyvand.parties.services.duplicates.scanning import SCAN
from peyvand.parties.services.duplicates.storing import drop_unconfirmed, forget, weigh, write_keys, write_pairs

PORTION = 200
LONGEST = 2.0  # seconds of one slice
_LOCK = 7_403_155_221


def follow_changes() -> bool:
    """Compare customers that changed since the last look, for two seconds; returns whether some are left.

    Safe to run twice at once: one of the two does nothing. While all customers are looked through it waits.
    """
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        if not _portion():
            return False
    return True


@transaction.atomic
def _portion() -> bool:
    """Compare the next changed customers; False when there are none, or somebody else does it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        is_ours = cursor.fetchone()[0]
    running = LongJob.objects.filter(kind=SCAN, state__in=(LongJob.State.WAITING, LongJob.State.RUNNING))
    if not is_ours or running.exists():
        return False
    mark = _mark()
    found = list(written_between(mark.xid, mark.party_id, horizon()[1])[:PORTION])
    if found:
        changed = Party.objects.filter(pk__in=[pk for _xid, pk in found])
        _look_at(dict(changed.values_list("pk", "sort_key")))
        mark.xid, mark.party_id = found[-1]
    mark.looked_at = timezone.now()
    mark.save()
    return len(found) == PORTION


def _mark() -> DuplicateMark:
    """How far we are; back to the beginning when the keys were lost in a crash, or by a look that did not end."""
    mark, _made = DuplicateMark.objects.get_or_create(pk=1)
    if not DuplicateKey.objects.filter(key=0, party_id=0).exists():
        DuplicateKey.objects.create(key=0, party_id=0)
        mark.xid, mark.party_id = 0, 0
    return mark


def _look_at(changed: dict[int, str]) -> None:
    now = timezone.now()
    records = records_of(changed)
    forget([pk for pk in changed if pk not in records])
    write_keys(records.values(), replacing=True)
    partners = {pk: partners_of(record, sort_key=changed[pk]) for pk, record in records.items()}
    pairs = {(min(pk, other), max(pk, other)) for pk, others in partners.items() for other in others}
    others = {party for pair in pairs for party in pair} - records.keys()
    write_pairs(weigh(pairs, records | records_of(others)), now)
    drop_unconfirmed(list(changed), now)
