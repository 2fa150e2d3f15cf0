"""What a new installation needs before anybody can log in."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from peyvand.accounts.models import Branch, Role, RolePermission, User
from peyvand.accounts.permissions import all_permissions, is_known
from peyvand.accounts.services.organisation import create_branch, create_department
from peyvand.accounts.services.people import create_user
from peyvand.accounts.services.roles import grant_role
from peyvand.accounts.services.rules import hold_administrators
from peyvand.accounts.starter_roles import STARTER_ROLES, StarterRole
from peyvand.accounts.types import Scope, UserDetails

FIRST_USERNAME = "admin"


@transaction.atomic
def ensure_starter_roles() -> dict[str, Role]:
    """Make the starter roles that are missing and return all by code; what people changed is left alone.

    Only the administrator's role grows: a permission that a new version brought is added to it.
    """
    hold_administrators()
    have = {role.code: role for role in Role.objects.exclude(code="")}
    names = set(Role.objects.values_list("name", flat=True))
    fresh = [
        Role(code=each.code, name=_free(each.name, names), name_en=each.name_en, description=each.description)
        for each in STARTER_ROLES
        if each.code not in have
    ]
    made = {role.code: role for role in Role.objects.bulk_create(fresh)}
    known = have | made
    rows = [
        RolePermission(role=known[each.code], permission=name, scope=scope.value)
        for each in STARTER_ROLES
        if each.code in made or each.everything
        for name, scope in _wanted(each).items()
    ]
    RolePermission.objects.bulk_create(rows, ignore_conflicts=True)
    return known


@transaction.atomic
def create_first_admin(*, full_name: str = "مدیر سامانه") -> str | None:
    """Make the first administrator when there is nobody yet; return his password, which is shown once."""
    roles = ensure_starter_roles()
    if User.objects.exists():
        return None
    password = "-".join(secrets.token_hex(2) for _part in range(4))
    user = create_user(actor=None, details=UserDetails(username=FIRST_USERNAME, full_name=full_name), password=password)
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    grant_role(actor=None, user=user, role=roles["administrator"])
    return password


@transaction.atomic
def ensure_first_department() -> None:
    """Make a branch with a department where there is no branch, so that a first mailbox brings its mail somewhere."""
    if not Branch.objects.exists():
        office = create_branch(actor=None, name=_("Head office"))
        create_department(actor=None, name=_("Customer relations"), branch=office)


def _wanted(role: StarterRole) -> dict[str, Scope]:
    if role.everything:
        return {name: permission.scopes[-1] for name, permission in all_permissions().items()}
    return {name: scope for name, scope in role.permissions.items() if is_known(name, scope)}


def _free(name: str, taken: set[str]) -> str:
    number = 2
    candidate = name
    while candidate in taken:
        candidate, number = f"{name} {number}", number + 1
    return candidate
