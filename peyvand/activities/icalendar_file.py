"""Activities as an iCalendar file (RFC 5545), read by Outlook, Google, Thunderbird and phones: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Todo

PRODUCT = "-//Peyvand//Activities//FA"
STATES = {"planned": "CONFIRMED", "done": "CONFIRMED", "missed": "CONFIRMED", "cancelled": "CANCELLED"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One activity as other calendars need it; `url` is its page."""

    uid: str
    sequence: int
    kind: str
    state: str
    subject: str
    starts: datetime
    ends: datetime
    all_day: bool
    zone: str
    changed: datetime
    description: str = ""
    place: str = ""
    url: str = ""


def calendar_of(name: str, entries: Iterable[Entry]) -> bytes:
    """A whole calendar; times are in UTC, so no reader has to know a zone, whole days are plain dates."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("x-wr-calname", name)
    for one in entries:
        found.add_component(_todo(one) if one.kind == "task" else _event(one))
    return bytes(found.to_ical())


def _event(one: Entry) -> Event:
    event = Event()
    _common(event, one)
    event.add("status", STATES[one.state])
    zone = ZoneInfo(one.zone)
    if one.all_day:
        event.add("dtstart", one.starts.astimezone(zone).date())
        event.add("dtend", one.ends.astimezone(zone).date())
        return event
    event.add("dtstart", one.starts.astimezone(UTC))
    event.add("dtend", one.ends.astimezone(UTC))
    return event


def _todo(one: Entry) -> Todo:
    todo = Todo()
    _common(todo, one)
    due = one.starts.astimezone(ZoneInfo(one.zone)).date() if one.all_day else one.starts.astimezone(UTC)
    todo.add("due", due)
    todo.add("status", {"planned": "NEEDS-ACTION", "cancelled": "CANCELLED"}.get(one.state, "COMPLETED"))
    return todo


def _common(component: Event | Todo, one: Entry) -> None:
    component.add("uid", one.uid)
    component.add("sequence", one.sequence)
    component.add("dtstamp", one.changed.astimezone(UTC))
    component.add("summary", one.subject)
    for name, value in (("description", one.description), ("location", one.place), ("url", one.url)):
        if value:
            component.add(name, value)
