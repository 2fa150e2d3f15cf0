"""What a calendar hands out of each day: the first ones, how many there are, what clashes, long plans on each day."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from peyvand.accounts.context import Actor
from peyvand.activities import services
from peyvand.activities.models import Activity
from peyvand.activities.selectors.calendar_cells import Asked, in_days, shown
from peyvand.activities.types import Guest, Planned
from tests.cast import Cast

TEHRAN = ZoneInfo("Asia/Tehran")
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 10)


def plan(who: Any, day: int, hour: int, *, hours: float = 1, kind: str = "meeting", **more: Any) -> Activity:
    at = datetime(2026, 12, 1, hour, tzinfo=TEHRAN) + timedelta(days=day - 1)
    planned = Planned(kind=kind, subject="نشست", at=at, ends_at=at + timedelta(hours=hours), remind=None, **more)
    return services.plan(actor=Actor(who), planned=planned)


def days(cast: Cast, *people: Any, most: int = 3, open_day: int = 1) -> dict[int, tuple[int, list[int]]]:
    asked = Asked(first=FIRST, last=LAST, zone=TEHRAN, most=most, open=date(2026, 12, open_day), most_open=9)
    found = in_days(cast.alice, [one.pk for one in people], asked)
    return {day.day: (each.total, list(each.ids)) for day, each in found.items()}


@pytest.mark.django_db
def test_a_day_hands_out_its_first_ones_and_says_how_many_there_are(cast: Cast) -> None:
    made = [plan(cast.alice, 3, hour).pk for hour in (15, 9, 11, 13)]
    assert days(cast, cast.alice) == {3: (4, [made[1], made[2], made[3]])}
    assert days(cast, cast.alice, open_day=3) == {3: (4, [made[1], made[2], made[3], made[0]])}


@pytest.mark.django_db
def test_long_plans_stand_on_each_of_their_days_also_when_they_began_before(cast: Cast) -> None:
    begun_before = plan(cast.alice, -4, 9, hours=24 * 6)  # until the morning of the second
    over_night = plan(cast.alice, 5, 22, hours=4)
    until_midnight = plan(cast.alice, 8, 20, hours=4)
    found = days(cast, cast.alice)
    assert found == {
        1: (1, [begun_before.pk]),
        2: (1, [begun_before.pk]),
        5: (1, [over_night.pk]),
        6: (1, [over_night.pk]),
        8: (1, [until_midnight.pk]),
    }


@pytest.mark.django_db
def test_what_lasts_over_a_midnight_counts_in_a_full_day_and_stands_before_what_begins_later(cast: Cast) -> None:
    made = [plan(cast.alice, 5, hour).pk for hour in (9, 11, 13)]
    over_night = plan(cast.alice, 4, 22, hours=12).pk
    whole_day = plan(cast.alice, 5, 0, hours=24, all_day=True, kind="task").pk
    assert days(cast, cast.alice) == {4: (1, [over_night]), 5: (5, [whole_day, over_night, made[0]])}
    assert days(cast, cast.alice, open_day=5)[5] == (5, [whole_day, over_night, *made])


@pytest.mark.django_db
def test_a_guest_finds_it_where_it_was_moved_to_and_once_beside_its_owner(cast: Cast) -> None:
    made = plan(cast.alice, 3, 9, guests=(Guest(user_id=cast.bob.pk),))
    assert days(cast, cast.bob) == days(cast, cast.alice, cast.bob) == {3: (1, [made.pk])}
    at = datetime(2026, 12, 7, 9, tzinfo=TEHRAN)
    services.reschedule(actor=Actor(cast.alice), activity_id=made.pk, at=at)
    assert days(cast, cast.bob) == {7: (1, [made.pk])}


@pytest.mark.django_db
def test_what_overlaps_of_one_person_is_a_conflict_but_no_task_and_no_touching_end(cast: Cast) -> None:
    long = plan(cast.alice, 1, 8, hours=50)
    inside = plan(cast.alice, 3, 8)
    touching = plan(cast.alice, 3, 10)
    plan(cast.alice, 3, 11)  # it begins where the other one ends
    task = plan(cast.alice, 3, 8, kind="task")
    rows = shown(cast.alice, [long.pk, inside.pk, touching.pk, task.pk])
    conflicts = {pk for pk, one in rows.items() if one.is_conflict}
    assert conflicts == {long.pk, inside.pk}
