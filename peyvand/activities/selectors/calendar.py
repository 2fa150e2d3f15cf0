"""What a calendar shows: the activities of some people in a span, their busy times, the holidays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext as _

from peyvand.accounts.models import Department, User
from peyvand.accounts.scoping import Who, fields_q, reach_of
from peyvand.activities.models import LONGER_THAN_A_DAY, Activity, Invitee, Kind, State
from peyvand.activities.policies import DOER, VIEW, reached_by
from peyvand.core.lookups import AnyOf
from peyvand.core.models import Holiday

DAY = timedelta(days=1)
LONGEST = timedelta(days=32)  # of one activity
MOST_PEOPLE = 60
SHOWN = (
    "subject", "kind", "at", "ends_at", "all_day", "state", "zone", "owner_id", "party__name", "version", "place",
    "link", "owner__full_name", "owner__username",
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """Whose calendar can be looked at."""

    key: str
    label: str
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The days that a calendar shows, in the zone of its reader.

    most: so many activities of each day are handed out; open, most_open: the day that is shown in full, and its number.
    """

    first: date
    last: date
    zone: tzinfo
    most: int
    open: date
    most_open: int


@dataclass(frozen=True)
class Shown:
    """A day: how many activities it has, and those that are shown, in their order."""

    total: int
    ids: list[int]


def people_of(who: Who, key: str) -> list[User]:
    """The people that a key means («me», «team», «department-5», «user-7»), as far as `who` sees their activities."""
    me = reach_of(who)
    seen = User.objects.filter(reached_by(who, VIEW), is_active=True)
    word, _dash, number = key.partition("-")
    if word == "team":
        own = Q(pk=me.user_id) | Q(manager=me.user_id)
        seen = seen.filter(own | Q(department=me.department_id, department__isnull=False))
    elif word == "department" and number.isdecimal() and len(number) < 19:
        seen = seen.filter(department=int(number))
    elif word == "user" and number.isdecimal() and len(number) < 19:
        seen = seen.filter(pk=int(number))
    else:
        seen = seen.filter(pk=me.user_id)
    return list(seen.order_by("sort_key", "pk")[:MOST_PEOPLE])


def choices_of(who: Who, key: str) -> list[Choice]:
    """Whose calendars `who` can look at: his own, his team's, and each department in his reach."""
    seen = User.objects.filter(fields_q(who, VIEW, DOER), is_active=True, department__isnull=False)
    rows = Department.objects.filter(is_active=True, pk__in=seen.order_by().values("department")).order_by("name")
    pairs = [("me", _("My calendar")), ("team", _("My team"))]
    pairs += [(f"department-{one.pk}", one.name) for one in rows[:40]]
    return [Choice(value, label, value == key) for value, label in pairs]


def _has_guest(people: Collection[int], start: datetime, end: datetime) -> AnyOf:
    """One of these people is invited to it and has not declined."""
    invited = Invitee.objects.filter(user__in=people).exclude(answer=Invitee.Answer.DECLINED)
    return AnyOf(F("pk"), ArraySubquery(invited.filter(at__gte=start - LONGEST, at__lt=end).values("activity_id")))


def in_span(who: Who, people: Collection[int], start: datetime, end: datetime) -> QuerySet[Activity]:
    """What these people do or are invited to between two moments and `who` may see; cancelled ones are left out."""
    rows = Activity.objects.visible_to(who).filter(Q(owner__in=people) | Q(_has_guest(people, start, end)))
    rows = rows.filter(at__gte=start - LONGEST, at__lt=end).filter(Q(ends_at__gt=start) | Q(at__gte=start))
    rows = rows.exclude(state=State.CANCELLED).select_related("party", "owner").only(*SHOWN)
    return rows.order_by("at", "pk")


# Days are numbered by the midnights of the reader's zone: 1 is the first that is shown, 0 whatever is before.
_DAYS = """
WITH hits AS MATERIALIZED (
    SELECT id, at, all_day, width_bucket(at, %(midnights)s) AS day,
        width_bucket(greatest(ends_at - interval '1 microsecond', at), %(midnights)s) AS last_day
    FROM ({parts}) AS rows
), days AS (
    SELECT id, at, all_day, day FROM hits
    UNION ALL
    SELECT id, at, all_day, later FROM hits, generate_series(day + 1, last_day) AS later WHERE last_day > day
), counted AS (
    SELECT id, day, count(*) OVER (PARTITION BY day) AS total,
        row_number() OVER (PARTITION BY day ORDER BY all_day DESC, at, id) AS place
    FROM days WHERE day BETWEEN 1 AND %(number)s
)
SELECT day, total, id FROM counted
WHERE place <= CASE day WHEN %(open)s THEN %(most_open)s ELSE %(most)s END ORDER BY day, place
"""


def in_days(who: Who, people: Collection[int], asked: Asked) -> dict[date, Shown]:
    """What these people do or are invited to on each day that is asked for, as far as `who` may see it.

    One statement that reads each activity once. A month of a team of fifty has thousands of them, of which a calendar
    shows three a day: only those are handed out, with how many there are. Cancelled ones are left out.
    """
    number = (asked.last - asked.first).days + 1
    midnights = [datetime.combine(asked.first + DAY * n, time(), tzinfo=asked.zone) for n in range(number + 1)]
    start, end = midnights[0], midnights[-1]
    seen = Activity.objects.visible_to(who).exclude(state=State.CANCELLED)
    theirs, before = Q(owner__in=people), Q(ends_at__gt=start, at__lt=start - DAY, at__gte=start - LONGEST)
    touches = Q(at__gte=start, at__lt=end) | Q(ends_at__gt=start, at__lt=start)
    parts = {
        "own": seen.filter(theirs, touches, at__gte=start - DAY, at__lt=end),
        "guests": seen.filter(touches, _has_guest(people, start, end)).exclude(theirs),
        "long": seen.filter(theirs, before, LONGER_THAN_A_DAY),
    }
    text, values = _written(parts)
    if not text:
        return {}
    values |= {"midnights": midnights, "number": number, "most": asked.most, "most_open": asked.most_open}
    values["open"] = (asked.open - asked.first).days + 1
    found: dict[date, Shown] = {}
    with connection.cursor() as cursor:
        cursor.execute(_DAYS.format(parts=text), values)
        for day, total, pk in cursor.fetchall():
            found.setdefault(asked.first + DAY * (day - 1), Shown(total, [])).ids.append(pk)
    return found


def _written(parts: Mapping[str, QuerySet[Activity]]) -> tuple[str, dict[str, Any]]:
    """The questions as one SQL text with named values, to stand in a longer one; empty when none can find anything."""
    texts: list[str] = []
    values: dict[str, Any] = {}
    for name, rows in parts.items():
        try:
            text, own = rows.order_by().values("id", "at", "ends_at", "all_day").query.sql_with_params()
        except EmptyResultSet:
            continue
        named = {f"{name}_{number}": value for number, value in enumerate(own)}
        texts.append(text % tuple(f"%({key})s" for key in named))
        values |= named
    return " UNION ALL ".join(texts), values


def shown(who: Who, ids: Collection[int]) -> dict[int, Activity]:
    """Activities with what a calendar shows of them; `is_conflict`: another one of the same person overlaps.

    Touching ends are no conflict, nor is a task, a whole day, or what `who` may not see.
    """
    takes_up = Q(all_day=False, ends_at__gt=F("at")) & ~Q(kind=Kind.TASK)
    others = Activity.objects.visible_to(who).filter(takes_up, owner=OuterRef("owner"), at__lt=OuterRef("ends_at"))
    others = others.filter(ends_at__gt=OuterRef("at")).exclude(state=State.CANCELLED).exclude(pk=OuterRef("pk"))
    near = Exists(others.filter(at__gt=OuterRef("at") - DAY))
    far = Exists(others.filter(LONGER_THAN_A_DAY, at__gt=OuterRef("at") - LONGEST, at__lte=OuterRef("at") - DAY))
    rows = Activity.objects.filter(pk__in=ids).select_related("party", "owner").only(*SHOWN)
    return {one.pk: one for one in rows.annotate(is_conflict=Case(When(takes_up, then=near | far), default=False))}


def busy_of(
    people: Sequence[int], start: datetime, end: datetime, *, but: int | None = None
) -> dict[int, list[tuple[datetime, datetime]]]:
    """When each of these people is busy between two moments: times alone, so that whoever plans may ask.

    Meetings, calls and visits that are planned, as doer or as guest who has not declined; tasks take up nobody. `but`:
    the number of an activity that does not count, as it is just being changed.
    """
    held = Activity.objects.filter(state=State.PLANNED, deleted_at=None, at__lt=end, ends_at__gt=start)
    held = held.exclude(pk=but or 0)
    held = held.filter(at__gte=start - LONGEST).exclude(kind=Activity.Kind.TASK)
    found: dict[int, list[tuple[datetime, datetime]]] = {one: [] for one in people}
    for owner, at, ends in held.filter(owner__in=people).values_list("owner_id", "at", "ends_at"):
        if at and ends:
            found[owner].append((at, ends))
    guests = Invitee.objects.filter(user__in=people, activity__in=held).exclude(answer=Invitee.Answer.DECLINED)
    for user, at, ends in guests.values_list("user_id", "activity__at", "activity__ends_at"):
        if at and ends:
            found[user].append((at, ends))
    return found


def holidays_between(first: date, last: date) -> dict[date, str]:
    """The days off, with their names."""
    return dict(Holiday.objects.filter(day__range=(first, last)).values_list("day", "name"))
