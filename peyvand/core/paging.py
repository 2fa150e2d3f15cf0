"""Keyset paging: pages that stay right while rows come and go, at the same price at any depth, without COUNT.

Nulls count as greatest, as PostgreSQL's indexes have them: last when ascending, first when descending; with
`empty_last` those of the first column come last in both directions, and one index «DESC NULLS LAST» serves both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

from peyvand.core.errors import Invalid
from peyvand.core.fast_rows import Rows, fast_rows, rows_ahead

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
    nulls_first: bool = False
    is_split: bool = False  # rows with a value and rows without one are read apart

    def ends_empty(self, *, forward: bool) -> bool:
        """Do nulls come after all values in the direction of reading?"""
        return self.nullable and self.nulls_first != forward

    def beyond(self, value: Any, *, forward: bool) -> Q:
        """Rows strictly on the far side of `value` in the direction of reading."""
        is_last = self.ends_empty(forward=forward)
        if value is None:
            return Q(pk__in=[]) if is_last else Q(**{f"{self.name}__isnull": False})
        found = Q(**{f"{self.name}__{'lt' if forward == self.descending else 'gt'}": value})
        return found | Q(**{f"{self.name}__isnull": True}) if is_last else found

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def bound(self, value: Any, *, forward: bool) -> Q:
        """A plain bound that is implied and that an index can start from; empty when there is none."""
        if value is None or self.ends_empty(forward=forward):
            return Q()
        return Q(**{f"{self.name}__{'lte' if forward == self.descending else 'gte'}": value})

    def ordering(self, *, forward: bool) -> OrderBy:
        """This column for ORDER BY in the direction of reading.

        A split column is never read with its nulls, so both directions can use one index «DESC NULLS LAST».
        """
        is_descending = self.descending == forward
        if self.is_split:
            return F(self.name).desc(nulls_last=True) if is_descending else F(self.name).asc(nulls_first=True)
        return F(self.name).desc() if is_descending else F(self.name).asc()


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


def _columns(qs: QuerySet[M], order: Sequence[str], *, empty_last: bool) -> list[_Column]:
    names = list(order)
    if not names or names[-1].lstrip("-") not in {"id", "pk"}:
        names.append("-pk" if names and names[-1].startswith("-") else "pk")
    columns: list[_Column] = []
    for name in names:
        field, nullable = _field(qs, name.lstrip("-"))
        is_split = empty_last and nullable and not columns
        nulls_first = name.startswith("-") and not is_split
        columns.append(_Column(name.lstrip("-"), name.startswith("-"), field, nullable, nulls_first, is_split))
    return columns


def _signer(qs: QuerySet[M], columns: list[_Column]) -> signing.Signer:
    shape = ",".join(("-" if column.descending else "") + column.name for column in columns)
    return signing.Signer(salt=f"peyvand.paging:{qs.model._meta.label_lower}:{shape}")


def _cursor(row: Model, columns: list[_Column], signer: signing.Signer) -> str:
    values = []
    for column in columns:
        value: Any = row
        for part in column.name.split("__"):
            value = getattr(value, part, None)
        values.append(value)
    return _signed(values, signer)


def _signed(values: Sequence[Any], signer: signing.Signer) -> str:
    plain = [each if each is None or isinstance(each, int | float | str) else _text(each) for each in values]
    return signer.sign_object(plain, compress=True)


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


def _parts(columns: list[_Column], position: list[Any] | None, *, forward: bool) -> list[Q]:
    """The rows behind a position, cut where an index cannot go on: those with a value, those without."""
    first = columns[0]
    past = Q() if position is None else _past(columns, position, forward=forward)
    filled, empty = (Q(**{f"{first.name}__isnull": is_empty}) for is_empty in (False, True))
    if position is None:
        return [filled, empty] if first.is_split else [past]
    is_last = first.ends_empty(forward=forward)
    if position[0] is not None:
        bound = "lte" if forward == first.descending else "gte"
        return [Q(**{f"{first.name}__{bound}": position[0]}) & past, empty] if is_last else [past]
    return [past] if is_last or not first.is_split else [empty & past, filled]


def keyset_page(
    qs: QuerySet[M],
    *,
    order: Sequence[str],
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
    empty_last: bool = False,
) -> Page[M]:
    """Return one page of `qs` in `order`, in one query (two where a page holds the last value and the first null).

    order: names of columns, annotations or paths over foreign keys (`select_related` them), "-" for descending;
    the primary key is added when it is not last. after/before: cursors of an earlier page with the same order.
    size: rows, 1 to 200. empty_last: nulls come last in both directions. Raises BadCursor for a cursor that we did not
    make for this list and order.
    """
    columns = _columns(qs, order, empty_last=empty_last)
    signer = _signer(qs, columns)
    size = max(1, min(size, LARGEST))
    forward = not before
    cursor = before or after
    ordered = qs.order_by(*(column.ordering(forward=forward) for column in columns))
    parts = _parts(columns, _position(cursor, columns, signer) if cursor else None, forward=forward)
    rows: list[M] = []
    for part in parts:
        rows += ordered.filter(part)[: size + 1 - len(rows)] if len(rows) <= size else []
    more = len(rows) > size
    rows = rows[:size] if forward else rows[:size][::-1]
    if not rows:
        return Page()
    first, last = (_cursor(row, columns, signer) for row in (rows[0], rows[-1]))
    return Page(
        items=rows, next=last if more or before else None, previous=first if (more if before else after) else None
    )


def position_of(qs: QuerySet[M], order: Sequence[str], cursor: str) -> list[Any]:
    """The values of `order` at a cursor, for a question that reads on from there itself. Raises BadCursor."""
    columns = _columns(qs, order, empty_last=False)
    return _position(cursor, columns, _signer(qs, columns))


def page_of_rows(qs: QuerySet[M], rows: Sequence[M], *, order: Sequence[str], size: int) -> Page[M]:
    """The first page of a list whose rows were read another way, one more than `size` if there are so many.

    qs: any of its rows, to say what they are. The cursor is one that `keyset_page` takes.
    """
    columns = _columns(qs, order, empty_last=False)
    shown = list(rows[:size])
    return Page(items=shown, next=_cursor(shown[-1], columns, _signer(qs, columns)) if len(rows) > size else None)


Values = Page[tuple[Any, ...]]


def keyset_values(
    qs: QuerySet[Any], *, order: Sequence[str], names: Sequence[str], after: str | None = None, size: int = SIZE
) -> Values:
    """Return the next `size` rows of `qs` in `order` as plain tuples of the columns `names`; for reading all of a list.

    As `keyset_page`, without records, without a way back, and as many rows at once as the reader has memory for.
    """
    return _Values(qs, order, names, after, size).page(fast_rows)


def values_ahead(
    qs: QuerySet[Any], *, order: Sequence[str], names: Sequence[str], after: str, size: int
) -> Callable[[], Values]:
    """Ask for what `keyset_values` returns, and return at once what waits for it (see `rows_ahead`)."""
    wanted = _Values(qs, order, names, after, size)
    first = rows_ahead(wanted.part(wanted.parts[0], 0))
    return lambda: wanted.page(fast_rows, first())


class _Values:
    """Rows behind a cursor: in one part, or in two where an index cannot go on."""

    def __init__(
        self, qs: QuerySet[Any], order: Sequence[str], names: Sequence[str], after: str | None, size: int
    ) -> None:
        columns = _columns(qs, order, empty_last=False)
        self.signer = _signer(qs, columns)
        self.names, self.size = names, size
        ordered = qs.order_by(*(column.ordering(forward=True) for column in columns))
        self.parts = _parts(columns, _position(after, columns, self.signer) if after else None, forward=True)
        self.wanted = ordered.values_list(*names, *(column.name for column in columns))

    def part(self, condition: Q, have: int) -> QuerySet[Any, Any]:
        return self.wanted.filter(condition)[: self.size + 1 - have]

    def page(self, read: Callable[[QuerySet[Any, Any]], Rows], first: Rows | None = None) -> Values:
        """Read what is missing; first: the rows of the first part, when they are there."""
        rows: Rows = [] if first is None else first
        for condition in self.parts[0 if first is None else 1 :]:
            rows += read(self.part(condition, len(rows))) if len(rows) <= self.size else []
        more = len(rows) > self.size
        rows = rows[: self.size]
        last = _signed(rows[-1][len(self.names) :], self.signer) if more else None
        return Page(items=rows, next=last)
