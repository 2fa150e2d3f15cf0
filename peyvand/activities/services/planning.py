"""Planning, editing, moving, deleting: what somebody does with his own calendar and that of his people."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from peyvand.accounts.context import Actor
from peyvand.accounts.services.notifications import notify
from peyvand.activities import policies
from peyvand.activities.errors import HeldOutside, NotPlanned
from peyvand.activities.events import ActivityChanged, ActivityDeleted, ActivityPlanned
from peyvand.activities.models import Activity, Outside
from peyvand.activities.services import links, shaping
from peyvand.activities.services.inviting import NOTICE, lay_guests
from peyvand.activities.services.writing import Work, allow, lock, note, tell
from peyvand.activities.types import Planned, StepKind, Undoable, page_of
from peyvand.core.errors import NotAllowed
from peyvand.core.events import publish


@transaction.atomic
def plan(*, actor: Actor | None, planned: Planned, quiet: bool = False) -> Activity:
    """Plan a call, meeting, visit or task; who is invited or has to do it is told.

    actor: None is the installation itself (then `planned.owner_id` must be given). The customer of a linked record is
    taken over when the plan names none. quiet: who has to do it is not told (an import). Raises NotAllowed, and Invalid
    with its kinds.
    """
    allow(actor, policies.PLAN)
    party_of_link = links.check(actor, planned.about)
    if planned.party_id is None and party_of_link is not None:
        planned = replace(planned, party_id=party_of_link)
    return store(actor, Activity(created_by=actor.user if actor else None), planned, quiet=quiet)


def store(actor: Actor | None, activity: Activity, planned: Planned, *, quiet: bool = False) -> Activity:
    """Lay a plan on a new row and store it with invitees, links, history and event."""
    shaping.lay(actor, activity, planned)
    activity.save()
    lay_guests(actor, activity, planned.guests)
    links.lay_links(activity, planned.about)
    note(activity, StepKind.PLANNED, actor, {"state": activity.state})
    publish(ActivityPlanned(activity_id=activity.pk, kind=activity.kind, party_id=activity.party_id))
    if activity.is_planned and not quiet:
        _tell_owner(actor, activity)
    tell(activity)
    return activity


def _tell_owner(actor: Actor | None, activity: Activity) -> None:
    if actor is not None and activity.owner_id != actor.user.pk:
        notify(
            users=[activity.owner_id],
            kind=NOTICE,
            text=gettext_noop("%(name)s planned this for you: %(subject)s"),
            data={"name": actor.user.full_name, "subject": activity.subject},
            url=page_of(activity.pk),
        )


@transaction.atomic
def edit(*, actor: Actor, activity_id: int, planned: Planned, expected_version: int | None = None) -> Undoable:
    """Make an activity say what this plan says, all of it; `selectors.planned_of` gives what it says now.

    The undo gives back its words and its time, not who was invited. Raises NotFound, NotAllowed,
    HeldOutside, Conflict, Invalid.
    """
    activity = lock(actor, activity_id, expected_version=expected_version)
    require_ours(activity)
    work = Work(actor, activity)
    present = {(one.kind, one.record) for one in activity.links.all()}
    links.check(actor, [one for one in planned.about if (one.kind, one.id) not in present])
    former_owner = activity.owner_id
    shaping.lay(actor, activity, planned)
    activity.is_exception = activity.is_exception or activity.series_id is not None
    others = lay_guests(actor, activity, planned.guests)
    others = links.lay_links(activity, planned.about) or others
    undoable = work.done(
        StepKind.CHANGED, events=[ActivityChanged(activity_id=activity.pk)], details={"people": others}
    )
    if activity.owner_id != former_owner and activity.is_planned:
        _tell_owner(actor, activity)
    return undoable


@transaction.atomic
def reschedule(
    *,
    actor: Actor | None,
    activity_id: int,
    at: datetime | None,
    ends_at: datetime | None = None,
    all_day: bool | None = None,
    expected_version: int | None = None,
) -> Undoable:
    """Move a planned activity to another time; without `ends_at` it stays as long as it was.

    Raises NotFound, NotAllowed, NotPlanned, HeldOutside, Conflict, NoTime, EndsBefore.
    """
    activity = lock(actor, activity_id, expected_version=expected_version)
    if not activity.is_planned:
        raise NotPlanned
    require_ours(activity)
    work = Work(actor, activity)
    if ends_at is None and at is not None and activity.at is not None and activity.ends_at is not None:
        keeps = all_day is None or all_day == activity.all_day
        ends_at = at + (activity.ends_at - activity.at) if keeps else None
    if all_day is not None:
        activity.all_day = all_day
    activity.at, activity.ends_at = shaping.span_of(activity, at, ends_at)
    shaping.remind(activity)
    if activity.series_id is not None:
        activity.is_exception = True
    return work.done(StepKind.MOVED, events=[ActivityChanged(activity_id=activity.pk)])


def require_ours(activity: Activity) -> None:
    """Raise HeldOutside for a meeting that somebody outside holds."""
    if Outside.objects.filter(activity=activity).exists():
        raise HeldOutside


@transaction.atomic
def delete(*, actor: Actor, activity_id: int, expected_version: int | None = None) -> Undoable:
    """Put an activity into the trash; `undo` or `restore` brings it back. Raises NotFound, NotAllowed, Conflict."""
    activity = lock(actor, activity_id, expected_version=expected_version)
    if not policies.may_delete(actor, activity):
        raise NotAllowed
    work = Work(actor, activity)
    activity.deleted_at, activity.deleted_by = work.now, actor.user
    return work.done(StepKind.DELETED, events=[ActivityDeleted(activity_id=activity.pk)])


@transaction.atomic
def restore(*, actor: Actor, activity_id: int) -> Undoable:
    """Bring an activity back from the trash. Raises NotFound when it is not there or not his to restore."""
    activity = lock(actor, activity_id, gone=True)
    work = Work(actor, activity, now=timezone.now())
    activity.deleted_at = activity.deleted_by = None
    return work.done(StepKind.RESTORED, events=[ActivityChanged(activity_id=activity.pk)])
