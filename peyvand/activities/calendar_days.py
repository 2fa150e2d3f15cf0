"""The days that a calendar shows, in either calendar, and how events lie beside one another in a day: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from peyvand.core.jalali import from_jalali, month_length, to_jalali

DAY = timedelta(days=1)
SATURDAY, MONDAY = 5, 0
QUARTER = 15  # minutes of a row of the time grid
MOST_LANES = 4


class View(StrEnum):
    """How much of the calendar is shown."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    AGENDA = "agenda"


@dataclass(frozen=True)
class Period:
    """What is shown: the days of `first` to `last`, of which `begins` to `ends` are the month itself."""

    first: date
    last: date
    begins: date
    ends: date
    before: date
    after: date

    @property
    def days(self) -> list[date]:
        """All days that are shown."""
        return [self.first + DAY * n for n in range((self.last - self.first).days + 1)]


def week_start(day: date, calendar: str) -> date:
    """The first day of the week: Saturday with the Jalali calendar, Monday with the Gregorian."""
    first = SATURDAY if calendar == "jalali" else MONDAY
    return day - DAY * ((day.weekday() - first) % 7)


def month_of(day: date, calendar: str) -> tuple[date, date]:
    """The first and the last day of the month in which a day lies."""
    if calendar == "jalali":
        there = to_jalali(day)
        first = from_jalali(there.year, there.month, 1)
        return first, first + DAY * (month_length(there.year, there.month) - 1)
    first = day.replace(day=1)
    return first, (first + DAY * 31).replace(day=1) - DAY


def period_of(view: View, day: date, calendar: str) -> Period:
    """The period that a view shows around a day, and a day of the ones before and after."""
    if view is View.DAY:
        return Period(day, day, day, day, day - DAY, day + DAY)
    if view is View.WEEK:
        first = week_start(day, calendar)
        return Period(first, first + DAY * 6, first, first + DAY * 6, first - DAY * 7, first + DAY * 7)
    begins, ends = month_of(day, calendar)
    before = month_of(begins - DAY, calendar)[0]
    if view is View.AGENDA:
        return Period(begins, ends, begins, ends, before, ends + DAY)
    return Period(week_start(begins, calendar), week_start(ends, calendar) + DAY * 6, begins, ends, before, ends + DAY)


@dataclass(frozen=True)
class Span:
    """Something with a time: what lanes are computed from."""

    id: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Placed:
    """Where a span stands in the time grid of a day: rows of a quarter of an hour, and a lane among lanes."""

    id: int
    row: int
    rows: int
    lane: int
    lanes: int


def lanes_of(spans: Sequence[Span], midnight: datetime) -> list[Placed]:
    """Lay the spans of one day side by side where they overlap, at most four lanes; the day begins at `midnight`."""
    placed: list[Placed] = []
    for group in _groups(sorted(spans, key=lambda each: (each.start, each.end))):
        ends: list[datetime] = []
        rows: list[tuple[Span, int]] = []
        for one in group:
            lane = next((n for n, end in enumerate(ends) if end <= one.start), len(ends))
            ends[lane : lane + 1] = [_seen_end(one)]
            rows.append((one, lane))
        lanes = min(len(ends), MOST_LANES)
        placed += [_place(one, min(lane, MOST_LANES - 1), lanes, midnight) for one, lane in rows]
    return placed


def _seen_end(one: Span) -> datetime:
    """A short one takes up half an hour of the page all the same."""
    return max(one.end, one.start + timedelta(minutes=2 * QUARTER))


def _groups(spans: Iterable[Span]) -> list[list[Span]]:
    """Chains of spans of which each overlaps the next."""
    groups: list[list[Span]] = []
    end: datetime | None = None
    for one in spans:
        if end is None or one.start >= end:
            groups.append([])
            end = None
        groups[-1].append(one)
        end = max(end or one.start, _seen_end(one))
    return groups


def _place(one: Span, lane: int, lanes: int, midnight: datetime) -> Placed:
    last = 24 * 60 // QUARTER
    row = max(0, min(last - 2, int((one.start - midnight).total_seconds()) // 60 // QUARTER))
    until = int((_seen_end(one) - midnight).total_seconds() + 60 * QUARTER - 1) // 60 // QUARTER
    return Placed(one.id, row, max(2, min(last, until) - row), lane, lanes)
