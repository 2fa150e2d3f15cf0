"""Keyset paging: pages that stay right while rows come and go, at the same price at any depth, without COUNT.

Nulls count as greatest, as PostgreSQL's indexes have them: last when ascending, first when descending.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet

from peyvand.core.errors import Invalid

M = TypeVar("M", bound=Model)
T = TypeVar("T")
SIZE = 50
LARGEST = 200


class BadCursor(Invalid):
    """This page address does not belong to this list."""

    code = "bad_cursor"


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """Some rows of a list, with the cursors of its neighbours: `next` goes to `after`, `previous` to `before`."""

    items: list[T] = field(default_factory=list)
    next: str | None = None
    previous: str | None = None


@dataclass(frozen=True)
class _Column:
    """One column of the ordering: its name, its direction, its field (None when Django cannot tell)."""

    name: str
    descending: bool
    field: "Field[Any, Any] | None"
    nullable: bool

    def beyond(self, value: Any, *, forward: bool) -> Q:
        """Rows strictly on the far side of `value` in the direction of reading."""
        if forward == self.descending:
            return Q(**{f"{self.name}__isnull": False}) if value is None else Q(**{f"{self.name}__lt": value})
        if value is None:
            return Q(pk__in=[])
        found = Q(**{f"{self.name}__gt": value})
        return found | Q(**{f"{self.name}__isnull": True}) if self.nullable else found

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def bound(self, value: Any, *, forward: bool) -> Q:
        """A plain bound that is implied and that an index can start from; empty when there is none."""
        if value is None:
            return Q()
        if forward == self.descending:
            return Q(**{f"{self.name}__lte": value})
        return Q() if self.nullable else Q(**{f"{self.name}__gte": value})


def _field(qs: QuerySet[M], name: str) -> "tuple[Field[Any, Any] | None, bool]":
    """Return the field behind `name` (an annotation, or a path over foreign keys) and whether it may be null."""
    if name in qs.query.annotations:
        return qs.query.annotations[name].output_field, True
    model: Any = qs.model
    found: Any = None
    nullable = False
    for part in name.split("__"):
        try:
            found = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist as problem:
            raise ValueError(f"{name} cannot order {qs.model.__name__}") from problem
        nullable = nullable or bool(getattr(found, "null", True))
        model = found.related_model
    return found, nullable


def _columns(qs: QuerySet[M], order: Sequence[str]) -> list[_Column]:
    names = list(order)
    if not names or names[-1].lstrip("-") not in {"id", "pk"}:
        names.append("-pk" if names and names[-1].startswith("-") else "pk")
    return [_Column(n.lstrip("-"), n.startswith("-"), *_field(qs, n.lstrip("-"))) for n in names]


def _signer(qs: QuerySet[M], columns: list[_Column]) -> signing.Signer:
    shape = ",".join(("-" if column.descending else "") + column.name for column in columns)
    return signing.Signer(salt=f"peyvand.paging:{qs.model._meta.label_lower}:{shape}")


def _cursor(row: Model, columns: list[_Column], signer: signing.Signer) -> str:
    values = []
    for column in columns:
        value: Any = row
        for part in column.name.split("__"):
            value = getattr(value, part, None)
        values.append(value if value is None or isinstance(value, int | float | str) else _text(value))
    return signer.sign_object(values, compress=True)


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _position(cursor: str, columns: list[_Column], signer: signing.Signer) -> list[Any]:
    try:
        values = signer.unsign_object(cursor)
        return [v if c.field is None else c.field.to_python(v) for c, v in zip(columns, values, strict=True)]
    except (signing.BadSignature, ValidationError, ValueError) as problem:
        raise BadCursor from problem


def _past(columns: list[_Column], position: list[Any], *, forward: bool) -> Q:
    """Rows behind `position` when reading forward, before it otherwise."""
    found = Q(pk__in=[])
    for column, value in reversed(list(zip(columns, position, strict=True))):
        found = column.beyond(value, forward=forward) | (column.same(value) & found)
    return columns[0].bound(position[0], forward=forward) & found


def keyset_page(
    qs: QuerySet[M],
    *,
    order: Sequence[str],
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
) -> Page[M]:
    """Return one page of `qs` in `order`, in one query.

    order: names of columns, annotations or paths over foreign keys (`select_related` them), "-" for descending;
    the primary key is added when it is not last. after/before: cursors of an earlier page with the same order.
    size: rows, 1 to 200. Raises BadCursor for a cursor that we did not make for this list and order.
    """
    columns = _columns(qs, order)
    signer = _signer(qs, columns)
    size = max(1, min(size, LARGEST))
    forward = not before
    cursor = before or after
    if cursor:
        qs = qs.filter(_past(columns, _position(cursor, columns, signer), forward=forward))
    ordering = [F(c.name).desc() if c.descending == forward else F(c.name).asc() for c in columns]
    rows = list(qs.order_by(*ordering)[: size + 1])
    more = len(rows) > size
    rows = rows[:size] if forward else rows[:size][::-1]
    if not rows:
        return Page()
    first, last = (_cursor(row, columns, signer) for row in (rows[0], rows[-1]))
    return Page(
        items=rows, next=last if more or before else None, previous=first if (more if before else after) else None
    )
