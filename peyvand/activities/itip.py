"""Invitations as calendars of other makers understand them (iTIP, RFC 5546): pure, text in and text out.

A mail asks one guest, so it names one ATTENDEE: guests do not learn who else comes. Times of a single meeting are in
UTC; a series stands in its own zone, whose rules go along, because 10:00 has to stay 10:00 over a change of the clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//Peyvand//Activities//FA"
LAST_OF_ZONES = date(2037, 1, 1)  # the rules of zones are written up to 2038: later ones stay as they are then
REQUEST, CANCEL, REPLY = "REQUEST", "CANCEL", "REPLY"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who holds the meeting or is asked to it; `answer` is the PARTSTAT; `sent_by` who writes for him."""

    email: str
    name: str = ""
    answer: str = "NEEDS-ACTION"
    sent_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Component:
    """One VEVENT: a meeting, a whole series (with `rrule`), or one occurrence (`recurrence`).

    starts, ends: aware; `local` says that they are meant as wall times of `zone`. recurrence: when that occurrence was
    to begin by its series. days: the later times of a series whose rule only stands in for them, told in words.
    """

    uid: str
    sequence: int
    subject: str
    starts: datetime
    ends: datetime
    stamp: datetime
    zone: str
    all_day: bool = False
    local: bool = False
    place: str = ""
    link: str = ""
    recurrence: datetime | None = None
    rrule: Mapping[str, Any] | None = None
    days: Sequence[datetime] = ()
    exdates: Sequence[datetime] = ()


def message_of(method: str, organizer: Person, guest: Person, components: Sequence[Component]) -> str:
    """The calendar object of a mail: REQUEST, CANCEL or REPLY about one meeting, for one guest."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", method)
    for one in components:
        found.add_component(_event(method, organizer, guest, one))
    if any(one.local and not one.all_day for one in components):
        first = min(one.starts for one in components).date()
        found.add_missing_timezones(first_date=min(first, LAST_OF_ZONES))
    return bytes(found.to_ical()).decode()


def _event(method: str, organizer: Person, guest: Person, one: Component) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", one.stamp.astimezone(UTC))
    event.add("dtstart", _when(one, one.starts))
    event.add("dtend", _when(one, one.ends))
    event.add("summary", one.subject)
    event.add("organizer", _address(organizer))
    event.add("attendee", _asked(method, guest))
    if method != REPLY:
        event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
        event.add("transp", "OPAQUE")
    for name, value in (("location", one.place or one.link), ("url", one.link)):
        if value:
            event.add(name, value)
    _repeat(event, one)
    return event


def _repeat(event: Event, one: Component) -> None:
    if one.recurrence is not None:
        event.add("recurrence-id", _when(one, one.recurrence))
    if one.rrule:
        event.add("rrule", _rule(one))
    if one.exdates:
        dates = [_when(one, at) for at in one.exdates]
        event.add("exdate", dates, parameters={"VALUE": "DATE"} if one.all_day else {})


def _rule(one: Component) -> dict[str, Any]:
    """The rule; of whole days its end is a day, too."""
    rule = dict(one.rrule or {})
    if one.all_day and "until" in rule:
        rule["until"] = _when(one, rule["until"])
    return rule


def _when(one: Component, at: datetime) -> date | datetime:
    there = at.astimezone(ZoneInfo(one.zone))
    if one.all_day:
        return there.date()
    return there if one.local else at.astimezone(UTC)


def _address(person: Person) -> vCalAddress:
    found = vCalAddress(f"mailto:{person.email}")
    if person.name:
        found.params["CN"] = person.name
    return found


def _asked(method: str, guest: Person) -> vCalAddress:
    found = _address(guest)
    found.params["PARTSTAT"] = guest.answer
    if guest.sent_by and guest.sent_by != guest.email:
        found.params["SENT-BY"] = f"mailto:{guest.sent_by}"
    if method != REPLY:
        found.params["CUTYPE"], found.params["ROLE"] = "INDIVIDUAL", "REQ-PARTICIPANT"
        found.params["RSVP"] = "TRUE" if method == REQUEST else "FALSE"
    return found
