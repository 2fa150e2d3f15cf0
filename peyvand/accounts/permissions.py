"""The registry of named permissions `app.action`; every app declares its own in `<app>/permissions.py`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.types import Scope

EVERY_SCOPE = tuple(Scope)
ONLY_ALL = (Scope.ALL,)
PLACES = (Scope.BRANCH, Scope.BRANCH_BELOW, Scope.ALL)


@dataclass(frozen=True)
class Permission:
    """A permission, what it is called, and the scopes that make sense for it."""

    name: str
    label: Promise
    scopes: tuple[Scope, ...] = EVERY_SCOPE

    @property
    def app(self) -> str:
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class Group:
    """The permissions of one app, under one heading of the role editor."""

    app: str
    label: Promise
    permissions: tuple[Permission, ...]


_groups: dict[str, Group] = {}


def register(app: str, label: Promise, permissions: Iterable[Permission]) -> None:
    """Declare the permissions of `app`; called once, when the app's `permissions` module is imported."""
    group = Group(app, label, tuple(permissions))
    strangers = [each.name for each in group.permissions if each.app != app]
    if strangers:
        raise ValueError(f"permissions of {app} start with «{app}.», not {', '.join(strangers)}")
    _groups[app] = group


def groups() -> list[Group]:
    """All declared permissions, by app, in the order of declaration."""
    return list(_groups.values())


def all_permissions() -> dict[str, Permission]:
    """Every declared permission by its name."""
    return {each.name: each for group in _groups.values() for each in group.permissions}


def is_known(name: str, scope: Scope | str) -> bool:
    """Is there such a permission, and does this scope make sense for it?"""
    found = all_permissions().get(name)
    return found is not None and scope in found.scopes


register(
    "accounts",
    _("People and access"),
    (
        Permission("accounts.manage", _("Manage users, branches, departments and roles"), PLACES),
        Permission("accounts.audit", _("Read the log of changes"), ONLY_ALL),
        Permission("accounts.token", _("Make tokens for the API"), (Scope.OWN, Scope.ALL)),
    ),
)
register(
    "core",
    _("System"),
    (
        Permission("core.operate", _("Settings, holidays, queue and health of the system"), ONLY_ALL),
        Permission("core.move", _("Take the whole installation out as one file"), ONLY_ALL),
    ),
)
