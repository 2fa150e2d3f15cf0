"""Arithmetic of working hours: what is left of a deadline when nights, Fridays and holidays do not count.

Pure: the hours, the holidays and the zone are given. Everything is counted in instants (UTC inside), so a change
of the zone's clock (Tehran had summer time until 1401) neither loses nor invents a minute: the hours of a day are
wall-clock times, their length is what really passes between them.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import accumulate

Hours = Mapping[int, Sequence[tuple[time, time]]]
Interval = tuple[datetime, datetime]

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
LONGEST_SEARCH = 3660  # days without a single working minute after which we say that the calendar is empty

SATURDAY, SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY = 5, 6, 0, 1, 2, 3
IRANIAN_HOURS: Hours = {
    **{day: ((time(8), time(16)),) for day in (SATURDAY, SUNDAY, MONDAY, TUESDAY, WEDNESDAY)},
    THURSDAY: ((time(8), time(12)),),
}


class EmptyCalendar(ValueError):
    """The calendar has no working time at all, so no deadline can be counted in it."""


class WorkCalendar:
    """When work is done: `hours` maps a weekday (Monday is 0) to its spans of wall-clock time in `zone`.

    A span that ends at 00:00 lasts until midnight. Days in `holidays` have no hours.
    """

    def __init__(self, zone: tzinfo, hours: Hours, holidays: Collection[date] = ()) -> None:
        self.zone = zone
        self.hours = {day: tuple(sorted(spans)) for day, spans in hours.items() if spans}
        self.holidays = frozenset(holidays)
        self._days: dict[date, tuple[Interval, ...]] = {}
        self._years: dict[int, list[timedelta]] = {}

    def day(self, day: date) -> tuple[Interval, ...]:
        """The working intervals of one day as instants in UTC, in order."""
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = self._build(day)
        return known

    def _build(self, day: date) -> tuple[Interval, ...]:
        if day in self.holidays:
            return ()
        found: list[Interval] = []
        for opens, closes in self.hours.get(day.weekday(), ()):
            end_day = day + DAY if closes == time(0) else day
            start, end = self._instant(day, opens), self._instant(end_day, closes)
            if found and start < found[-1][1]:
                start = found[-1][1]
            if start < end:
                found.append((start, end))
        return tuple(found)

    def _instant(self, day: date, at: time) -> datetime:
        """The instant of a wall-clock time; of one that the clock jumped over, the jump itself."""
        local = datetime.combine(day, at, tzinfo=self.zone)
        instant = local.astimezone(UTC)
        if instant.astimezone(self.zone).time() == at:
            return instant
        early = local.replace(fold=1).astimezone(UTC)
        offset = early.astimezone(self.zone).utcoffset()
        low, high = 0, int((instant - early).total_seconds())
        while high - low > 1:
            middle = (low + high) // 2
            is_before = (early + timedelta(seconds=middle)).astimezone(self.zone).utcoffset() == offset
            low, high = (middle, high) if is_before else (low, middle)
        return early + timedelta(seconds=high)

    def intervals(self, start: datetime, end: datetime) -> Iterator[Interval]:
        """The working intervals between two instants, cut to them: what an explanation of a deadline lists."""
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while day <= last:
            for opens, closes in self.day(day):
                low, high = max(opens, start), min(closes, end)
                if low < high:
                    yield low, high
            day += DAY

    def add(self, start: datetime, minutes: int) -> datetime:
        """The instant at which `minutes` of working time have passed since `start`, in UTC.

        A start outside working hours counts from the next opening: 23:00 or a holiday loses nothing and gains
        nothing. Zero minutes give the start itself. Raises `EmptyCalendar`.
        """
        left = minutes * MINUTE
        if left <= timedelta(0):
            return start.astimezone(UTC)
        day = start.astimezone(self.zone).date()
        for _n in range(LONGEST_SEARCH + minutes // 60):
            for opens, closes in self.day(day):
                low = max(opens, start)
                if low >= closes:
                    continue
                if closes - low >= left:
                    return (low + left).astimezone(UTC)
                left -= closes - low
            day += DAY
        raise EmptyCalendar

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes from `start` to `end`; negative when `end` comes first."""
        if end < start:
            return -self.minutes_between(end, start)
        first, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        if (last - first).days < 3:
            return sum((high - low for low, high in self.intervals(start, end)), timedelta(0)) // MINUTE
        # The days in between are whole: their sums are remembered. Both ends are cut, a span may pass midnight.
        total = self._whole_days(first + DAY, last)
        for day in (first, last):
            for opens, closes in self.day(day):
                total += max(min(closes, end) - max(opens, start), timedelta(0))
        return total // MINUTE

    def _whole_days(self, first: date, end: date) -> timedelta:
        """The working time of the days from `first` until before `end`, in steps of years."""
        total = self._until(end) - self._until(first)
        return sum((self._year(year)[-1] for year in range(first.year, end.year)), total)

    def _until(self, day: date) -> timedelta:
        """The working time from New Year until this day begins."""
        return self._year(day.year)[day.toordinal() - date(day.year, 1, 1).toordinal()]

    def _year(self, year: int) -> list[timedelta]:
        """For each day of a year the working time before it, and at the end that of the whole year."""
        known = self._years.get(year)
        if known is None:
            first, last = date(year, 1, 1), date(year, 12, 31)
            days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
            lengths = (sum((high - low for low, high in self._build(day)), timedelta(0)) for day in days)
            known = self._years[year] = list(accumulate(lengths, initial=timedelta(0)))
        return known

    def is_open(self, at: datetime) -> bool:
        """Whether the clock runs at this instant."""
        spans = self.day(at.astimezone(self.zone).date())
        index = bisect_right(spans, at.astimezone(UTC), key=lambda span: span[0]) - 1
        return index >= 0 and at < spans[index][1]
