"""The organisation's working calendar, as its rows say: hours of the week and holidays."""

import time as monotonic_time
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from peyvand.core.models import Holiday, Setting
from peyvand.core.working_time import IRANIAN_HOURS, Hours, WorkCalendar

SETTING = "working_hours"  # {"5": [["08:00", "16:00"]], …}: Monday is 0, Saturday 5
FRESH = 5.0  # seconds for which a process believes what it has read


@dataclass
class _Known:
    calendar: WorkCalendar | None = None
    rows: tuple[Any, set[date]] | None = None  # what the calendar was made of
    read_at: float = 0.0


_known = _Known()


def organisation_calendar() -> WorkCalendar:
    """Working hours and holidays of the organisation, read again after a few seconds.

    The same rows give the same calendar: it remembers its days and years.
    """
    now = monotonic_time.monotonic()
    if _known.calendar is None or now - _known.read_at > FRESH:
        stored = Setting.objects.filter(name=SETTING).values_list("value", flat=True).first()
        holidays = set(Holiday.objects.values_list("day", flat=True))
        if _known.calendar is None or _known.rows != (stored, holidays):
            _known.calendar = WorkCalendar(ZoneInfo(settings.TIME_ZONE), hours_of(stored), holidays)
            _known.rows = (stored, holidays)
        _known.read_at = now
    return _known.calendar


def forget_calendar() -> None:
    """Read the calendar again at the next question; for whoever changes hours or holidays in this process."""
    _known.calendar = None


def hours_of(stored: Any) -> Hours:
    """The hours of a stored setting; the usual Iranian week when there is none."""
    if not isinstance(stored, dict) or not stored:
        return IRANIAN_HOURS
    return {
        int(day): tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans)
        for day, spans in stored.items()
    }
