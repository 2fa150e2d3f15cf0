"""How an activity ends: with an outcome, without taking place, or not yet after all; and what follows by rule."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.activities.errors import NoSuchOutcome, NotClosed, NotPlanned
from peyvand.activities.events import ActivityCancelled, ActivityCompleted, ActivityReopened
from peyvand.activities.follow_up import next_try
from peyvand.activities.models import Activity, Outcome, State
from peyvand.activities.services.planning import plan, store
from peyvand.activities.services.shaping import DESCRIPTION, remind
from peyvand.activities.services.writing import Work, lock
from peyvand.activities.types import About, FollowUp, Planned, StepKind, Undoable
from peyvand.core.errors import Invalid
from peyvand.core.office_hours import organisation_calendar
from peyvand.core.text import display_text
from peyvand.core.working_time import EmptyCalendar
from peyvand.parties.services.reached import note_contact

EARLY = timedelta(minutes=5)  # clocks of people and servers differ


@transaction.atomic
def complete(
    *,
    actor: Actor | None,
    activity_id: int,
    outcome_id: int | None = None,
    result: str = "",
    happened_at: datetime | None = None,
    expected_version: int | None = None,
) -> Undoable:
    """Close a planned activity with its outcome; what the outcome's rule says is planned by itself.

    outcome_id: None is simply done. happened_at: None is now. Raises NotFound, NotAllowed, NotPlanned, NoSuchOutcome,
    Invalid (a moment in the future), Conflict.
    """
    activity = lock(actor, activity_id, expected_version=expected_version)
    if not activity.is_planned:
        raise NotPlanned
    work = Work(actor, activity)
    outcome = _outcome(activity, outcome_id)
    activity.outcome = outcome
    activity.state = outcome.state if outcome else State.DONE
    activity.result = display_text(result).strip()[:DESCRIPTION]
    activity.done_at, activity.done_by = _moment(work.now, happened_at), actor.user if actor else None
    activity.remind_at = None
    follow_up = _follow(actor, activity, outcome, work.now) if outcome and outcome.follow_kind else None
    undoable = work.done(StepKind.COMPLETED, events=[_completed(activity)], follow_up=follow_up)
    _note_contact(activity)
    return undoable


def _completed(activity: Activity) -> ActivityCompleted:
    return ActivityCompleted(
        activity_id=activity.pk,
        kind=activity.kind,
        state=activity.state,
        party_id=activity.party_id,
        outcome_id=activity.outcome_id,
    )


def _outcome(activity: Activity, outcome_id: int | None) -> Outcome | None:
    if outcome_id is None:
        return None
    outcome = Outcome.objects.filter(pk=outcome_id, is_active=True, kind__in=["", activity.kind]).first()
    if outcome is None:
        raise NoSuchOutcome(fields={"outcome": "no_such_outcome"})
    return outcome


def _moment(now: datetime, happened_at: datetime | None) -> datetime:
    if happened_at is not None and happened_at > now + EARLY:
        raise Invalid(fields={"happened_at": "in_the_future"})
    return happened_at or now


def _note_contact(activity: Activity) -> None:
    """A call, meeting or visit that took place is a contact with the customer; a task is none."""
    if activity.party_id is not None and activity.state == State.DONE and activity.kind != Activity.Kind.TASK:
        note_contact(party_ids=[activity.party_id], at=activity.done_at or timezone.now())


def _follow(actor: Actor | None, activity: Activity, outcome: Outcome, now: datetime) -> Activity | None:
    """Plan what follows by the outcome's rule; nothing after the last try, or where no time is working time."""
    if activity.attempt >= outcome.follow_most:
        return None
    rule = FollowUp(days=outcome.follow_days, at=outcome.follow_at, minutes=outcome.follow_minutes)
    try:
        at = next_try(organisation_calendar(), now, rule)
    except EmptyCalendar:
        return None
    wanted = Planned(
        kind=outcome.follow_kind,
        subject=activity.subject,
        at=at,
        description=activity.description,
        place=activity.place,
        link=activity.link,
        priority=activity.priority,
        owner_id=activity.owner_id,
        party_id=activity.party_id,
        about=[About(kind=one.kind, id=one.record) for one in activity.links.all()],
    )
    follower = Activity(follows=activity, attempt=activity.attempt + 1, created_by=actor.user if actor else None)
    return store(None, follower, wanted)


@transaction.atomic
def log(
    *, actor: Actor, planned: Planned, outcome_id: int | None = None, result: str = "", at: datetime | None = None
) -> Undoable:
    """Write down what has already taken place: a call just now. Raises as `plan` and `complete` do."""
    activity = plan(actor=actor, planned=planned)
    return complete(actor=actor, activity_id=activity.pk, outcome_id=outcome_id, result=result, happened_at=at)


@transaction.atomic
def cancel(*, actor: Actor, activity_id: int, reason: str = "", expected_version: int | None = None) -> Undoable:
    """Say that a planned activity will not take place, and why. Raises NotFound, NotAllowed, NotPlanned, Conflict."""
    activity = lock(actor, activity_id, expected_version=expected_version)
    if not activity.is_planned:
        raise NotPlanned
    work = Work(actor, activity)
    activity.state, activity.result = State.CANCELLED, display_text(reason).strip()[:DESCRIPTION]
    activity.done_at, activity.done_by, activity.remind_at = work.now, actor.user, None
    return work.done(StepKind.CANCELLED, events=[ActivityCancelled(activity_id=activity.pk)])


@transaction.atomic
def reopen(*, actor: Actor, activity_id: int, expected_version: int | None = None) -> Undoable:
    """Have a closed activity planned again; what followed it by rule stays. Raises NotFound, NotAllowed, NotClosed."""
    activity = lock(actor, activity_id, expected_version=expected_version)
    if activity.is_planned:
        raise NotClosed
    work = Work(actor, activity)
    activity.state, activity.outcome, activity.result = State.PLANNED, None, ""
    activity.done_at = activity.done_by = None
    remind(activity)
    return work.done(StepKind.REOPENED, events=[ActivityReopened(activity_id=activity.pk)])
