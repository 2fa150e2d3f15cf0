"""What happens to activities, told to other parts by ids."""

from dataclasses import dataclass
from typing import ClassVar

from peyvand.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ActivityPlanned(Event):
    """A call, meeting, visit or task was planned."""

    name: ClassVar[str] = "activities.activity_planned"
    activity_id: int
    kind: str
    party_id: int | None


@dataclass(frozen=True, kw_only=True)
class ActivityChanged(Event):
    """An activity says something else now, or stands at another time."""

    name: ClassVar[str] = "activities.activity_changed"
    activity_id: int


@dataclass(frozen=True, kw_only=True)
class ActivityCompleted(Event):
    """An activity took place, or was tried in vain (`state` done or missed)."""

    name: ClassVar[str] = "activities.activity_completed"
    activity_id: int
    kind: str
    state: str
    party_id: int | None
    outcome_id: int | None


@dataclass(frozen=True, kw_only=True)
class ActivityCancelled(Event):
    """An activity will not take place."""

    name: ClassVar[str] = "activities.activity_cancelled"
    activity_id: int


@dataclass(frozen=True, kw_only=True)
class ActivityReopened(Event):
    """An activity that was closed is planned again."""

    name: ClassVar[str] = "activities.activity_reopened"
    activity_id: int


@dataclass(frozen=True, kw_only=True)
class ActivityDeleted(Event):
    """An activity went to the trash."""

    name: ClassVar[str] = "activities.activity_deleted"
    activity_id: int


@dataclass(frozen=True, kw_only=True)
class SeriesChanged(Event):
    """A series ends earlier than was thought, or reaches further into the future."""

    name: ClassVar[str] = "activities.series_changed"
    series_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(Event):
    """Somebody who is invited said whether he comes."""

    name: ClassVar[str] = "activities.invitation_answered"
    activity_id: int
    invitee_id: int
    answer: str
