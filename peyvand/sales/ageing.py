"""How long a deal stands in its stage, in working days of the organisation. Pure."""

from datetime import date, datetime, time, timedelta

from peyvand.core.working_time import WorkCalendar

MOST_DAYS = 5 * 366  # longer than that is only called that long
DAY = timedelta(days=1)


def working_days(calendar: WorkCalendar, since: datetime, now: datetime) -> int:
    """Count the working days after the day of `since` up to that of `now`: 0 for a deal that moved today."""
    first, last = _day(calendar, since), _day(calendar, now)
    span = min(max(0, (last - first).days), MOST_DAYS)
    return sum(1 for number in range(1, span + 1) if calendar.day(first + number * DAY))


def fresh_since(calendar: WorkCalendar, days: int, now: datetime) -> datetime:
    """The first instant of the earliest day on which a deal may have moved to be within `days` working days by now."""
    day, passed = _day(calendar, now), 0
    for _number in range(MOST_DAYS):
        passed += 1 if calendar.day(day) else 0
        if passed > days:
            break
        day -= DAY
    return datetime.combine(day, time(0), tzinfo=calendar.zone)


def _day(calendar: WorkCalendar, at: datetime) -> date:
    return at.astimezone(calendar.zone).date()
