"""Series: their occurrences, and changing one, the later ones, or all."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.activities import selectors, services
from peyvand.activities.errors import NoSuchOccurrence
from peyvand.activities.forms import WhenForm
from peyvand.activities.models import Activity, Invitee, Series
from peyvand.activities.recurrence import Every, Rule
from peyvand.activities.types import Guest, Planned
from peyvand.core.jalali import to_jalali
from tests.cast import Cast

TEHRAN = ZoneInfo("Asia/Tehran")


def begin(cast: Cast, rule: Rule, **more: object) -> Activity:
    at = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)
    values = {"kind": "meeting", "subject": "نشست هفتگی", "at": at, "guests": [Guest(user_id=cast.bob.pk)]} | more
    return services.plan_series(actor=Actor(cast.alice), planned=Planned(**values), rule=rule)  # type: ignore[arg-type]


def rows() -> list[Activity]:
    return list(Activity.objects.filter(deleted_at=None).order_by("at"))


def test_a_weekly_meeting_stands_a_year_ahead_with_its_guests(cast: Cast) -> None:
    begin(cast, Rule(every=Every.WEEK))
    found = rows()
    assert 52 <= len(found) <= 54
    assert {one.at.astimezone(TEHRAN).hour for one in found} == {10}
    assert len({one.at.astimezone(TEHRAN).weekday() for one in found}) == 1
    assert Invitee.objects.filter(user=cast.bob).count() == len(found)
    assert len({one.uid for one in found}) == len(found)


def test_every_month_on_the_day_of_the_jalali_month(cast: Cast) -> None:
    first = begin(cast, Rule(every=Every.MONTH, most=5))
    wanted = to_jalali(first.at.astimezone(TEHRAN).date()).day
    days = [to_jalali(one.at.astimezone(TEHRAN).date()).day for one in rows()]
    assert len(days) == 5
    assert all(day in (wanted, 30, 29) for day in days)


def test_only_this_one_is_an_exception(cast: Cast) -> None:
    begin(cast, Rule(every=Every.DAY, most=5))
    third = rows()[2]
    wanted = Planned(**{**selectors.planned_of(third).__dict__, "subject": "جدا"})
    services.edit_series(actor=Actor(cast.alice), activity_id=third.pk, planned=wanted, which="this")
    assert [one.subject for one in rows()].count("جدا") == 1
    third.refresh_from_db()
    assert third.is_exception


def test_this_and_the_later_ones_leave_the_earlier_and_the_exceptions(cast: Cast) -> None:
    begin(cast, Rule(every=Every.DAY, most=6))
    found = rows()
    services.reschedule(actor=Actor(cast.alice), activity_id=found[4].pk, at=found[4].at + timedelta(hours=3))
    wanted = Planned(**{**selectors.planned_of(found[2]).__dict__, "subject": "تازه"})
    services.edit_series(actor=Actor(cast.alice), activity_id=found[2].pk, planned=wanted, which="later")
    subjects = [one.subject for one in rows()]
    assert len(subjects) == 6
    assert subjects == ["نشست هفتگی", "نشست هفتگی", "تازه", "تازه", "نشست هفتگی", "تازه"]
    assert Series.objects.count() == 2


def test_all_that_are_planned_change_and_what_took_place_stays(cast: Cast) -> None:
    begin(cast, Rule(every=Every.DAY, most=4))
    found = rows()
    services.complete(actor=Actor(cast.alice), activity_id=found[0].pk)
    later = found[2].at + timedelta(hours=2)
    wanted = Planned(**{**selectors.planned_of(found[2]).__dict__, "at": later, "ends_at": later + timedelta(hours=1)})
    services.edit_series(actor=Actor(cast.alice), activity_id=found[2].pk, planned=wanted, which="all")
    hours = [one.at.astimezone(TEHRAN).hour for one in rows()]
    assert hours == [10, 12, 12, 12]


def test_a_series_ends(cast: Cast) -> None:
    begin(cast, Rule(every=Every.DAY, most=5))
    assert services.end_series(actor=Actor(cast.alice), activity_id=rows()[3].pk) == 2
    assert len(rows()) == 3
    alone = services.plan(actor=Actor(cast.alice), planned=Planned(kind="task", subject="x"))
    with pytest.raises(NoSuchOccurrence):
        services.end_series(actor=Actor(cast.alice), activity_id=alone.pk)


def test_the_night_makes_what_is_missing_of_the_coming_year(cast: Cast) -> None:
    begin(cast, Rule(every=Every.WEEK))
    before = len(rows())
    last = rows()[-1]
    Activity.objects.filter(occurrence__gt=timezone.localdate() + timedelta(days=200)).delete()
    Series.objects.update(made_until=timezone.localdate() + timedelta(days=200))
    assert services.extend_due() == 1
    assert len(rows()) == before
    assert rows()[-1].at == last.at
    assert services.extend_due() == 0


def test_ten_in_berlin_is_ten_in_summer_and_winter(cast: Cast) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    at = datetime.combine(timezone.localdate() + timedelta(days=1), datetime.min.time(), tzinfo=berlin).replace(hour=10)
    begin(cast, Rule(every=Every.MONTH), at=at, zone="Europe/Berlin")
    found = rows()
    assert {one.at.astimezone(berlin).hour for one in found} == {10}
    assert len({one.at.hour for one in found}) == 2


def test_a_day_that_is_whole_stays_whole(cast: Cast) -> None:
    begin(cast, Rule(every=Every.WEEK, most=3), all_day=True)
    assert {(one.ends_at - one.at) for one in rows()} == {timedelta(days=1)}
    assert all(isinstance(one.occurrence, date) for one in rows())


def test_a_meeting_over_the_end_of_summer_time_keeps_both_of_its_wall_times(cast: Cast) -> None:
    berlin, form = (
        ZoneInfo("Europe/Berlin"),
        WhenForm({"day": "2026-10-25", "begins": "01:30", "ends": "03:30", "zone": "Europe/Berlin"}),
    )
    assert form.is_valid()
    at, ends = form.span()
    wanted = Planned(kind="meeting", subject="شبانه", at=at, ends_at=ends, zone="Europe/Berlin")
    one = services.plan(actor=Actor(cast.alice), planned=wanted)
    one.refresh_from_db()
    assert one.at is not None and one.ends_at is not None
    assert one.ends_at - one.at == timedelta(hours=3)  # the hour from two to three comes twice that night
    assert [f"{each.astimezone(berlin):%H:%M}" for each in (one.at, one.ends_at)] == ["01:30", "03:30"]
    services.reschedule(actor=Actor(cast.alice), activity_id=one.pk, at=one.at + timedelta(days=1, hours=1))
    one.refresh_from_db()
    assert one.at is not None and f"{one.at.astimezone(berlin):%H:%M}" == "01:30"
