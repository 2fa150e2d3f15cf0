"""The condition of a field asked of the narrow copy of parties (`PartyFacts`) instead of the whole row.

Conditions of the registry speak of columns of Party. Where the copy has the same column the condition is carried over
as it is; roles and consents become bits; everything else is asked of the party through EXISTS.
"""

from typing import Any

from django.core.exceptions import FieldError
from django.db.models import Case, Exists, F, Func, Lookup, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThan, In

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
ARROWS = {"jsonb_extract_path": " -> ", "jsonb_extract_path_text": " ->> "}
# What comparing a column costs, so that cheap ones are asked first: fixed width, text, array, JSON, another table.
TEXTS = {"kind", "life_cycle", "gender", "city", "province", "preferred_channel"}
CHEAP, TEXT, BIT, ARRAY, JSON, TABLE = 1, 3, 2, 8, 20, 200


class NotCarried(Exception):
    """The copy does not know what this condition asks."""


def certain(q: Q) -> Q:
    """Make a condition true or false where a missing key of a JSON column would make it null.

    PostgreSQL's null is neither, so that «unless» around it would lose parties without the key.
    """
    return Q(Case(When(q, then=Value(True)), default=Value(False))) if _may_be_null(q) else q


def cost(q: Q) -> int:
    """How dear a condition of PartyFacts is to ask of one row, roughly."""
    return sum(cost(child) if isinstance(child, Q) else _cost(child) for child in q.children)


def _cost(child: Any) -> int:
    if not isinstance(child, tuple):
        text = str(child)
        return TABLE if isinstance(child, Exists) else JSON if "custom" in text else BIT
    column = child[0].partition("__")[0]
    if column in TEXTS:
        return TEXT
    dear = {"tag_ids": ARRAY, "custom": JSON}
    is_table = column == "party_id" and hasattr(child[1], "query")
    return TABLE if is_table else dear.get(column, CHEAP)


def carried(q: Q) -> Q:
    """Return a condition of Party as a condition of PartyFacts."""
    try:
        found = certain(_node(q))
        PartyFacts.objects.filter(found)  # an expression may name a column that only a party has
    except (NotCarried, FieldError):
        return Q(Exists(Party.objects.filter(q, pk=OuterRef("pk"))))
    return found


def _node(q: Q) -> Q:
    found = Q(_connector=q.connector, _negated=q.negated)
    chosen: dict[str, list[str]] = {}
    for child in q.children:
        if isinstance(child, Q):
            found.children.append(_node(child))
        elif isinstance(child, tuple):
            key, value = _scalar(child)
            if key and (q.connector == Q.OR or len(q.children) == 1):
                chosen.setdefault(key, []).append(value)
            else:
                found.children.append(_leaf(*child))
        else:
            found.children.append(_with_arrow(child))
    for key, values in chosen.items():
        read = Coalesce(_text_of(key), Value("", output_field=TextField()))
        found.children.append(Q(In(read, values)))
    return found


def _scalar(child: tuple[str, Any]) -> tuple[str, str]:
    """The key and the text of `custom__contains={key: value}` with one value: reading it once serves many values."""
    lookup, value = child
    if lookup != "custom__contains" or not isinstance(value, dict) or len(value) != 1:
        return "", ""
    [(key, one)] = value.items()
    if isinstance(one, bool):
        return key, "true" if one else "false"
    return (key, str(one)) if isinstance(one, int) else ("", "")


def _text_of(key: str) -> Func:
    return Func(F("custom"), Value(key), template="(%(expressions)s)", arg_joiner=" ->> ", output_field=TextField())


def _with_arrow(child: Any) -> Any:
    """A comparison of a key of the JSON column by its operator, which is twice as fast as the function of many keys."""
    left = getattr(child, "lhs", None)
    if not isinstance(child, Lookup) or not isinstance(left, Func) or len(left.source_expressions) != 2:
        return child
    arrow = ARROWS.get(str(left.extra.get("function", left.function)))
    if arrow is None:
        return child
    quick = Func(
        *left.source_expressions, template="(%(expressions)s)", arg_joiner=arrow, output_field=left.output_field
    )
    return type(child)(quick, child.rhs)


def _leaf(lookup: str, value: Any) -> Any:
    name, *rest = lookup.split("__")
    if name == "profile" and rest and rest[0] in OF_PROFILE:
        return _profile(rest, value)
    if name == "facts":  # a column of the copy itself
        return ("__".join(rest), value)
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


def _may_be_null(q: Q) -> bool:
    return any(_child_may_be_null(child) for child in q.children)


def _child_may_be_null(child: Any) -> bool:
    if isinstance(child, Q):
        return _may_be_null(child)
    if not isinstance(child, tuple):
        return isinstance(child, Lookup) and _reads_key(child)
    name, *rest = child[0].split("__")
    return name == "custom" and bool(rest) and not (len(rest) == 1 and rest[0] in JSON_WHOLE)


def _reads_key(child: Any) -> bool:
    """Does a comparison read a key that may be missing?"""
    left = getattr(child, "lhs", None)
    return isinstance(left, Func) and not isinstance(left, Coalesce) and len(left.source_expressions) == 2
