"""Custom fields as registered fields: how they are read from the JSON column `custom` and asked by our id only.

Equality and choices are containment, which the column's index serves; ranges and parts of texts read the value.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import (
    F,
    Func,
    JSONField,
    Q,
    TextField,
    Value,
)
from django.db.models.lookups import (
    GreaterThan,
    GreaterThanOrEqual,
    IContains,
    LessThan,
    LessThanOrEqual,
    StartsWith,
)

from peyvand.core import record_conditions as conditions
from peyvand.core.custom_fields.definitions import choices_of, key_of, label_of
from peyvand.core.custom_fields.values import digest_of, fits
from peyvand.core.models import CustomField
from peyvand.core.record_fields import OPERATORS, Asked, Bulk, Condition, Kind, Op, Reading, RecordField
from peyvand.core.record_links import wanted_of
from peyvand.core.text import normalise_email, normalise_phone, search_norm, to_latin_digits

COLUMN = "custom"


def record_field(custom: CustomField, *, group: Any = "", permission: str = "") -> RecordField:
    """Return a custom field as lists, filters, segments, exports and the API know it."""
    kind = Kind(custom.kind)
    takes_choices = kind in {Kind.CHOICE, Kind.CHOICES}
    return RecordField(
        key=key_of(custom),
        label=label_of(custom),
        kind=kind,
        read=_READ.get(kind, _plain)(custom),
        condition=condition_of(custom),
        operators=(Op.YES, Op.NO, Op.EMPTY, Op.FILLED) if kind is Kind.YES_NO else OPERATORS[kind],
        choices=(lambda asked: choices_of(custom, with_off=True)) if takes_choices else None,
        group=group,
        is_editable=True,
        permission=permission,
    )


# ------------------------------------------------------------------------------------------------------- reading


def _reading(custom: CustomField, kind: str, made: Callable[[Any], Any], empty: Any = None) -> Reading:
    """Return what reads a value whose shape fits; `empty` for every other."""
    key = str(custom.pk)

    def read(values: dict[str, Any] | None) -> Any:
        value = (values or {}).get(key)
        return made(value) if fits(kind, value) else empty

    return Reading(lambda record: read(record.custom), Bulk(path=COLUMN, made=read))


def _plain(custom: CustomField) -> Reading:
    return _reading(custom, custom.kind, lambda value: value)


def _day(custom: CustomField) -> Reading:
    return _reading(custom, Kind.DATE, dt.date.fromisoformat)


def _choice(custom: CustomField) -> Reading:
    return _reading(custom, Kind.CHOICE, str, "")


def _choices(custom: CustomField) -> Reading:
    return _reading(custom, Kind.CHOICES, lambda value: [str(one) for one in value], [])


def _number_of_state(custom: CustomField) -> Reading:
    return _reading(custom, Kind.NATIONAL_ID, lambda value: str(value["shown"]), "")


def _linked(custom: CustomField) -> Reading:
    """The number of the record; its name is told by `record_links.Names` of the reader."""
    return _reading(custom, Kind.PARTY, int)


_READ: dict[Kind, Callable[[CustomField], Reading]] = {
    Kind.DATE: _day,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NATIONAL_ID: _number_of_state,
    Kind.PARTY: _linked,
}


# -------------------------------------------------------------------------------------------------------- asking


def condition_of(custom: CustomField) -> Condition:
    """Return the condition of a custom field."""
    compare = _COMPARE.get(Kind(custom.kind), _words)

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        if op in {Op.EMPTY, Op.FILLED}:
            known = Q(**{f"{COLUMN}__has_key": str(custom.pk)})
            return ~known if op is Op.EMPTY else known
        return compare(custom, op, value, asked)

    return condition


def _holds(custom: CustomField, value: Any) -> Q:
    return Q(**{f"{COLUMN}__contains": {str(custom.pk): value}})


def _as_text(custom: CustomField) -> Func:
    return Func(F(COLUMN), Value(str(custom.pk)), function="jsonb_extract_path_text", output_field=TextField())


def _as_json(custom: CustomField) -> Func:
    return Func(F(COLUMN), Value(str(custom.pk)), function="jsonb_extract_path", output_field=JSONField())


def _words(custom: CustomField, op: Op, value: Any, asked: Asked) -> Q:
    match op:
        case Op.IS:
            return _holds(custom, value)
        case Op.IS_NOT:
            return ~_holds(custom, value)
        case Op.STARTS:
            return Q(StartsWith(_as_text(custom), value))
    return Q(IContains(_as_text(custom), value))


def _amount(custom: CustomField, op: Op, value: Any, asked: Asked) -> Q:
    def number(of: Any) -> Value:
        return Value(int(of) if of == int(of) else float(of), output_field=JSONField())

    found = _as_json(custom)
    match op:
        case Op.MORE:
            return Q(GreaterThan(found, number(value)))
        case Op.LESS:
            return Q(LessThan(found, number(value)))
        case Op.BETWEEN:
            return Q(GreaterThanOrEqual(found, number(value[0]))) & Q(LessThanOrEqual(found, number(value[1])))
    return _holds(custom, int(value) if value == int(value) else float(value))


def _days(custom: CustomField, op: Op, value: Any, asked: Asked) -> Q:
    first, last = conditions.days_of(op, value, asked)
    found = Q() if first is None else Q(GreaterThanOrEqual(_as_text(custom), first.isoformat()))
    return found if last is None else found & Q(LessThanOrEqual(_as_text(custom), last.isoformat()))


def _yes_no(custom: CustomField, op: Op, value: Any, asked: Asked) -> Q:
    return _holds(custom, op is Op.YES)


def _one_choice(custom: CustomField, op: Op, value: Any, asked: Asked) -> Q:
    keys = value if isinstance(value, list) else [value]
    found = conditions.either(_holds(custom, int(key)) for key in keys)
    return ~found if op in {Op.IS_NOT, Op.NONE_OF} else found


def _some_choices(custom: CustomField, op: Op, value: Any, asked: Asked) -> Q:
    keys = value if isinstance(value, list) else [value]
    found = conditions.either(_holds(custom, [int(key)]) for key in keys)
    return ~found if op is Op.NONE_OF else found


def _record(custom: CustomField, op: Op, value: Any, asked: Asked) -> Q:
    found = _holds(custom, wanted_of(Kind.PARTY, int(value), asked))
    return ~found if op is Op.IS_NOT else found


def _phone(custom: CustomField, op: Op, value: Any, asked: Asked) -> Q:
    if op is Op.IS:
        return _holds(custom, normalise_phone(value) or value)
    digits = "".join(letter for letter in to_latin_digits(value) if letter.isdigit()).lstrip("0")
    return Q(IContains(_as_text(custom), digits or value))


def _email(custom: CustomField, op: Op, value: Any, asked: Asked) -> Q:
    if op is Op.IS:
        return _holds(custom, normalise_email(value) or value)
    return Q(IContains(_as_text(custom), search_norm(value).replace(" ", "")))


def _number_is(custom: CustomField, op: Op, value: Any, asked: Asked) -> Q:
    return _holds(custom, {"digest": digest_of(custom, value)})


_COMPARE: dict[Kind, Callable[[CustomField, Op, Any, Asked], Q]] = {
    Kind.NUMBER: _amount,
    Kind.MONEY: _amount,
    Kind.DATE: _days,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _one_choice,
    Kind.CHOICES: _some_choices,
    Kind.PARTY: _record,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.NATIONAL_ID: _number_is,
}
