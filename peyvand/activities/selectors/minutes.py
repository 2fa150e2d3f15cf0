"""Minutes that are still to be written."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from peyvand.accounts.models import User
from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who
from peyvand.activities.models import Activity, Kind, State
from peyvand.core.prepared import Given

FORTNIGHT = timedelta(days=14)
MOST = 5


def _past(who: Who) -> QuerySet[Activity]:
    held = Activity.objects.visible_to(who).filter(owner=Given("owner"), kind=Kind.MEETING, minutes=None)
    held = held.filter(ends_at__lt=Given("now"), at__gt=Given("since"))
    return held.exclude(state__in=[State.CANCELLED, State.MISSED]).only("subject").order_by("-at")[:MOST]


_PAST = PreparedFor(_past)


def without_minutes(user: User, now: datetime) -> list[Activity]:
    """One's meetings of the last two weeks whose minutes are not written."""
    return _PAST.all(user, owner=user.pk, now=now, since=now - FORTNIGHT)
