"""Minutes of meetings: written once, changed later; each decision becomes a task of who does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.activities.errors import NotAMeeting
from peyvand.activities.models import Activity, Decision, Kind, Minutes
from peyvand.activities.services.planning import plan
from peyvand.activities.services.shaping import DESCRIPTION, SUBJECT, zone_of
from peyvand.activities.services.writing import Work, lock
from peyvand.activities.types import About, Planned, StepKind, Undoable
from peyvand.core.errors import Conflict
from peyvand.core.text import display_norm, display_text

MOST = 50


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision as somebody writes it: who does it (None: whoever holds the meeting), until which day."""

    text: str
    owner_id: int | None = None
    due: date | None = None


@transaction.atomic
def write_minutes(
    *, actor: Actor, activity_id: int, body: str, decided: Sequence[Decided] = (), expected_version: int | None = None
) -> Undoable:
    """Write the minutes of a meeting, a visit or a call, or change them; new decisions become tasks at once.

    expected_version: of the minutes, None when there are none yet. Raises NotFound, NotAllowed, NotAMeeting (a task has
    none), Conflict, and what `plan` raises for a task.
    """
    activity = lock(actor, activity_id)
    if activity.kind == Kind.TASK:
        raise NotAMeeting
    minutes = Minutes.objects.select_for_update().filter(activity=activity).first()
    if minutes is not None and expected_version != minutes.version:
        raise Conflict
    minutes = _written(actor, activity, minutes, body)
    for one in [each for each in decided if display_norm(each.text)][:MOST]:
        _decide(actor, activity, minutes, one)
    return Work(actor, activity).done(StepKind.MINUTES, details={"decisions": len(decided)})


def _written(actor: Actor, activity: Activity, minutes: Minutes | None, body: str) -> Minutes:
    text, now = display_text(body).strip()[:DESCRIPTION], timezone.now()
    if minutes is None:
        return Minutes.objects.create(activity=activity, body=text, written_by=actor.user, written_at=now)
    minutes.body, minutes.written_by, minutes.written_at = text, actor.user, now
    minutes.version += 1
    minutes.save()
    return minutes


def _decide(actor: Actor, activity: Activity, minutes: Minutes, one: Decided) -> None:
    text = display_norm(one.text)[:SUBJECT]
    due = datetime.combine(one.due, time(), tzinfo=zone_of("")) if one.due else None
    task = plan(
        actor=actor,
        planned=Planned(
            kind=Kind.TASK, subject=text, at=due, all_day=due is not None,
            owner_id=one.owner_id or activity.owner_id, party_id=activity.party_id,
            about=[About(kind=each.kind, id=each.record) for each in activity.links.all()],
        ),
    )  # fmt: skip
    Decision.objects.create(minutes=minutes, text=text, owner_id=task.owner_id, due=one.due, task=task)


@transaction.atomic
def check_in(*, actor: Actor, activity_id: int) -> Undoable:
    """Note that one has arrived where a visit takes place; the first arrival counts. Raises NotFound, NotAllowed."""
    activity = lock(actor, activity_id)
    work = Work(actor, activity)
    if activity.checked_in_at is None:
        activity.checked_in_at = work.now
    return work.done(StepKind.CHECKED_IN)
