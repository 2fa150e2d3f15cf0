"""The moments that are offered for putting a request aside. Pure: the calendar and the present are given."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from peyvand.core.working_time import DAY, SATURDAY, WorkCalendar

MORNING = time(8)
LONGEST = timedelta(days=366)
MOST_DAYS = 60  # in which a working day is looked for


@dataclass(frozen=True)
class Choice:
    """A moment by its name: hour, later, tomorrow, working_day, next_week."""

    key: str
    at: datetime


def choices(calendar: WorkCalendar, now: datetime) -> list[Choice]:
    """The moments ahead: in an hour, in three, tomorrow at eight, the next working day, next week's first; UTC."""
    today = now.astimezone(calendar.zone).date()
    found = [
        Choice("hour", now + timedelta(hours=1)),
        Choice("later", now + timedelta(hours=3)),
        Choice("tomorrow", datetime.combine(today + DAY, MORNING, calendar.zone).astimezone(UTC)),
    ]
    working = opening_after(calendar, today)
    if working is not None:
        found.append(Choice("working_day", working))
    week = opening_after(calendar, today + DAY * ((SATURDAY - today.weekday() - 1) % 7))
    if week is not None:
        found.append(Choice("next_week", week))
    return found


def opening_after(calendar: WorkCalendar, day: date) -> datetime | None:
    """When work begins on the first working day after `day`; None when there is none in two months."""
    for number in range(1, MOST_DAYS):
        spans = calendar.day(day + DAY * number)
        if spans:
            return spans[0][0].astimezone(UTC)
    return None


def chosen(calendar: WorkCalendar, now: datetime, key: str) -> datetime | None:
    """The moment of this name, None for a name that there is not."""
    return next((one.at for one in choices(calendar, now) if one.key == key), None)
