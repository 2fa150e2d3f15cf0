"""Links between requests: duplicate of, caused by, related to, part of an incident."""

from django.db import IntegrityError, transaction

from peyvand.accounts.context import Actor
from peyvand.cartable import policies
from peyvand.cartable.errors import TiedAlready, ToItself
from peyvand.cartable.events import RequestChanged
from peyvand.cartable.models import Request, Step, Tie
from peyvand.cartable.services.regrouping.journal import mark_tied
from peyvand.cartable.services.work import Work, lock
from peyvand.cartable.services.work import tell as tell_live
from peyvand.cartable.types import StepKind, Undoable
from peyvand.core.errors import Invalid, NotFound

HANDLE = "cartable.handle"


@transaction.atomic
def tie(*, actor: Actor, request_id: int, other_id: int, kind: str, expected_version: int | None = None) -> Tie:
    """Say how a request stands to another that the actor sees: it changes neither who sees what nor any state.

    kind: a `Tie.Kind`; «related» has no direction. Raises ToItself, TiedAlready, NotFound, Conflict, Invalid.
    """
    permissions = {other_id: policies.VIEW, request_id: HANDLE}
    versions = {request_id: expected_version}
    held = {
        pk: lock(actor, pk, permission, expected_version=versions.get(pk))
        for pk, permission in sorted(permissions.items())
    }
    if request_id == other_id:
        raise ToItself
    if kind not in Tie.Kind.values:
        raise Invalid(fields={"kind": kind})
    ends = (request_id, other_id)
    if kind == Tie.Kind.RELATED:
        ends = (min(ends), max(ends))
    work = Work(actor, held[request_id])
    try:
        with transaction.atomic():
            made = Tie.objects.create(source_id=ends[0], target_id=ends[1], kind=kind, by=actor.user, at=work.now)
    except IntegrityError as problem:
        raise TiedAlready from problem
    _note(work, held[other_id], kind, StepKind.TIED)
    return made


@transaction.atomic
def untie(*, actor: Actor, request_id: int, tie_id: int) -> Undoable:
    """Take a link of a request away. Raises NotFound, NotAllowed."""
    request = lock(actor, request_id, HANDLE)
    found = Tie.objects.select_related("source", "target").filter(pk=tie_id).first()
    if found is None or request_id not in (found.source_id, found.target_id):
        raise NotFound
    other = found.target if found.source_id == request_id else found.source
    work, kind = Work(actor, request), found.kind
    found.delete()
    return _note(work, other, kind, StepKind.UNTIED)


def _note(work: Work, other: Request, kind: str, step: StepKind) -> Undoable:
    """Write both histories. The other request is told, but stays at its version: nothing of it has changed."""
    request = work.request
    mark_tied([request.pk, other.pk])
    Step.objects.create(
        request=other, kind=step, actor=work.user, at=work.now,
        details={"request": request.pk, "code": request.code, "tie": kind},
    )  # fmt: skip
    tell_live(other, step)
    details = {"request": other.pk, "code": other.code, "tie": kind}
    return work.done(step, events=[RequestChanged(request_id=request.pk)], details=details)
