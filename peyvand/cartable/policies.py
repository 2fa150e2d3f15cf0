"""Who may do what to a request. Pure but for one look at open referrals."""

from django.db.models import Q

from peyvand.accounts.policies import may, scope_of
from peyvand.accounts.scoping import Who, reach_of, within
from peyvand.accounts.types import Scope
from peyvand.cartable.models import OPEN_REFERRAL, SEE_BLIND, Referral, Request, referred_to_q

VIEW = "cartable.view"


def is_holder(who: Who, request: Request) -> bool:
    """Does `who` hold the request: as its assignee, as holder of the post, or as one of the department?"""
    reach = reach_of(who)
    if request.assignee_id is not None:
        return request.assignee_id == reach.user_id
    if request.post_id is not None:
        return request.post is not None and request.post.holder_id == reach.user_id
    return request.department_id == reach.department_id


def may_act(who: Who, permission: str, request: Request) -> bool:
    """May `who` do `permission` to this request?

    In the scope of the permission, or because the request came to him: he holds it, an open referral (not a copy) names
    him, his post, his department or branch, or he referred it and kept it, too. A permission that is not held at all
    is never given by holding a request.
    """
    if scope_of(who, permission) is None:
        return False
    if within(who, permission, request) or is_holder(who, request):
        return True
    kept = Q(by=reach_of(who).user_id, keep=True)
    originals = Referral.objects.filter(request=request, state__in=OPEN_REFERRAL, role=Referral.Role.ORIGINAL)
    return originals.filter(referred_to_q(who) | kept).exists()


def is_addressee(who: Who, referral: Referral) -> bool:
    """Is this referral for `who`: himself, the post that he holds, his department or branch?"""
    reach = reach_of(who)
    if referral.taken_by_id is not None:
        return referral.taken_by_id == reach.user_id
    if referral.to_user_id is not None:
        return referral.to_user_id == reach.user_id
    if referral.to_post_id is not None:
        return referral.to_post is not None and referral.to_post.holder_id == reach.user_id
    if referral.to_branch_id is not None:
        return referral.to_branch_id == reach.branch_id
    return referral.to_department_id == reach.department_id


def knows_of(who: Who, referral: Referral) -> bool:
    """May `who` know of this referral of a request that he sees? The rule of `known_to`, without a query."""
    if referral.role != Referral.Role.BLIND or may(who, SEE_BLIND):
        return True
    return referral.by_id == reach_of(who).user_id or is_addressee(who, referral)


def is_officer(who: Who) -> bool:
    """Does `who` read answers before they go out?"""
    return may(who, "cartable.approve")


def sees_departments(who: Who) -> bool:
    """Does `who` see the work of whole departments, not only his own?"""
    scope = scope_of(who, "cartable.view")
    return scope is not None and scope.width >= Scope.TEAM.width
