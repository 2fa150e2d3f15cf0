"""Counting live segments in the background: a few at a time, and only those whose figure may have changed."""

import datetime as dt
import time

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from peyvand.core.errors import PeyvandError
from peyvand.core.record_conditions import midnight, today
from peyvand.core.record_fields import Asked
from peyvand.parties.models import PartyChange, Segment, SegmentSize
from peyvand.parties.segments import Everyone
from peyvand.parties.segments.stored import size_of

CALM = dt.timedelta(minutes=5)  # how long a figure may be old while customers keep changing
LONGEST = 2.0  # seconds of one slice


def stale_segments(now: dt.datetime) -> QuerySet[Segment]:
    """Segments to be counted: never yet, not today (days pass), or customers changed since and it is a while ago."""
    day = midnight(today(Asked(who=None, now=now)))
    moved = Q(counted_xid__lt=newest_change(), counted_at__lt=now - CALM)
    never = Q(counted_at=None) | Q(counted_at__lt=day)
    return Segment.objects.filter(never | moved, deleted_at=None).order_by(F("counted_at").asc(nulls_first=True), "pk")


def newest_change() -> int:
    """The transaction of the newest change of any party."""
    found = PartyChange.objects.order_by("-xid").values_list("xid", flat=True).first()
    return found or 0


def recount_segments() -> bool:
    """Count stale segments for two seconds; returns whether some are left."""
    began = time.monotonic()
    while (segment := stale_segments(timezone.now()).first()) is not None:
        recount_segment(segment)
        if time.monotonic() - began > LONGEST:
            return stale_segments(timezone.now()).exists()
    return False


@transaction.atomic
def recount_segment(segment: Segment) -> None:
    """Count one segment and note the figure for today's point of its curve; a broken one has no figure.

    Counting twice on a day changes nothing but that day's figure.
    """
    now, known = timezone.now(), newest_change()
    try:
        with transaction.atomic():
            size: int | None = size_of(segment, Asked(who=Everyone(), now=now))
    except PeyvandError as error:
        size = segment.size if not error.permanent else None
    Segment.objects.filter(pk=segment.pk).update(size=size, counted_at=now, counted_xid=known)
    if size is not None:
        day = today(Asked(who=None, now=now))
        SegmentSize.objects.update_or_create(segment=segment, day=day, defaults={"size": size})
