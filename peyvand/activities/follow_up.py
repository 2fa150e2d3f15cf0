"""When the next try is: pure arithmetic over the organisation's working calendar."""

from datetime import UTC, datetime, time

from peyvand.activities.types import FollowUp
from peyvand.core.working_time import DAY, LONGEST_SEARCH, MINUTE, EmptyCalendar, WorkCalendar

USUAL = time(9)


def next_try(calendar: WorkCalendar, now: datetime, rule: FollowUp) -> datetime:
    """The moment of the next try after `now`, in UTC and always within working hours.

    «Tomorrow at 10:00» means the next working day at 10:00 of its wall clock; when the office is closed at that minute
    the next minute at which it is open. Raises EmptyCalendar when there is no working time at all.
    """
    if not rule.days:
        return calendar.add(now, max(1, rule.minutes))
    day, left = now.astimezone(calendar.zone).date(), rule.days
    for _n in range(LONGEST_SEARCH):
        day += DAY
        left -= 1 if calendar.day(day) else 0
        if left <= 0:
            return first_open(calendar, datetime.combine(day, rule.at or USUAL, tzinfo=calendar.zone))
    raise EmptyCalendar


def first_open(calendar: WorkCalendar, wanted: datetime) -> datetime:
    """The first minute from `wanted` on at which the office is open, in UTC. Raises EmptyCalendar."""
    return wanted.astimezone(UTC) if calendar.is_open(wanted) else calendar.add(wanted, 1) - MINUTE
