"""Kinds, departments and reviewers to choose from: they change rarely, so a process believes them for a few seconds."""

from collections.abc import Iterable

from django.db.models import Q

from peyvand.accounts.models import Department, RoleGrant, User
from peyvand.accounts.types import Scope
from peyvand.cartable.models import Kind, ReferralAction, Request
from peyvand.core.known import Known
from peyvand.parties.models import Tag

MOST_REVIEWERS = 50
Person = tuple[str, int, str]  # sort key, id, name


def _departments(_key: None) -> dict[int, Department]:
    return Department.objects.order_by("branch_id", "name").in_bulk()


def _kinds(_key: None) -> list[Kind]:
    return list(Kind.objects.filter(is_active=True).order_by("position", "pk"))


def _actions(_key: None) -> dict[int, ReferralAction]:
    return ReferralAction.objects.order_by("position", "pk").in_bulk()


def _approvers(place: tuple[int, int]) -> list[Person]:
    """Who may approve answers in a (branch, department): active, with a scope that reaches it."""
    branch, department = place
    scope = "role__permissions__scope"
    wide = Q(**{f"{scope}__in": [Scope.ALL, Scope.BRANCH_BELOW]})
    near = Q(**{scope: Scope.BRANCH}, user__branch=branch)
    team = Q(**{scope: Scope.TEAM}, user__department=department)
    held = RoleGrant.objects.filter(wide | near | team, role__permissions__permission="cartable.approve")
    rows = User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("sort_key", "id")
    return [_person(user) for user in rows.only("username", "full_name", "sort_key")[:MOST_REVIEWERS]]


def _tags(_key: None) -> dict[int, Tag]:
    return {tag.pk: tag for tag in Tag.objects.order_by("name")}


_known_departments = Known(_departments)
_known_kinds = Known(_kinds)
_known_actions = Known(_actions)
_known_tags = Known(_tags)
_known_approvers = Known(_approvers)


def kinds() -> list[Kind]:
    """The kinds of request that may be chosen."""
    return _known_kinds(None)


def tags() -> dict[int, Tag]:
    """The tags of the business, in the order of their names."""
    return _known_tags(None)


def tags_of(request: Request) -> list[Tag]:
    """The tags that a request carries; one that is new is read at once."""
    if not request.tag_ids:
        return []
    known = tags()
    missing = [pk for pk in request.tag_ids if pk not in known]
    known = known | Tag.objects.in_bulk(missing) if missing else known
    return [known[pk] for pk in request.tag_ids if pk in known]


def referral_actions() -> dict[int, ReferralAction]:
    """What referrals ask for, in order, those out of use with them."""
    return _known_actions(None)


def departments() -> list[Department]:
    """The departments that may be chosen, those of a branch together."""
    return sorted((one for one in _known_departments(None).values() if one.is_active), key=_place)


def departments_by_id(ids: Iterable[int]) -> dict[int, Department]:
    """These departments, active or not; one that is new is read at once."""
    known, wanted = _known_departments(None), set(ids)
    missing = wanted - known.keys()
    return known | Department.objects.in_bulk(missing) if missing else known


def reviewers_of(request: Request) -> list[tuple[int, str]]:
    """Id and name of those who may be asked to review an answer to this request: who may approve where it stands, and
    its officer.
    """
    people = _known_approvers((request.branch_id, request.department_id))
    officer = request.officer
    if officer is not None and officer.is_active and all(pk != officer.pk for _key, pk, _name in people):
        people = sorted([*people, _person(officer)])
    return [(pk, name) for _key, pk, name in people]


def approvers_anywhere() -> list[tuple[int, str]]:
    """Id and name of all active people who may approve answers somewhere."""
    held = RoleGrant.objects.filter(role__permissions__permission="cartable.approve")
    rows = User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("sort_key", "id")
    return [(user.pk, str(user)) for user in rows.only("username", "full_name", "sort_key")]


def _person(user: User) -> Person:
    return user.sort_key, user.pk, str(user)


def _place(department: Department) -> tuple[int, str]:
    return department.branch_id, department.name
