"""What the editor of one filter shows: the fields, the operators of one, the input of its value."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as having
from itertools import groupby

from django.http import QueryDict
from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.field_values import canonical, parse_value
from peyvand.core.jalali import parse_date
from peyvand.core.list_state import MOST_FILTERS, Condition, ListState, may_use
from peyvand.core.money import format_money, parse_money
from peyvand.core.record_fields import LABELS, WITHOUT_VALUE, Kind, Op, RecordField
from peyvand.web.lists.addresses import tool_url
from peyvand.web.lists.lookups import lookup_of
from peyvand.web.lists.opened import Opened

SEARCH_FROM = 9  # choices from which they have a box to narrow them
DAYS = {Op.LAST_DAYS, Op.OLDER_DAYS, Op.NEXT_DAYS}
SEVERAL = {Op.ANY_OF, Op.NONE_OF}


@dataclass(frozen=True)
class FieldLink:
    """A field that a filter can ask."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Option:
    """One choice of a value."""

    key: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class Editor:
    """The form of one filter. shape: days, number, money, date, options, lookup, lines, text or nothing."""

    field: RecordField
    op: Op
    at: int
    operators: list[tuple[str, str, bool]]
    shape: str
    values: list[str]
    options: list[Option] = having(default_factory=list)
    words: str = ""
    error: str = ""
    unit: str = ""

    @property
    def quick(self) -> tuple[int, ...]:
        """Numbers of days that people often want."""
        return (7, 30, 90) if self.shape == "days" else ()

    @property
    def is_double(self) -> bool:
        return self.op is Op.BETWEEN

    @property
    def has_search(self) -> bool:
        return len(self.options) >= SEARCH_FROM

    @property
    def second(self) -> str:
        return self.values[1] if len(self.values) > 1 else ""

    @property
    def first(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def lines(self) -> str:
        return "\n".join(self.values)


def field_menu(opened: Opened, at: int | None) -> list[tuple[str, list[FieldLink]]]:
    """Return the fields that can be asked, in their groups; each leads to its editor."""
    more = {} if at is None else {"at": at}
    usable = [each for each in opened.checked.fields.values() if each.asked_by and may_use(each, opened.asked)]
    links = [
        (
            str(each.group),
            FieldLink(
                str(each.label), tool_url("filter", opened.records, opened.state, field=each.key, **more), each.icon
            ),
        )
        for each in usable
    ]
    names = list(dict.fromkeys(name for name, _link in links))
    links.sort(key=lambda pair: names.index(pair[0]))
    return [(name, [link for _name, link in pairs]) for name, pairs in groupby(links, key=lambda pair: pair[0])]


def editor(opened: Opened, query: QueryDict, error: str = "") -> Editor | None:
    """Return the editor that an address asks for; None when it names no field that may be asked."""
    at = place_of(query)
    former = opened.state.filters[at] if at is not None and at < len(opened.state.filters) else None
    key = query.get("field", "") or (former.key if former else "")
    known = opened.checked.fields.get(key)
    if known is None or not known.asked_by or not may_use(known, opened.asked):
        return None
    is_same = former is not None and former.key == key
    op = _operator(known, query.get("op", "") or (former.op if former and is_same else ""))
    values = query.getlist("v") or (list(former.values) if former and is_same else [])
    shape = _shape(known, op)
    words = query.get("words", "").replace("\x00", "")[:100]
    return Editor(
        field=known,
        op=op,
        at=len(opened.state.filters) if at is None else at,
        operators=[(str(each), str(LABELS[each]), each is op) for each in _offered(known)],
        shape=shape,
        values=[_typed(known, shape, each, opened) for each in values],
        options=_options(opened, known, shape, values, words),
        words=words,
        error=error,
        unit=_unit(known, shape),
    )


def place_of(query: QueryDict) -> int | None:
    """Which filter an address means; None for a new one."""
    text = query.get("at", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def changed(opened: Opened, query: QueryDict) -> ListState:
    """Return the state with the filter that an editor's form holds. Raises Invalid with the reason."""
    known = opened.checked.fields.get(query.get("field", ""))
    if known is None or not known.asked_by or not may_use(known, opened.asked):
        raise Invalid(_("There is no such field; it may have been removed."))
    values = [line for each in query.getlist("v") for line in each.splitlines() if line.strip()]
    op = _operator(known, query.get("op", ""))
    kept = Condition(known.key, str(op), canonical(known, op, values, opened.asked))
    if known.condition is not None:
        known.condition(op, parse_value(known, op, kept.values, opened.asked), opened.asked)
    filters = list(opened.state.filters)
    at = place_of(query)
    if at is None or at >= len(filters):
        filters.append(kept)
    else:
        filters[at] = kept
    if len(filters) > MOST_FILTERS:
        raise Invalid(_("These are too many filters."))
    return opened.state.but(filters=tuple(filters))


def _offered(known: RecordField) -> list[Op]:
    """The operators of an editor: where several choices can be ticked, «is one of» serves for «is»."""
    offered = list(known.asked_by)
    if known.choices is None:
        return offered
    hidden = {Op.IS: Op.ANY_OF, Op.IS_NOT: Op.NONE_OF}
    return [each for each in offered if hidden.get(each) not in offered]


def _operator(known: RecordField, text: str) -> Op:
    offered = _offered(known)
    wider = {"is": Op.ANY_OF, "is_not": Op.NONE_OF}
    if known.choices is not None and wider.get(text) in offered:
        return wider[text]
    return Op(text) if text in {str(each) for each in known.asked_by} else offered[0]


def _shape(known: RecordField, op: Op) -> str:
    if op in WITHOUT_VALUE:
        return "nothing"
    if op in DAYS:
        return "days"
    if known.choices is not None:
        return "options"
    if lookup_of(known.kind) is not None:
        return "lookup"
    by_kind = {Kind.NUMBER: "number", Kind.MONEY: "money", Kind.DATE: "date", Kind.MOMENT: "date"}
    return by_kind.get(known.kind, "lines" if op in SEVERAL else "text")


def _unit(known: RecordField, shape: str) -> str:
    if shape == "days":
        return _("days")
    return _("toman") if shape == "money" else str(known.unit)


def _typed(known: RecordField, shape: str, value: str, opened: Opened) -> str:
    """Return a kept value as its reader would type it; anything else as it is."""
    pen = opened.pen
    try:
        if shape == "money":
            rials = parse_money(value)
            return format_money(rials, lang=pen.prefs.language, named=False, digits=pen.prefs.digits)
        if shape == "date":
            return pen.date(parse_date(value), "numeric")
    except Invalid:
        return value
    return pen.digits(value) if shape in {"days", "number"} else value


def _options(opened: Opened, known: RecordField, shape: str, values: Sequence[str], words: str) -> list[Option]:
    if shape == "options" and known.choices is not None:
        return [Option(key, str(label), key in values) for key, label in known.choices(opened.asked)]
    lookup = lookup_of(known.kind)
    if shape != "lookup" or lookup is None:
        return []
    found = dict(lookup.names(opened.asked, values))
    found |= {key: str(label) for key, label in lookup.find(opened.asked, words, known.key)}
    return [Option(key, str(label), key in values) for key, label in found.items()]
