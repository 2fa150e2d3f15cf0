"""Saying a recurrence to calendars that only know the Gregorian one (RFC 5545 §3.3.10): pure.

Days and weeks are the same in every calendar, months and years are not: "every 5th of the Jalali month" is no RRULE,
nor is what RRULE says only in words that Outlook does not follow: the last day of a short month, a fifth weekday. RDATE
would say such days, but Outlook does not open a series of RDATEs without an RRULE (KB 2643084, MS-OXCICAL
2.1.3.1.1.20.18). So they go out as a Gregorian series that comes as often (`stand_in`), each of whose times is moved to
its real day: a moved time is what every calendar understands.
"""

from datetime import date
from typing import Any

from peyvand.activities.recurrence import Calendar, Every, Rule
from peyvand.core.jalali import to_jalali

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
IN_EVERY_MONTH = 28
MONTHS = {Every.MONTH: 1, Every.YEAR: 12}


def rrule_of(rule: Rule, first_day: int, first_weekday: int) -> dict[str, Any] | None:
    """The parts of an RRULE without its end, or None when a Gregorian rule cannot say it.

    first_day: the Gregorian day of the month on which the series begins; first_weekday: its weekday, Monday is 0.
    """
    parts: dict[str, Any] = {"interval": rule.interval} if rule.interval > 1 else {}
    if rule.every is Every.DAY:
        return {"freq": "DAILY"} | parts
    if rule.every is Every.WEEK:
        week = {"wkst": "SA" if rule.calendar is Calendar.JALALI else "MO"} if rule.interval > 1 else {}
        days = sorted(set(rule.weekdays or (first_weekday,)))
        return {"freq": "WEEKLY"} | parts | {"byday": [DAYS[one] for one in days]} | week
    if rule.calendar is Calendar.JALALI:
        return None
    return _monthly(rule, first_day, parts)


def _monthly(rule: Rule, first_day: int, parts: dict[str, Any]) -> dict[str, Any] | None:
    if rule.nth and rule.every is Every.MONTH:
        return {"freq": "MONTHLY"} | parts | {"byday": [f"{rule.nth}{DAYS[rule.weekday]}"]} if rule.nth < 5 else None
    if first_day > IN_EVERY_MONTH or rule.nth:
        return None
    return {"freq": "MONTHLY" if rule.every is Every.MONTH else "YEARLY"} | parts


def stand_in(rule: Rule) -> dict[str, Any]:
    """The parts of a Gregorian rule that comes as often as one which `rrule_of` cannot say."""
    parts: dict[str, Any] = {"freq": "MONTHLY" if rule.every is Every.MONTH else "YEARLY"}
    return parts | ({"interval": rule.interval} if rule.interval > 1 else {})


def stand_in_day(rule: Rule, first: date, day: date) -> date:
    """The day of the stand-in that is moved to `day`: as many steps after its first day as `day` is after `first`.

    It lies within days of `day` and never among those of its neighbours; steps that the rule leaves out stay free.
    """
    months = MONTHS[rule.every]
    step = (_month_of(rule, day) - _month_of(rule, first)) // months // rule.interval
    return stand_in_of(rule, first, step)


def stand_in_of(rule: Rule, first: date, step: int) -> date:
    """The day of the stand-in after this many steps."""
    total = first.year * 12 + first.month - 1 + step * rule.interval * MONTHS[rule.every]
    return date(total // 12, total % 12 + 1, min(first.day, IN_EVERY_MONTH))


def _month_of(rule: Rule, day: date) -> int:
    """The number of a month in the calendar of the rule; of rules of years that of the first month of its year."""
    year, month = (to_jalali(day)[:2]) if rule.calendar is Calendar.JALALI else (day.year, day.month)
    return year * 12 + (month if rule.every is Every.MONTH else 0)
