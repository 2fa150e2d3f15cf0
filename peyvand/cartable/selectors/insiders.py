"""Who may see a confidential request, asked the other way round than `insider_q`; there is a test that both agree."""

from django.db.models import Q, QuerySet

from peyvand.accounts.models import User
from peyvand.cartable.models import Confidant, ConfidentialView, Referral, Request

MOST_VIEWS = 100


def insiders_of(request: Request) -> QuerySet[User]:
    """The active people who may see a confidential request, if they may see requests at all."""
    wanted = Q(pk__in=[one for one in (request.assignee_id, request.officer_id) if one is not None])
    if request.assignee_id is None:
        wanted |= Q(posts=request.post_id) if request.post_id is not None else Q(department=request.department_id)
    sent = Referral.objects.filter(request=request)
    got = sent.exclude(state=Referral.State.RECALLED, read_at=None)
    wanted |= Q(pk__in=sent.values("by")) | Q(pk__in=sent.filter(instead_of__isnull=False).values("instead_of"))
    wanted |= Q(pk__in=got.filter(to_user__isnull=False).values("to_user"))
    wanted |= Q(posts__in=got.filter(to_post__isnull=False).values("to_post"))
    wanted |= Q(department__in=got.filter(to_department__isnull=False).values("to_department"))
    wanted |= Q(branch__in=got.filter(to_branch__isnull=False).values("to_branch"))
    wanted |= Q(pk__in=Confidant.objects.filter(request=request).values("user"))
    return User.objects.filter(wanted, is_active=True).distinct()


def confidants_of(request: Request) -> list[User]:
    """The people named on a request."""
    return list(User.objects.filter(pk__in=request.confidants.values("user")).order_by("sort_key"))


def views_of(request: Request) -> list[ConfidentialView]:
    """Who looked at a confidential request, the latest first."""
    return list(request.views.select_related("user").order_by("-id")[:MOST_VIEWS])
