"""Reading days and times of tables: either calendar, any order of the parts, two digits of a year."""

import datetime as dt
import re

from django.utils.translation import gettext as _

from peyvand.core.errors import Invalid
from peyvand.core.jalali import FIRST_YEAR, LAST_YEAR, from_jalali, is_leap, month_length, parse_date, to_jalali, today
from peyvand.core.text import display_norm, to_latin_digits
from peyvand.parties.importing.cells import BadCell, Read, clean

_NUMBERS = re.compile(r"([0-9]{1,4})[\s\-/.,_\\]+([0-9]{1,2})[\s\-/.,_\\]+([0-9]{1,4})(?:[\sT]+[0-9]{1,2}:[0-9]{2}.*)?")
_GLUED = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


def day(*, future: bool = False, order: str = "") -> Read:
    """A day of either calendar in any order of its parts; two digits of a year are Jalali, this century's first.

    order: "mdy" reads 3/4/2024 as the fourth of March; a day above 12 tells it by itself.
    """

    def read(text: str) -> dt.date:
        found = _date(to_latin_digits(display_norm(text)), order)
        if found > today() and not future:
            raise BadCell(_("This day is still to come."))
        if found.year < 1800:
            raise BadCell(_("This day is too long ago."))
        return found

    return read


def _date(text: str, order: str) -> dt.date:
    match = _NUMBERS.fullmatch(text) or _GLUED.fullmatch(text)
    if match is None:
        try:
            return parse_date(text)
        except Invalid as error:
            raise BadCell(error.message) from error
    first, middle, last = (int(part) for part in match.groups()[:3])
    if len(match[1]) == 4 or (len(match[3]) < 4 and not last > 31):
        year, month, date, digits = first, middle, last, len(match[1])
    else:
        year, month, date, digits = last, middle, first, len(match[3])
        if (order == "mdy" or month > 12) and date <= 12:
            month, date = date, month
    if digits == 4 and month > 12 and date <= 12:
        month, date = date, month
    return _day_of(_century(year) if digits <= 2 else year, month, date)


def _century(year: int) -> int:
    """Two digits of a Jalali year: the last hundred years up to ten years ahead."""
    this = to_jalali(today()).year
    full = this // 100 * 100 + year
    return full if full <= this + 10 else full - 100


def _day_of(year: int, month: int, date: int) -> dt.date:
    if FIRST_YEAR <= year <= LAST_YEAR:
        _check_jalali(year, month, date)
        return from_jalali(year, month, date)
    if not 1800 <= year <= 2200:
        raise BadCell(_("The year %(year)s is in neither calendar.") % {"year": year})
    try:
        return dt.date(year, month, date)
    except ValueError as error:
        shown = f"{year}/{month:02}/{date:02}"
        raise BadCell(_("%(day)s does not exist in the calendar.") % {"day": shown}) from error


def _check_jalali(year: int, month: int, date: int) -> None:
    shown = f"{year}/{month:02}/{date:02}"
    if not 1 <= month <= 12 or date < 1:
        raise BadCell(_("%(day)s does not exist in the calendar.") % {"day": shown})
    length = month_length(year, month)
    if date > length and month == 12 and date == 30 and not is_leap(year):
        raise BadCell(_("%(day)s does not exist: %(year)s was no leap year.") % {"day": shown, "year": year})
    if date > length:
        raise BadCell(_("%(day)s does not exist: that month has %(count)s days.") % {"day": shown, "count": length})


def clock(text: str) -> dt.time:
    """An hour and minute, «9:30» in any digits."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?(?::[0-5][0-9])?", to_latin_digits(clean(text)))
    if found is None:
        raise BadCell(_("Write a time as 9:30."))
    return dt.time(int(found[1]), int(found[2] or 0))
