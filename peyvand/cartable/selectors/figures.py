"""Figures that stand beside the folders."""

import time as monotonic_time
from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from peyvand.accounts.scoping import Who, reach_of
from peyvand.cartable.models import Request

WEEK = timedelta(days=7)
FRESH = 300.0  # seconds for which a figure is believed
MOST_KEPT = 1000

_known: dict[int, tuple[float, int | None]] = {}


def on_time_this_week(who: Who) -> int | None:
    """Percent of the first answers of the last seven days that were given in time; None when there was none.

    Only requests that the user may see count. Kept for five minutes: it is an orientation, not a report.
    """
    user_id = reach_of(who).user_id
    read_at, share = _known.get(user_id, (0.0, None))
    if read_at and monotonic_time.monotonic() - read_at < FRESH:
        return share
    if len(_known) >= MOST_KEPT:
        _known.clear()
    share = _share(who)
    _known[user_id] = (monotonic_time.monotonic(), share)
    return share


def forget_figures() -> None:
    """Read the figures again at the next question."""
    _known.clear()


def _share(who: Who) -> int | None:
    answered = Request.objects.visible_to(who).filter(first_answered_at__gte=timezone.now() - WEEK)
    found = answered.aggregate(
        whole=Count("pk"), good=Count("pk", filter=Q(first_answered_at__lte=F("first_answer_due")))
    )
    return round(100 * found["good"] / found["whole"]) if found["whole"] else None
