"""What stands in a filter as text, read as the value that a field's condition takes."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.jalali import parse_date
from peyvand.core.money import parse_money
from peyvand.core.record_fields import WITH_LIST, WITHOUT_VALUE, Asked, Kind, Op, RecordField
from peyvand.core.text import display_norm, to_latin_digits

LONGEST = 200
MOST_DAYS = 36_500
LARGEST = Decimal(10) ** 18
_DAYS = frozenset({Op.LAST_DAYS, Op.OLDER_DAYS, Op.NEXT_DAYS})
_NUMBER = re.compile(r"[-+]?\d{1,18}(?:[./٫]\d{1,6})?")
_LISTED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.USER})


def parse_value(field: RecordField, op: Op, values: Sequence[str], asked: Asked) -> Any:
    """Read the values of a filter for `field.condition(op, value, asked)`.

    Gives None for operators without a value, a list for those with one (ANY_OF, NONE_OF, BETWEEN), otherwise one:
    an int of days for LAST_DAYS and its like, int or Decimal for numbers, an int of Rial for money, a date for DATE
    and MOMENT, text for the rest (of choices, users and parties their key). Raises Invalid with a sentence.
    """
    if op in WITHOUT_VALUE:
        return None
    filled = [value for value in values if value.strip()]
    if not filled:
        raise Invalid(_("A value is missing."))
    if op is Op.BETWEEN and len(filled) != 2:
        raise Invalid(_("Two values are needed."))
    if op not in WITH_LIST and len(filled) != 1:
        raise Invalid(_("Only one value is possible here."))
    if field.kind in _LISTED:
        _check_listed(field, filled, asked)
    read = _days if op in _DAYS else READERS.get(field.kind, _text)
    found = [read(value) for value in filled]
    if op is Op.BETWEEN:
        return sorted(found)
    return found if op in WITH_LIST else found[0]


def canonical(field: RecordField, op: Op, values: Sequence[str], asked: Asked) -> tuple[str, ...]:
    """Return values as an address keeps them, whatever language, calendar or unit they were typed in."""
    value = parse_value(field, op, values, asked)
    if value is None:
        return ()
    found = value if isinstance(value, list) else [value]
    is_money = field.kind is Kind.MONEY and op not in _DAYS
    return tuple(f"{one} rial" if is_money else str(one) for one in found)


def _check_listed(field: RecordField, values: list[str], asked: Asked) -> None:
    if field.choices is None:
        return
    known = {key for key, _label in field.choices(asked)}
    if any(value not in known for value in values):
        raise Invalid(_("There is no such choice any more."))


def _text(value: str) -> str:
    text = display_norm(value.replace("\x00", ""))
    if not text or len(text) > LONGEST:
        raise Invalid(_("This text is empty or too long."))
    return text


def _days(value: str) -> int:
    digits = to_latin_digits(value).strip()
    if not re.fullmatch(r"\d{1,5}", digits) or int(digits) > MOST_DAYS:
        raise Invalid(_("Write a whole number of days."))
    return int(digits)


def _number(value: str) -> int | Decimal:
    text = re.sub(r"[\s,٬]", "", to_latin_digits(value))
    if not _NUMBER.fullmatch(text):
        raise Invalid(_("This number cannot be read."))
    try:
        found = Decimal(re.sub("[/٫]", ".", text))
    except InvalidOperation as error:
        raise Invalid(_("This number cannot be read.")) from error
    if abs(found) > LARGEST:
        raise Invalid(_("This number is too large."))
    return int(found) if found == found.to_integral_value() else found


def _party(value: str) -> str:
    digits = to_latin_digits(value).strip()
    if not re.fullmatch(r"[1-9]\d{0,17}", digits):
        raise Invalid(_("Choose one from the list."))
    return digits


def _digits(value: str) -> str:
    text = re.sub(r"[\s-]", "", to_latin_digits(_text(value)))
    if not text:
        raise Invalid(_("A value is missing."))
    return text


READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.NUMBER: _number,
    Kind.MONEY: parse_money,
    Kind.DATE: parse_date,
    Kind.MOMENT: parse_date,
    Kind.PARTY: _party,
    Kind.NATIONAL_ID: _digits,
}
