"""Who holds a request: handing it over, and the chain of referrals that says how it got there."""

from datetime import datetime

from peyvand.accounts.models import Department, Post, User
from peyvand.cartable import policies
from peyvand.cartable.errors import NobodyThere
from peyvand.cartable.models import OPEN_REFERRAL, Answer, Referral, Request
from peyvand.cartable.services.work import Work
from peyvand.cartable.types import Target, TargetKind
from peyvand.core.errors import Invalid

S = Referral.State


def open_chain(request: Request) -> list[Referral]:
    """The open referrals of a request, the innermost first; locked with it."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related("to_post", "by")
    return list(rows.filter(request=request, state__in=OPEN_REFERRAL).order_by("-id"))


def hand_to_user(request: Request, user: User) -> None:
    """`user` holds the request now, and it stands in his department."""
    request.assignee, request.post = user, None
    if user.department_id is not None and user.department is not None:
        _place(request, user.department)


def hand_to_department(request: Request, department: Department) -> None:
    """Everybody of the department sees the request as theirs; nobody has taken it yet."""
    request.assignee, request.post = None, None
    _place(request, department)


def hand_to(request: Request, target: Target) -> User | Post | Department:
    """Hand the request to a target. Raises NobodyThere when nobody would receive it."""
    if target.kind is TargetKind.USER:
        user = User.objects.filter(pk=target.id, is_active=True).select_related("department").first()
        if user is None:
            raise NobodyThere
        hand_to_user(request, user)
        return user
    if target.kind is TargetKind.POST:
        post = Post.objects.select_related("department", "holder").filter(pk=target.id).first()
        if post is None or post.holder is None or not post.holder.is_active:
            raise NobodyThere
        request.assignee, request.post = None, post
        _place(request, post.department)
        return post
    department = Department.objects.filter(pk=target.id, is_active=True).first()
    if department is None or not User.objects.filter(department=department, is_active=True).exists():
        raise NobodyThere
    hand_to_department(request, department)
    return department


def hand_back(request: Request, referral: Referral) -> None:
    """Give the request back to who referred it; when he has left, to his department, then to the officer's desk."""
    if referral.by.is_active:
        hand_to_user(request, referral.by)
    elif referral.by.department is not None and referral.by.department.is_active:
        hand_to_department(request, referral.by.department)
    else:
        request.assignee, request.post = (
            request.officer if request.officer and request.officer.is_active else None,
            None,
        )


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
    """End one referral."""
    values: dict[str, object] = {"state": state, "ended_at": work.now}
    if remark is not None:
        values["remark"] = remark
    work.change_referral(referral, **values)


def end_all(work: Work, state: str = S.DONE) -> None:
    """End every open referral of the request."""
    for referral in open_chain(work.request):
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
