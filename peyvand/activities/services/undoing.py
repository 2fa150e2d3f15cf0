"""Taking back what was just done, while nothing else has happened to the activity."""

from collections.abc import Iterator
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.dateparse import parse_datetime

from peyvand.accounts.context import Actor
from peyvand.activities import policies
from peyvand.activities.errors import NothingToUndo
from peyvand.activities.events import ActivityChanged, ActivityReopened, InvitationAnswered
from peyvand.activities.models import Activity, Invitee, State, Step
from peyvand.activities.services.writing import UNDO_FOR, UNDO_SALT, Work
from peyvand.activities.types import StepKind, Undoable
from peyvand.core.errors import NotAllowed
from peyvand.core.events import Event

MOMENTS = {"at", "ends_at", "done_at", "deleted_at", "remind_at", "checked_in_at"}


@transaction.atomic
def undo(*, actor: Actor, token: str) -> Undoable:
    """Give an activity back the values it had before a step; what the step planned by rule goes, if untouched.

    token: `Undoable.undo`, good for five minutes, for who did it. Raises NothingToUndo, NotAllowed.
    """
    try:
        said = signing.loads(token, salt=UNDO_SALT, max_age=UNDO_FOR)
    except signing.BadSignature as error:
        raise NothingToUndo from error
    step = Step.objects.filter(pk=said["s"]).first()
    if step is None or said["u"] != actor.user.pk:
        raise NothingToUndo
    activity = Activity.objects.select_for_update(of=("self",)).filter(pk=step.activity_id).first()
    if activity is None or activity.version != said["v"]:
        raise NothingToUndo
    if not policies.may_change(actor, activity):
        raise NotAllowed
    work = Work(actor, activity)
    for name, value in step.details.get("before", {}).items():
        setattr(activity, name, _value(name, value))
    _take_follower(step)
    was_closed = step.kind in (StepKind.COMPLETED, StepKind.CANCELLED)
    event = ActivityReopened if was_closed else ActivityChanged
    events: list[Event] = [event(activity_id=activity.pk), *_take_answer(step)]
    return work.done(StepKind.UNDONE, events=events, details={"step": step.pk})


def _take_answer(step: Step) -> Iterator[Event]:
    """An answer is again the one before."""
    former, invitee = step.details.get("former"), step.details.get("invitee")
    if step.kind == StepKind.ANSWERED and former is not None:
        Invitee.objects.filter(pk=invitee).update(answer=former)
        yield InvitationAnswered(activity_id=step.activity_id, invitee_id=invitee, answer=former)


def _value(name: str, value: Any) -> Any:
    return parse_datetime(value) if name in MOMENTS and isinstance(value, str) else value


def _take_follower(step: Step) -> None:
    """What the rule had planned is deleted, unless somebody has changed it since."""
    follower = Activity.objects.filter(pk=step.details.get("follow_up") or 0, version=1, state=State.PLANNED)
    follower.update(deleted_at=step.at, deleted_by=step.actor_id)
