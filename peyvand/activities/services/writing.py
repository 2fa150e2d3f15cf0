"""The frame of every write: lock the activity, change it, add the step, tell the others; and the way back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.context import Actor
from peyvand.accounts.policies import may
from peyvand.activities import policies
from peyvand.activities.models import Activity, Step
from peyvand.activities.types import StepKind, Undoable
from peyvand.core import live
from peyvand.core.errors import Conflict, NotAllowed, NotFound
from peyvand.core.events import Event, publish_many
from peyvand.parties.services import news

TOPIC = "activities.activity"
UNDO_SALT = "activities.undo"
UNDO_FOR = 300  # seconds
RESTORABLE = (
    "kind", "subject", "description", "search", "at", "ends_at", "all_day", "zone", "place", "link", "priority",
    "state", "outcome_id", "result", "done_at", "done_by_id", "owner_id", "department_id", "branch_id", "party_id",
    "deleted_at", "deleted_by_id", "remind_minutes", "remind_mail", "remind_at", "checked_in_at", "is_exception",
    "custom",
)  # fmt: skip
TOLD = ("subject", "at", "ends_at", "all_day", "place", "link", "state", "deleted_at")  # what calendars of others hold


def lock(actor: Actor | None, activity_id: int, *, expected_version: int | None = None, gone: bool = False) -> Activity:
    """Lock an activity that `actor` may see and change; `gone`: one in the trash that he may restore.

    actor: None is the installation itself, at work by a rule. Raises NotFound, NotAllowed, Conflict when it has changed
    since `expected_version`.
    """
    rows = _rows_of(actor, gone).select_for_update(of=("self",)).filter(pk=activity_id)
    activity: Activity | None = rows.first()
    if activity is None:
        raise NotFound
    if actor is not None and not gone and not policies.may_change(actor, activity):
        raise NotAllowed
    check_version(activity, expected_version)
    return activity


def _rows_of(actor: Actor | None, gone: bool) -> Any:
    if actor is None:
        return Activity.objects.filter(deleted_at__isnull=not gone)
    return Activity.objects.trash_of(actor) if gone else Activity.objects.visible_to(actor)


def check_version(activity: Activity, expected: int | None) -> None:
    """Raise Conflict, with what stands now, when the activity is not at this version any more."""
    if expected is not None and activity.version != expected:
        now = {"subject": activity.subject, "state": activity.get_state_display()}
        raise Conflict(_("This was changed meanwhile: «%(subject)s», %(state)s. Look at it and try again.") % now)


def allow(actor: Actor | None, permission: str) -> None:
    """Raise NotAllowed unless `actor` holds the permission at all; the installation itself may."""
    if actor is not None and not may(actor, permission):
        raise NotAllowed


@dataclass
class Work:
    """One change of one locked activity: remembers how it was, stores how it is, and says so."""

    actor: Actor | None
    activity: Activity
    now: datetime = field(default_factory=timezone.now)

    def __post_init__(self) -> None:
        self._before = {name: getattr(self.activity, name) for name in RESTORABLE}

    def changed(self) -> dict[str, tuple[Any, Any]]:
        """The former and the new values of what has changed, plain."""
        pairs = ((name, was, getattr(self.activity, name)) for name, was in self._before.items())
        return {name: (_plain(was), _plain(value)) for name, was, value in pairs if was != value}

    def done(
        self,
        kind: StepKind,
        *,
        events: Iterable[Event] = (),
        details: dict[str, Any] | None = None,
        follow_up: Activity | None = None,
    ) -> Undoable:
        """Store the activity with its next version, the step, the events and the news; return the way back."""
        activity, changed = self.activity, self.changed()
        activity.version += 1
        activity.sequence += 1 if changed.keys() & set(TOLD) else 0
        activity.save(
            update_fields=[name.removesuffix("_id") for name in changed] + ["version", "sequence", "changed_at"]
        )
        kept = {
            **(details or {}),
            "before": {name: pair[0] for name, pair in changed.items()},
            "after": {name: pair[1] for name, pair in changed.items() if name != "search"},
        }
        if follow_up is not None:
            kept["follow_up"] = follow_up.pk
        step = note(activity, kind, self.actor, kept, at=self.now)
        publish_many(events)
        tell(activity, also=self._before["owner_id"], also_party=self._before["party_id"])
        return Undoable(
            activity_id=activity.pk,
            version=activity.version,
            undo=undo_token(step, activity.version),
            follow_up_id=follow_up.pk if follow_up else None,
        )


def note(
    activity: Activity, kind: StepKind, actor: Actor | None, details: dict[str, Any], *, at: datetime | None = None
) -> Step:
    """Add a line to the history of an activity."""
    who = actor.user if actor else None
    return Step.objects.create(activity=activity, kind=kind, actor=who, at=at or timezone.now(), details=details)


def undo_token(step: Step, version: int) -> str:
    """A signed word that takes this step back while the activity is still at this version."""
    return signing.dumps({"s": step.pk, "v": version, "u": step.actor_id}, salt=UNDO_SALT)


def tell(activity: Activity, *, also: int | None = None, also_party: int | None = None) -> None:
    """Send live news to who does it, planned it or is invited, and to who has the customer's file open."""
    people = {activity.owner_id, activity.created_by_id, also}
    people |= set(activity.invitees.filter(user__isnull=False).values_list("user_id", flat=True))
    audience = sorted(f"user:{one}" for one in people - {None})
    live.notify(topic=TOPIC, audience=audience, data={"id": activity.pk, "version": activity.version})
    news.tell({one for one in (activity.party_id, also_party) if one is not None})


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value.pk if isinstance(value, Model) else value
