"""The kinds of relations of a business: its own beside those that everybody has."""

import secrets
from dataclasses import dataclass

from django.db import transaction

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.errors import Conflict, Invalid
from peyvand.core.text import display_norm
from peyvand.parties.errors import NameMissing
from peyvand.parties.models import Party, Relation, RelationType

SHAPE = "parties.shape"
LONGEST = 60


@dataclass(frozen=True, kw_only=True)
class KindDetails:
    """Names of what the source is to the target, and back; kinds of party of both sides (empty: any)."""

    name_fa: str
    name_en: str = ""
    inverse_fa: str = ""
    inverse_en: str = ""
    from_kinds: str = ""
    to_kinds: str = ""
    is_symmetric: bool = False
    is_tree: bool = False


@transaction.atomic
def create_kind(*, actor: User | None, details: KindDetails) -> RelationType:
    """Add a kind of relations. Errors: NotAllowed, NameMissing, Invalid."""
    _require(actor)
    kind = RelationType(code=f"own-{secrets.token_hex(6)}")
    _write(kind, details)
    kind.is_symmetric, kind.is_tree = details.is_symmetric, details.is_tree and not details.is_symmetric
    kind.save()
    return kind


@transaction.atomic
def change_kind(*, actor: User | None, kind: RelationType, details: KindDetails) -> RelationType:
    """Rename a kind and say which customers it fits; its shape never changes, for rows stand on it.

    Errors: NotAllowed, NameMissing, Invalid.
    """
    _require(actor)
    _write(kind, details)
    kind.save()
    return kind


@transaction.atomic
def set_kind_active(*, actor: User | None, kind: RelationType, is_active: bool) -> None:
    """Offer a kind for new relations, or no longer; those that exist stay. Errors: NotAllowed."""
    _require(actor)
    RelationType.objects.filter(pk=kind.pk).update(is_active=is_active)


@transaction.atomic
def remove_kind(*, actor: User | None, kind: RelationType) -> None:
    """Remove a kind of the business's own that nobody uses. Errors: NotAllowed, Conflict."""
    _require(actor)
    if kind.is_builtin or Relation.objects.filter(type=kind).exists():
        raise Conflict
    RelationType.objects.filter(pk=kind.pk).delete()


def _require(actor: User | None) -> None:
    if actor is not None:
        require(actor, SHAPE)


def _write(kind: RelationType, details: KindDetails) -> None:
    name = _name(details.name_fa) or _name(details.name_en)
    if not name:
        raise NameMissing(fields={"name_fa": str(NameMissing())})
    kind.name_fa, kind.name_en = _name(details.name_fa) or name, _name(details.name_en) or name
    symmetric = kind.is_symmetric or (kind._state.adding and details.is_symmetric)
    kind.inverse_fa = kind.name_fa if symmetric else _name(details.inverse_fa) or kind.name_fa
    kind.inverse_en = kind.name_en if symmetric else _name(details.inverse_en) or kind.name_en
    kind.from_kinds, kind.to_kinds = _kinds(details.from_kinds), _kinds(details.to_kinds)


def _name(text: str) -> str:
    return display_norm(text)[:LONGEST]


def _kinds(text: str) -> str:
    if text and text not in Party.Kind.values:
        raise Invalid
    return text
