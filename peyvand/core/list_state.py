"""What a list shows, as data: filters, order, columns, words. Page, API, export, bulk work and segments share it.

In an address: `?f=city~any_of~تهران~شیراز&f=created_at~last_days~7&sort=-created_at&cols=name,city&view=12`;
in a value, «~» is written `\\~`. Nothing of it reaches a query before `check` has found its field, operator and value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, Self, TypeVar, cast

from django.db.models import Q, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid, PeyvandError
from peyvand.core.field_values import parse_value
from peyvand.core.record_fields import Asked, Op, RecordField, fields_of

MOST_FILTERS = 20
MOST_VALUES = 50
MOST_COLUMNS = 40
LONGEST_VALUE = 200
LONGEST_KEY = 60
LONGEST_FILTER = MOST_VALUES * LONGEST_VALUE

Rows = TypeVar("Rows", bound="QuerySet[Any]")


class Query(Protocol):
    """The query of an address, as Django's QueryDict is one."""

    def get(self, key: str, default: str, /) -> Any: ...
    def getlist(self, key: str, /) -> list[Any]: ...
    def __contains__(self, key: object, /) -> bool: ...


@dataclass(frozen=True)
class Condition:
    """One sentence of a filter: field, operator, values, as they were written."""

    key: str
    op: str = ""
    values: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `key~op~value~value`."""
        key, *rest = _parts(text.replace("\x00", "")[:LONGEST_FILTER])
        return cls(key[:LONGEST_KEY], rest[0][:LONGEST_KEY] if rest else "", tuple(rest[1:]))

    def write(self) -> str:
        """Return what `read` reads."""
        return "~".join(part.replace("\\", "\\\\").replace("~", "\\~") for part in (self.key, self.op, *self.values))


@dataclass(frozen=True)
class Problem:
    """Something in a state that cannot be used. part: filter, sort, column, segment or state; at: which filter."""

    part: str
    key: str
    code: str
    message: str
    at: int = 0


class BadListState(Invalid):
    """This list cannot be shown as it was asked for."""

    code = "bad_list"

    def __init__(self, problems: "Sequence[Problem]") -> None:
        super().__init__(fields={f"{each.part}.{each.key or each.at}": each.message for each in problems})
        self.problems = tuple(problems)


@dataclass(frozen=True, kw_only=True)
class ListState:
    """Which records of a list, in which order, with which columns. Empty parts are the list's own defaults."""

    filters: tuple[Condition, ...] = ()
    sort: str = ""
    columns: tuple[str, ...] = ()
    q: str = ""
    segment: int | None = None
    view: str = ""

    @classmethod
    def from_query(cls, query: Query, base: "ListState | None" = None) -> Self:
        """Read an address; what it does not speak of comes from `base` (a saved view). An empty `f=` is no filter."""
        kept = base or ListState()
        asks = "f" in query or "segment" in query
        return cls(
            filters=tuple(Condition.read(str(f)) for f in query.getlist("f") if f) if asks else kept.filters,
            segment=_number(query.get("segment", "")) if asks else kept.segment,
            sort=_word(query.get("sort", "")) if "sort" in query else kept.sort,
            columns=_columns(str(query.get("cols", "")).split(",")) if "cols" in query else kept.columns,
            q=_word(query.get("q", ""), LONGEST_VALUE) if "q" in query else kept.q,
            view=_word(query.get("view", "")),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Return the state as names and values of an address or of hidden inputs; complete, so that no view adds."""
        found = [("view", self.view)] if self.view else []
        found += [("f", each.write()) for each in self.filters]
        if self.view and not self.filters:
            found.append(("f", ""))
        if self.segment:
            found.append(("segment", str(self.segment)))
        if self.sort:
            found.append(("sort", self.sort))
        if self.columns:
            found.append(("cols", ",".join(self.columns)))
        if self.q or self.view:
            found.append(("q", self.q))
        return found

    def to_query(self) -> str:
        """Return the state as the query of an address, without «?»."""
        return urlencode(self.pairs())

    def to_json(self) -> dict[str, Any]:
        """Return the state as a saved view, a job and the API keep it."""
        return {
            "filters": [{"key": each.key, "op": each.op, "values": list(each.values)} for each in self.filters],
            "sort": self.sort,
            "columns": list(self.columns),
            "q": self.q,
            "segment": self.segment,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, view: str = "") -> Self:
        """Read what `to_json` wrote; anything that is of another shape is left out."""
        filters = data.get("filters")
        segment = data.get("segment")
        columns = data.get("columns")
        return cls(
            filters=tuple(_condition(each) for each in filters if isinstance(each, Mapping))
            if isinstance(filters, list)
            else (),
            sort=_word(data.get("sort", "")),
            columns=_columns(columns if isinstance(columns, list) else []),
            q=_word(data.get("q", ""), LONGEST_VALUE),
            segment=segment if isinstance(segment, int) and not isinstance(segment, bool) and segment > 0 else None,
            view=view,
        )

    def but(self, **changes: Any) -> Self:
        """Return the same with some parts changed."""
        return replace(self, **changes)

    @property
    def is_narrowed(self) -> bool:
        """Does it leave anything out?"""
        return bool(self.filters or self.q or self.segment)


@dataclass(frozen=True)
class Checked:
    """A state after its check: what of it can be used, and what cannot.

    segment: the condition of its segment. A state whose segment cannot be used finds nothing, so that nobody takes
    everything for the segment.
    """

    state: ListState
    fields: dict[str, RecordField]
    conditions: list[Q | None]
    sort: str
    columns: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    segment: Q | None = None

    def apply(self, qs: Rows, host: str, asked: Asked) -> Rows:
        """Narrow `qs` by everything that can be used."""
        for condition in self.conditions:
            if condition is not None:
                qs = qs.filter(condition)
        reader = _readers.get(host)
        if self.state.q and reader and reader.search:
            qs = cast("Rows", reader.search(qs, self.state.q, asked))
        if self.state.segment is not None:
            qs = qs.none() if self.segment is None else qs.filter(self.segment)
        return qs

    def order(self) -> list[str]:
        """Return the columns to order by, flipped when the sort starts with «-»; empty when it asks for none."""
        if not self.sort:
            return []
        names = self.fields[self.sort.removeprefix("-")].order
        return [flipped(name) for name in names] if self.sort.startswith("-") else list(names)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """What only the app of a kind of record knows: how its free words are searched, and its segments.

    search(qs, words, asked) narrows; segment(id, asked) is the condition of a segment, NotFound when he may not see it;
    segment_name(id, asked) is its name.
    """

    search: Callable[["QuerySet[Any]", str, Asked], "QuerySet[Any]"] | None = None
    segment: Callable[[int, Asked], Q] | None = None
    segment_name: Callable[[int, Asked], str] | None = None


_readers: dict[str, Reader] = {}


def register_reader(host: str, reader: Reader) -> None:
    """Tell how the lists of a kind of record are searched."""
    _readers[host] = reader


def segment_name(state: ListState, host: str, asked: Asked) -> str:
    """Return the name of the segment that a checked state is narrowed to; empty when there is none."""
    reader = _readers.get(host)
    if state.segment is None or reader is None or reader.segment_name is None:
        return ""
    return reader.segment_name(state.segment, asked)


def check(state: ListState, host: str, asked: Asked) -> Checked:
    """Find the fields, operators and values of a state; what cannot be used becomes a problem, never a query."""
    fields = fields_of(host)
    problems: list[Problem] = []
    conditions = [_checked(each, at, fields, asked, problems) for at, each in enumerate(state.filters[:MOST_FILTERS])]
    if len(state.filters) > MOST_FILTERS:
        problems.append(_problem("state", "filters", "too_many", _("These are too many filters.")))
    sort = _sorted_by(state.sort, fields, asked, problems)
    columns = tuple(each for each in state.columns if _shown(each, fields, asked, problems))
    segment = _segment(state, host, asked, problems)
    return Checked(state, fields, conditions, sort, columns, problems, segment)


def apply(state: ListState, qs: Rows, host: str, asked: Asked) -> Rows:
    """Narrow `qs` to what a state asks for. Raises BadListState when any part of it cannot be used."""
    found = check(state, host, asked)
    if found.problems:
        raise BadListState(found.problems)
    return found.apply(qs, host, asked)


def may_use(field_: RecordField, asked: Asked) -> bool:
    """May who asks see this field?"""
    held = asked.may_everywhere if field_.is_of_others else asked.may
    return not field_.permission or held(field_.permission)


def flipped(name: str) -> str:
    """Return a name of an order in the other direction."""
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _checked(
    asks: Condition, at: int, fields: dict[str, RecordField], asked: Asked, problems: list[Problem]
) -> Q | None:
    """Return the condition of one filter, None with a problem when it cannot be used."""
    found = _condition_of(asks, fields, asked)
    if isinstance(found, Q):
        return found
    problems.append(replace(found, part="filter", at=at))
    return None


def _condition_of(asks: Condition, fields: dict[str, RecordField], asked: Asked) -> Q | Problem:
    named = _usable(asks.key, fields, asked)
    if isinstance(named, Problem):
        return named
    if asks.op not in {str(op) for op in named.asked_by} or named.condition is None:
        return _problem("", asks.key, "operator", _("This field cannot be compared in this way."))
    if len(asks.values) > MOST_VALUES:
        return _problem("", asks.key, "too_many", _("These are too many values."))
    if any(len(value) > LONGEST_VALUE for value in asks.values):
        return _problem("", asks.key, "value", _("This value is too long."))
    try:
        op = Op(asks.op)
        return named.condition(op, parse_value(named, op, asks.values, asked), asked)
    except Invalid as error:
        return _problem("", asks.key, "value", error.message)


def _usable(key: str, fields: dict[str, RecordField], asked: Asked) -> RecordField | Problem:
    found = fields.get(key)
    if found is None:
        return _problem("", key, "unknown", _("There is no such field; it may have been removed."))
    if not may_use(found, asked):
        return _problem("", key, "forbidden", _("You have no permission for this field."))
    return found


def _sorted_by(sort: str, fields: dict[str, RecordField], asked: Asked, problems: list[Problem]) -> str:
    if not sort:
        return ""
    key = sort.removeprefix("-")
    found = _usable(key, fields, asked)
    if isinstance(found, Problem):
        problems.append(replace(found, part="sort"))
        return ""
    if not found.order:
        problems.append(_problem("sort", key, "sort", _("The list cannot be ordered by this field.")))
        return ""
    return sort


def _shown(key: str, fields: dict[str, RecordField], asked: Asked, problems: list[Problem]) -> bool:
    found = _usable(key, fields, asked)
    if isinstance(found, Problem):
        problems.append(replace(found, part="column"))
        return False
    return True


def _segment(state: ListState, host: str, asked: Asked, problems: list[Problem]) -> Q | None:
    """Return the condition of the segment; None when there is none, with a problem when it cannot be used."""
    if state.segment is None:
        return None
    reader = _readers.get(host)
    try:
        if reader is None or reader.segment is None:
            raise Invalid(_("This list knows no segments."))
        return reader.segment(state.segment, asked)
    except PeyvandError as error:
        problems.append(_problem("segment", str(state.segment), "unknown", error.message))
        return None


def _problem(part: str, key: str, code: str, message: str) -> Problem:
    return Problem(part, key, code, message)


def _parts(text: str) -> list[str]:
    """Cut a filter at «~» where no «\\» stands before it."""
    parts, is_escaped = [""], False
    for letter in text:
        if letter == "~" and not is_escaped:
            parts.append("")
        elif letter != "\\" or is_escaped:
            parts[-1] += letter
        is_escaped = letter == "\\" and not is_escaped
    return parts


def _condition(data: Mapping[str, Any]) -> Condition:
    values = data.get("values")
    kept = tuple(str(value)[: LONGEST_VALUE + 1] for value in values) if isinstance(values, list) else ()
    return Condition(_word(data.get("key", "")), _word(data.get("op", "")), kept[: MOST_VALUES + 1])


def _columns(keys: Sequence[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_word(key) for key in keys if key))[:MOST_COLUMNS]


def _word(value: Any, longest: int = LONGEST_KEY) -> str:
    return str(value).replace("\x00", "").strip()[:longest] if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 19 and int(text) else None
