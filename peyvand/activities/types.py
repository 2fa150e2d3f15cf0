"""Plain data of activities: what somebody plans, whom he invites, what it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Any


class StepKind(StrEnum):
    """The kinds of lines in an activity's history."""

    PLANNED = "planned"
    CHANGED = "changed"
    MOVED = "moved"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    REOPENED = "reopened"
    DELETED = "deleted"
    RESTORED = "restored"
    ANSWERED = "answered"
    LINKED = "linked"
    UNLINKED = "unlinked"
    UNDONE = "undone"
    CHECKED_IN = "checked_in"
    MINUTES = "minutes"
    STRANGER = "stranger"
    INVITED = "invited"


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody who is invited: a colleague (user_id), a customer (party_id), or an address with a name."""

    user_id: int | None = None
    party_id: int | None = None
    email: str = ""
    name: str = ""

    @property
    def key(self) -> tuple[str, object]:
        """Who it is, so that nobody is invited twice."""
        if self.user_id is not None:
            return "user", self.user_id
        return ("party", self.party_id) if self.party_id is not None else ("email", self.email.casefold())


@dataclass(frozen=True, kw_only=True)
class About:
    """A record of another app that an activity is about: `kind` as it is registered ("sales.Deal")."""

    kind: str
    id: int


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What somebody plans, whole: editing hands over all of it anew.

    at: when it begins (a task: when it is due), None for a task without a time; ends_at: None means a usual length
    (`LENGTHS`). all_day: `at` and `ends_at` are taken to whole days in `zone`. zone: IANA name, empty for the
    organisation's. owner_id: who does it; None is the one who plans. remind: minutes before, None for no reminder; it
    goes to who does it and to invited colleagues, under the bell and, with remind_mail, by mail. custom: values of
    fields of the business by the number of the field; those not named stay, None takes one away.
    """

    kind: str
    subject: str
    at: datetime | None = None
    ends_at: datetime | None = None
    all_day: bool = False
    zone: str = ""
    description: str = ""
    place: str = ""
    link: str = ""
    priority: str = "normal"
    owner_id: int | None = None
    party_id: int | None = None
    remind: int | None = 15
    remind_mail: bool = False
    guests: Sequence[Guest] = ()
    about: Sequence[About] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """When the next try is: `days` working days later at `at`; with no days `minutes` of working time later."""

    days: int = 0
    at: time | None = None
    minutes: int = 0


@dataclass(frozen=True, kw_only=True)
class Undoable:
    """What a write did: the activity, its version now, a word that takes it back, and what came of it by rule."""

    activity_id: int
    version: int
    undo: str
    follow_up_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomeShape:
    """What the business says of an outcome; empty `follow_kind` means nothing follows by itself."""

    name_fa: str
    name_en: str
    kind: str = ""
    state: str = "done"
    follow_kind: str = ""
    follow: FollowUp = FollowUp()
    follow_most: int = 3
    is_active: bool = True


HOST = "activities.Activity"  # of imports and custom fields
LENGTHS = {"call": 15, "meeting": 60, "visit": 60, "task": 0}  # minutes


def page_of(activity_id: int) -> str:
    """The address of an activity's page, for notifications and links of other apps."""
    return f"/activities/{activity_id}/"
