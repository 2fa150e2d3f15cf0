"""Who may do what: the only place where a permission is decided."""

from functools import partial

from django.db.models import Model
from django.utils import timezone

from peyvand.accounts.scoping import Placed, Who, reach_of, within
from peyvand.accounts.types import Scope
from peyvand.core.errors import NotAllowed
from peyvand.core.record_fields import Asked


def scope_of(who: Who, permission: str) -> Scope | None:
    """The widest scope in which `who` holds `permission`; None when he does not. A superuser has ALL."""
    return reach_of(who).scope(permission)


def may(who: Who, permission: str, obj: Placed | Model | None = None) -> bool:
    """May `who` do `permission` at all, or to `obj` (a model with `scope_fields`)?"""
    if obj is None:
        return scope_of(who, permission) is not None
    return within(who, permission, obj)


def require(who: Who, permission: str, obj: Placed | Model | None = None) -> None:
    """Raise NotAllowed unless `may(who, permission, obj)`."""
    if not may(who, permission, obj):
        raise NotAllowed


def may_everywhere(who: Who, permission: str) -> bool:
    """Is `permission` held without any limit of place?"""
    return scope_of(who, permission) is Scope.ALL


def require_everywhere(who: Who, permission: str) -> None:
    """Raise NotAllowed unless `permission` is held in the whole organisation."""
    if not may_everywhere(who, permission):
        raise NotAllowed


def may_give(who: Who, permission: str, scope: Scope | str) -> bool:
    """May `who` give others `permission` in `scope`? Only what he holds himself, as far as he holds it."""
    held = scope_of(who, permission)
    return held is not None and held.width >= Scope(scope).width


def asked_by(who: Who) -> Asked:
    """Return for whom the conditions of a list, a segment or an export are made, and now as the moment."""
    everywhere = partial(may_everywhere, who)
    return Asked(who=who, now=timezone.now(), may=partial(may, who), may_everywhere=everywhere)
