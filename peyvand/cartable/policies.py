"""Who may do what to a request. Pure but for one look at open referrals."""

from django.db.models import Q

from peyvand.accounts.policies import may, scope_of
from peyvand.accounts.scoping import Who, reach_of, within
from peyvand.accounts.types import Scope
from peyvand.cartable.models import OPEN_REFERRAL, SEE_BLIND, Referral, Request, referred_to_q, sent_q

VIEW = "cartable.view"


def is_holder(who: Who, request: Request) -> bool:
    """Does `who` hold the request: as its assignee, as holder of the post, or as one of the department?

    Who stands in for its holder does not: `stands_in`.
    """
    reach = reach_of(who)
    if request.assignee_id is not None:
        return request.assignee_id == reach.user_id
    if request.post_id is not None:
        return request.post is not None and request.post.holder_id == reach.user_id
    return request.department_id == reach.department_id


def stands_in(who: Who, request: Request) -> int | None:
    """The colleague on leave who holds the request or reviews its answers and in whose place `who` is today.

    Of a confidential request nobody's, unless he may see it anyway: `visible_to` says that first.
    """
    reach = reach_of(who)
    in_review = request.status == Request.Status.REVIEW
    if request.assignee_id in (reach.reviews if in_review else reach.desks):
        return request.assignee_id
    if request.assignee_id is None and request.post is not None and request.post.holder_id in reach.desks:
        return request.post.holder_id
    return request.officer_id if request.officer_id in reach.reviews else None


def instead_of(who: Who, request: Request) -> int | None:
    """In whose place `who` acts on a request that came to another; None when it is his own work, too.

    One look at the open referrals, and that only for who stands in for somebody.
    """
    reach = reach_of(who)
    if not reach.desks | reach.reviews or is_holder(who, request) or request.officer_id == reach.user_id:
        return None
    found = stands_in(who, request)
    if found is not None or not reach.desks:
        return found
    there = Referral.objects.filter(request=request, state__in=OPEN_REFERRAL).select_related("to_post")
    came = [addressee(who, one) for one in there.order_by("-role", "-id")]
    return None if reach.user_id in came else next((one for one in came if one is not None), None)


def may_act(who: Who, permission: str, request: Request) -> bool:
    """May `who` do `permission` to this request?

    In the scope of the permission, or because the request came to him: he holds it, an open referral (not a copy) names
    him, his post, his department or branch, he referred it and kept it, too, or all this is so of a colleague on leave
    for whom he stands in. A permission that is not held at all
    is never given by holding a request.
    """
    if scope_of(who, permission) is None:
        return False
    if within(who, permission, request) or is_holder(who, request) or stands_in(who, request) is not None:
        return True
    kept = sent_q(who) & Q(keep=True)
    originals = Referral.objects.filter(request=request, state__in=OPEN_REFERRAL, role=Referral.Role.ORIGINAL)
    return originals.filter(referred_to_q(who) | kept).exists()


def is_addressee(who: Who, referral: Referral) -> bool:
    """Is this referral for `who`: himself, the post that he holds, his place, or one for whom he stands in?"""
    return addressee(who, referral) is not None


def addressee(who: Who, referral: Referral) -> int | None:
    """Whose referral it is for `who`: his own id, or that of the colleague on leave whose place he takes; None."""
    reach = reach_of(who)
    person = referral.taken_by_id or referral.to_user_id
    if person is None and referral.to_post_id is not None:
        person = referral.to_post.holder_id if referral.to_post is not None else None
    elif person is None:
        in_branch = referral.to_branch_id is not None and referral.to_branch_id == reach.branch_id
        in_department = referral.to_department_id is not None and referral.to_department_id == reach.department_id
        return reach.user_id if in_branch or in_department else None
    return person if person == reach.user_id or person in reach.desks else None


def is_sender(who: Who, referral: Referral) -> bool:
    """Did `who` make this referral, or a substitute in his place, or one for whom he stands in today?"""
    reach = reach_of(who)
    return not {referral.by_id, referral.instead_of_id}.isdisjoint({reach.user_id} | reach.desks)


def knows_of(who: Who, referral: Referral) -> bool:
    """May `who` know of this referral of a request that he sees? The rule of `known_to`, without a query."""
    if referral.role != Referral.Role.BLIND or may(who, SEE_BLIND):
        return True
    return reach_of(who).user_id in (referral.by_id, referral.instead_of_id) or is_addressee(who, referral)


def is_officer(who: Who) -> bool:
    """Does `who` read answers before they go out?"""
    return may(who, "cartable.approve")


def sees_departments(who: Who) -> bool:
    """Does `who` see the work of whole departments, not only his own?"""
    scope = scope_of(who, "cartable.view")
    return scope is not None and scope.width >= Scope.TEAM.width
