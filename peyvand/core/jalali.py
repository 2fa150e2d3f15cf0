"""Jalali and Gregorian dates as people read and type them; `jdatetime` computes, nothing else here knows it."""

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

import jdatetime  # type: ignore[import-untyped]  # it ships no types
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peyvand.core.errors import Invalid
from peyvand.core.text import search_norm, to_latin_digits, to_persian_digits

FIRST_YEAR, LAST_YEAR = 1206, 1498  # the range of the University of Tehran's official table

MONTHS = {
    ("jalali", "fa"): "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(),
    ("jalali", "en"): "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand".split(),
    ("gregorian", "fa"): "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split(),
    ("gregorian", "en"): (
        "January February March April May June July August September October November December".split()
    ),
}
WEEKDAYS = {  # Monday first, as `date.weekday()` counts
    "fa": ["دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
WORDS = {
    "fa": {"yesterday": "دیروز", "tomorrow": "فردا", "ago": "{} روز پیش", "ahead": "{} روز دیگر", "comma": "، "},
    "en": {
        "yesterday": "Yesterday",
        "tomorrow": "Tomorrow",
        "ago": "{} days ago",
        "ahead": "in {} days",
        "comma": ", ",
    },
}
STYLES = ("short", "long", "full", "relative", "time", "datetime", "numeric")


class JalaliDate(NamedTuple):
    """A day of the Jalali calendar."""

    year: int
    month: int
    day: int


def to_jalali(day: dt.date) -> JalaliDate:
    """Return the Jalali date of a Gregorian day (of a datetime: in the organisation's zone)."""
    return _jalali_of(_local_day(day))


@lru_cache(maxsize=4096)
def _jalali_of(day: dt.date) -> JalaliDate:
    """A list writes the same few days again and again."""
    there = jdatetime.date.fromgregorian(date=day)
    return JalaliDate(there.year, there.month, there.day)


def from_jalali(year: int, month: int, day: int) -> dt.date:
    """Return the Gregorian day of a Jalali date. Raises Invalid when there is no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(_("This year is outside the calendar."))
    try:
        found: dt.date = jdatetime.date(year, month, day).togregorian()
    except ValueError as error:
        raise Invalid(_("There is no such day in the calendar.")) from error
    return found


def is_leap(year: int) -> bool:
    """Tell whether Esfand of this Jalali year has 30 days."""
    return bool(jdatetime.date(year, 1, 1).isleap())


def month_length(year: int, month: int) -> int:
    """Return the number of days of a Jalali month."""
    if month <= 6:
        return 31
    return 30 if month < 12 or is_leap(year) else 29


def today() -> dt.date:
    """Return the day it is in the organisation's zone."""
    return timezone.localdate()


def _local_day(value: dt.date) -> dt.date:
    there = _local(value)
    return there.date() if isinstance(there, dt.datetime) else there


def _local(value: dt.date) -> dt.date:
    """A moment in the organisation's zone; a day, or a moment without a zone, as it is."""
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def _parts(day: dt.date, calendar: str) -> JalaliDate:
    return to_jalali(day) if calendar == "jalali" else JalaliDate(day.year, day.month, day.day)


def _time(there: dt.date) -> str:
    return f"{there.hour:02}:{there.minute:02}" if isinstance(there, dt.datetime) else ""


def _short(day: dt.date, calendar: str, lang: str, *, year: bool) -> str:
    parts = _parts(day, calendar)
    name = MONTHS[calendar, lang][parts.month - 1]
    return f"{parts.day} {name} {parts.year}" if year else f"{parts.day} {name}"


def _relative(there: dt.date, day: dt.date, now: dt.date, calendar: str, lang: str) -> str:
    words, days = WORDS[lang], (now - day).days
    if days == 0 and isinstance(there, dt.datetime):
        return _time(there)
    near = {1: words["yesterday"], -1: words["tomorrow"]}.get(days)
    if near:
        return near
    if 2 <= abs(days) <= 7:
        return words["ago" if days > 0 else "ahead"].format(abs(days))
    return _short(day, calendar, lang, year=_parts(day, calendar).year != _parts(now, calendar).year)


def _written(there: dt.date, calendar: str, lang: str, style: str, now: dt.date) -> str:
    """Write a day, or a moment that stands in the organisation's zone."""
    day, comma = there.date() if isinstance(there, dt.datetime) else there, WORDS[lang]["comma"]
    if style == "relative":
        return _relative(there, day, now, calendar, lang)
    if style == "time":
        return _time(there)
    parts = _parts(day, calendar)
    if style == "numeric":
        return f"{parts.year}/{parts.month:02}/{parts.day:02}"
    if style == "short":
        return _short(day, calendar, lang, year=parts.year != _parts(now, calendar).year)
    full = _short(day, calendar, lang, year=True)
    if style in {"long", "full"}:
        full = f"{WEEKDAYS[lang][day.weekday()]}{comma}{full}"
    clock = _time(there)
    return f"{full}{comma}{clock}" if clock and style in {"datetime", "full"} else full


def format_date(
    value: dt.date | None,
    *,
    calendar: str,
    lang: str,
    style: str = "short",
    now: dt.date | None = None,
    digits: str = "",
) -> str:
    """Write a day or a moment as a person of this calendar and language reads it.

    style: `short` «۱ آذر» (with the year when it is another one), `long` «یکشنبه، ۱ آذر ۱۴۰۵», `full` the same with the
    time, `datetime` «۱ آذر ۱۴۰۵، ۱۰:۱۸», `numeric` «۱۴۰۵/۰۹/۰۱», `time` «۱۰:۱۸», `relative` today's time, «دیروز»,
    «۳ روز پیش» up to seven days, then as `short`. digits: `persian`, `latin` or the language's own.
    """
    if value is None:
        return ""
    lang = lang if lang in WEEKDAYS else "en"
    there = _local(value)
    near = (_local_day(now) if now else today()) if style in {"short", "relative"} else there
    text = _written(there, calendar, lang, style, near)
    use_persian = (digits or ("persian" if lang == "fa" else "latin")) == "persian"
    return to_persian_digits(text) if use_persian else text


def _month_names() -> dict[str, tuple[str, int]]:
    names: dict[str, tuple[str, int]] = {}
    for (calendar, lang), months in MONTHS.items():
        for number, name in enumerate(months, 1):
            names[search_norm(name)] = (calendar, number)
            if (calendar, lang) == ("gregorian", "en"):
                names[name[:3].lower()] = (calendar, number)
    return names


_MONTH_NAMES = _month_names()
_NUMBERS = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})")
_NAMED = re.compile(r"(\d{1,4})\s+([^\W\d]+(?: [^\W\d]+)?)\s*,?\s+(\d{1,4})")


def parse_date(text: str) -> dt.date:
    """Read a typed date of either calendar, in any digits: «۱۴۰۵/۹/۱», «1/9/1405», «۱ آذر ۱۴۰۵», «2026-11-22».

    The year tells the calendar, so it has four digits. Raises Invalid with a sentence for the person.
    """
    folded = search_norm(to_latin_digits(text))
    if match := _NUMBERS.fullmatch(folded):
        first, month, last = (int(part) for part in match.groups())
        return _day_of(first, month, last, "")
    match = _NAMED.fullmatch(folded)
    named = _MONTH_NAMES.get(match[2]) if match else None
    if match and named:
        return _day_of(int(match[1]), named[1], int(match[3]), named[0])
    raise Invalid(_("This date cannot be read; write it like 1405/09/01."))


def _day_of(first: int, month: int, last: int, calendar: str) -> dt.date:
    year, day = (first, last) if first > 31 else (last, first)
    found = "jalali" if FIRST_YEAR <= year <= LAST_YEAR else "gregorian" if 1800 <= year <= 2200 else ""
    if not found or (calendar and calendar != found):
        raise Invalid(_("This date cannot be read; write it like 1405/09/01."))
    if found == "jalali":
        return from_jalali(year, month, day)
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise Invalid(_("There is no such day in the calendar.")) from error
