"""Questions about people and their places."""

from collections.abc import Callable, Sequence
from datetime import time, timedelta

from allauth.usersessions.models import UserSession
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from peyvand.accounts.leave import away_today
from peyvand.accounts.models import ApiToken, Branch, Department, Post, Role, RoleGrant, User
from peyvand.accounts.policies import scope_of
from peyvand.accounts.scoping import fields_q, reach_of
from peyvand.accounts.types import ORGANISATION_NAME, WORKING_HOURS, ReferralTarget, Scope
from peyvand.core.models import Holiday, Setting
from peyvand.core.text import search_norm
from peyvand.core.working_time import IRANIAN_HOURS, Hours

MANAGE = "accounts.manage"
Workload = Callable[[Sequence[int]], dict[int, int]]


def users_visible_to(user: User) -> QuerySet[User]:
    """The people that `user` manages, with their place and roles."""
    grants = Prefetch("grants", queryset=RoleGrant.objects.select_related("role"))
    return (
        User.objects.filter(fields_q(user, MANAGE, User.scope_fields))
        .select_related("branch", "department", "manager")
        .prefetch_related(grants)
    )


def branches_visible_to(user: User) -> QuerySet[Branch]:
    """The branches that `user` manages, a parent before its children."""
    return Branch.objects.filter(fields_q(user, MANAGE, Branch.scope_fields)).order_by("path")


def branches_with_counts(user: User) -> QuerySet[Branch]:
    """The branches that `user` manages with `people` and `places`: active users and open departments in each."""
    return branches_visible_to(user).annotate(
        people=Count("users", filter=Q(users__is_active=True), distinct=True),
        places=Count("departments", filter=Q(departments__is_active=True), distinct=True),
    )


def departments_visible_to(user: User) -> QuerySet[Department]:
    """The departments that `user` manages."""
    rows = Department.objects.filter(fields_q(user, MANAGE, Department.scope_fields))
    return rows.select_related("branch").order_by("branch__path", "name")


def posts_visible_to(user: User) -> QuerySet[Post]:
    """The posts of the departments that `user` manages."""
    rows = Post.objects.filter(fields_q(user, MANAGE, Post.scope_fields))
    return rows.select_related("department__branch", "holder").order_by("department__name", "title")


def roles_with_counts() -> QuerySet[Role]:
    """All roles with their permissions and holders."""
    return Role.objects.prefetch_related("permissions", "grants").order_by("id")


def administrators() -> QuerySet[User]:
    """Active people who manage everything."""
    everywhere = User.objects.filter(
        grants__role__permissions__permission=MANAGE, grants__role__permissions__scope=Scope.ALL
    )
    return User.objects.filter(is_active=True).filter(pk__in=everywhere.values("pk")) | User.objects.filter(
        is_active=True, is_superuser=True
    )


def referral_targets(
    user: User, query: str = "", *, workload: Workload | None = None, limit: int = 20
) -> list[ReferralTarget]:
    """People, posts, departments and branches that match `query`, `user`'s own branch first; active ones only.

    workload: given user ids, returns how much open work each has. One may refer to anybody in the
    organisation: to see work is a matter of scope, to pass it on is not.
    """
    wanted = search_norm(query)
    people = list(_people(user, wanted)[:limit])
    places = _posts(user, wanted) + _departments(user, wanted) + _branches(user, wanted)
    loads = workload([person.pk for person in people]) if workload and people else {}
    found = [_person(person, loads.get(person.pk)) for person in people]
    share = max(limit - len(places), limit // 2)
    return (found[:share] + places)[:limit]


def _people(user: User, wanted: str) -> list[User]:
    rows = User.objects.filter(is_active=True).exclude(pk=user.pk).select_related("department", "branch")
    if wanted:
        rows = rows.filter(search__contains=wanted)
    return sorted(rows.order_by("sort_key")[:200], key=lambda each: each.branch_id != user.branch_id)


def _person(person: User, load: int | None) -> ReferralTarget:
    detail = str(person.department or person.branch or "")
    hue = person.department.hue if person.department else 1
    away = away_today().get(person.pk)
    return ReferralTarget(kind="user", id=person.pk, label=str(person), detail=detail, hue=hue, load=load, away=away)


def _posts(user: User, wanted: str) -> list[ReferralTarget]:
    rows = Post.objects.filter(holder__is_active=True, department__is_active=True)
    posts = sorted(
        rows.select_related("holder", "department").order_by("title"),
        key=lambda each: each.department.branch_id != user.branch_id,
    )
    return [
        ReferralTarget(
            kind="post",
            id=each.pk,
            label=each.title,
            detail=str(each.holder),
            hue=each.department.hue,
            away=away_today().get(each.holder_id or 0),
        )  # fmt: skip
        for each in posts
        if wanted in search_norm(f"{each.title} {each.holder} {each.department}")
    ]


def _departments(user: User, wanted: str) -> list[ReferralTarget]:
    rows = Department.objects.filter(is_active=True, branch__is_active=True).select_related("branch").order_by("name")
    places = sorted(rows, key=lambda each: each.branch_id != user.branch_id)
    return [
        ReferralTarget(kind="department", id=each.pk, label=each.name, detail=each.branch.name, hue=each.hue)
        for each in places
        if wanted in search_norm(f"{each.name} {each.branch}")
    ]


def _branches(user: User, wanted: str) -> list[ReferralTarget]:
    rows = Branch.objects.filter(is_active=True, departments__is_active=True).distinct().order_by("path")
    places = sorted(rows, key=lambda each: each.pk != user.branch_id)
    return [
        ReferralTarget(kind="branch", id=each.pk, label=each.name, detail=each.city, hue=1)
        for each in places
        if wanted in search_norm(f"{each.name} {each.city}")
    ]


def live_groups(user: User, permission: str = "cartable.view") -> set[str]:
    """The audiences of live news that `user` may hear: himself, all, and the departments in his scope."""
    scope = scope_of(user, permission)
    reach = reach_of(user)
    heard = {f"user:{user.pk}", "all"}
    if reach.department_id is not None:
        heard.add(f"department:{reach.department_id}")
    if scope is None or scope.width < Scope.BRANCH.width:
        return heard
    rows = Department.objects.filter(fields_q(user, permission, Department.scope_fields))
    return heard | {f"department:{number}" for number in rows.values_list("pk", flat=True)}


def sessions_of(user: User) -> list[UserSession]:
    """Where `user` is logged in now, the latest first."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda each: each.last_seen_at, reverse=True)


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """`user`'s tokens that still work, the newest first."""
    return ApiToken.objects.filter(user=user, revoked_at=None).order_by("-id")


def organisation_name() -> str:
    """The organisation's name as people set it; empty before that."""
    found = Setting.objects.filter(name=ORGANISATION_NAME).values_list("value", flat=True).first()
    return str(found or "")


def working_hours() -> Hours:
    """When work is done, by weekday (Monday is 0); the usual Iranian hours before anybody set others."""
    stored = Setting.objects.filter(name=WORKING_HOURS).values_list("value", flat=True).first()
    if not stored:
        return IRANIAN_HOURS
    return {
        int(day): [(time.fromisoformat(start), time.fromisoformat(end)) for start, end in spans]
        for day, spans in stored.items()
    }


def holidays_from_today(*, most: int = 200) -> QuerySet[Holiday]:
    """Coming days off, the nearest first, with those of the last year."""
    return Holiday.objects.filter(day__gte=timezone.localdate() - timedelta(days=365)).order_by("day")[:most]
