"""What people outside are to have in their calendars: a meeting, a series, an occurrence that is another."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils import timezone

from peyvand.activities.gregorian import rrule_of, stand_in, stand_in_day, stand_in_of
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


def days_told(series: Series, held: Sequence[Activity]) -> list[date]:
    """The days of a series that stand: one that was called off by itself is left out whenever the whole is told."""
    days = [one.occurrence for one in held if one.occurrence and not is_off(one)]
    return days or [one.occurrence for one in held if one.occurrence] or list(islice(days_named(series), 1))


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
    begins = moment(told_as(series, activity.occurrence), series.clock, zone_of(series.zone))
    return replace(one, local=True, zone=series.zone, recurrence=begins)


def told_as(series: Series, occurrence: date) -> date:
    """The day by which calendars of others know an occurrence: its own, or that which stands in for it."""
    rule = Rule.from_json(series.rule)
    first = _first_of(series, rule)
    if first is None or rrule_of(rule, series.start.day, series.start.weekday()) is not None:
        return occurrence
    return stand_in_day(rule, first, occurrence)


def _first_of(series: Series, rule: Rule) -> date | None:
    return next(iter(days_of(rule, series.start)), None)


def occurrences_told_as(series: Series, day: date) -> list[date]:
    """The occurrences that calendars of others know by this day."""
    held = Activity.objects.filter(series=series, occurrence__isnull=False).values_list("occurrence", flat=True)
    return [one for one in held if one is not None and told_as(series, one) == day]


def component_of_series(series: Series, days: Sequence[date]) -> Component:
    """A whole series that has these days: by a rule where the Gregorian calendar can say it, else by its stand-in.

    The days of a stand-in have to be moved: see `moved_days`.
    """
    rule = Rule.from_json(series.rule)
    last = series.ended_on - DAY if series.ended_on else max(days)
    named = between(rule, series.start, series.start, last)
    parts = rrule_of(rule, series.start.day, series.start.weekday()) if named else None
    if parts is None:
        return _stand_in(rule, series, days)
    return _told(series, named[0], rule=parts | _end(rule, series, named), missing=sorted(set(named) - set(days)))


def _stand_in(rule: Rule, series: Series, days: Sequence[date]) -> Component:
    """A series that comes as often; what its rule names beyond these days is left out."""
    used = [told_as(series, day) for day in sorted(days)]
    steps, count = [used[0]], 0
    first = _first_of(series, rule) or days[0]
    while steps[-1] < used[-1]:
        count += 1
        step = stand_in_of(rule, first, count)
        if step > used[0]:
            steps.append(step)
    parts = stand_in(rule) | {"count": len(steps)}
    one = _told(series, used[0], rule=parts, missing=sorted(set(steps) - set(used)))
    return replace(one, days=[_at(series, day) for day in sorted(days)])


def moved_days(series: Series, component: Component, days: Sequence[date]) -> dict[date, Component]:
    """Of a series whose rule only stands in for its days: each time where it really is, by its day."""
    if not component.days:
        return {}
    length = component.ends - component.starts
    found = {}
    for day in days:
        there, known = _at(series, day), _at(series, told_as(series, day))
        ends = _at(series, day + DAY * max(1, round(series.minutes / 1440))) if component.all_day else there + length
        one = replace(component, starts=there, ends=ends, recurrence=known, rrule=None, exdates=(), days=())
        found[day] = one
    return found


def _at(series: Series, day: date) -> datetime:
    return moment(day, series.clock, zone_of(series.zone))


def _told(series: Series, first: date, *, rule: dict[str, Any], missing: Sequence[date]) -> Component:
    plan, starts = series.plan, _at(series, first)
    ends = starts + timedelta(minutes=series.minutes)
    if plan["all_day"]:
        ends = _at(series, first + DAY * max(1, round(series.minutes / 1440)))
    return Component(
        uid=uid_of(series), sequence=0, subject=plan["subject"], starts=starts, ends=ends, stamp=timezone.now(),
        zone=series.zone, all_day=plan["all_day"], local=True, place=plan["place"], link=plan["link"],
        rrule=rule, exdates=[_at(series, day) for day in missing],
    )  # fmt: skip


def _end(rule: Rule, series: Series, named: Sequence[date]) -> dict[str, Any]:
    if series.ended_on is not None:
        return {"until": _at(series, named[-1])}
    if rule.most is not None:
        return {"count": rule.most}
    return {"until": _at(series, rule.until)} if rule.until else {}


def digest_of(one: Component) -> str:
    """What is told, in short: the same for the same meeting, whenever it is told.

    A time that is left out is told by its own mail: the whole is not told again for it.
    """
    return hashlib.sha256(repr(replace(one, sequence=0, stamp=NEVER, exdates=())).encode()).hexdigest()
