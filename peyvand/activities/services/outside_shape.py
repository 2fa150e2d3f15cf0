"""What people outside are to have in their calendars: a meeting, a series, an occurrence that is another."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from peyvand.activities.gregorian import rrule_of
from peyvand.activities.itip import Component, Person
from peyvand.activities.models import Activity, Invitee, Series, State
from peyvand.activities.recurrence import DAY, Rule, between, days_of, moment
from peyvand.activities.services.shaping import zone_of

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def uid_of(row: Activity | Series) -> str:
    """The UID of an activity or a series in the calendars of others."""
    return f"{row.uid}@peyvand"


def uuid_of(uid: str) -> UUID | None:
    """The number in a UID of ours; None in one that is not."""
    name, _at, ours = uid.strip().partition("@")
    try:
        return UUID(name) if ours.lower() == "peyvand" else None
    except ValueError:
        return None


def guests_of(activity: Activity) -> dict[str, Person]:
    """Those who are asked by mail, by address: customers and others from outside, not colleagues."""
    rows = Invitee.objects.filter(activity=activity, user=None).exclude(email="").select_related("party")
    return {one.email.casefold(): _person(one) for one in rows.order_by("pk")}


def _person(one: Invitee) -> Person:
    return Person(email=one.email.casefold(), name=one.name or (one.party.name if one.party else ""))


def held_of(series: Series) -> list[Activity]:
    """The occurrences of a series that are left to it, also those that were called off, in order."""
    rows = Activity.objects.filter(series=series, occurrence__isnull=False)
    if series.ended_on is not None:
        rows = rows.filter(occurrence__lt=series.ended_on)
    return list(rows.order_by("occurrence", "pk"))


def days_named(series: Series) -> Iterator[date]:
    """The days that the rule of a series names, without end."""
    return days_of(Rule.from_json(series.rule), series.start)


def is_over(activity: Activity) -> bool:
    """Whether it is too late to tell anybody of it."""
    return activity.ends_at is None or activity.ends_at <= timezone.now()


def stands(activity: Activity) -> bool:
    """Whether it is going to take place with guests; a task has none."""
    return activity.is_planned and activity.deleted_at is None and activity.kind != Activity.Kind.TASK


def is_off(activity: Activity) -> bool:
    """Whether guests have to be told that it does not take place; what took place is no such thing."""
    gone = activity.state == State.CANCELLED or activity.deleted_at is not None
    return gone or activity.kind == Activity.Kind.TASK


def component_of(activity: Activity, series: Series | None = None) -> Component:
    """A meeting, or one occurrence of a series, as its guests are to have it."""
    at = activity.at or activity.created_at
    one = Component(
        uid=uid_of(series or activity), sequence=0, subject=activity.subject, starts=at, ends=activity.ends_at or at,
        stamp=timezone.now(), zone=activity.zone, all_day=activity.all_day, place=activity.place, link=activity.link,
    )  # fmt: skip
    if series is None or activity.occurrence is None:
        return one
    begins = moment(activity.occurrence, series.clock, zone_of(series.zone))
    return replace(one, local=True, zone=series.zone, recurrence=begins)


def component_of_series(series: Series, days: Sequence[date]) -> Component:
    """A whole series that has these days: by a rule where the Gregorian calendar can say it, else day by day."""
    rule, plan = Rule.from_json(series.rule), series.plan
    last = series.ended_on - DAY if series.ended_on else max(days)
    named = between(rule, series.start, series.start, last)
    parts = rrule_of(rule, series.start.day, series.start.weekday()) if named else None
    first = named[0] if parts is not None else days[0]

    def at(day: date) -> datetime:
        return moment(day, series.clock, zone_of(series.zone))

    ends = at(first) + timedelta(minutes=series.minutes)
    if plan["all_day"]:
        ends = at(first + DAY * max(1, round(series.minutes / 1440)))
    one = Component(
        uid=uid_of(series), sequence=0, subject=plan["subject"], starts=at(first), ends=ends, stamp=timezone.now(),
        zone=series.zone, all_day=plan["all_day"], local=True, place=plan["place"], link=plan["link"],
    )  # fmt: skip
    if parts is None:
        return replace(one, rdates=[at(day) for day in days[1:]])
    missing = sorted(set(named) - set(days))
    return replace(one, rrule=parts | _end(rule, series, named, at), exdates=[at(day) for day in missing])


def _end(rule: Rule, series: Series, named: Sequence[date], at: Callable[[date], datetime]) -> dict[str, Any]:
    if series.ended_on is not None:
        return {"until": at(named[-1])}
    if rule.most is not None:
        return {"count": rule.most}
    return {"until": at(rule.until)} if rule.until else {}


def digest_of(one: Component) -> str:
    """What is told, in short: the same for the same meeting, whenever it is told."""
    return hashlib.sha256(repr(replace(one, sequence=0, stamp=NEVER)).encode()).hexdigest()
