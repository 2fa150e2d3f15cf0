"""Working hours against an oracle that walks minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peyvand.core.working_time import IRANIAN_HOURS, EmptyCalendar, Hours, WorkCalendar

TEHRAN = ZoneInfo("Asia/Tehran")
MINUTE = timedelta(minutes=1)


def works(calendar: WorkCalendar, at: datetime) -> bool:
    """Is this minute worked? Read off the wall clock, the slow way."""
    there = at.astimezone(calendar.zone)
    if there.date() in calendar.holidays:
        return False
    spans = calendar.hours.get(there.weekday(), ())
    if there.fold:  # the hour that the clock repeats before midnight: what closes within it closed the first time
        return any(closes == time(0) for _opens, closes in spans)
    return any(opens <= there.time() and (closes == time(0) or there.time() < closes) for opens, closes in spans)


def slow_add(calendar: WorkCalendar, start: datetime, minutes: int) -> datetime:
    at = start
    while minutes:
        minutes -= works(calendar, at)
        at += MINUTE
    return at


def slow_between(calendar: WorkCalendar, start: datetime, end: datetime) -> int:
    count, at = 0, start
    while at < end:
        count += works(calendar, at)
        at += MINUTE
    return count


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TEHRAN)


# Around Tehran's clock changes of 1398 to 1401 and in the years without any.
moments = st.datetimes(
    min_value=datetime.fromisoformat("2019-03-10"),
    max_value=datetime.fromisoformat("2024-10-01"),
    timezones=st.just(TEHRAN),
).map(lambda one: one.replace(second=0, microsecond=0).astimezone(UTC))
near_changes = st.builds(
    lambda day, minute: datetime.combine(day, time(0), tzinfo=UTC) + minute * MINUTE,
    st.sampled_from([date(2022, 3, 20), date(2022, 9, 20), date(2021, 3, 20), date(2021, 9, 20), date(2019, 3, 20)]),
    st.integers(0, 4 * 1440),
)
instants = moments | near_changes


@st.composite
def weeks(draw: st.DrawFn) -> Hours:
    """A week of up to two spans a day on whole minutes, some days off, some until midnight; at least one hour."""
    hours: dict[int, list[tuple[time, time]]] = {}
    for day in range(7):
        cuts = sorted(draw(st.lists(st.integers(0, 1439), max_size=4, unique=True)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        spans = [(time(a // 60, a % 60), time(b // 60, b % 60)) for a, b in pairs]
        if spans and draw(st.booleans()):
            spans[-1] = (spans[-1][0], time(0))
        hours[day] = spans
    hours[draw(st.integers(0, 6))] = [(time(9), time(13))]
    return hours


holidays = st.sets(
    st.dates(date(2022, 3, 18), date(2022, 3, 25)) | st.dates(date(2022, 9, 18), date(2022, 9, 25)), max_size=3
)


@settings(max_examples=60, deadline=None)
@given(weeks(), holidays, instants, st.integers(0, 600))
def test_adding_agrees_with_walking_minute_by_minute(
    hours: Hours, free: set[date], start: datetime, minutes: int
) -> None:
    calendar = WorkCalendar(TEHRAN, hours, free)
    assert calendar.add(start, minutes) == slow_add(calendar, start, minutes)


@settings(max_examples=60, deadline=None)
@given(weeks(), holidays, instants, st.integers(0, 6 * 1440))
def test_counting_agrees_with_walking_minute_by_minute(
    hours: Hours, free: set[date], start: datetime, length: int
) -> None:
    calendar = WorkCalendar(TEHRAN, hours, free)
    end = start + length * MINUTE
    assert calendar.minutes_between(start, end) == slow_between(calendar, start, end)
    assert calendar.minutes_between(end, start) == -calendar.minutes_between(start, end)


@given(instants, st.integers(1, 5000))
def test_what_is_added_is_what_lies_between(start: datetime, minutes: int) -> None:
    calendar = WorkCalendar(TEHRAN, IRANIAN_HOURS)
    end = calendar.add(start, minutes)
    assert calendar.minutes_between(start, end) == minutes
    assert works(calendar, end - MINUTE)


@given(instants)
def test_open_agrees_with_the_wall_clock(moment: datetime) -> None:
    calendar = WorkCalendar(TEHRAN, IRANIAN_HOURS, {date(2022, 3, 21)})
    assert calendar.is_open(moment) == works(calendar, moment)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-22 15:00", 120, "2026-11-23 09:00"),  # Sunday afternoon into Monday
        ("2026-11-22 23:00", 120, "2026-11-23 10:00"),  # at night: counted from the opening
        ("2026-11-26 11:00", 120, "2026-11-28 09:00"),  # Thursday is half a day, Friday is none
        ("2026-11-24 15:00", 120, "2026-11-25 10:00"),  # a holiday (the 24th) does not count from its afternoon
        ("2026-11-22 08:00", 480, "2026-11-22 16:00"),  # a whole day ends when the doors close
        ("2022-03-21 15:00", 60, "2022-03-21 16:00"),
        ("2022-03-20 15:30", 60, "2022-03-21 08:30"),  # summer time begins in the night
    ],
)
def test_deadlines_that_people_would_expect(start: str, minutes: int, due: str) -> None:
    calendar = WorkCalendar(TEHRAN, IRANIAN_HOURS, {date(2026, 11, 24)})
    assert calendar.add(at(start), minutes) == at(due)


def test_a_night_shift_loses_and_gains_the_hour_of_the_clock_change() -> None:
    always = {day: ((time(0), time(0)),) for day in range(7)}
    calendar = WorkCalendar(TEHRAN, always)
    assert calendar.minutes_between(at("2022-03-22 00:00"), at("2022-03-23 00:00")) in (23 * 60, 24 * 60)
    spring = calendar.minutes_between(at("2022-03-20 00:00"), at("2022-03-23 00:00"))
    autumn = calendar.minutes_between(at("2022-09-20 00:00"), at("2022-09-23 00:00"))
    assert (spring, autumn) == (3 * 1440 - 60, 3 * 1440 + 60)


def test_a_deadline_may_not_be_counted_where_nobody_works() -> None:
    with pytest.raises(EmptyCalendar):
        WorkCalendar(TEHRAN, {}).add(at("2026-11-22 10:00"), 1)


def test_the_counted_intervals_can_be_listed() -> None:
    calendar = WorkCalendar(TEHRAN, IRANIAN_HOURS)
    found = list(calendar.intervals(at("2026-11-26 11:00"), at("2026-11-28 09:00")))
    assert found == [
        (at("2026-11-26 11:00"), at("2026-11-26 12:00")),
        (at("2026-11-28 08:00"), at("2026-11-28 09:00")),
    ]
