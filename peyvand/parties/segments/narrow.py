"""The condition of a field asked of the narrow copy of parties (`PartyFacts`) instead of the whole row.

Conditions of the registry speak of columns of Party. Where the copy has the same column the condition is carried over
as it is; roles and consents become bits; everything else is asked of the party through EXISTS.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldError
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.lookups import Exact, GreaterThan

from peyvand.parties.models import Party, PartyFacts
from peyvand.parties.segments.bits import CONSENTS, ROLES, mask

COLUMNS = {
    "pk": "party_id", "id": "party_id", "created_at": "created_at", "last_contact_at": "last_contact_at",
    "deleted_at": "deleted_at", "category": "category_id", "category_id": "category_id", "branch": "branch_id",
    "branch_id": "branch_id", "owner": "owner_id", "owner_id": "owner_id", "completeness": "completeness",
    "is_provisional": "is_provisional", "kind": "kind", "life_cycle": "life_cycle", "city": "city",
    "province": "province", "preferred_channel": "preferred_channel", "tag_ids": "tag_ids", "custom": "custom",
}  # fmt: skip
OF_PROFILE = {"birth_date", "gender"}
BITS = {"roles": ("role_bits", ROLES), "consents": ("consent_bits", CONSENTS)}
JSON_WHOLE = {"contains", "has_key", "has_keys", "has_any_keys"}  # of a JSON column: true or false, never null


class NotCarried(Exception):
    """The copy does not know what this condition asks."""


def certain(q: Q) -> Q:
    """Make a condition true or false where a missing key of a JSON column would make it null.

    PostgreSQL's null is neither, so that «unless» around it would lose parties without the key.
    """
    return Q(Case(When(q, then=Value(True)), default=Value(False))) if _asks_keys(q) else q


def carried(q: Q) -> Q:
    """Return a condition of Party as a condition of PartyFacts."""
    try:
        found = _node(q)
        PartyFacts.objects.filter(found)  # an expression may name a column that only a party has
    except (NotCarried, FieldError):
        return Q(Exists(Party.objects.filter(q, pk=OuterRef("pk"))))
    return found


def _node(q: Q) -> Q:
    found = Q(_connector=q.connector, _negated=q.negated)
    for child in q.children:
        if isinstance(child, Q):
            found.children.append(_node(child))
        elif isinstance(child, tuple):
            found.children.append(_leaf(*child))
        else:
            found.children.append(child)
    return found


def _leaf(lookup: str, value: Any) -> Any:
    name, *rest = lookup.split("__")
    if name == "profile" and rest and rest[0] in OF_PROFILE:
        return _profile(rest, value)
    if name in BITS:
        return _bits(name, rest, value)
    if name not in COLUMNS or (rest and rest[0] in _JOINED.get(name, ())):
        raise NotCarried(lookup)
    return ("__".join([COLUMNS[name], *rest]), value)


def _profile(rest: list[str], value: Any) -> Any:
    """A column of the profile; the copy has an empty text where there is no profile, which counts as null."""
    if rest == ["gender", "isnull"]:
        if not value:
            raise NotCarried("profile")
        return ("gender", "")
    return ("__".join(rest), value)


def _bits(name: str, rest: list[str], value: Any) -> Any:
    column, known = BITS[name]
    if rest == ["overlap"]:
        return GreaterThan(F(column).bitand(mask(known, value)), 0)
    if rest == ["contains"] and set(value) <= set(known):
        return Exact(F(column).bitand(mask(known, value)), mask(known, value))
    if not rest and list(value) == []:
        return (column, 0)
    raise NotCarried(name)


_JOINED: dict[str, tuple[str, ...]] = {
    name: tuple(field.name for field in Party._meta.get_field(name).related_model._meta.get_fields())  # type: ignore[union-attr]
    for name in ("category", "branch", "owner")
}


def _asks_keys(q: Q) -> bool:
    return any(_child_asks_keys(child, _asks_keys) for child in q.children)


def _child_asks_keys(child: Any, of_q: Callable[[Q], bool]) -> bool:
    if isinstance(child, Q):
        return of_q(child)
    if not isinstance(child, tuple):
        return False
    name, *rest = child[0].split("__")
    return name == "custom" and bool(rest) and not (len(rest) == 1 and rest[0] in JSON_WHOLE)
