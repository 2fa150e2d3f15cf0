"""Saying a recurrence to calendars that only know the Gregorian one (RFC 5545 §3.3.10): pure.

Days and weeks are the same in every calendar, months and years are not: "every 5th of the Jalali month" is no RRULE, so
its days are told one by one. So is what RRULE says only in words that Outlook does not follow: the last day of a short
month, a fifth weekday.
"""

from typing import Any

from peyvand.activities.recurrence import Calendar, Every, Rule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
IN_EVERY_MONTH = 28


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
