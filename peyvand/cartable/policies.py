"""Who may do what to a request. Pure but for one look at open referrals."""

from peyvand.accounts.policies import may, scope_of
from peyvand.accounts.scoping import Who, reach_of, within
from peyvand.accounts.types import Scope
from peyvand.cartable.models import OPEN_REFERRAL, Referral, Request, referred_to_q

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

    In the scope of the permission, or because the request came to him: he holds it, or an open referral names him,
    his post or his department. A permission that is not held at all is never given by holding a request.
    """
    if scope_of(who, permission) is None:
        return False
    if within(who, permission, request) or is_holder(who, request):
        return True
    return Referral.objects.filter(referred_to_q(who), request=request, state__in=OPEN_REFERRAL).exists()


def is_addressee(who: Who, referral: Referral) -> bool:
    """Is this referral for `who`: himself, the post that he holds, his department?"""
    reach = reach_of(who)
    if referral.taken_by_id is not None:
        return referral.taken_by_id == reach.user_id
    if referral.to_user_id is not None:
        return referral.to_user_id == reach.user_id
    if referral.to_post_id is not None:
        return referral.to_post is not None and referral.to_post.holder_id == reach.user_id
    return referral.to_department_id == reach.department_id


def is_officer(who: Who) -> bool:
    """Does `who` read answers before they go out?"""
    return may(who, "cartable.approve")


def sees_departments(who: Who) -> bool:
    """Does `who` see the work of whole departments, not only his own?"""
    scope = scope_of(who, "cartable.view")
    return scope is not None and scope.width >= Scope.TEAM.width
