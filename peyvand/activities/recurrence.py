"""Recurrence in the Jalali and the Gregorian calendar: pure; on which days something takes place, and at which instant.

Every month and every year count from the day on which the series begins. **A month that lacks the day** (31 in Mehr, 30
Esfand in a year that is no leap year) uses its last day, or is left out when the rule says so. **The wall time stays**:
10:00 is 10:00 in the zone of the series, whatever its clock does; a time that a change of the clock jumps over is read
with the offset before the jump, and of one that comes twice the first is meant (RFC 5545 §3.3.5).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import count, takewhile
from typing import Any, Self

from peyvand.core.jalali import LAST_YEAR, from_jalali, month_length, to_jalali

DAY = timedelta(days=1)
MOST_STEPS = 20_000  # months, weeks or days that are looked at
LONGEST_GAP = 400  # steps without an occurrence after which there is none any more


class Every(StrEnum):
    """How often something comes again."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Calendar(StrEnum):
    """In which calendar months and years are counted."""

    JALALI = "jalali"
    GREGORIAN = "gregorian"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When something comes again.

    every, interval: each second week. weekdays: of WEEK, Monday is 0; empty is that of the beginning. nth, weekday: of
    MONTH, the last Thursday is (-1, 3); without them the day of the month of the beginning. skip_short: leave out a
    month that lacks the day instead of taking its last one. until: the last day, included; most: how many in all.
    """

    every: Every
    interval: int = 1
    calendar: Calendar = Calendar.JALALI
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    weekday: int = 0
    skip_short: bool = False
    until: date | None = None
    most: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.interval <= 99 or any(not 0 <= one <= 6 for one in (*self.weekdays, self.weekday)):
            raise ValueError("interval or weekday")
        if not (self.nth == -1 or 0 <= self.nth <= 5) or (self.most is not None and not 1 <= self.most <= 999):
            raise ValueError("nth or most")

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        until = data.get("until")
        return cls(
            every=Every(data["every"]),
            interval=int(data.get("interval", 1)),
            calendar=Calendar(data.get("calendar", "jalali")),
            weekdays=tuple(data.get("weekdays", ())),
            nth=int(data.get("nth", 0)),
            weekday=int(data.get("weekday", 0)),
            skip_short=bool(data.get("skip_short")),
            until=date.fromisoformat(until) if until else None,
            most=data.get("most"),
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values, as a row keeps them."""
        return {
            "every": self.every.value,
            "interval": self.interval,
            "calendar": self.calendar.value,
            "weekdays": list(self.weekdays),
            "nth": self.nth,
            "weekday": self.weekday,
            "skip_short": self.skip_short,
            "until": self.until.isoformat() if self.until else None,
            "most": self.most,
        }


def days_of(rule: Rule, start: date) -> Iterator[date]:
    """The days of a series that begins on `start`, in order; `start` itself is one only if the rule says so."""
    found: Iterator[date] = (day for day in _STEPS[rule.every](rule, start) if day >= start)
    if rule.until is not None:
        until = rule.until
        found = takewhile(lambda day: day <= until, found)
    for number, day in enumerate(found):
        if rule.most is not None and number >= rule.most:
            return
        yield day


def between(rule: Rule, start: date, first: date, last: date) -> list[date]:
    """The days of a series from `first` to `last`, both included."""
    return [day for day in takewhile(lambda day: day <= last, days_of(rule, start)) if day >= first]


def moment(day: date, clock: time, zone: tzinfo) -> datetime:
    """The instant, in UTC, of a wall time on a day in a zone."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _days(rule: Rule, start: date) -> Iterator[date]:
    for step in range(MOST_STEPS):
        yield start + DAY * step * rule.interval


def _weeks(rule: Rule, start: date) -> Iterator[date]:
    """Weeks are counted from Saturday, as in Iran, or from Monday with the Gregorian calendar."""
    begins = 5 if rule.calendar is Calendar.JALALI else 0
    first = start - DAY * ((start.weekday() - begins) % 7)
    offsets = sorted((one - begins) % 7 for one in set(rule.weekdays or (start.weekday(),)))
    for step in range(MOST_STEPS):
        week = first + DAY * 7 * step * rule.interval
        yield from (week + DAY * offset for offset in offsets)


def _months(rule: Rule, start: date) -> Iterator[date]:
    yield from _in_months(rule, start, rule.interval)


def _years(rule: Rule, start: date) -> Iterator[date]:
    yield from _in_months(rule, start, rule.interval * 12)


def _in_months(rule: Rule, start: date, step: int) -> Iterator[date]:
    year, month, wanted = _parts(start, rule.calendar)
    gap = 0
    for number in count():
        months = year * 12 + month - 1 + number * step
        there = (months // 12, months % 12 + 1)
        if number >= MOST_STEPS or gap > LONGEST_GAP or there[0] > _last_year(rule.calendar):
            return
        day = _in_month(rule, *there, wanted)
        gap = 0 if day else gap + 1
        if day:
            yield day


def _in_month(rule: Rule, year: int, month: int, wanted: int) -> date | None:
    length = length_of(year, month, rule.calendar)
    if rule.nth:
        return _nth(rule, _day(year, month, 1, rule.calendar), length)
    if wanted > length and rule.skip_short:
        return None
    return _day(year, month, min(wanted, length), rule.calendar)


def _nth(rule: Rule, first: date, length: int) -> date | None:
    """The n-th weekday of a month that begins on `first`; None when there is no fifth."""
    if rule.nth == -1:
        last = first + DAY * (length - 1)
        return last - DAY * ((last.weekday() - rule.weekday) % 7)
    offset = (rule.weekday - first.weekday()) % 7 + 7 * (rule.nth - 1)
    return first + DAY * offset if offset < length else None


def length_of(year: int, month: int, calendar: Calendar) -> int:
    """How many days a month has."""
    if calendar is Calendar.JALALI:
        return month_length(year, month)
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


def _parts(day: date, calendar: Calendar) -> tuple[int, int, int]:
    if calendar is Calendar.JALALI:
        there = to_jalali(day)
        return there.year, there.month, there.day
    return day.year, day.month, day.day


def _day(year: int, month: int, day: int, calendar: Calendar) -> date:
    return from_jalali(year, month, day) if calendar is Calendar.JALALI else date(year, month, day)


def _last_year(calendar: Calendar) -> int:
    return LAST_YEAR if calendar is Calendar.JALALI else 2119


_STEPS = {Every.DAY: _days, Every.WEEK: _weeks, Every.MONTH: _months, Every.YEAR: _years}
