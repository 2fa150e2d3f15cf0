"""Taking, referring, returning: how a request moves among colleagues."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.accounts.models import Department, Post, User
from peyvand.accounts.scoping import reach_of
from peyvand.cartable import policies
from peyvand.cartable.errors import (
    AlreadyClosed,
    AlreadyRead,
    ChosenTwice,
    InACircle,
    NobodyChosen,
    ReferralEndedAlready,
    TooManyReceivers,
    ToYourself,
)
from peyvand.cartable.events import ReferralEnded, RequestChanged, RequestClosed, RequestReferred
from peyvand.cartable.models import OPEN_REFERRAL, Answer, Referral, ReferralAction, Request
from peyvand.cartable.services import clock, holding
from peyvand.cartable.services.closing import shut
from peyvand.cartable.services.returning import timer_values
from peyvand.cartable.services.standing_in import tell_substitute
from peyvand.cartable.services.work import Refs, Work, lock
from peyvand.cartable.types import Copy, Order, StepKind, Target, TargetKind, Undoable
from peyvand.core.errors import Invalid, NotAllowed, NotFound

S = Request.Status
R = Referral.State
MOST_RECEIVERS = 50


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
            work.change_referral(mine, taken_by_id=work.owner_id, state=R.READ, read_at=mine.read_at or work.now)
        holding.hand_to_user(request, actor.user)
    if request.officer_id is None and work.instead_of is None and policies.is_officer(actor):
        request.officer = actor.user
    details = {"reviewers": reviewers} if reviewers else None
    return work.done(StepKind.TAKEN, events=[RequestChanged(request_id=request.pk)], details=details)


@transaction.atomic
def refer(
    *,
    actor: Actor,
    request_id: int,
    to: Target | None,
    order: Order | None = None,
    copies: Sequence[Copy] = (),
    expected_version: int | None = None,
) -> Undoable:
    """Hand a request to a person, a post, a department or a branch, and send copies of it to others, in one act.

    `to` gets the original and holds the request from then on; without it only copies go out and the request stays where
    it is. A referral made by who received one hangs below it, and the work comes back up when it ends. Referring what
    another holds takes it out of his hands. Raises AlreadyClosed, ToYourself, NobodyThere, NobodyChosen, ChosenTwice,
    TooManyReceivers, InACircle, Invalid (deadline, action).
    """
    order = order or Order()
    request = lock(actor, request_id, "cartable.refer", expected_version=expected_version)
    work = Work(actor, request)
    holding.check_deadline(order.due_at, work.now)
    _check_receivers(work, to, copies)
    if to is None and request.status == S.CLOSED:
        raise AlreadyClosed
    parent = _hand_on(work, to) if to is not None else _own_referral(work)
    made = [_original(work, to, order, parent)] if to is not None else []
    made += [_copy(work, copy, order, parent) for copy in copies]
    if request.officer_id is None and work.instead_of is None and policies.is_officer(actor):
        request.officer = actor.user
    done = work.done(
        StepKind.REFERRED,
        events=[RequestReferred(request_id=request.pk, referral_id=one.pk) for one in made],
        details={"made": [one.pk for one in made]},
        refs=Refs(referral=_spoken_of(made)),
    )
    for one in made:
        tell_substitute(one)
    return done


def _spoken_of(made: Sequence[Referral]) -> Referral:
    """The referral that the history names: not a blind copy when there is another."""
    return next((one for one in made if one.role != Referral.Role.BLIND), made[0])


def _check_receivers(work: Work, to: Target | None, copies: Sequence[Copy]) -> None:
    targets = [*([to] if to is not None else []), *(copy.to for copy in copies)]
    if not targets:
        raise NobodyChosen(fields={"to": ""})
    if len(targets) > MOST_RECEIVERS:
        raise TooManyReceivers(fields={"copies": str(len(targets))})
    people = [pk for pk in (work.user.pk if work.user else None, work.instead_of) if pk is not None]
    own = {*(Target(TargetKind.USER, pk) for pk in people), *(Target(TargetKind.POST, pk) for pk in _posts(work))}
    if own & set(targets):
        raise ToYourself
    if len(set(targets)) < len(targets):
        raise ChosenTwice(fields={"copies": "twice"})


def _posts(work: Work) -> frozenset[int]:
    """The posts at which the actor sits: his own, and those of the colleague in whose place he acts."""
    own = reach_of(work.actor).posts
    if work.instead_of is None:
        return own
    return own | set(Post.objects.filter(holder=work.instead_of).values_list("pk", flat=True))


def _hand_on(work: Work, to: Target) -> Referral | None:
    """Hand the request over; return the referral by which the actor had it, under which the new one hangs."""
    _make_active(work.request, work, S.REFERRED)
    chain = holding.open_chain(work.request)
    parent = holding.unwind(work, chain)
    if parent is not None:
        _refuse_circle(to, chain[chain.index(parent) :])
    if parent is not None and parent.to_user_id is None and parent.taken_by_id is None:
        work.change_referral(parent, taken_by_id=work.owner_id, state=R.READ, read_at=parent.read_at or work.now)
    holding.hand_to(work.request, to)
    return parent


def _refuse_circle(to: Target, chain: Sequence[Referral]) -> None:
    """Whoever passed it on already gets it back by a return, not by a new referral. Raises InACircle.

    chain: the open referrals above the new one.
    """
    people = {one.owner.pk: one.owner for one in chain}
    found = to.id if to.kind is TargetKind.USER else None
    if to.kind is TargetKind.POST:
        found = Post.objects.filter(pk=to.id).values_list("holder", flat=True).first()
    if found in people:
        raise InACircle(str(people[found]))


def _own_referral(work: Work) -> Referral | None:
    """The referral by which the actor has the request, if he has it by one."""
    chain = holding.open_chain(work.request)
    return next((one for one in chain if policies.is_addressee(work.actor, one)), None)


def _original(work: Work, to: Target, order: Order, parent: Referral | None) -> Referral:
    timer = timer_values(work.request, order.timer, work.now)
    return _store(work, to, order, parent, keep=order.keep, tell_when_done=order.tell_when_done, **timer)


def _copy(work: Work, copy: Copy, order: Order, parent: Referral | None) -> Referral:
    receiver = holding.receiver_of(copy.to)
    _announce(work, receiver)
    own = replace(order, instruction=copy.instruction.strip() or order.instruction, action_id=copy.action_id)
    role = Referral.Role.BLIND if copy.blind else Referral.Role.COPY
    return _store(work, copy.to, own, parent, role=role, tell_when_done=order.tell_when_done)


def _store(work: Work, to: Target, order: Order, parent: Referral | None, **values: Any) -> Referral:
    if work.user is None:
        raise NotAllowed
    return Referral.objects.create(
        request=work.request, parent=parent, by=work.user, instead_of_id=work.instead_of,
        instruction=order.instruction.strip(), due_at=order.due_at, action=_action(order.action_id),
        created_at=work.now, **{f"to_{to.kind}_id": to.id}, **values,
    )  # fmt: skip


def _action(action_id: int | None) -> ReferralAction | None:
    if action_id is None:
        return None
    found = ReferralAction.objects.filter(pk=action_id, is_active=True).first()
    if found is None:
        raise Invalid(fields={"action": str(action_id)})
    return found


def _announce(work: Work, receiver: holding.Receiver) -> None:
    """Have the open pages of who gets a copy hear of it."""
    if isinstance(receiver, User):
        work.also_tell.add(receiver.pk)
    elif isinstance(receiver, Post):
        work.also_tell |= {receiver.holder_id} if receiver.holder_id is not None else set()
    elif isinstance(receiver, Department):
        work.also_there.add(receiver.pk)
    else:
        work.also_there |= set(receiver.departments.values_list("pk", flat=True))


def _lock_referral(
    actor: Actor, referral_id: int, permission: str, expected_version: int | None
) -> tuple[Work, Referral]:
    """Lock a referral's request; return a copy, or the innermost open original. Raises ReferralEndedAlready."""
    known = Referral.objects.known_to(actor).filter(pk=referral_id).first()
    if known is None:
        raise NotFound
    request = lock(actor, known.request_id, permission, expected_version=expected_version)
    work = Work(actor, request)
    if not known.is_original:
        return work, _open_copy(referral_id)
    chain = holding.open_chain(request)
    found = next((one for one in chain if one.pk == referral_id), None)
    if found is None:
        raise ReferralEndedAlready
    for inner in chain:
        if inner.pk == found.pk:
            break
        holding.end(work, inner, R.RECALLED)
    return work, found


def _open_copy(referral_id: int) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("to_post", "by", "instead_of")
    found = rows.filter(pk=referral_id, state__in=OPEN_REFERRAL).first()
    if found is None:
        raise ReferralEndedAlready
    return found


@transaction.atomic
def read_referral(*, actor: Actor, request_id: int) -> bool:
    """Its addressee opens a request: his referral is marked as read; the work of a department is not yet taken.

    Copies that wait for him are read, too. Returns whether anything changed. Never raises for who merely looks.
    """
    waiting = Referral.objects.filter(request_id=request_id, state=R.WAITING).select_related("to_post")
    if not any(policies.is_addressee(actor, referral) for referral in waiting):
        return False
    request = Request.objects.visible_to(actor).select_for_update().filter(pk=request_id).first()
    if request is None:
        return False
    innermost = next(iter(holding.open_chain(request)), None)
    mine = [one for one in waiting.order_by("-role", "id") if _is_to_read(actor, one, innermost)]
    if not mine:
        return False
    work = Work(actor, request)
    owner = policies.addressee(actor, mine[0])
    work.instead_of = owner if owner != actor.user.pk else None
    for referral in mine:
        work.change_referral(referral, state=R.READ, read_at=work.now)
        if _names_one(referral) and request.status == S.REFERRED:
            request.status = S.OPEN
    work.done(StepKind.READ, refs=Refs(referral=mine[0]))
    return True


def _is_to_read(actor: Actor, referral: Referral, innermost: Referral | None) -> bool:
    if not policies.is_addressee(actor, referral):
        return False
    return not referral.is_original or (innermost is not None and referral.pk == innermost.pk)


def _names_one(referral: Referral) -> bool:
    """An original for a person or a post: whoever reads it works on it."""
    return referral.is_original and referral.to_department_id is None and referral.to_branch_id is None


def _give_back(
    actor: Actor, referral_id: int, remark: str, state: Referral.State, expected_version: int | None
) -> Undoable:
    work, referral = _lock_referral(actor, referral_id, "cartable.view", expected_version)
    owner = policies.addressee(actor, referral)
    if owner is None:
        raise NotAllowed
    work.instead_of = owner if owner != actor.user.pk else None
    holding.end(work, referral, state, remark.strip())
    _take_back(work, referral)
    kind = StepKind.RETURNED if state == R.RETURNED else StepKind.FINISHED
    return work.done(
        kind,
        events=[
            ReferralEnded(request_id=work.request.pk, referral_id=referral.pk, state=state),
            *_part_done(work, referral),
        ],
        details={"remark": remark.strip()},
        refs=Refs(referral=referral),
    )


def _part_done(work: Work, referral: Referral) -> list[RequestClosed]:
    """A part of a request is done when whoever got it first says so: it closes, unless it waits for parts itself."""
    is_first = referral.is_original and referral.parent_id is None
    if work.request.parent_id is None or referral.state != R.DONE or not is_first:
        return []
    shut(work)
    return [RequestClosed(request_id=work.request.pk)]


def _take_back(work: Work, referral: Referral) -> None:
    """The referrer holds the request again; the end of a copy leaves it where it is."""
    if not referral.is_original:
        work.also_tell.add(referral.owner.pk)
        return
    holding.hand_back(work, referral)
    _make_active(work.request, work, S.OPEN)
    holding.back_to_review(work.request)


@transaction.atomic
def return_referral(*, actor: Actor, referral_id: int, remark: str, expected_version: int | None = None) -> Undoable:
    """Its addressee sends a referral back with a remark: it is not for him. The referrer holds the request again."""
    return _give_back(actor, referral_id, remark, R.RETURNED, expected_version)


@transaction.atomic
def finish_referral(
    *, actor: Actor, referral_id: int, remark: str = "", expected_version: int | None = None
) -> Undoable:
    """Its addressee has done what was asked without drafting an answer. The referrer holds the request again.

    The remark of a copy is the opinion that was asked for; the request stays where it is.
    """
    return _give_back(actor, referral_id, remark, R.DONE, expected_version)


@transaction.atomic
def recall_referral(*, actor: Actor, referral_id: int, expected_version: int | None = None) -> Undoable:
    """Its referrer, or who stands in for him, takes a referral back before it is read. Raises AlreadyRead, NotAllowed
    for anybody else.
    """
    work, referral = _lock_referral(actor, referral_id, "cartable.view", expected_version)
    if not policies.is_sender(actor, referral):
        raise NotAllowed
    if referral.state != R.WAITING:
        raise AlreadyRead
    holding.end(work, referral, R.RECALLED)
    _take_back(work, referral)
    return work.done(
        StepKind.RECALLED,
        events=[ReferralEnded(request_id=work.request.pk, referral_id=referral.pk, state=R.RECALLED)],
        refs=Refs(referral=referral),
    )
