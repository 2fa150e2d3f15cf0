"""Who holds a request: handing it over, and the chain of referrals that says how it got there."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from peyvand.accounts.models import Branch, Department, Post, User
from peyvand.cartable import policies
from peyvand.cartable.errors import NobodyThere
from peyvand.cartable.models import OPEN_REFERRAL, Answer, Referral, Request
from peyvand.cartable.services.work import Work
from peyvand.cartable.types import Target, TargetKind
from peyvand.core.errors import Invalid
from peyvand.core.prepared import Given, Prepared

S = Referral.State
TOLD = (S.DONE, S.RETURNED)


def open_chain(request: Request) -> list[Referral]:
    """The open originals of a request, the innermost first; locked with it. Copies hold nothing."""
    return [one for one in _open_referrals(request) if one.is_original]


_OPEN = Prepared(
    lambda: (
        Referral.objects.select_for_update(of=("self",))
        .select_related("to_post", "by", "instead_of")
        .filter(request=Given("request"), state__in=OPEN_REFERRAL)
        .order_by("-id")
    )
)


def _open_referrals(request: Request) -> list[Referral]:
    found: list[Referral] = _OPEN.all(request=request.pk)
    for one in found:
        one.request = request
    return found


def hand_to_user(request: Request, user: User) -> None:
    """`user` holds the request now, and it stands in his department."""
    request.assignee, request.post = user, None
    if user.department_id is not None and user.department is not None:
        _place(request, user.department)


def hand_to_department(request: Request, department: Department) -> None:
    """Everybody of the department sees the request as theirs; nobody has taken it yet."""
    request.assignee, request.post = None, None
    _place(request, department)


Receiver = User | Post | Department | Branch


def receiver_of(target: Target) -> Receiver:
    """Whom a target means. Raises NobodyThere when nobody would receive anything."""
    rows: QuerySet[Any]
    if target.kind is TargetKind.USER:
        rows = User.objects.filter(is_active=True).select_related("department")
    elif target.kind is TargetKind.POST:
        rows = Post.objects.filter(holder__is_active=True).select_related("department", "holder")
    elif target.kind is TargetKind.BRANCH:
        rows = Branch.objects.filter(is_active=True)
    else:
        rows = manned()
    found: Receiver | None = rows.filter(pk=target.id).first()
    if found is None:
        raise NobodyThere
    if isinstance(found, Branch):
        desk_of(found)
    return found


def manned() -> QuerySet[Department]:
    """Departments in which somebody can receive work."""
    return Department.objects.filter(
        Exists(User.objects.filter(department=OuterRef("pk"), is_active=True)), is_active=True
    )


def desk_of(branch: Branch) -> Department:
    """The department that receives what is referred to a branch: its first with people. Raises NobodyThere."""
    found = manned().filter(branch=branch).order_by("pk").first()
    if found is None:
        raise NobodyThere
    return found


def hand_to(request: Request, target: Target) -> Receiver:
    """Hand the request to a target. Raises NobodyThere when nobody would receive it."""
    found = receiver_of(target)
    if isinstance(found, User):
        hand_to_user(request, found)
    elif isinstance(found, Post):
        request.assignee, request.post = None, found
        _place(request, found.department)
    else:
        hand_to_department(request, desk_of(found) if isinstance(found, Branch) else found)
    return found


def hand_back(work: Work, referral: Referral) -> None:
    """Give the request back to who referred it; when he has left, to his department, then to the officer's desk."""
    request, owner = work.request, referral.owner
    if owner.is_active:
        hand_to_user(request, owner)
    elif owner.department is not None and owner.department.is_active:
        hand_to_department(request, owner.department)
    else:
        request.assignee, request.post = (
            request.officer if request.officer and request.officer.is_active else None,
            None,
        )
    innermost = next(iter(open_chain(request)), None)
    if innermost is not None and not owner.is_active and innermost.to_user_id is None:
        work.change_referral(innermost, taken_by=request.assignee)


def redirect(work: Work, referral: Referral, user: User | None) -> None:
    """A referral that did not reach anybody ends; its work goes to `user`, or back to who referred it.

    For somebody else than the referrer a new referral in his name stands in its place, so that it comes back to him.
    """
    request = work.request
    end(work, referral, S.RETURNED)
    request.status = Request.Status.OPEN
    if user is None or user.pk == referral.owner.pk:
        hand_back(work, referral)
        return
    Referral.objects.create(
        request=request, parent=referral.parent, by=referral.by, instead_of=referral.instead_of, to_user=user,
        instruction=referral.instruction,
        action=referral.action, due_at=referral.due_at, keep=referral.keep, tell_when_done=referral.tell_when_done,
        created_at=work.now,
    )  # fmt: skip
    hand_to_user(request, user)
    request.status = Request.Status.REFERRED


def _place(request: Request, department: Department) -> None:
    request.department, request.branch_id = department, department.branch_id


def unwind(work: Work, chain: list[Referral], *, state: str = S.RECALLED) -> Referral | None:
    """End open referrals until the actor's own is the innermost; return that one.

    Whoever passes on work that another holds takes it out of that one's hands.
    """
    for referral in chain:
        if work.actor is not None and policies.is_addressee(work.actor, referral):
            return referral
        end(work, referral, state)
    return None


def end(work: Work, referral: Referral, state: str, remark: str | None = None) -> None:
    """End one referral; its referrer hears of it when he asked for that and it was not his own act."""
    values: dict[str, object] = {"state": state, "ended_at": work.now}
    if remark is not None:
        values["remark"] = remark
    work.change_referral(referral, **values)
    if referral.tell_when_done and state in TOLD and work.owner_id != referral.owner.pk:
        work.endings.append(referral)


def end_all(work: Work, state: str = S.DONE, *, copies: bool = False) -> None:
    """End every open original of the request, and its copies with it when there is nothing more to read."""
    for referral in _open_referrals(work.request):
        if referral.is_original or copies:
            end(work, referral, state)


def hand_down(work: Work, author: User) -> None:
    """A draft came back from review: whoever the innermost open referral names holds the request, else its author."""
    request = work.request
    innermost = next(iter(open_chain(request)), None)
    if innermost is not None and innermost.state == S.ANSWERED:
        work.change_referral(innermost, state=S.READ)
    holder = (innermost.taken_by or innermost.to_user) if innermost else author
    request.status = Request.Status.OPEN
    if holder is not None and not holder.is_active:
        end_all(work, S.RECALLED)
        request.assignee, request.post = work.user, None
    elif holder is not None:
        hand_to_user(request, holder)
    elif innermost is not None and innermost.to_post is not None:
        request.assignee, request.post = None, innermost.to_post
        _place(request, innermost.to_post.department)
    elif innermost is not None and innermost.to_branch is not None:
        hand_to_department(request, desk_of(innermost.to_branch))
    elif innermost is not None and innermost.to_department is not None:
        hand_to_department(request, innermost.to_department)
    if innermost is not None and innermost.ended_at is None and (holder is None or innermost.state == S.WAITING):
        request.status = Request.Status.REFERRED


def back_to_review(request: Request) -> None:
    """Work that came back is on the reviewer's desk when a draft still waits for him."""
    waiting = Answer.objects.filter(request=request, state=Answer.State.REVIEW).select_related("reviewer").first()
    if waiting is None:
        return
    request.status = Request.Status.REVIEW
    if waiting.reviewer is not None and waiting.reviewer.is_active:
        request.assignee, request.post = waiting.reviewer, None


def check_deadline(due_at: datetime | None, now: datetime) -> None:
    """A deadline lies ahead."""
    if due_at is not None and due_at <= now:
        raise Invalid(fields={"due_at": str(due_at)})
