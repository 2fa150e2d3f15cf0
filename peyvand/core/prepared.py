"""SELECTs whose text is put together once per process.

Django needs many times as long to write the text of a SELECT as PostgreSQL needs to answer it. A question that every
page asks is therefore written once, with names where its values go:

    POINTS = Prepared(lambda: ContactPoint.objects.filter(party=Given("party")).order_by("id"))
    POINTS.all(party=party.pk)

What comes back is what the queryset would give: records with their `select_related`, or rows of `values_list`.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators

Row = TypeVar("Row")
MOST_KEPT = 200
Converters = list[tuple[int, list[Callable[..., Any]], Any]]


@dataclass(frozen=True)
class _Name:
    """Stands among the parameters of a statement where a value goes."""

    name: str


class Given(Value):
    """A value that is named now and given when the question is asked; it fits wherever a column may be compared."""

    def __init__(self, name: str) -> None:
        super().__init__(_Name(name))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self.value,)


class _IsAny(Func):
    template = "(%(expressions)s))"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def is_any(column: str, name: str) -> Q:
    """The condition that a column is one of a list that is given when the question is asked, however long it is."""
    return Q(_IsAny(F(column), Given(name)))


@dataclass(frozen=True)
class Statement:
    """A text with the places of its values, and how its rows are read."""

    text: str
    parameters: tuple[Any, ...]
    columns: Converters
    shape: Any = None  # how records are built; None for rows of values

    def bound(self, values: Mapping[str, Any], stand_ins: Mapping[int, int]) -> list[Any]:
        """The parameters with the given values, and with the numbers for which others stood in."""
        return [_bound(each, values, stand_ins) for each in self.parameters]

    def rows(self, values: Mapping[str, Any], stand_ins: Mapping[int, int]) -> list[Any]:
        """Ask, and read the answer as the queryset would."""
        if not self.text:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.bound(values, stand_ins))
            found = cursor.fetchall()
        return list(self._records(self._converted(found)) if self.shape else self._converted(found))

    def _converted(self, rows: list[Any]) -> Sequence[Any]:
        if not self.columns:
            return rows
        changed = [list(row) for row in rows]
        for place, converters, expression in self.columns:
            for row in changed:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
        return changed

    def _records(self, rows: Sequence[Any]) -> Iterator[Any]:
        """Build records and what is selected with them, as Django's ModelIterable does."""
        model, start, end, names, populators, annotations = self.shape
        for row in rows:
            record = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
            for populator in populators:
                populator.populate(row, record)
            for name, place in annotations.items():
                setattr(record, name, row[place])
            yield record


def _bound(value: Any, values: Mapping[str, Any], stand_ins: Mapping[int, int]) -> Any:
    if isinstance(value, _Name):
        return values[value.name]
    if isinstance(value, list | tuple):
        return [_bound(each, values, stand_ins) for each in value]
    return stand_ins.get(value, value) if type(value) is int else value


def statement_of(rows: QuerySet[Any, Any], around: str = "{}") -> Statement:
    """Write the text of a queryset of records or of a `values_list`; a queryset that finds nothing has no text."""
    compiler: Any = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        text, parameters = compiler.as_sql()
    except EmptyResultSet:
        return Statement("", (), [])
    kind = rows._iterable_class  # how Django itself tells records from values
    if kind not in (ModelIterable, ValuesListIterable) or rows._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise TypeError("records or a values_list can be prepared, and nothing that is prefetched")
    fields = [field[0] for field in compiler.select[: compiler.col_count]]
    columns = [(at, *pair) for at, pair in sorted(compiler.get_converters(fields).items())]
    shape = _shape(compiler) if kind is ModelIterable else None
    return Statement(around.replace("{}", text), tuple(parameters), columns, shape)


def _shape(compiler: Any) -> Any:
    known, select = compiler.klass_info, compiler.select
    start, end = known["select_fields"][0], known["select_fields"][-1] + 1
    names = [field[0].target.attname for field in select[start:end]]
    populators = get_related_populators(known, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # of Django 6
    return known["model"], start, end, names, populators, dict(compiler.annotation_col_map or {})


class Kept(Generic[Row]):
    """Texts by what they depend on, at most `MOST_KEPT` of them."""

    def __init__(self) -> None:
        self._texts: dict[Hashable, Row] = {}

    def get(self, key: Hashable, make: Callable[[], Row]) -> Row:
        """Return the text for a key; make it when it is not there."""
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) >= MOST_KEPT:
                self._texts.clear()
            found = self._texts[key] = make()
        return found


class Prepared:
    """A question whose text does not depend on who asks.

    around: a statement in which it stands at «{}», as `WITH found AS MATERIALIZED ({}) SELECT * FROM found LIMIT 9`.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]], *, around: str = "{}") -> None:
        self._build, self._around = build, around
        self._kept: Kept[Statement] = Kept()

    def all(self, **values: Any) -> list[Any]:
        """Every row, with these values for the names in the text."""
        return self._kept.get(None, lambda: statement_of(self._build(), self._around)).rows(values, {})

    def first(self, **values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self.all(**values)), None)
