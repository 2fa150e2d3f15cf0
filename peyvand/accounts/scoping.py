"""A scope as a database condition and as a plain test; both must always agree (there is a test)."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from peyvand.accounts.context import Actor
from peyvand.accounts.models import Branch, Notification, Post, RoleGrant, Substitution, User, now_running
from peyvand.accounts.types import Reach, Scope, ScopeFields

Who = User | Actor | AnonymousUser | None
NOBODY = Reach(user_id=0)
NOTHING = Q(pk__in=[])


class Placed(Protocol):
    """A record that knows where its place is kept."""

    @property
    def scope_fields(self) -> ScopeFields: ...


def reach_of(who: Who) -> Reach:
    """What `who` may do and where he stands: one query, remembered on the user object for this request."""
    user = who.user if isinstance(who, Actor) else who
    if not isinstance(user, User) or not user.is_active or user.pk is None:
        return NOBODY
    if user.reach is None:
        user.reach = _read(user)
    return user.reach


class _Place(NamedTuple):
    """One user's own columns of the query below."""

    everything: bool = False
    department: int | None = None
    branch: int | None = None
    branches: Sequence[int] | None = None
    people: Sequence[int] | None = None
    posts: Sequence[int] | None = None
    has_news: bool = False
    stands_in: Sequence[int] | None = None  # person × 4 + bits of `Substitution.Work`


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """The query of `_read` and its values but the last, which is the user's id.

    Made once per process: every request asks it, and making it costs ten times what running it does.
    """
    below = ArraySubquery(Branch.objects.filter(path__startswith=OuterRef("branch__path")).values("pk"))
    team = ArraySubquery(User.objects.filter(manager_id=OuterRef("pk")).values("pk"))
    posts = ArraySubquery(Post.objects.filter(holder_id=OuterRef("pk")).values("pk"))
    stands = Substitution.objects.filter(now_running(), substitute=OuterRef("pk"), person__is_active=True)
    stands_in = ArraySubquery(stands.annotate(code=F("person_id") * 4 + F("work")).values("code"))
    news = Exists(Notification.objects.filter(user=OuterRef("pk"), read_at=None))
    rows = User.objects.filter(pk=0).values_list(
        "is_superuser", "department_id", "branch_id", below, team, posts, news, stands_in,
        "grants__role__permissions__permission", "grants__role__permissions__scope",
    )  # fmt: skip
    text, parameters = rows.query.sql_with_params()
    if parameters[-1] != 0:
        raise ValueError("the id of the user has to be the last value of this statement")
    return str(text), parameters[:-1]


def _read(user: User) -> Reach:
    """Read grants, the branches below, the team, the posts, for whom he stands in and whether news waits: one query."""
    with connection.cursor() as cursor:
        statement, values = _statement()
        cursor.execute(statement, [*values, user.pk])
        rows = cursor.fetchall()
    scopes: dict[str, Scope] = {}
    place = _Place()
    for *own, permission, scope in rows:
        place = _Place(*own)
        if permission is not None:
            found = Scope(scope)
            if permission not in scopes or scopes[permission].width < found.width:
                scopes[permission] = found
    return Reach(
        user_id=user.pk,
        everything=place.everything,
        department_id=place.department,
        branch_id=place.branch,
        below=frozenset(place.branches or ()),
        team=frozenset(place.people or ()),
        posts=frozenset(place.posts or ()),
        scopes=scopes,
        token_scopes=None if user.token is None else frozenset(user.token.scopes),
        has_news=place.has_news,
        desks=_whose(place.stands_in, Substitution.Work.DESK),
        reviews=_whose(place.stands_in, Substitution.Work.REVIEWS),
    )


def _whose(stands_in: Sequence[int] | None, work: Substitution.Work) -> frozenset[int]:
    return frozenset(code // 4 for code in stands_in or () if code & work)


def scope_q(
    who: Who,
    permission: str,
    *,
    own: tuple[str, ...] = ("assignee_id",),
    department: str | None = "department_id",
    branch: str | None = "branch_id",
) -> Q:
    """The condition for the rows that `who` reaches with `permission`; every `visible_to` starts with it.

    own, department, branch: look-up paths from the model to user ids, a department id and a branch id
    (`department__branch_id` is fine); None where the model has no such place.
    """
    return fields_q(who, permission, ScopeFields(own=own, department=department, branch=branch))


def fields_q(who: Who, permission: str, fields: ScopeFields) -> Q:
    """The same as `scope_q` for a model that declares its `scope_fields`."""
    reach = reach_of(who)
    scope = reach.scope(permission)
    if scope is None:
        return NOTHING
    if scope is Scope.ALL:
        return Q()
    wanted = NOTHING
    people = _people(reach, scope)
    for path in fields.own:
        wanted |= Q(**{f"{path}__in": people})
    if fields.department and scope.width >= Scope.TEAM.width and reach.department_id is not None:
        wanted |= Q(**{fields.department: reach.department_id})
    branches = _branches(reach, scope)
    if fields.branch and branches:
        wanted |= Q(**{f"{fields.branch}__in": branches})
    return wanted


def within(who: Who, permission: str, thing: Placed | Model, fields: ScopeFields | None = None) -> bool:
    """Does `who` reach this record with `permission`? The same rule as `fields_q`, without a query."""
    place = fields if fields is not None else getattr(thing, "scope_fields", None)
    if place is None:
        raise TypeError(f"{type(thing).__name__} has no scope_fields, so no permission can be asked for one of it")
    reach = reach_of(who)
    scope = reach.scope(permission)
    if scope is None or scope is Scope.ALL:
        return scope is Scope.ALL
    people = _people(reach, scope)
    if any(_value(thing, path) in people for path in place.own):
        return True
    if place.department and scope.width >= Scope.TEAM.width and reach.department_id is not None:
        if _value(thing, place.department) == reach.department_id:
            return True
    return bool(place.branch) and _value(thing, place.branch or "") in _branches(reach, scope)


def who_reach(permission: str, thing: Placed | Model, fields: ScopeFields | None = None) -> QuerySet[User]:
    """The active people who reach this record with `permission`: the same rule as `within`, asked the other way."""
    place = fields if fields is not None else getattr(thing, "scope_fields", None)
    if place is None:
        raise TypeError(f"{type(thing).__name__} has no scope_fields, so no permission can be asked for one of it")
    owners = {owner for path in place.own if isinstance(owner := _value(thing, path), int)}
    department = _value(thing, place.department) if place.department else None
    branch_id = _value(thing, place.branch) if place.branch else None
    branch = Branch.objects.filter(pk=branch_id).first() if isinstance(branch_id, int) else None
    above = [int(part) for part in branch.path.split("/") if part.isdigit()] if branch else []
    held = RoleGrant.objects.filter(user=OuterRef("pk"), role__permissions__permission=permission)
    wide = _held(held, [each for each in Scope if each.width >= Scope.TEAM.width])
    wanted = Q(is_superuser=True) | _held(held, [Scope.ALL]) | (Q(pk__in=owners) & _held(held, list(Scope)))
    wanted |= Q(Exists(User.objects.filter(manager=OuterRef("pk"), pk__in=owners))) & wide
    if department is not None:
        wanted |= Q(department=department) & wide
    if branch is not None:
        wanted |= Q(branch=branch) & _held(held, [Scope.BRANCH])
        wanted |= Q(branch__in=above) & _held(held, [Scope.BRANCH_BELOW])
    return User.objects.filter(wanted, is_active=True)


def _held(grants: QuerySet[RoleGrant], scopes: list[Scope]) -> Q:
    return Q(Exists(grants.filter(role__permissions__scope__in=scopes)))


def _people(reach: Reach, scope: Scope) -> list[int]:
    return [reach.user_id, *sorted(reach.team)] if scope.width >= Scope.TEAM.width else [reach.user_id]


def _branches(reach: Reach, scope: Scope) -> list[int]:
    if scope is Scope.BRANCH:
        return [] if reach.branch_id is None else [reach.branch_id]
    return sorted(reach.below) if scope is Scope.BRANCH_BELOW else []


def _value(thing: object, path: str) -> object:
    value: object = thing
    for part in path.split("__"):
        value = None if value is None else getattr(value, part)
    return value
