"""Reading what calendars of other makers send (iTIP, RFC 5546). Runs in the jail: bytes in, plain values out."""

import hashlib
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

MOST = 50  # events of one message
MOST_TEXT = 64 * 1024  # of an event that is kept
KEPT = (  # what its times and words are made of; who else is asked is no business of ours
    "uid", "sequence", "dtstamp", "dtstart", "dtend", "duration", "rrule", "rdate", "exdate", "recurrence-id",
    "summary", "location", "url", "description", "organizer",
)  # fmt: skip
LONGEST = 1000
MOST_WORDS = 8000
HIGHEST = 2**31 - 1  # a sequence


def read(raw: bytes) -> dict[str, Any]:
    """Method and events of a calendar object. Raises ValueError for what is none."""
    found = Calendar.from_ical(raw)
    zones = found.walk("VTIMEZONE")[:MOST]
    events = [event_of(one) | {"text": _lean(one, zones), "when": _pattern(one)} for one in found.walk("VEVENT")[:MOST]]
    return {"method": str(found.get("method", "")).upper()[:20], "events": events}


def _pattern(one: Any) -> str:
    """When it takes place by its rule, as text to compare: what else changes of an event moves no time."""
    names = ("dtstart", "rrule", "rdate")
    lines = (bytes(Event({name: one[name]}).to_ical()) for name in names if name in one)
    return hashlib.sha256(b"".join(lines)).hexdigest()


def _lean(one: Any, zones: list[Any]) -> str:
    """An event as a calendar of its own, for what is kept of a series; empty of one that is too long."""
    found, kept = Calendar(), Event()
    for name in KEPT:
        if name in one:
            kept[name] = one[name]
    for each in (*zones, kept):
        found.add_component(each)
    text = bytes(found.to_ical()).decode(errors="replace").replace("\0", "")
    return text if len(text) <= MOST_TEXT else ""


def event_of(one: Any) -> dict[str, Any]:
    """What an event says, as plain values."""
    attendees = one.get("attendee", [])
    people = [_person(each) for each in (attendees if isinstance(attendees, list) else [attendees])[:200]]
    organizer = one.get("organizer")
    return {
        "uid": str(one.get("uid", ""))[:255],
        "sequence": min(max(int(one.get("sequence", 0)), 0), HIGHEST),
        "recurrence": moment_of(one, "recurrence-id"),
        "reaches": str(getattr(one.get("recurrence-id"), "params", {}).get("RANGE", "")).upper() == "THISANDFUTURE",
        "is_off": str(one.get("status", "")).upper() == "CANCELLED",
        "stamp": moment_of(one, "dtstamp"),
        "starts": moment_of(one, "dtstart"),
        "ends": moment_of(one, "dtend") or _after(one),
        "all_day": "dtstart" in one and not isinstance(one["dtstart"].dt, datetime),
        "repeats": "rrule" in one or "rdate" in one,
        "subject": str(one.get("summary", ""))[:LONGEST],
        "place": str(one.get("location", ""))[:LONGEST],
        "link": str(one.get("url", ""))[:LONGEST],
        "description": str(one.get("description", ""))[:MOST_WORDS],
        "comment": _first(one.get("comment", "")) or next((each["comment"] for each in people if each["comment"]), ""),
        "organizer": _person(organizer) if organizer is not None else None,
        "attendees": people,
    }


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) else value)[:LONGEST]


def _person(value: Any) -> dict[str, str]:
    text, params = str(value), getattr(value, "params", {})
    address = text[7:] if text.lower().startswith("mailto:") else text
    return {
        "email": address.strip()[:320],
        "name": str(params.get("CN", ""))[:200],
        "answer": str(params.get("PARTSTAT", "NEEDS-ACTION")).upper()[:40],
        "comment": str(params.get("X-RESPONSE-COMMENT", ""))[:LONGEST],
    }


def _after(one: Any) -> str:
    """When it ends by its duration; empty without one."""
    if "dtstart" not in one or "duration" not in one:
        return ""
    start = one["dtstart"].dt
    whole = start if isinstance(start, datetime) else datetime.combine(start, time(), tzinfo=UTC)
    whole = whole if whole.tzinfo else whole.replace(tzinfo=ZoneInfo("Asia/Tehran"))
    ends: datetime = whole + one["duration"].dt
    return ends.astimezone(UTC).isoformat()


def moment_of(one: Any, name: str) -> str:
    """A time as ISO text; a plain day stays one, a time without a zone is taken as Tehran's."""
    if name not in one:
        return ""
    value = one[name].dt
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=ZoneInfo("Asia/Tehran"))).astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else ""
