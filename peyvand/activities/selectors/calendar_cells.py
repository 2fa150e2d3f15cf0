"""What stands in the cells of a calendar: the first activities of each day, and how many there are.

A month of a team of fifty has thousands of activities, of which a calendar shows three a day: one statement reads each
once from the indexes and hands out only those, and a second one reads what is shown of them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from peyvand.accounts.prepared import PreparedFor, form_of
from peyvand.accounts.scoping import Who
from peyvand.activities.models import LONGER_THAN_A_DAY, Activity, Invitee, Kind, State
from peyvand.activities.selectors.calendar import DAY, LONGEST, SHOWN
from peyvand.core.lookups import AnyOf
from peyvand.core.prepared import Given, Kept, Statement, is_any, statement_of


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


@dataclass
class Shown:
    """A day: how many activities it has, and those that are shown, in their order."""

    total: int
    ids: list[int]


# Days are numbered by the midnights of the reader's zone: 1 is the first that is shown, 0 whatever is before. Of each
# day its last row comes as well: its place is how many there are.
_DAYS = """
WITH hits AS MATERIALIZED (
    SELECT id, at, ends_at, all_day, width_bucket(at, {midnights}) AS day FROM ({parts}) AS rows
), days AS (
    SELECT id, at, all_day, day FROM hits WHERE day > 0
    UNION ALL
    SELECT id, at, all_day, later FROM hits,
        generate_series(day + 1, width_bucket(ends_at - interval '1 microsecond', {midnights})) AS later
    WHERE ends_at > ({midnights})[day + 1] AND later <= {number}
), placed AS (
    SELECT id, day, row_number() OVER in_day AS place, lead(id) OVER in_day IS NULL AS is_last
    FROM days WINDOW in_day AS (PARTITION BY day ORDER BY all_day DESC, at, id)
)
SELECT day, place, id FROM placed
WHERE is_last OR place <= CASE day WHEN {open} THEN {most_open} ELSE {most} END ORDER BY day, place
"""


def _invited(since: str, until: str) -> Q:
    """One of these people is invited to it and has not declined; its time lies between these two."""
    rows = Invitee.objects.filter(is_any("user_id", "people"), at__gte=Given(since), at__lt=Given(until))
    return Q(AnyOf(F("pk"), ArraySubquery(rows.exclude(answer=Invitee.Answer.DECLINED).values("activity_id"))))


def _parts(who: Who) -> list[QuerySet[Any, Any]]:
    """What they do and what they are invited to, apart from the few that began more than a day before the first."""
    seen, theirs = Activity.objects.visible_to(who).exclude(state=State.CANCELLED), is_any("owner_id", "people")
    touches = Q(at__gte=Given("start")) | Q(ends_at__gt=Given("start"))
    near = seen.filter(touches, at__gte=Given("day_before"), at__lt=Given("end"))
    # Most businesses have none of these, so they are found first, by the index that has nothing else.
    long = Activity.objects.filter(LONGER_THAN_A_DAY, deleted_at=None)
    long = long.filter(at__gte=Given("long_before"), at__lt=Given("day_before"))
    far = seen.filter(AnyOf(F("pk"), ArraySubquery(long.values("pk"))), ends_at__gt=Given("start"))
    found = [
        near.filter(theirs),
        near.filter(_invited("day_before", "end")).exclude(theirs),
        far.filter(theirs),
        far.filter(_invited("long_before", "day_before")).exclude(theirs),
    ]
    return [rows.order_by().values_list("id", "at", "ends_at", "all_day") for rows in found]


def _written(who: Who) -> Statement:
    """The whole question as one text; empty for who may see nothing."""
    parts = [one for rows in _parts(who) if (one := statement_of(rows)).text]
    if not parts:
        return Statement("", (), [])
    names = ("midnights", "midnights", "midnights", "number", "open", "most_open", "most")
    given = {name: Given(name).value for name in names}
    places = dict.fromkeys(names, "%s") | {"midnights": "%s::timestamptz[]"}
    text = _DAYS.format(parts=" UNION ALL ".join(one.text for one in parts), **places)
    inner = [value for one in parts for value in one.parameters]
    return Statement(text, (given["midnights"], *inner, *(given[name] for name in names[1:])), [])


_texts: Kept[Statement] = Kept()


def in_days(who: Who, people: Collection[int], asked: Asked) -> dict[date, Shown]:
    """What these people do or are invited to on each day that is asked for, as far as `who` may see it.

    Cancelled ones are left out.
    """
    number, form = (asked.last - asked.first).days + 1, form_of(who)
    midnights = [datetime.combine(asked.first + DAY * n, time(), tzinfo=asked.zone) for n in range(number + 1)]
    start, end, opened = midnights[0], midnights[-1], (asked.open - asked.first).days + 1
    statement = _texts.get(form.key, lambda: _written(form.stand_in()))
    values = {
        "people": list(people), "start": start, "end": end, "day_before": start - DAY, "long_before": start - LONGEST,
        "midnights": midnights, "number": number, "open": opened, "most": asked.most, "most_open": asked.most_open,
    }  # fmt: skip
    found: dict[date, Shown] = {}
    for day, place, pk in statement.rows(values, form.stand_ins):
        shown = found.setdefault(asked.first + DAY * (day - 1), Shown(0, []))
        shown.total = place
        if place <= (asked.most_open if day == opened else asked.most):
            shown.ids.append(pk)
    return found


def _with_conflicts(who: Who) -> QuerySet[Activity]:
    takes_up = Q(all_day=False, ends_at__gt=F("at")) & ~Q(kind=Kind.TASK)
    others = Activity.objects.visible_to(who).filter(takes_up, owner=OuterRef("owner"), at__lt=OuterRef("ends_at"))
    others = others.filter(ends_at__gt=OuterRef("at")).exclude(state=State.CANCELLED).exclude(pk=OuterRef("pk"))
    near = Exists(others.filter(at__gt=OuterRef("at") - DAY))
    far = Exists(others.filter(LONGER_THAN_A_DAY, at__gt=OuterRef("at") - LONGEST, at__lte=OuterRef("at") - DAY))
    rows = Activity.objects.filter(is_any("pk", "ids")).select_related("party", "owner").only(*SHOWN)
    return rows.annotate(is_conflict=Case(When(takes_up, then=near | far), default=False))


_SHOWN = PreparedFor(_with_conflicts)


def shown(who: Who, ids: Collection[int]) -> dict[int, Activity]:
    """Activities with what a calendar shows of them; `is_conflict`: another one of the same person overlaps.

    Touching ends are no conflict, nor is a task, a whole day, or what `who` may not see.
    """
    return {one.pk: one for one in _SHOWN.all(who, ids=list(ids))} if ids else {}
