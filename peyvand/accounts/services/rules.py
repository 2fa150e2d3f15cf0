"""Checks that several services share."""

from django.db import connection
from django.db.models import Model, Q

from peyvand.accounts.errors import AboveYou, LastAdministrator
from peyvand.accounts.models import User
from peyvand.accounts.policies import may_give, require, require_everywhere
from peyvand.accounts.scoping import Placed, reach_of
from peyvand.accounts.types import Scope
from peyvand.core.errors import Invalid
from peyvand.core.text import display_norm

MANAGE = "accounts.manage"
_ADMINISTRATORS_LOCK = 0x50_65_79_01


def require_manage(actor: User | None, obj: Placed | Model | None = None) -> None:
    """Raise NotAllowed unless `actor` manages people here; the installation itself may."""
    if actor is not None:
        require(actor, MANAGE, obj)


def require_manage_all(actor: User | None) -> None:
    """Raise NotAllowed unless `actor` manages people everywhere: roles belong to the whole organisation."""
    if actor is not None:
        require_everywhere(actor, MANAGE)


def require_manage_person(actor: User | None, user: User) -> None:
    """As `require_manage`, and nobody manages a person who may do more than himself (he could become that person)."""
    require_manage(actor, user)
    if actor is None or actor.pk == user.pk:
        return
    own, theirs = reach_of(actor), reach_of(user)
    if theirs.everything and not own.everything:
        raise AboveYou
    if not all(may_give(actor, name, scope) for name, scope in theirs.scopes.items()):
        raise AboveYou


def hold_administrators() -> None:
    """Let one transaction at a time take rights away, so that two cannot each remove the other's administrator."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADMINISTRATORS_LOCK])


def keep_an_administrator() -> None:
    """Raise LastAdministrator when nobody active is left who manages everything (call after the write)."""
    by_role = Q(grants__role__permissions__permission=MANAGE, grants__role__permissions__scope=Scope.ALL)
    if not User.objects.filter(Q(is_superuser=True) | by_role, is_active=True).exists():
        raise LastAdministrator


def title(text: str, *, field: str = "name", longest: int = 120) -> str:
    """A name as it is kept; Invalid when it is empty or too long."""
    clean = display_norm(text)
    if not clean:
        raise Invalid(fields={field: "required"})
    if len(clean) > longest:
        raise Invalid(fields={field: "too_long"})
    return clean
