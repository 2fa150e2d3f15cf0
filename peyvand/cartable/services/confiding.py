"""Confidential requests: the mark, the people named on it, and the record of who looked."""

from collections.abc import Sequence

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable.errors import NobodyThere
from peyvand.cartable.events import RequestChanged
from peyvand.cartable.models import Confidant, ConfidentialView, Request
from peyvand.cartable.services.telling import untell
from peyvand.cartable.services.work import TOPIC, Work, lock, tell
from peyvand.cartable.types import StepKind, Undoable
from peyvand.core import live


@transaction.atomic
def confide(
    *,
    actor: Actor,
    request_id: int,
    confidential: bool,
    people: Sequence[int] = (),
    expected_version: int | None = None,
) -> Undoable:
    """Make a request confidential, name who else may see it, or open it again; the list is kept while it is open.

    people: ids of active users; whoever sets the mark is always among them. Raises NobodyThere, Conflict.
    """
    request = lock(actor, request_id, "cartable.confide", expected_version=expected_version)
    work = Work(actor, request)
    wanted = {*people, actor.user.pk}
    if User.objects.filter(pk__in=wanted, is_active=True).count() != len(wanted):
        raise NobodyThere
    before = set(Confidant.objects.filter(request=request).values_list("user", flat=True))
    Confidant.objects.filter(request=request).exclude(user__in=wanted).delete()
    Confidant.objects.bulk_create(
        Confidant(request=request, user_id=one, by=actor.user) for one in sorted(wanted - before)
    )
    was_open, request.confidential = not request.confidential, confidential
    done = work.done(
        StepKind.CONFIDED,
        events=[RequestChanged(request_id=request.pk)],
        details={"confidential": confidential, "people": sorted(wanted), "people_before": sorted(before)},
    )
    if confidential:
        untell(request)
        _tell_those_left_out(request, was_open=was_open, gone=before - wanted)
    return done


def _tell_those_left_out(request: Request, *, was_open: bool, gone: set[int]) -> None:
    """Have the open lists of those who no longer see a request leave it out."""
    if was_open:
        request.confidential = False
        tell(request, StepKind.CONFIDED)
        request.confidential = True
    live.notify(topic=TOPIC, audience=sorted(f"user:{one}" for one in gone), data={"request": request.pk})


def note_view(*, actor: Actor, request: Request, what: ConfidentialView.What) -> None:
    """Record that somebody read a confidential request or took a paper out of it; of others nothing is kept."""
    if request.confidential:
        ConfidentialView.objects.create(request=request, user=actor.user, what=what)
