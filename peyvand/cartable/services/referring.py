"""Taking, referring, returning: how a request moves among colleagues."""

from datetime import datetime

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.cartable import policies
from peyvand.cartable.errors import AlreadyClosed, AlreadyRead, ReferralEndedAlready, ToYourself
from peyvand.cartable.events import ReferralEnded, RequestChanged, RequestReferred
from peyvand.cartable.models import Answer, Referral, Request
from peyvand.cartable.services import clock, holding
from peyvand.cartable.services.work import Refs, Work, lock
from peyvand.cartable.types import StepKind, Target, TargetKind, Undoable
from peyvand.core.errors import NotAllowed, NotFound

S = Request.Status
R = Referral.State


def _make_active(request: Request, work: Work, status: str) -> None:
    if request.status == S.CLOSED:
        raise AlreadyClosed
    if not request.is_active:
        clock.resume(request, work.now, by_customer=False)
    request.status = status
    clock.run(request)


@transaction.atomic
def take(*, actor: Actor, request_id: int, expected_version: int | None = None) -> Undoable:
    """Take a request oneself, out of a department's pool or out of another's hands.

    Open referrals that are for others end. An officer without whom it stood becomes its officer; a draft that waits
    for review is then his to review. Raises AlreadyClosed, ToYourself when he holds it already.
    """
    request = lock(actor, request_id, "cartable.handle", expected_version=expected_version)
    work = Work(actor, request)
    if request.assignee_id == actor.user.pk and request.is_active:
        raise ToYourself
    in_review = request.status == S.REVIEW
    reviewers: dict[str, int | None] = {}
    _make_active(request, work, S.REVIEW if in_review else S.OPEN)
    if in_review:
        request.assignee = actor.user
        waiting = Answer.objects.filter(request=request, state=Answer.State.REVIEW)
        reviewers = {str(pk): reviewer for pk, reviewer in waiting.values_list("pk", "reviewer_id")}
        waiting.update(reviewer=actor.user)
    else:
        mine = holding.unwind(work, holding.open_chain(request))
        if mine is not None:
            work.change_referral(mine, taken_by=actor.user, state=R.READ, read_at=mine.read_at or work.now)
        holding.hand_to_user(request, actor.user)
    if request.officer_id is None and policies.is_officer(actor):
        request.officer = actor.user
    details = {"reviewers": reviewers} if reviewers else None
    return work.done(StepKind.TAKEN, events=[RequestChanged(request_id=request.pk)], details=details)


@transaction.atomic
def refer(
    *,
    actor: Actor,
    request_id: int,
    to: Target,
    instruction: str = "",
    due_at: datetime | None = None,
    expected_version: int | None = None,
) -> Undoable:
    """Hand a request to a person, a post or a department with an instruction (پاراف) and a deadline.

    A referral made by who received one hangs below it, and the work comes back up when it ends. Referring what
    another holds takes it out of his hands. Raises AlreadyClosed, ToYourself, NobodyThere, Invalid (deadline).
    """
    request = lock(actor, request_id, "cartable.refer", expected_version=expected_version)
    work = Work(actor, request)
    holding.check_deadline(due_at, work.now)
    if to == Target(TargetKind.USER, actor.user.pk):
        raise ToYourself
    _make_active(request, work, S.REFERRED)
    parent = holding.unwind(work, holding.open_chain(request))
    holding.hand_to(request, to)
    if request.officer_id is None and policies.is_officer(actor):
        request.officer = actor.user
    referral = Referral.objects.create(
        request=request, parent=parent, by=actor.user, instruction=instruction.strip(), due_at=due_at,
        created_at=work.now, **{f"to_{to.kind}_id": to.id},
    )  # fmt: skip
    return work.done(
        StepKind.REFERRED,
        events=[RequestReferred(request_id=request.pk, referral_id=referral.pk)],
        details={"to": str(to), "instruction": referral.instruction, "made": referral.pk},
        refs=Refs(referral=referral),
    )


def _lock_referral(
    actor: Actor, referral_id: int, permission: str, expected_version: int | None
) -> tuple[Work, Referral]:
    """Lock a referral's request and return the innermost open referral. Raises ReferralEndedAlready."""
    request_id = Referral.objects.filter(pk=referral_id).values_list("request_id", flat=True).first()
    if request_id is None:
        raise NotFound
    request = lock(actor, request_id, permission, expected_version=expected_version)
    chain = holding.open_chain(request)
    found = next((one for one in chain if one.pk == referral_id), None)
    if found is None:
        raise ReferralEndedAlready
    work = Work(actor, request)
    for inner in chain:
        if inner.pk == found.pk:
            break
        holding.end(work, inner, R.RECALLED)
    return work, found


@transaction.atomic
def read_referral(*, actor: Actor, request_id: int) -> bool:
    """Its addressee opens a request: his referral is marked as read; the work of a department is not yet taken.

    Returns whether anything changed. Never raises for who merely looks.
    """
    waiting = Referral.objects.filter(request_id=request_id, state=R.WAITING).select_related("to_post")
    if not any(policies.is_addressee(actor, referral) for referral in waiting):
        return False
    request = Request.objects.visible_to(actor).select_for_update().filter(pk=request_id).first()
    if request is None:
        return False
    innermost = next(iter(holding.open_chain(request)), None)
    if innermost is None or innermost.state != R.WAITING or not policies.is_addressee(actor, innermost):
        return False
    work = Work(actor, request)
    work.change_referral(innermost, state=R.READ, read_at=work.now)
    if innermost.to_department_id is None and request.status == S.REFERRED:
        request.status = S.OPEN
    work.done(StepKind.READ, refs=Refs(referral=innermost))
    return True


def _give_back(
    actor: Actor, referral_id: int, remark: str, state: Referral.State, expected_version: int | None
) -> Undoable:
    work, referral = _lock_referral(actor, referral_id, "cartable.view", expected_version)
    if not policies.is_addressee(actor, referral):
        raise NotAllowed
    holding.end(work, referral, state, remark.strip())
    holding.hand_back(work.request, referral)
    _make_active(work.request, work, S.OPEN)
    holding.back_to_review(work.request)
    kind = StepKind.RETURNED if state == R.RETURNED else StepKind.FINISHED
    return work.done(
        kind,
        events=[ReferralEnded(request_id=work.request.pk, referral_id=referral.pk, state=state)],
        details={"remark": remark.strip()},
        refs=Refs(referral=referral),
    )


@transaction.atomic
def return_referral(*, actor: Actor, referral_id: int, remark: str, expected_version: int | None = None) -> Undoable:
    """Its addressee sends a referral back with a remark: it is not for him. The referrer holds the request again."""
    return _give_back(actor, referral_id, remark, R.RETURNED, expected_version)


@transaction.atomic
def finish_referral(
    *, actor: Actor, referral_id: int, remark: str = "", expected_version: int | None = None
) -> Undoable:
    """Its addressee has done what was asked without drafting an answer. The referrer holds the request again."""
    return _give_back(actor, referral_id, remark, R.DONE, expected_version)


@transaction.atomic
def recall_referral(*, actor: Actor, referral_id: int, expected_version: int | None = None) -> Undoable:
    """Its referrer takes a referral back before it is read. Raises AlreadyRead, NotAllowed for anybody else."""
    work, referral = _lock_referral(actor, referral_id, "cartable.view", expected_version)
    if referral.by_id != actor.user.pk:
        raise NotAllowed
    if referral.state != R.WAITING:
        raise AlreadyRead
    holding.end(work, referral, R.RECALLED)
    holding.hand_back(work.request, referral)
    _make_active(work.request, work, S.OPEN)
    holding.back_to_review(work.request)
    return work.done(
        StepKind.RECALLED,
        events=[ReferralEnded(request_id=work.request.pk, referral_id=referral.pk, state=R.RECALLED)],
        refs=Refs(referral=referral),
    )
