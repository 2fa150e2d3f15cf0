"""Ready conditions for fields of a record: a column (or a look-up path) in, a function from comparison to `Q` out.

They are written for indexes: equality, prefixes as ranges, days as bounds of moments, arrays by overlap. A path
may lead over a one-to-one (`profile__gender`): a missing row counts as empty. Values come from
`field_values.parse_value`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from peyvand.core.record_fields import Asked, Condition, Kind, Op
from peyvand.core.record_links import wanted_of

NOTHING = Q(pk__in=[])
DAY = dt.timedelta(days=1)
HIGHEST = "\U0010ffff"
ME = "me"  # a choice of people's fields: whoever asks

Turn = Callable[[Any], Any]
_NARROWED = frozenset({Op.IS, Op.CONTAINS, Op.STARTS})


class Unanswered(ValueError):
    """A comparison reached a condition that does not know it: the field names operators that it cannot answer."""


def _is_join(column: str) -> bool:
    return "__" in column


def blank(column: str) -> Q:
    """A text column without text; over a join also without a row."""
    empty = Q(**{column: ""})
    return empty | Q(**{f"{column}__isnull": True}) if _is_join(column) else empty


def prefix(column: str, start: str) -> Q:
    """Texts that begin so, as a range that a plain index serves where its order is by code."""
    return Q(**{f"{column}__gte": start, f"{column}__lt": start + HIGHEST}) if start else Q()


def text(column: str, *, narrowed_by: Callable[[Op, str], Q] | None = None) -> Condition:
    """A text column. narrowed_by(op, words): what an index knows of records that compare so, asked beside it."""

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        if op in {Op.EMPTY, Op.FILLED}:
            return blank(column) if op is Op.EMPTY else ~blank(column)
        narrow = narrowed_by(op, value) if narrowed_by is not None and op in _NARROWED else Q()
        match op:
            case Op.IS:
                return narrow & Q(**{column: value})
            case Op.IS_NOT:
                return ~Q(**{column: value})
            case Op.CONTAINS:
                return narrow & Q(**{f"{column}__icontains": value})
            case Op.STARTS:
                return narrow & Q(**{f"{column}__startswith": value})
            case Op.ANY_OF | Op.NONE_OF:
                found = Q(**{f"{column}__in": value})
                return found if op is Op.ANY_OF else ~found
        raise Unanswered(op)

    return condition


def number(column: str) -> Condition:
    """A column of numbers or amounts that may be null."""

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        match op:
            case Op.IS:
                return Q(**{column: value})
            case Op.MORE:
                return Q(**{f"{column}__gt": value})
            case Op.LESS:
                return Q(**{f"{column}__lt": value})
            case Op.BETWEEN:
                return Q(**{f"{column}__gte": value[0], f"{column}__lte": value[1]})
            case Op.EMPTY | Op.FILLED:
                return Q(**{f"{column}__isnull": op is Op.EMPTY})
        raise Unanswered(op)

    return condition


def today(asked: Asked) -> dt.date:
    """The day of the question in the organisation's zone."""
    return timezone.localtime(asked.now).date()


def midnight(day: dt.date) -> dt.datetime:
    """The moment at which a day begins in the organisation's zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def days_of(op: Op, value: Any, asked: Asked) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day that a comparison means, both included; None: without end."""
    now = today(asked)
    match op:
        case Op.LAST_DAYS:
            return now - value * DAY, now
        case Op.NEXT_DAYS:
            return now, now + value * DAY
        case Op.OLDER_DAYS:
            return None, now - (value + 1) * DAY
        case Op.BEFORE:
            return None, value - DAY
        case Op.AFTER:
            return value + DAY, None
        case Op.IS:
            return value, value
        case Op.BETWEEN:
            return value[0], value[1]
    raise Unanswered(op)


def day(column: str) -> Condition:
    """A column of days that may be null."""

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        if op in {Op.EMPTY, Op.FILLED}:
            return Q(**{f"{column}__isnull": op is Op.EMPTY})
        first, last = days_of(op, value, asked)
        found = Q() if first is None else Q(**{f"{column}__gte": first})
        return found if last is None else found & Q(**{f"{column}__lte": last})

    return condition


def moment(column: str) -> Condition:
    """A column of moments that may be null; the days that are asked for begin in the organisation's zone."""

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        if op in {Op.EMPTY, Op.FILLED}:
            return Q(**{f"{column}__isnull": op is Op.EMPTY})
        first, last = days_of(op, value, asked)
        found = Q() if first is None else Q(**{f"{column}__gte": midnight(first)})
        return found if last is None else found & Q(**{f"{column}__lt": midnight(last + DAY)})

    return condition


def yes_no(column: str) -> Condition:
    """A column of yes and no."""

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        return Q(**{column: op is Op.YES})

    return condition


def choice(column: str, turn: Turn = str, *, empty: Any = "") -> Condition:
    """A column that holds one key. turn: from the key to what is stored; empty: what stands for none (None: null)."""

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        if op in {Op.EMPTY, Op.FILLED}:
            none = Q(**{f"{column}__isnull": True}) if empty is None else blank(column)
            return none if op is Op.EMPTY else ~none
        wanted = [turn(key) for key in _listed(value)]
        found = Q(**{f"{column}__in": wanted}) if len(wanted) > 1 else Q(**{column: wanted[0]})
        return ~found if op in {Op.IS_NOT, Op.NONE_OF} else found

    return condition


def person(column: str) -> Condition:
    """A column that points to a user; «me» is whoever asks."""

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        def turn(key: str) -> int:
            return int(asked.who.pk or 0) if key == ME else int(key)

        return choice(column, turn, empty=None)(op, value, asked)

    return condition


def array(column: str, turn: Turn = str) -> Condition:
    """An array column: any of, none of, empty."""

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        if op in {Op.EMPTY, Op.FILLED}:
            empty = Q(**{column: []})
            empty = empty | Q(**{f"{column}__isnull": True}) if _is_join(column) else empty
            return empty if op is Op.EMPTY else ~empty
        wanted = [turn(key) for key in _listed(value)]
        found = Q(**{f"{column}__overlap": wanted})
        return ~found if op in {Op.NONE_OF, Op.IS_NOT} else found

    return condition


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def record(column: str) -> Condition:
    """A column that points to a customer by its number; an old number means who the customer was merged into.

    Raises Invalid for a customer whom whoever asks may not see.
    """

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        return choice(column, lambda key: wanted_of(Kind.PARTY, int(key), asked), empty=None)(op, value, asked)

    return condition


def some(rows: QuerySet[Any], to: str) -> Q:
    """Records that have at least one of these child rows. to: the child's column that points to the record."""
    return Q(Exists(rows.filter(**{to: OuterRef("pk")})))


def among(rows: QuerySet[Any], to: str) -> Q:
    """The same for child rows that an index finds few of: they are looked up first."""
    return Q(pk__in=rows.values(to))


def either(conditions: Iterable[Q]) -> Q:
    """Any of these; nothing when there is none."""
    found = NOTHING
    for one in conditions:
        found |= one
    return found
