"""Roles: named permissions with scopes, and who holds them."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from peyvand.accounts.errors import NameTaken, StillInUse, UnknownPermission, WiderThanYou
from peyvand.accounts.models import Role, RoleGrant, RolePermission, User
from peyvand.accounts.permissions import is_known
from peyvand.accounts.policies import may_give
from peyvand.accounts.services.rules import (
    hold_administrators,
    keep_an_administrator,
    require_manage,
    require_manage_all,
    require_manage_person,
    title,
)
from peyvand.accounts.types import Scope


@transaction.atomic
def grant_role(*, actor: User | None, user: User, role: Role) -> RoleGrant:
    """Let `user` hold `role`; again changes nothing. Errors: NotAllowed, WiderThanYou."""
    require_manage(actor, user)
    _require_not_wider(actor, {each.permission: Scope(each.scope) for each in role.permissions.all()})
    grant, _new = RoleGrant.objects.get_or_create(user=user, role=role)
    user.reach = None
    return grant


@transaction.atomic
def revoke_role(*, actor: User | None, user: User, role: Role) -> None:
    """Take `role` from `user`, at once. Errors: NotAllowed, LastAdministrator."""
    require_manage_person(actor, user)
    hold_administrators()
    RoleGrant.objects.filter(user=user, role=role).delete()
    user.reach = None
    keep_an_administrator()


@transaction.atomic
def set_roles(*, actor: User | None, user: User, roles: Iterable[Role]) -> None:
    """Let `user` hold exactly `roles`. Errors: as `grant_role` and `revoke_role`; nothing changes then."""
    wanted = {role.pk: role for role in roles}
    held = {grant.role_id: grant.role for grant in user.grants.select_related("role")}
    require_manage_person(actor, user)
    for pk in sorted(wanted.keys() - held.keys()):
        grant_role(actor=actor, user=user, role=wanted[pk])
    for pk in sorted(held.keys() - wanted.keys()):
        revoke_role(actor=actor, user=user, role=held[pk])


@transaction.atomic
def create_role(
    *, actor: User | None, name: str, permissions: Mapping[str, Scope | str], name_en: str = "", description: str = ""
) -> Role:
    """Define a role. Errors: NotAllowed, WiderThanYou, UnknownPermission, Invalid, NameTaken."""
    require_manage_all(actor)
    role = Role()
    _write(role, name=name, name_en=name_en, description=description)
    _set_permissions(actor, role, permissions)
    return role


@transaction.atomic
def change_role(
    *,
    actor: User | None,
    role: Role,
    name: str,
    permissions: Mapping[str, Scope | str],
    name_en: str = "",
    description: str = "",
) -> Role:
    """Change what a role is called and may do; it counts from the next request on.

    Errors: as `create_role`, LastAdministrator.
    """
    require_manage_all(actor)
    hold_administrators()
    _write(role, name=name, name_en=name_en, description=description)
    _set_permissions(actor, role, permissions)
    keep_an_administrator()
    return role


@transaction.atomic
def delete_role(*, actor: User | None, role: Role) -> None:
    """Remove a role that nobody holds. Errors: NotAllowed, StillInUse."""
    require_manage_all(actor)
    try:
        with transaction.atomic():
            role.delete()
    except ProtectedError as error:
        raise StillInUse from error


def _write(role: Role, *, name: str, name_en: str, description: str) -> None:
    role.name, role.name_en = title(name, longest=80), name_en.strip()[:80]
    role.description = description.strip()[:255]
    try:
        with transaction.atomic():
            role.save()
    except IntegrityError as error:
        raise NameTaken(fields={"name": "taken"}) from error


def _set_permissions(actor: User | None, role: Role, wanted: Mapping[str, Scope | str]) -> None:
    unknown = [name for name, scope in wanted.items() if not is_known(name, scope)]
    if unknown:
        raise UnknownPermission(fields=dict.fromkeys(unknown, "unknown"))
    held = {each.permission: each for each in role.permissions.all()}
    changed = {name: Scope(scope) for name, scope in wanted.items() if name not in held or held[name].scope != scope}
    _require_not_wider(actor, changed)
    role.permissions.exclude(permission__in=wanted).delete()
    for name, scope in changed.items():
        RolePermission.objects.update_or_create(role=role, permission=name, defaults={"scope": scope.value})


def _require_not_wider(actor: User | None, permissions: Mapping[str, Scope]) -> None:
    if actor is not None and not all(may_give(actor, name, scope) for name, scope in permissions.items()):
        raise WiderThanYou
