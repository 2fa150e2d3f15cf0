"""Closing, reopening, and taking the last step back."""

from datetime import datetime
from typing import Any

from django.core import signing
from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable.errors import AlreadyClosed, NotClosed, NothingToUndo, OutOfSight, PartsOpen
from peyvand.cartable.events import RequestChanged, RequestClosed, RequestReopened
from peyvand.cartable.models import Answer, Referral, Request, Step
from peyvand.cartable.services import clock, holding
from peyvand.cartable.services.work import REFERRAL_FIELDS, RESTORABLE, UNDO_SALT, Refs, Work, lock
from peyvand.cartable.types import StepKind, Undoable

S = Request.Status
UNDO_SECONDS = 60
UNDOABLE = frozenset(
    {
        StepKind.TAKEN, StepKind.REFERRED, StepKind.RETURNED, StepKind.RECALLED, StepKind.FINISHED, StepKind.CLOSED,
        StepKind.REOPENED, StepKind.CHANGED, StepKind.NOT_CONTINUED, StepKind.ASSIGNED,
    }
)  # fmt: skip
MOMENTS = frozenset({"first_answer_due", "resolution_due", "next_due", "paused_at", "first_answered_at", "closed_at"})


@transaction.atomic
def close(
    *,
    actor: Actor,
    request_id: int,
    remark: str = "",
    despite_parts: bool = False,
    expected_version: int | None = None,
) -> Undoable:
    """Close a request: its clock stands, its open referrals are done. Raises AlreadyClosed.

    While a part of it is open that needs `despite_parts` and a remark that says why; the parts go on. Raises PartsOpen.
    """
    request = lock(actor, request_id, "cartable.close", expected_version=expected_version)
    if request.status == S.CLOSED:
        raise AlreadyClosed
    work = Work(actor, request)
    shut(work, despite_parts=despite_parts and bool(remark.strip()))
    return work.done(StepKind.CLOSED, events=[RequestClosed(request_id=request.pk)], details={"remark": remark.strip()})


def shut(work: Work, *, despite_parts: bool = False) -> None:
    """Set a request closed. Raises PartsOpen while it waits for a part of itself."""
    if work.request.tied and not despite_parts:
        parts = Request.objects.filter(parent=work.request, merged_into=None).exclude(status=S.CLOSED)
        if parts.exists():
            raise PartsOpen
    holding.end_all(work, copies=True)
    work.request.status = S.CLOSED
    work.request.closed_at = work.now
    clock.stop(work.request, work.now)


@transaction.atomic
def reopen(*, actor: Actor, request_id: int, expected_version: int | None = None) -> Undoable:
    """Make a closed or answered request work again; whoever reopens it holds it. Raises NotClosed."""
    request = lock(actor, request_id, "cartable.close", expected_version=expected_version)
    if request.is_active:
        raise NotClosed
    work = Work(actor, request)
    wake(work, by_customer=False)
    holding.hand_to_user(request, actor.user)
    request.status = S.OPEN
    holding.back_to_review(request)
    return work.done(StepKind.REOPENED, events=[RequestReopened(request_id=request.pk)])


def wake(work: Work, *, by_customer: bool, first: User | None = None) -> None:
    """Start a standing request's clock and give it to who answers for it: `first`, the officer, the last holder, the
    pool.
    """
    request = work.request
    request.closed_at = None
    request.status = S.OPEN
    clock.resume(request, work.now, by_customer=by_customer)
    keeper = next(
        (one for one in (first, request.officer, request.assignee) if one is not None and one.is_active), None
    )
    if keeper is not None:
        holding.hand_to_user(request, keeper)
    else:
        request.assignee, request.post, request.status = None, None, S.NEW
    holding.back_to_review(request)


@transaction.atomic
def undo(*, actor: Actor, token: str) -> int:
    """Take one's own last step back while nothing else has happened. Returns the request's id.

    token: `Undoable.undo`, good for a minute. Raises NothingToUndo, OutOfSight when the actor would lose the
    request from sight; then nothing has changed.
    """
    return _undone(actor, token, UNDO_SECONDS)


@transaction.atomic
def undo_later(*, actor: Actor, token: str) -> int:
    """The same for one step of a change of many requests: good however long ago, while nothing else has happened."""
    return _undone(actor, token, None)


def _undone(actor: Actor, token: str, max_age: int | None) -> int:
    try:
        read: dict[str, int] = signing.loads(token, salt=UNDO_SALT, max_age=max_age)
    except signing.BadSignature as problem:
        raise NothingToUndo from problem
    step = Step.objects.select_related("request").filter(pk=read["s"], kind__in=UNDOABLE).first()
    if step is None or read["u"] != actor.user.pk or step.actor_id != actor.user.pk:
        raise NothingToUndo
    request = Request.objects.select_for_update().get(pk=step.request_id)
    if request.version != read["v"]:
        raise NothingToUndo
    work = Work(actor, request)
    restore(work, step)
    work.done(
        StepKind.UNDONE,
        events=[RequestChanged(request_id=request.pk)],
        details={"step": step.pk, "undone": step.kind},
        refs=Refs(referral=step.referral),
    )
    if not Request.objects.visible_to(actor).filter(pk=request.pk).exists():
        raise OutOfSight
    return request.pk


def restore(work: Work, step: Step) -> None:
    """Make the request and its referrals what they were before a step."""
    for name, value in step.details.get("before", {}).items():
        if name in RESTORABLE:
            setattr(work.request, name, _moment(name, value))
    for pk, former in step.details.get("referrals", {}).items():
        referral = Referral.objects.get(pk=int(pk), request=work.request)
        work.change_referral(referral, **{name: _moment(name, former[name]) for name in REFERRAL_FIELDS})
    for pk, reviewer in step.details.get("reviewers", {}).items():
        waiting = Answer.objects.filter(pk=int(pk), request=work.request, state=Answer.State.REVIEW)
        waiting.update(reviewer=reviewer)
    for referral in Referral.objects.filter(pk__in=step.details.get("made", []), request=work.request):
        holding.end(work, referral, Referral.State.RECALLED)


def _moment(name: str, value: Any) -> Any:
    if value is not None and (name in MOMENTS or name in ("read_at", "ended_at")):
        return datetime.fromisoformat(value)
    return value
