"""Putting a request aside until a moment (تعویق), for its holder alone; clock or customer bring it back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable.errors import NothingToUndo, NotInYourWork
from peyvand.cartable.events import RequestSnoozed, SnoozeEnded
from peyvand.cartable.models import Presence, ReadMark, Request, Snooze, Step
from peyvand.cartable.selectors.folders import is_in_own_work
from peyvand.cartable.services.telling import tell
from peyvand.cartable.services.work import TOPIC, lock
from peyvand.cartable.snooze_times import LONGEST
from peyvand.cartable.types import StepKind, Undoable
from peyvand.core import live
from peyvand.core.errors import Invalid
from peyvand.core.events import publish, publish_many

SLICE = 200
UNDO_SALT = "cartable.snooze.undo"
STALE = 120  # seconds after which nobody believes that somebody is there
IS_BACK = gettext_noop("You had put this aside until now: %(subject)s")
HAS_WRITTEN = gettext_noop("The customer wrote about what you had put aside: %(subject)s")


@transaction.atomic
def snooze(*, actor: Actor, request_id: int, until: datetime) -> Snooze:
    """Put a request of one's own work aside: it leaves «mine» until `until`, or until the customer writes.

    Nothing changes for others: its clock runs, its department sees it. A second call moves the moment. Raises
    NotFound, NotAllowed, NotInYourWork, Invalid for a moment that has passed or lies more than a year ahead.
    """
    request = lock(actor, request_id, "cartable.handle")
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise Invalid(fields={"until": until.isoformat()})
    if not is_in_own_work(actor, request_id):
        raise NotInYourWork
    values = {"until": until, "at": now}
    found, _is_new = Snooze.objects.update_or_create(request=request, user=actor.user, defaults=values)
    _note(request.pk, actor.user, StepKind.SNOOZED, {"until": until.isoformat()}, now)
    publish(RequestSnoozed(request_id=request.pk, user_id=actor.user.pk, until=until.isoformat()))
    _redraw(request, actor.user.pk)
    return found


@transaction.atomic
def unsnooze(*, actor: Actor, request_id: int) -> bool:
    """Take what one had put aside back at once; returns whether it was aside. Raises NotFound."""
    request = lock(actor, request_id, "cartable.view")
    gone, _each = Snooze.objects.filter(request=request, user=actor.user).delete()
    if gone:
        _note(request.pk, actor.user, StepKind.UNSNOOZED, {"by": "person"}, timezone.now())
        publish(SnoozeEnded(request_id=request.pk, user_id=actor.user.pk, why="person"))
        _redraw(request, actor.user.pk)
    return bool(gone)


@transaction.atomic
def put_aside(*, actor: Actor, request_id: int, until: datetime, expected_version: int | None = None) -> Undoable:
    """`snooze` with a way back (`undo_putting_aside`), for many at once; what is aside until then already has none.

    expected_version: of the request. Raises Conflict besides what `snooze` raises.
    """
    request = lock(actor, request_id, "cartable.handle", expected_version=expected_version)
    was = Snooze.objects.filter(request=request, user=actor.user).values_list("until", flat=True).first()
    if was == until:
        return Undoable(request_id=request.pk, version=request.version, undo="")
    snooze(actor=actor, request_id=request_id, until=until)
    way = {"r": request.pk, "u": actor.user.pk, "now": until.isoformat(), "was": was.isoformat() if was else ""}
    return Undoable(request_id=request.pk, version=request.version, undo=signing.dumps(way, salt=UNDO_SALT))


@transaction.atomic
def undo_putting_aside(*, actor: Actor, token: str) -> int:
    """Take what `put_aside` did back: it lies open again, or aside until when it lay before. Returns the request's id.

    token: `Undoable.undo` of `put_aside`. Raises NothingToUndo when it came back or was moved since, NotFound.
    """
    try:
        way: dict[str, Any] = signing.loads(token, salt=UNDO_SALT)
    except signing.BadSignature as problem:
        raise NothingToUndo from problem
    request = lock(actor, way["r"], "cartable.view")
    mine = Snooze.objects.select_for_update().filter(request=request, user=actor.user, until=way["now"]).first()
    if mine is None or way["u"] != actor.user.pk:
        raise NothingToUndo
    if not way["was"] or datetime.fromisoformat(way["was"]) <= timezone.now():
        unsnooze(actor=actor, request_id=request.pk)
    else:
        snooze(actor=actor, request_id=request.pk, until=datetime.fromisoformat(way["was"]))
    return request.pk


def wake_due(limit: int = SLICE) -> int:
    """Bring back what was put aside until now; return how many were looked at. Each is brought back once."""
    Presence.objects.filter(at__lt=timezone.now() - timedelta(seconds=STALE)).delete()
    with transaction.atomic():
        due = Snooze.objects.select_for_update(skip_locked=True, of=("self",)).filter(until__lte=timezone.now())
        return _wake(list(due.select_related("request", "user").order_by("until", "pk")[:limit]), "time", IS_BACK)


def wake_written(request_ids: Iterable[int]) -> None:
    """The customers of these requests wrote: whoever had put one aside has it back at once."""
    aside = Snooze.objects.select_for_update(of=("self",)).filter(request__in=list(request_ids))
    _wake(list(aside.select_related("request", "user").order_by("pk")), "customer", HAS_WRITTEN)


def _wake(aside: list[Snooze], why: str, sentence: str) -> int:
    """Delete these, in the present transaction, and say so; what is closed meanwhile comes back without a word."""
    now = timezone.now()
    Snooze.objects.filter(pk__in=[each.pk for each in aside]).delete()
    publish_many([SnoozeEnded(request_id=each.request_id, user_id=each.user_id, why=why) for each in aside])
    for each in aside:
        _note(each.request_id, None, StepKind.UNSNOOZED, {"by": why, "for": each.user_id}, now)
        if each.request.status != Request.Status.CLOSED and each.user.is_active:
            ReadMark.objects.filter(request=each.request_id, user=each.user_id).delete()
            tell(each.user, each.request, sentence)
        _redraw(each.request, each.user_id)
    return len(aside)


def _note(request_id: int, user: User | None, kind: StepKind, details: dict[str, object], at: datetime) -> None:
    """A line of the history; the request itself does not change, so that nobody's version is out of date."""
    Step.objects.create(request_id=request_id, kind=kind, actor=user, at=at, details=details)


def _redraw(request: Request, user_id: int) -> None:
    """The open pages of the one person concerned show it anew."""
    data: dict[str, str | int] = {"request": request.pk, "what": str(StepKind.SNOOZED), "version": request.version}
    live.notify(topic=TOPIC, audience=[f"user:{user_id}"], data=data)
