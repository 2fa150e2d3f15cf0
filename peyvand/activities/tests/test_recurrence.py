"""Recurrence: known days, and what must hold for every rule, day and zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peyvand.activities.recurrence import Calendar, Every, Rule, between, days_of, length_of, moment
from peyvand.core.jalali import from_jalali, is_leap, to_jalali

J = Calendar.JALALI
ZONES = ("Asia/Tehran", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "UTC", "America/New_York")


def first(rule: Rule, start: date, number: int) -> list[date]:
    return list(islice(days_of(rule, start), number))


def test_every_fifth_of_the_jalali_month() -> None:
    days = first(Rule(every=Every.MONTH), from_jalali(1405, 9, 5), 4)
    assert [tuple(to_jalali(one)) for one in days] == [(1405, 9, 5), (1405, 10, 5), (1405, 11, 5), (1405, 12, 5)]


def test_the_last_thursday_of_the_month() -> None:
    days = first(Rule(every=Every.MONTH, nth=-1, weekday=3), from_jalali(1405, 9, 1), 3)
    assert days == [from_jalali(1405, 9, 26), from_jalali(1405, 10, 24), from_jalali(1405, 11, 29)]


def test_thirty_esfand_is_the_last_day_of_each_year_or_only_of_leap_years() -> None:
    start = from_jalali(1403, 12, 30)
    assert is_leap(1403)
    days = first(Rule(every=Every.YEAR), start, 6)
    assert [to_jalali(one).day for one in days] == [30, 29, 29, 29, 29, 30]
    leap = first(Rule(every=Every.YEAR, skip_short=True), start, 2)
    assert [to_jalali(one).year for one in leap] == [1403, 1408]


def test_day_31_in_months_of_thirty() -> None:
    days = first(Rule(every=Every.MONTH), from_jalali(1405, 6, 31), 8)
    assert [to_jalali(one)[1:] for one in days] == [
        (6, 31), (7, 30), (8, 30), (9, 30), (10, 30), (11, 30), (12, 29), (1, 31)
    ]  # fmt: skip


def test_each_second_week_on_saturday_and_wednesday() -> None:
    days = first(Rule(every=Every.WEEK, interval=2, weekdays=(5, 2)), date(2026, 12, 2), 4)
    assert days == [date(2026, 12, 2), date(2026, 12, 12), date(2026, 12, 16), date(2026, 12, 26)]


def test_until_is_included_and_most_counts_all() -> None:
    rule = Rule(every=Every.DAY, until=date(2026, 12, 3))
    assert first(rule, date(2026, 12, 1), 9) == [date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)]
    assert len(first(Rule(every=Every.DAY, most=2), date(2026, 12, 1), 9)) == 2
    assert between(Rule(every=Every.DAY, most=5), date(2026, 12, 1), date(2026, 12, 4), date(2027, 1, 1)) == [
        date(2026, 12, 4),
        date(2026, 12, 5),
    ]


def test_ten_in_the_morning_in_tehran_is_ten_before_and_after_the_end_of_summer_time() -> None:
    tehran = ZoneInfo("Asia/Tehran")
    summer, winter = moment(date(2022, 9, 20), time(10), tehran), moment(date(2022, 9, 23), time(10), tehran)
    assert (summer.hour, summer.minute, winter.hour, winter.minute) == (5, 30, 6, 30)
    assert moment(date(2026, 7, 1), time(10), tehran) == datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
    gap = moment(date(2022, 3, 22), time(0, 30), tehran)  # that night's clock went from 00:00 to 01:00
    assert gap.astimezone(tehran).time() == time(1, 30)


@pytest.mark.parametrize("bad", [{"interval": 0}, {"weekdays": (7,)}, {"nth": 6}, {"most": 0}])
def test_what_is_no_rule_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="or"):
        Rule(every=Every.DAY, **bad)  # type: ignore[arg-type]


rules = st.builds(
    Rule,
    every=st.sampled_from(Every),
    interval=st.integers(1, 5),
    calendar=st.sampled_from(Calendar),
    weekdays=st.lists(st.integers(0, 6), max_size=3, unique=True).map(tuple),
    nth=st.sampled_from([-1, 0, 0, 1, 2, 5]),
    weekday=st.integers(0, 6),
    skip_short=st.booleans(),
    most=st.none() | st.integers(1, 40),
)
starts = st.dates(date(1990, 1, 1), date(2080, 1, 1))


@settings(max_examples=150, deadline=None)
@given(rule=rules, start=starts)
def test_days_are_real_ordered_not_before_the_start_and_fit_the_rule(rule: Rule, start: date) -> None:
    days = first(rule, start, 30)
    assert days == sorted(set(days))
    assert all(day >= start for day in days)
    assert rule.most is None or len(days) <= rule.most
    for day in days:
        there = to_jalali(day)
        assert from_jalali(*there) == day
        _fits(rule, start, day)


def _fits(rule: Rule, start: date, day: date) -> None:
    if rule.every is Every.DAY:
        assert (day - start).days % rule.interval == 0
    elif rule.every is Every.WEEK:
        assert day.weekday() in (rule.weekdays or (start.weekday(),))
    elif rule.nth:
        assert day.weekday() == rule.weekday
    else:
        here, begun = (to_jalali(one) if rule.calendar is J else (one.year, one.month, one.day) for one in (day, start))
        length = length_of(here[0], here[1], rule.calendar)
        assert here[2] == (begun[2] if rule.skip_short else min(begun[2], length))
        assert rule.every is not Every.YEAR or here[1] == begun[1]


@settings(max_examples=150, deadline=None)
@given(rule=rules, start=starts, clock=st.times(), zone=st.sampled_from(ZONES))
def test_each_occurrence_is_on_its_jalali_day_in_its_zone(rule: Rule, start: date, clock: time, zone: str) -> None:
    there = ZoneInfo(zone)
    for day in first(rule, start, 8):
        here = moment(day, clock, there).astimezone(there).date()
        jumped = moment(day, clock, there).astimezone(there).time() < clock  # the clock jumped over midnight
        assert here == day or jumped
        year, month, number = to_jalali(here)
        assert 1 <= month <= 12 and 1 <= number <= length_of(year, month, J)
        assert from_jalali(year, month, number) == here


@settings(max_examples=100, deadline=None)
@given(rule=rules)
def test_a_rule_comes_back_from_its_row(rule: Rule) -> None:
    assert Rule.from_json(rule.to_json()) == rule


@settings(max_examples=200, deadline=None)
@given(day=st.dates(date(2015, 1, 1), date(2035, 1, 1)), clock=st.times(), zone=st.sampled_from(ZONES))
def test_each_occurrence_is_a_real_instant_at_its_wall_time(day: date, clock: time, zone: str) -> None:
    there = moment(day, clock, ZoneInfo(zone)).astimezone(ZoneInfo(zone))
    wanted = datetime.combine(day, clock)
    shift = there.replace(tzinfo=None) - wanted
    assert timedelta(0) <= shift <= timedelta(hours=1)  # only where the clock jumped over it
    assert shift == timedelta(0) or there.utcoffset() != (there - timedelta(hours=3)).utcoffset()
