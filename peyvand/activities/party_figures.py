"""What activities tell about a customer, for segments: how many calls, when the last was, what is planned."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from peyvand.activities.models import Activity, Kind, State
from peyvand.activities.permissions import VIEW
from peyvand.core.record_fields import Asked
from peyvand.core.record_fields import Kind as Value
from peyvand.parties.segments import aggregates
from peyvand.parties.segments.aggregates import Aggregate

GROUP = _("Activities")


def _closed(asked: Asked) -> QuerySet[Activity]:
    """What took place or was tried; what was cancelled is no activity with a customer."""
    return Activity.objects.filter(deleted_at=None, party__isnull=False, state__in=[State.DONE, State.MISSED])


def _of(kind: Kind) -> QuerySet[Activity]:
    return Activity.objects.filter(deleted_at=None, party__isnull=False, state=State.DONE, kind=kind)


def _planned(asked: Asked) -> QuerySet[Activity]:
    return Activity.objects.filter(deleted_at=None, party__isnull=False, state=State.PLANNED)


aggregates.register(
    Aggregate(
        key="activities.calls", label=_("Number of calls"), rows=lambda asked: _of(Kind.CALL), at="done_at",
        permission=VIEW, group=GROUP, icon="phone",
    ),
    Aggregate(
        key="activities.meetings", label=_("Number of meetings"), rows=lambda asked: _of(Kind.MEETING), at="done_at",
        permission=VIEW, group=GROUP, icon="users",
    ),
    Aggregate(
        key="activities.visits", label=_("Number of visits"), rows=lambda asked: _of(Kind.VISIT), at="done_at",
        permission=VIEW, group=GROUP, icon="map-pin",
    ),
    Aggregate(
        key="activities.last", label=_("Last activity"), rows=_closed, at="done_at", kind=Value.MOMENT,
        permission=VIEW, group=GROUP, icon="clock",
    ),
    Aggregate(
        key="activities.planned", label=_("Planned activities"), rows=_planned, at="at", permission=VIEW,
        group=GROUP, icon="calendar",
    ),
)  # fmt: skip
