"""People: administration."""

from dataclasses import replace
from typing import Any

from ninja import Query
from pydantic import Field

from peyvand.accounts import services
from peyvand.accounts.models import Role, User
from peyvand.accounts.selectors import branches_visible_to, departments_visible_to, users_visible_to
from peyvand.accounts.types import UserDetails
from peyvand.api.accounts.schemas import PasswordIn, UserChange, UserIn, UserOut
from peyvand.api.kit import ApiRequest, Id, Page, Paged, PageQuery, named, named_or_none, page, router, visible
from peyvand.core.text import search_norm

users = router(tag="users", permission="accounts.manage")


class UserQuery(PageQuery):
    q: str = Field("", max_length=100)
    active: bool | None = None


def _places(user: User, given: UserIn | UserChange) -> None:
    """Refuse places and managers that the caller does not manage himself."""
    named_or_none(branches_visible_to(user), given.branch_id, field="branch_id")
    named_or_none(departments_visible_to(user), given.department_id, field="department_id")
    named_or_none(users_visible_to(user), given.manager_id, field="manager_id")


def _roles(ids: list[int]) -> list[Role]:
    return [named(Role.objects.all(), pk, field="role_ids") for pk in dict.fromkeys(ids)]


def _details(user: User) -> UserDetails:
    kept = {name: getattr(user, name) for name in UserDetails.__dataclass_fields__}
    return UserDetails(**kept)


@users.get("", response=Paged[UserOut])
def index(request: ApiRequest, query: Query[UserQuery]) -> Page[User]:
    """People that I manage, by name; `q` finds names, logins and addresses."""
    found = users_visible_to(request.auth.user)
    if query.active is not None:
        found = found.filter(is_active=query.active)
    return page(found.filter(search__contains=search_norm(query.q)), query, order=("sort_key", "id"))


@users.get("/{int:id}", response=UserOut)
def show(request: ApiRequest, id: Id) -> User:
    """One person."""
    return visible(users_visible_to(request.auth.user), id)


@users.post("", response=UserOut)
def create(request: ApiRequest, payload: UserIn) -> User:
    """Add a person, with roles; without a password he cannot log in yet."""
    actor = request.auth.user
    _places(actor, payload)
    details = UserDetails(**payload.model_dump(exclude={"password", "role_ids"}))
    made = services.create_user(actor=actor, details=details, password=payload.password, roles=_roles(payload.role_ids))
    return visible(users_visible_to(actor), made.pk)


@users.patch("/{int:id}", response=UserOut)
def change(request: ApiRequest, id: Id, payload: UserChange) -> User:
    """Change the given fields of a person."""
    actor = request.auth.user
    user = visible(users_visible_to(actor), id)
    _places(actor, payload)
    services.change_user(actor=actor, user=user, details=replace(_details(user), **_given(payload)))
    return visible(users_visible_to(actor), id)


def _given(payload: UserChange) -> dict[str, Any]:
    """What was sent; null empties a place and is no value for the rest."""
    sent = payload.model_dump(exclude_unset=True)
    return {name: value for name, value in sent.items() if value is not None or name.endswith("_id")}


@users.post("/{int:id}/deactivate", response=UserOut, status=200)
def deactivate(request: ApiRequest, id: Id) -> User:
    """Close a person's access at once; sessions and tokens end."""
    user = visible(users_visible_to(request.auth.user), id)
    return services.deactivate_user(actor=request.auth.user, user=user)


@users.post("/{int:id}/activate", response=UserOut, status=200)
def activate(request: ApiRequest, id: Id) -> User:
    """Open a person's access again."""
    user = visible(users_visible_to(request.auth.user), id)
    return services.activate_user(actor=request.auth.user, user=user)


@users.put("/{int:id}/password", response=None, secret=True)
def set_password(request: ApiRequest, id: Id, payload: PasswordIn) -> None:
    """Give a person a new password; all his sessions end."""
    user = visible(users_visible_to(request.auth.user), id)
    services.set_password(actor=request.auth.user, user=user, password=payload.password)


@users.put("/{int:id}/roles/{int:role_id}", response=UserOut)
def grant(request: ApiRequest, id: Id, role_id: Id) -> User:
    """Let a person hold a role; again changes nothing."""
    actor = request.auth.user
    user = visible(users_visible_to(actor), id)
    services.grant_role(actor=actor, user=user, role=visible(Role.objects.all(), role_id))
    return visible(users_visible_to(actor), id)


@users.delete("/{int:id}/roles/{int:role_id}")
def revoke(request: ApiRequest, id: Id, role_id: Id) -> None:
    """Take a role from a person, at once."""
    user = visible(users_visible_to(request.auth.user), id)
    services.revoke_role(actor=request.auth.user, user=user, role=visible(Role.objects.all(), role_id))
