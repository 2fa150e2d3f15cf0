"""When several people are free within working hours: pure interval arithmetic."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from peyvand.core.working_time import Interval, WorkCalendar


def merged(busy: Iterable[Interval]) -> list[Interval]:
    """Overlapping and touching intervals as one, in order."""
    found: list[Interval] = []
    for start, end in sorted(busy):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def free_slots(
    calendar: WorkCalendar, busy: Iterable[Interval], start: datetime, end: datetime, minutes: int, *, most: int = 6
) -> list[Interval]:
    """The first gaps of working time between `start` and `end` in which nobody is busy for `minutes`.

    busy: of all people together, in any order. Each slot begins at a full quarter of an hour where it can.
    """
    wanted, found = timedelta(minutes=minutes), []
    taken = merged(busy)
    for low, high in calendar.intervals(start, end):
        at = _quarter(low)
        for begins, ends in [*taken, (high, high)]:
            if ends <= at:
                continue
            if begins >= high:
                begins = high
            if begins - at >= wanted:
                found.append((at, at + wanted))
                if len(found) >= most:
                    return found
            at = max(at, _quarter(ends))
            if at >= high:
                break
    return found


def _quarter(at: datetime) -> datetime:
    """The next full quarter of an hour."""
    rest = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at + timedelta(minutes=15) - rest if rest else at
