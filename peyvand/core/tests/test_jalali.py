"""Dates in both calendars, written and read."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyvand.core.errors import Invalid
from peyvand.core.jalali import JalaliDate, format_date, from_jalali, is_leap, month_length, parse_date, to_jalali

# The official table (University of Tehran), 1300–1498.
LEAP = (
    "1300 1304 1309 1313 1317 1321 1325 1329 1333 1337 1342 1346 1350 1354 1358 1362 1366 1370 1375 1379 1383 1387 1391 "
    "1395 1399 1403 1408 1412 1416 1420 1424 1428 1432 1436 1441 1445 1449 1453 1457 1461 1465 1469 "
    "1474 1478 1482 1486 1490 1494 1498"
)
NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("Asia/Tehran"))


def written(value: dt.date, style: str, calendar: str = "jalali", lang: str = "fa") -> str:
    return format_date(value, calendar=calendar, lang=lang, style=style, now=NOW)


def test_leap_day_of_1403_is_the_known_one() -> None:
    assert from_jalali(1403, 12, 30) == dt.date(2025, 3, 20)
    assert to_jalali(dt.date(2025, 3, 21)) == JalaliDate(1404, 1, 1)


def test_every_leap_year_of_the_official_table() -> None:
    assert [y for y in range(1300, 1499) if is_leap(y)] == [int(y) for y in LEAP.split()]
    assert month_length(1404, 12) == 29


@given(st.dates(min_value=dt.date(1830, 1, 1), max_value=dt.date(2119, 12, 31)))
def test_a_day_goes_there_and_back(day: dt.date) -> None:
    there = to_jalali(day)
    assert from_jalali(*there) == day
    assert parse_date(f"{there.year}/{there.month}/{there.day}") == day
    assert parse_date(format_date(day, calendar="jalali", lang="fa", style="numeric")) == day


def test_the_written_styles() -> None:
    day = dt.date(2026, 11, 22)
    assert written(day, "short") == "۱ آذر"
    assert written(day, "long") == "یکشنبه، ۱ آذر ۱۴۰۵"
    assert written(dt.date(2025, 11, 22), "short") == "۱ آذر ۱۴۰۴"
    assert written(NOW, "datetime") == "۱ آذر ۱۴۰۵، ۱۲:۰۰"
    assert written(NOW, "numeric") == "۱۴۰۵/۰۹/۰۱"
    assert written(day, "long", "gregorian", "en") == "Sunday, 22 November 2026"
    assert written(day, "short", "jalali", "en") == "1 Azar"
    assert written(day, "short", "gregorian", "fa") == "۲۲ نوامبر"


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(0, "۱۲:۰۰"), (1, "دیروز"), (-1, "فردا"), (3, "۳ روز پیش"), (7, "۷ روز پیش"), (8, "۲۳ آبان"), (-2, "۲ روز دیگر")],
)
def test_relative_days(days: int, wanted: str) -> None:
    assert written(NOW - dt.timedelta(days=days), "relative") == wanted


def test_a_moment_is_shown_in_the_zone_of_the_organisation() -> None:
    late = dt.datetime(2026, 11, 21, 21, 30, tzinfo=dt.UTC)
    assert to_jalali(late) == JalaliDate(1405, 9, 1)
    assert written(late, "time") == "۰۱:۰۰"
    summer = dt.datetime(2022, 7, 1, 8, 0, tzinfo=dt.UTC)
    assert written(summer, "time") == "۱۲:۳۰", "summer time until 1401"


@pytest.mark.parametrize(
    "typed",
    [
        "۱۴۰۵/۹/۱",
        "1405-09-01",
        "1/9/1405",
        "۱ آذر ۱۴۰۵",
        "1 Azar 1405",
        "2026-11-22",
        "22 November 2026",
        "٢٢ نوامبر 2026",
    ],
)
def test_a_typed_date_is_read_in_either_calendar_and_digits(typed: str) -> None:
    assert parse_date(typed) == dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed", ["", "1404/12/30", "1405/13/1", "05/09/01", "2026-02-30", "1405/9", "۱ آذر", "x/y/z", "1 Azar 2026"]
)
def test_a_date_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        parse_date(typed)
