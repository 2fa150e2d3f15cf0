"""Giving a request to a colleague for good."""

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable.errors import AlreadyClosed, HeldAlready
from peyvand.cartable.events import RequestChanged
from peyvand.cartable.models import Answer, Request
from peyvand.cartable.services import clock, holding
from peyvand.cartable.services.referring import take
from peyvand.cartable.services.work import Work, lock
from peyvand.cartable.types import StepKind, Target, TargetKind, Undoable

S = Request.Status


@transaction.atomic
def assign(*, actor: Actor, request_id: int, user_id: int, expected_version: int | None = None) -> Undoable:
    """Give a request to a colleague, who holds it from now on; no referral brings it back to the actor.

    Open referrals that are for others end; one that is for the actor becomes the colleague's, and its end still goes
    back to who made it. A draft that waits for review is then the colleague's to review. To oneself it is `take`.
    Raises AlreadyClosed, HeldAlready, NobodyThere.
    """
    if user_id == actor.user.pk:
        return take(actor=actor, request_id=request_id, expected_version=expected_version)
    request = lock(actor, request_id, "cartable.refer", expected_version=expected_version)
    user = _colleague(user_id)
    if request.status == S.CLOSED:
        raise AlreadyClosed
    if request.assignee_id == user.pk and request.is_active:
        raise HeldAlready
    work = Work(actor, request, also_tell={user.pk})
    reviewers = _hand_over(work, user)
    details = {"to": user.pk, **({"reviewers": reviewers} if reviewers else {})}
    return work.done(StepKind.ASSIGNED, events=[RequestChanged(request_id=request.pk)], details=details)


def _colleague(user_id: int) -> User:
    found = holding.receiver_of(Target(TargetKind.USER, user_id))
    if not isinstance(found, User):
        raise TypeError("a user was asked for")
    return found


def _hand_over(work: Work, user: User) -> dict[str, int | None]:
    """Put it into the colleague's hands; return who reviewed the drafts that wait, for undo."""
    request = work.request
    if request.status == S.REVIEW:
        waiting = Answer.objects.filter(request=request, state=Answer.State.REVIEW)
        reviewers: dict[str, int | None] = {
            str(pk): reviewer for pk, reviewer in waiting.values_list("pk", "reviewer_id")
        }
        waiting.update(reviewer=user)
        request.assignee, request.post = user, None
        return reviewers
    if not request.is_active:
        clock.resume(request, work.now, by_customer=False)
    request.status = S.OPEN
    clock.run(request)
    mine = holding.unwind(work, holding.open_chain(request))
    if mine is not None:
        work.change_referral(mine, taken_by=user)
    holding.hand_to_user(request, user)
    return {}
