"""Filters as people read them: field, operator, value; each part opens its own menu."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyvand.core.custom_fields import labels_of_removed
from peyvand.core.errors import Invalid
from peyvand.core.field_values import parse_value
from peyvand.core.list_state import Checked, Condition, ListState
from peyvand.core.money import format_money_short
from peyvand.core.record_fields import LABELS, WITHOUT_VALUE, Asked, Kind, Op, RecordField
from peyvand.core.text import to_persian_digits
from peyvand.web.lists.addresses import list_url, tool_url
from peyvand.web.lists.cells import Pen
from peyvand.web.lists.lookups import lookup_of
from peyvand.web.lists.records import RecordList

SHOWN_VALUES = 3
_DAYS = {Op.LAST_DAYS, Op.OLDER_DAYS, Op.NEXT_DAYS}


@dataclass(frozen=True)
class Sentence:
    """A filter that is on. problem: why it cannot be used; the addresses open its parts, or take it off."""

    at: int
    label: str
    operator: str
    value: str
    remove_url: str
    edit_url: str = ""
    problem: str = ""


def sentences(records: RecordList, checked: Checked, asked: Asked, pen: Pen) -> list[Sentence]:
    """Return the filters of a state as sentences, those that cannot be used in their error state."""
    problems = {each.at: each.message for each in checked.problems if each.part == "filter"}
    state = checked.state
    removed = labels_of_removed(records.host, [each.key for each in state.filters if each.key not in checked.fields])
    found = []
    for at, each in enumerate(state.filters):
        without = state.but(filters=state.filters[:at] + state.filters[at + 1 :])
        field = checked.fields.get(each.key)
        is_known = field is not None and not (at in problems and field.permission)
        found.append(
            Sentence(
                at=at,
                label=str(field.label) if field and is_known else removed.get(each.key) or each.key or _("Filter"),
                operator=_operator(each) if is_known else "",
                value=value_text(field, each, asked, pen) if field and is_known else "",
                remove_url=list_url(records, without),
                edit_url=tool_url("filter", records, state, at=at) if is_known else "",
                problem=problems.get(at, ""),
            )
        )
    return found


def _operator(each: Condition) -> str:
    if each.op not in set(Op):
        return each.op
    if Op(each.op) in _DAYS:
        return ""
    narrower = {Op.ANY_OF: Op.IS, Op.NONE_OF: Op.IS_NOT}
    op = Op(each.op)
    return str(LABELS[narrower.get(op, op) if len(each.values) == 1 else op])


def value_text(field: RecordField, each: Condition, asked: Asked, pen: Pen) -> str:
    """Return the value of a filter in words: «تهران، شیراز و ۲ دیگر», «۷ روز گذشته», «۵۰۰ میلیون تومان»."""
    if each.op not in set(Op) or Op(each.op) in WITHOUT_VALUE:
        return ""
    op = Op(each.op)
    try:
        value = parse_value(field, op, each.values, asked)
    except Invalid:
        return _joined(each.values, pen)
    if op in _DAYS:
        return _days(op, value, pen)
    return _between(field, value, pen) if op is Op.BETWEEN else _joined(_names(field, value, asked, pen), pen)


def _days(op: Op, days: int, pen: Pen) -> str:
    words = {
        Op.LAST_DAYS: ngettext("last %(n)s day", "last %(n)s days", days),
        Op.OLDER_DAYS: ngettext("longer ago than %(n)s day", "longer ago than %(n)s days", days),
        Op.NEXT_DAYS: ngettext("next %(n)s day", "next %(n)s days", days),
    }
    return words[op] % {"n": pen.number(days)}


def _between(field: RecordField, value: Sequence[Any], pen: Pen) -> str:
    first, last = (_one(field, each, pen) for each in value)
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _names(field: RecordField, value: Any, asked: Asked, pen: Pen) -> list[str]:
    values = value if isinstance(value, list) else [value]
    known: dict[str, str] = dict(pen.labels.get(field.key, {}))
    lookup = lookup_of(field.kind)
    if not known and field.choices is not None:
        known = {key: str(label) for key, label in field.choices(asked)}
    elif not known and lookup is not None:
        known = lookup.names(asked, [str(each) for each in values])
    return [known.get(str(each)) or _one(field, each, pen) for each in values]


def _one(field: RecordField, value: Any, pen: Pen) -> str:
    if field.kind is Kind.MONEY:
        return format_money_short(int(value), lang=pen.prefs.language, digits=pen.prefs.digits)
    if field.kind is Kind.NUMBER:
        return pen.percent(value) if field.unit == "%" else f"{pen.number(value)} {field.unit}".strip()
    if field.kind in {Kind.DATE, Kind.MOMENT}:
        return pen.date(value, "short")
    text = str(value)
    return to_persian_digits(text) if text.isdigit() and pen.prefs.digits == "persian" else text


def _joined(names: Iterable[str], pen: Pen) -> str:
    all_names = list(names)
    comma = "، " if pen.prefs.language == "fa" else ", "
    text = comma.join(all_names[:SHOWN_VALUES])
    rest = len(all_names) - SHOWN_VALUES
    if rest <= 0:
        return text
    more = ngettext("and %(n)s other", "and %(n)s others", rest) % {"n": pen.number(rest)}
    return f"{text} {more}"


def clear_url(records: RecordList, state: ListState) -> str:
    """The list without filters, words and segment."""
    return list_url(records, state.but(filters=(), q="", segment=None))
