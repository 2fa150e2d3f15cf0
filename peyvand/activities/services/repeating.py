"""Plans that come again: making their occurrences, and changing this one, this and later ones, or all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.activities.errors import NoSuchOccurrence, NoTime
from peyvand.activities.events import SeriesChanged
from peyvand.activities.models import Activity, Invitee, Link, Series, State, Step
from peyvand.activities.policies import PLAN
from peyvand.activities.recurrence import DAY, Rule, between, days_of, moment
from peyvand.activities.services import links
from peyvand.activities.services.planning import edit, store
from peyvand.activities.services.shaping import remind, zone_of
from peyvand.activities.services.writing import allow, lock, tell
from peyvand.activities.types import About, Guest, Planned, StepKind
from peyvand.core.errors import Invalid
from peyvand.core.events import publish

AHEAD = timedelta(days=370)
MOST_MADE = 400  # occurrences that one run makes of a series
SLICE = 50
THIS, LATER, ALL = "this", "later", "all"


@transaction.atomic
def plan_series(*, actor: Actor, planned: Planned, rule: Rule) -> Activity:
    """Plan something that comes again, from the day on which `planned` begins; return its first occurrence.

    Raises as `plan` does; NoTime without a time, Invalid for a rule without any day.
    """
    allow(actor, PLAN)
    party_id = links.check(actor, planned.about)
    if planned.party_id is None and party_id is not None:
        planned = replace(planned, party_id=party_id)
    return _begin(actor, planned, rule)


def _begin(actor: Actor, planned: Planned, rule: Rule, *, but: Sequence[date] = ()) -> Activity:
    if planned.at is None:
        raise NoTime(fields={"at": "no_time"})
    zone = zone_of(planned.zone)
    there = planned.at.astimezone(zone)
    first = next((day for day in days_of(rule, there.date()) if day not in but), None)
    if first is None:
        raise Invalid(fields={"rule": "invalid"})
    began = moment(first, there.time(), zone)
    shift = began - planned.at
    ends = planned.ends_at + shift if planned.ends_at is not None else None
    one = store(actor, Activity(created_by=actor.user), replace(planned, at=began, ends_at=ends))
    length = (one.ends_at or began) - (one.at or began)
    series = Series.objects.create(
        rule=rule.to_json(), start=there.date(), clock=there.time(), minutes=int(length.total_seconds()) // 60,
        zone=zone.key, plan=_kept(planned, one), made_until=first, created_by=actor.user,
    )  # fmt: skip
    Activity.objects.filter(pk=one.pk).update(series=series, occurrence=first)
    one.series, one.occurrence = series, first
    extend(series, one, today=timezone.localdate(), but=but)
    return one


def _kept(planned: Planned, one: Activity) -> dict[str, Any]:
    """The plan of each occurrence as plain values; its time stands in the series."""
    guests = [{"user_id": each.user_id, "party_id": each.party_id, "email": each.email, "name": each.name}
              for each in planned.guests]  # fmt: skip
    return {
        "kind": one.kind, "subject": one.subject, "all_day": one.all_day, "description": one.description,
        "place": one.place, "link": one.link, "priority": one.priority, "owner_id": one.owner_id,
        "party_id": one.party_id, "remind": one.remind_minutes, "remind_mail": one.remind_mail, "guests": guests,
        "about": [{"kind": each.kind, "id": each.id} for each in planned.about],
    }  # fmt: skip


def planned_by(series: Series, day: date) -> Planned:
    """The plan of the occurrence on a day."""
    kept = dict(series.plan)
    guests = [Guest(**each) for each in kept.pop("guests")]
    about = [About(**each) for each in kept.pop("about")]
    at = moment(day, series.clock, zone_of(series.zone))
    ends = at + timedelta(minutes=series.minutes)
    return Planned(at=at, ends_at=ends, zone=series.zone, guests=guests, about=about, **kept)


def extend(series: Series, like: Activity, *, today: date, but: Sequence[date] = ()) -> int:
    """Make the occurrences of a series up to a year ahead, as copies of `like`; return how many."""
    until = today + AHEAD
    known = set(Activity.objects.filter(series=series).values_list("occurrence", flat=True)) | set(but)
    rule = Rule.from_json(series.rule)
    last = min(until, series.ended_on - DAY) if series.ended_on else until
    days = [day for day in between(rule, series.start, series.made_until, last) if day not in known][:MOST_MADE]
    made = Activity.objects.bulk_create([_copy(series, like, day) for day in days])
    _surround(series, made)
    done = max([*days, series.made_until]) if len(days) == MOST_MADE else until
    Series.objects.filter(pk=series.pk).update(made_until=done)
    return len(made)


def _copy(series: Series, like: Activity, day: date) -> Activity:
    wanted = planned_by(series, day)
    names = (
        "kind", "subject", "description", "search", "all_day", "zone", "place", "link", "priority", "owner_id",
        "department_id", "branch_id", "party_id", "created_by_id", "remind_minutes", "remind_mail", "custom",
    )  # fmt: skip
    one = Activity(**{name: getattr(like, name) for name in names}, series=series, occurrence=day)
    one.at, one.ends_at = wanted.at, wanted.ends_at
    if one.all_day:
        one.ends_at = moment(day + DAY * max(1, round(series.minutes / 1440)), series.clock, zone_of(series.zone))
    remind(one)
    return one


def _surround(series: Series, made: Sequence[Activity]) -> None:
    """Invitees, links and the first line of the history of many occurrences."""
    plan = series.plan
    first = Activity.objects.filter(series=series).order_by("occurrence").first()
    guests = list(first.invitees.all()) if first else []
    Invitee.objects.bulk_create(
        Invitee(activity=one, user_id=each.user_id, party_id=each.party_id, email=each.email, name=each.name)
        for one in made
        for each in guests
    )
    Link.objects.bulk_create(
        Link(activity=one, kind=each["kind"], record=each["id"]) for one in made for each in plan["about"]
    )
    now = timezone.now()
    Step.objects.bulk_create(
        Step(activity=one, kind=StepKind.PLANNED, actor_id=series.created_by_id, at=now, details={"series": series.pk})
        for one in made
    )


@transaction.atomic
def extend_due() -> int:
    """Make what is still missing of the coming year, some series at a time; return how many series were looked at."""
    today = timezone.localdate()
    wanted = Series.objects.filter(ended_on=None, made_until__lt=today + AHEAD - timedelta(days=30))
    rows = list(wanted.select_for_update(skip_locked=True).order_by("made_until")[:SLICE])
    for series in rows:
        like = Activity.objects.filter(series=series, is_exception=False).order_by("-occurrence").first()
        if like is None:
            Series.objects.filter(pk=series.pk).update(ended_on=today)
        else:
            extend(series, like, today=today)
            publish(SeriesChanged(series_id=series.pk))
    return len(rows)


@transaction.atomic
def edit_series(
    *, actor: Actor, activity_id: int, planned: Planned, which: str, rule: Rule | None = None,
    expected_version: int | None = None,
) -> int:  # fmt: skip
    """Change this occurrence, this and the later ones, or all that are still planned; return which activity to show.

    which: `this`, `later`, `all`. What took place stays as it was; an occurrence that somebody has changed by itself
    stays, too. rule: None is the present one. Raises as `edit` does, NoSuchOccurrence.
    """
    activity = lock(actor, activity_id, expected_version=expected_version)
    series = _series_of(activity)
    if which == THIS:
        edit(actor=actor, activity_id=activity_id, planned=planned, expected_version=expected_version)
        return activity_id
    began = _begin_of(activity, series, which)
    at = planned.at
    if at is not None and activity.occurrence is not None and which == ALL:
        planned = _shifted(planned, began, activity.occurrence)
    kept = _end_from(series, began)
    return _begin(actor, planned, rule or _rest_of(series, began), but=kept).pk


def _shifted(planned: Planned, began: date, occurrence: date) -> Planned:
    """The plan as the first occurrence has it: the same wall time on its own day."""
    back: timedelta = began - occurrence
    zone = zone_of(planned.zone)

    def there(at: datetime | None) -> datetime | None:
        return None if at is None else moment(at.astimezone(zone).date() + back, at.astimezone(zone).time(), zone)

    return replace(planned, at=there(planned.at), ends_at=there(planned.ends_at))


def _begin_of(activity: Activity, series: Series, which: str) -> date:
    if which not in (LATER, ALL) or activity.occurrence is None:
        raise Invalid(fields={"which": which})
    if which == LATER:
        return activity.occurrence
    planned = Activity.objects.filter(series=series, state=State.PLANNED, deleted_at=None, is_exception=False)
    first = planned.order_by("occurrence").values_list("occurrence", flat=True).first()
    return first or activity.occurrence


def _rest_of(series: Series, began: date) -> Rule:
    """The rule of what is left of a series; of a fixed number what is left of that."""
    rule = Rule.from_json(series.rule)
    if rule.most is None:
        return rule
    gone = len(between(rule, series.start, series.start, began - DAY))
    return replace(rule, most=max(1, rule.most - gone))


def _end_from(series: Series, began: date) -> list[date]:
    """End a series before a day; what is planned from then on and nobody has touched goes. Returns what stays."""
    later = Activity.objects.filter(series=series, occurrence__gte=began, deleted_at=None)
    later.filter(state=State.PLANNED, is_exception=False).delete()
    Series.objects.filter(pk=series.pk).update(ended_on=began)
    publish(SeriesChanged(series_id=series.pk))
    return [day for day in later.values_list("occurrence", flat=True) if day is not None]


def _series_of(activity: Activity) -> Series:
    series = Series.objects.select_for_update().filter(pk=activity.series_id or 0).first()
    if series is None:
        raise NoSuchOccurrence
    return series


@transaction.atomic
def end_series(*, actor: Actor, activity_id: int, expected_version: int | None = None) -> int:
    """Let a series end before this occurrence: it and all later ones that nobody has touched go; returns how many."""
    activity = lock(actor, activity_id, expected_version=expected_version)
    series = _series_of(activity)
    began = activity.occurrence or timezone.localdate()
    before = Activity.objects.filter(series=series).count()
    tell(activity)
    _end_from(series, began)
    return before - Activity.objects.filter(series=series).count()
