"""Work whose holder is gone: a user without access or without requests, a vacant post, a department without people."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from peyvand.accounts.models import Department, Post, RoleGrant, User
from peyvand.cartable.models import ACTIVE, Answer, Request
from peyvand.cartable.selectors.heads import VIEW, keeper_of
from peyvand.cartable.services import holding
from peyvand.cartable.services.endorsing import rescue_approvals
from peyvand.cartable.services.telling import tell
from peyvand.cartable.services.work import Work
from peyvand.cartable.types import StepKind

SLICE = 200
HANDED_OVER = gettext_noop("Nobody was there to work on this any more; it is with you now: %(subject)s")


def rescue_abandoned(limit: int = SLICE) -> int:
    """Hand work that nobody can do to the head of its department or its officer; return how much was moved."""
    moved = rescue_approvals(limit)
    found = list(Request.objects.filter(_abandoned()).order_by("pk").values_list("pk", flat=True)[:limit])
    return moved + sum(_rescue(pk) for pk in found[: limit - moved])


def _abandoned() -> Q:
    """Few ids each, so that the indexes of holders answer it: nobody, a vacant post, an empty department."""
    gone = list(_gone().values_list("pk", flat=True))
    vacant = list(Post.objects.filter(Q(holder=None) | Q(holder__in=gone)).values_list("pk", flat=True))
    empty = set(Department.objects.values_list("pk", flat=True)) - set(holding.manned().values_list("pk", flat=True))
    nobodys = Q(assignee=None, post__in=vacant) | Q(assignee=None, post=None, department__in=empty)
    return Q(status__in=ACTIVE) & (Q(assignee__in=gone) | nobodys)


def _gone() -> QuerySet[User]:
    """Whose access is closed, and whom no role lets see requests (any more): what he holds stands in no list of his."""
    seeing = RoleGrant.objects.filter(role__permissions__permission=VIEW).values("user")
    return User.objects.exclude(Q(is_active=True) & (Q(is_superuser=True) | Q(pk__in=seeing)))


@transaction.atomic
def _rescue(request_id: int) -> bool:
    """Move one request, if it is still nobody's. Without anybody at all it waits for the next round."""
    rows = Request.objects.select_for_update(of=("self",), skip_locked=True)
    request = rows.filter(_abandoned(), pk=request_id).first()
    keeper = keeper_of(request) if request is not None else None
    if request is None or keeper is None:
        return False
    work = Work(None, request)
    _hand_over(work, keeper)
    work.done(StepKind.RESCUED, details={"to": keeper.pk})
    tell(keeper, request, HANDED_OVER)
    return True


def _hand_over(work: Work, keeper: User) -> None:
    request = work.request
    if request.status == Request.Status.REVIEW:
        Answer.objects.filter(request=request, state=Answer.State.REVIEW).update(reviewer=keeper)
        request.assignee, request.post = keeper, None
        return
    innermost = next(iter(holding.open_chain(request)), None)
    if innermost is not None:
        holding.redirect(work, innermost, keeper)
        return
    holding.hand_to_user(request, keeper)
    request.status = Request.Status.OPEN
