"""What waits for somebody: overdue and of today."""

from datetime import datetime

from django.db.models import QuerySet

from peyvand.accounts.scoping import Who, reach_of
from peyvand.activities.models import Activity, State


def overdue_for(who: Who, now: datetime) -> QuerySet[Activity]:
    """Planned activities of `who` whose end has passed, the oldest first: they want an outcome or another time."""
    mine = Activity.objects.visible_to(who).filter(owner=reach_of(who).user_id, state=State.PLANNED)
    return mine.filter(ends_at__lt=now).order_by("ends_at", "pk")


def waiting_for(who: Who, until: datetime) -> QuerySet[Activity]:
    """Planned activities of `who` that begin before `until`, the earliest first."""
    mine = Activity.objects.visible_to(who).filter(owner=reach_of(who).user_id, state=State.PLANNED)
    return mine.filter(at__lt=until).order_by("at", "pk")
