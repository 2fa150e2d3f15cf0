"""Which times a series of somebody outside has (RFC 5545 §3.8.4.4, §3.8.5). Runs in the jail: bytes in, values out.

The rules of RRULE, RDATE and EXDATE are followed by `recurring_ical_events`; what the organiser said of single times
since, or of one and all later ones, is laid over them here: of two words on one time the newer counts.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from peyvand.activities.itip_read import event_of, moment_of

SLOWEST = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
OFTEN = ("BYHOUR", "BYMINUTE", "BYSECOND")


@dataclass(frozen=True)
class Part:
    """One word of the organiser: on the whole (no key), on the time `key`, or on it and all later ones (reaches)."""

    key: str
    is_off: bool
    reaches: bool
    order: list[Any]
    event: Any  # an Event, or None

    def rank(self, at: str) -> tuple[Any, ...]:
        """The newer word counts; of one mail the one that names the time itself, then the later one."""
        return self.key != "", self.order, self.key == at, self.key


def expand(raw: bytes) -> list[dict[str, Any]]:
    """The times from `first` to `last` (days as ISO text), `most` at most, each as an event of its own.

    Raises ValueError for a series that comes again more than once a day.
    """
    asked = json.loads(raw)
    parts = [Part(one["key"], one["off"], one["reaches"], one["order"], _parsed(one["text"])) for one in asked["parts"]]
    whole = next(one for one in parts if not one.key)
    if whole.is_off or whole.event is None:
        return []
    if any(_is_too_often(rule) for rule in _listed(whole.event.get("rrule"))):
        raise ValueError("too often")
    found = (_laid(parts, one) for one in _occurrences(whole.event, asked))
    return [one for one in found if one is not None][: asked["most"]]


def _parsed(text: str) -> Any:
    return next(iter(Calendar.from_ical(text).walk("VEVENT")), None) if text else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _is_too_often(rule: Any) -> bool:
    return not {str(one).upper() for one in rule.get("FREQ", [])} <= SLOWEST or any(name in rule for name in OFTEN)


def _occurrences(event: Any, asked: dict[str, Any]) -> Iterator[Any]:
    found = Calendar()
    alone = event.copy()
    alone.pop("recurrence-id", None)
    found.add_component(alone)
    first, last = date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"])
    rows = recurring_ical_events.of(found).between(first, last)
    yield from sorted(rows, key=lambda one: moment_of(one, "dtstart"))


def _laid(parts: Sequence[Part], one: Any) -> dict[str, Any] | None:
    """One time as the newest word on it has it; None where that calls it off."""
    key = moment_of(one, "dtstart")
    words = [each for each in parts if each.key in ("", key) or (each.reaches and each.key <= key)]
    word = max(words, key=lambda each: each.rank(key))
    if word.is_off:
        return None
    if word.event is None or not word.key:
        return event_of(one) | {"recurrence": key}
    if word.key != key:
        return event_of(_shifted(word.event, one)) | {"recurrence": key}
    return event_of(word.event) | {"recurrence": key}


def _shifted(word: Any, one: Any) -> Any:
    """A later time of what was said of it and all before: as far from where it was, on the wall clock, and as long."""
    shifted = word.copy()
    began, was, there = word["dtstart"].dt, word["recurrence-id"].dt, one["dtstart"].dt
    if isinstance(began, datetime) != isinstance(there, datetime):
        raise ValueError("a time that becomes a day, and all later ones")
    if isinstance(began, datetime):
        zone = began.tzinfo
        wall = there.astimezone(zone).replace(tzinfo=None)
        was = was.astimezone(zone).replace(tzinfo=None)
        starts: Any = (wall + (began.replace(tzinfo=None) - was)).replace(tzinfo=zone)
    else:
        starts = there + (began - was)
    length = word["dtend"].dt - began if "dtend" in word else None
    for name, value in (("dtstart", starts), ("dtend", starts + length if length is not None else None)):
        shifted.pop(name, None)
        if value is not None:
            shifted.add(name, value)
    return shifted
