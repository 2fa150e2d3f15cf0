"""What stands in the cells of a calendar: the first activities of each day, and how many there are.

A month of a team of fifty has thousands of activities, of which a calendar shows three a day: one statement reads each
once from the indexes and hands out only those, and a second one reads what is shown of them.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from peyvand.accounts.prepared import PreparedFor, form_of
from peyvand.accounts.scoping import Who
from peyvand.activities.models import LONGER_THAN_A_DAY, Activity, Invitee, Kind, State
from peyvand.activities.selectors.calendar import DAY, LONGEST
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


class Entry(NamedTuple):
    """What a calendar shows of an activity: a month of a team has a hundred and more, so no whole records are made.

    is_conflict: another one of the same person overlaps it.
    """

    pk: int
    subject: str
    kind: str
    at: datetime | None
    ends_at: datetime | None
    all_day: bool
    state: str
    version: int
    place: str
    party: str | None
    full_name: str
    username: str
    is_conflict: bool

    @property
    def owner(self) -> str:
        """Who does it, as people are called everywhere."""
        return self.full_name or self.username


READ = (
    "pk", "subject", "kind", "at", "ends_at", "all_day", "state", "version", "place", "party__name",
    "owner__full_name", "owner__username",
)  # fmt: skip


@dataclass
class Shown:
    """A day: how many activities it has, and those that are shown, in their order."""

    total: int
    ids: list[int]


# Days are numbered by the midnights of the reader's zone: 1 is the first that is shown, 0 whatever is before. The many
# rows are gone through once; what is read again are the first of each day, and those that last over a midnight.
_DAYS = """
WITH begun AS MATERIALIZED (
    SELECT day, count(*) AS total,
        (array_agg(id ORDER BY all_day DESC, at, id))[1:CASE day WHEN {open} THEN {most_open} ELSE {most} END] AS ids,
        array_agg(id) FILTER (WHERE ends_at > ({midnights})[day + 1]) AS lasting
    FROM (SELECT id, at, ends_at, all_day, width_bucket(at, {midnights}) AS day FROM ({parts}) AS rows) AS hits
    GROUP BY day
), days AS (
    SELECT day, total, id, at, all_day FROM begun, unnest(ids) AS first JOIN {table} ON id = first WHERE day > 0
    UNION ALL
    SELECT later, NULL, id, at, all_day FROM begun, unnest(lasting) AS one JOIN {table} ON id = one,
        generate_series(day + 1, width_bucket(ends_at - interval '1 microsecond', {midnights})) AS later
    WHERE later <= {number}
)
SELECT day, coalesce(max(total), 0) + count(*) FILTER (WHERE total IS NULL),
    (array_agg(id ORDER BY all_day DESC, at, id))[1:CASE day WHEN {open} THEN {most_open} ELSE {most} END]
FROM days GROUP BY day
"""


def _between(since: str, until: str) -> Q:
    return Q(at__gte=Given(since), at__lt=Given(until))


def _parts(who: Who) -> list[QuerySet[Any, Any]]:
    """What they do and what they are invited to, apart from the few that began more than a day before the first.

    Of the reader's own invitations, too, only those of the time are read: he may have thousands.
    """
    theirs, guests = is_any("owner_id", "people"), Invitee.objects.filter(is_any("user_id", "people"))
    guests = guests.exclude(answer=Invitee.Answer.DECLINED)
    touches, around = Q(at__gte=Given("start")) | Q(ends_at__gt=Given("start")), _between("day_before", "end")
    near = Activity.objects.visible_to(who, invited=around).exclude(state=State.CANCELLED).filter(touches, around)
    invited = AnyOf(F("pk"), ArraySubquery(guests.filter(around).values("activity_id")))
    # Most businesses have none of these, so they are found first, by the index that has nothing else.
    earlier = _between("long_before", "day_before")
    long = Activity.objects.filter(LONGER_THAN_A_DAY, earlier, deleted_at=None)
    far = Activity.objects.visible_to(who, invited=earlier).exclude(state=State.CANCELLED)
    far = far.filter(AnyOf(F("pk"), ArraySubquery(long.values("pk"))), ends_at__gt=Given("start"))
    found = [
        near.filter(theirs),
        near.filter(invited).exclude(theirs),
        far.filter(theirs | Q(Exists(guests.filter(activity=OuterRef("pk"))))),
    ]
    return [rows.order_by().values_list("id", "at", "ends_at", "all_day") for rows in found]


PLACES = re.compile(r"\{(\w+)\}")


def _written(who: Who) -> Statement:
    """The whole question as one text; empty for who may see nothing."""
    parts = [one for rows in _parts(who) if (one := statement_of(rows)).text]
    if not parts:
        return Statement("", (), [])
    inner = [value for one in parts for value in one.parameters]
    texts = {
        "midnights": "%s::timestamptz[]", "table": Activity._meta.db_table,
        "parts": " UNION ALL ".join(one.text for one in parts),
    }  # fmt: skip
    named = [name for name in PLACES.findall(_DAYS) if name != "table"]
    values = [each for name in named for each in (inner if name == "parts" else [Given(name).value])]
    return Statement(PLACES.sub(lambda found: texts.get(found[1], "%s"), _DAYS), tuple(values), [])


_texts: Kept[Statement] = Kept()


def _array(values: Iterable[object]) -> str:
    """Numbers or moments as PostgreSQL writes a list of them."""
    return "{" + ",".join(map(str, values)) + "}"


def in_days(who: Who, people: Collection[int], asked: Asked) -> dict[date, Shown]:
    """What these people do or are invited to on each day that is asked for, as far as `who` may see it.

    Cancelled ones are left out.
    """
    number, form = (asked.last - asked.first).days + 1, form_of(who)
    midnights = [datetime.combine(asked.first + DAY * n, time(), tzinfo=asked.zone) for n in range(number + 1)]
    start, end, opened = midnights[0], midnights[-1], (asked.open - asked.first).days + 1
    statement = _texts.get(form.key, lambda: _written(form.stand_in()))
    values = {  # lists as PostgreSQL writes them: they stand in the text several times
        "people": _array(people), "midnights": _array(midnights), "start": start, "end": end,
        "day_before": start - DAY, "long_before": start - LONGEST,
        "number": number, "open": opened, "most": asked.most, "most_open": asked.most_open,
    }  # fmt: skip
    rows = statement.rows(values, form.stand_ins)
    return {asked.first + DAY * (day - 1): Shown(total, ids) for day, total, ids in rows}


def _with_conflicts(who: Who) -> QuerySet[Activity]:
    takes_up = Q(all_day=False, ends_at__gt=F("at")) & ~Q(kind=Kind.TASK)
    others = Activity.objects.visible_to(who).filter(takes_up, owner=OuterRef("owner"), at__lt=OuterRef("ends_at"))
    others = others.filter(ends_at__gt=OuterRef("at")).exclude(state=State.CANCELLED).exclude(pk=OuterRef("pk"))
    near = Exists(others.filter(at__gt=OuterRef("at") - DAY))
    far = Exists(others.filter(LONGER_THAN_A_DAY, at__gt=OuterRef("at") - LONGEST, at__lte=OuterRef("at") - DAY))
    is_conflict = Case(When(takes_up, then=near | far), default=False)
    return Activity.objects.filter(is_any("pk", "ids")).order_by().values_list(*READ, is_conflict)


_SHOWN = PreparedFor(_with_conflicts)


def shown(who: Who, ids: Collection[int]) -> dict[int, Entry]:
    """Activities as a calendar shows them.

    Touching ends are no conflict, nor is a task, a whole day, or what `who` may not see.
    """
    return {row[0]: Entry(*row) for row in _SHOWN.all(who, ids=list(ids))} if ids else {}
