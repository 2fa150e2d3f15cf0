"""The clock of a request, as pure rules."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from peyvand.cartable import sla
from peyvand.core.working_time import IRANIAN_HOURS, WorkCalendar

TEHRAN = ZoneInfo("Asia/Tehran")
CALENDAR = WorkCalendar(TEHRAN, IRANIAN_HOURS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TEHRAN)


@dataclass
class Clocked:
    opened_at: datetime
    next_due: datetime | None
    status: str = "open"
    closed_at: datetime | None = None
    resolution_due: datetime | None = None


moments = st.datetimes(
    datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2026-12-01"), timezones=st.just(TEHRAN)
).map(lambda one: one.replace(second=0, microsecond=0))


def policy(first: int, **fields: object) -> sla.Policy:
    return sla.Policy(first_answer_minutes=first, resolution_minutes=first * 5, **fields)  # type: ignore[arg-type]


def test_the_most_specific_target_counts() -> None:
    policies = [policy(4), policy(3, priority="high"), policy(2, kind_id=7), policy(1, kind_id=7, priority="high")]
    chosen = {
        (kind, priority): sla.choose(policies, kind, priority).first_answer_minutes
        for kind in (7, 8, None)
        for priority in ("high", "normal")
    }
    assert chosen == {
        (7, "high"): 1, (7, "normal"): 2, (8, "high"): 3, (8, "normal"): 4, (None, "high"): 3, (None, "normal"): 4,
    }  # fmt: skip
    assert sla.choose([], 7, "high") == sla.DEFAULT


def test_the_clock_counts_to_the_first_answer_and_then_to_the_resolution() -> None:
    first, resolution = at("2026-11-22 16:00"), at("2026-11-29 16:00")
    assert sla.next_due(None, first, resolution) == first
    assert sla.next_due(at("2026-11-22 10:00"), first, resolution) == resolution


def test_a_pause_over_a_weekend_costs_and_gives_nothing() -> None:
    due, paused = at("2026-11-26 11:00"), at("2026-11-26 10:00")  # Thursday, one hour left
    assert sla.resumed(CALENDAR, due, paused, at("2026-11-28 08:00")) == at("2026-11-28 09:00")
    assert sla.resumed(CALENDAR, due, paused, at("2026-11-27 23:00")) == at("2026-11-28 09:00")


def test_what_was_late_when_the_clock_stopped_stays_late() -> None:
    due = at("2026-11-22 10:00")
    assert sla.resumed(CALENDAR, due, at("2026-11-22 11:00"), at("2026-11-24 11:00")) == due


def test_a_customer_who_writes_again_gets_at_least_the_time_of_a_first_answer() -> None:
    due, paused, now = at("2026-11-22 10:00"), at("2026-11-22 11:00"), at("2026-11-24 09:00")
    assert sla.reopened(CALENDAR, due, paused, now, policy(60)) == at("2026-11-24 10:00")


@given(moments, st.integers(1, 3000), st.integers(0, 20000), st.integers(0, 20000))
def test_working_time_left_survives_any_pause(start: datetime, target: int, before: int, during: int) -> None:
    due = CALENDAR.add(start, target)
    paused = start + timedelta(minutes=before)
    now = paused + timedelta(minutes=during)
    left = CALENDAR.minutes_between(paused, due)
    after = sla.resumed(CALENDAR, due, paused, now)
    if left > 0:
        assert CALENDAR.minutes_between(now, after) == left
    else:
        assert after == due


def test_the_clock_says_ok_warn_late_and_done() -> None:
    opened, due = at("2026-11-22 08:00"), at("2026-11-22 16:00")
    clocked = Clocked(opened, due)
    states = {
        hour: sla.read(CALENDAR, clocked, at(f"2026-11-22 {hour}:00")).state for hour in ("09", "13", "15", "16", "17")
    }
    assert states == {"09": "ok", "13": "ok", "15": "warn", "16": "late", "17": "late"}
    assert sla.read(CALENDAR, clocked, at("2026-11-23 09:20")).minutes == -80
    assert sla.read(CALENDAR, Clocked(opened, None), at("2026-11-22 17:00")).state == "done"


def test_a_quarter_of_a_long_target_is_a_warning() -> None:
    clocked = Clocked(at("2026-11-22 08:00"), at("2026-11-25 16:00"))  # four days
    assert sla.read(CALENDAR, clocked, at("2026-11-24 15:00")).state == "ok"
    assert sla.read(CALENDAR, clocked, at("2026-11-25 09:00")).state == "warn"
    assert sla.read(CALENDAR, clocked, at("2026-11-24 20:00")).runs is False
