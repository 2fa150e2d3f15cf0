"""The organisation's working calendar, as its rows say: hours of the week and holidays."""

import json
from datetime import date, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from peyvand.core.known import Known
from peyvand.core.models import Holiday, Setting
from peyvand.core.working_time import IRANIAN_HOURS, Hours, WorkCalendar

SETTING = "working_hours"  # {"5": [["08:00", "16:00"]], …}: Monday is 0, Saturday 5


@lru_cache(maxsize=4)
def _made(zone: str, stored: str, holidays: frozenset[date]) -> WorkCalendar:
    return WorkCalendar(ZoneInfo(zone), hours_of(json.loads(stored)), set(holidays))


def _read(_one: None) -> WorkCalendar:
    stored = Setting.objects.filter(name=SETTING).values_list("value", flat=True).first()
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    return _made(settings.TIME_ZONE, json.dumps(stored, sort_keys=True), holidays)


_known = Known(_read)


def organisation_calendar() -> WorkCalendar:
    """Working hours and holidays of the organisation, read again after a few seconds.

    The same rows give the same calendar: it remembers its days and years.
    """
    return _known(None)


def forget_calendar() -> None:
    """Read the calendar again at the next question; for whoever changes hours or holidays in this process."""
    _known.forget()


def hours_of(stored: Any) -> Hours:
    """The hours of a stored setting; the usual Iranian week when there is none."""
    if not isinstance(stored, dict) or not stored:
        return IRANIAN_HOURS
    return {
        int(day): tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans)
        for day, spans in stored.items()
    }
