"""Series that no Gregorian rule says, as calendars of others read them: each time on its real day, by moved times."""

from collections.abc import Callable
from datetime import UTC, date, time, timedelta
from itertools import islice, pairwise
from uuid import uuid4

import pytest
import recurring_ical_events
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from peyvand.accounts.context import Actor
from peyvand.activities import services
from peyvand.activities.gregorian import rrule_of, stand_in_day
from peyvand.activities.itip import REQUEST, Person, message_of
from peyvand.activities.models import Activity, Invitee, Series
from peyvand.activities.recurrence import Calendar as Counted
from peyvand.activities.recurrence import Every, Rule, days_of
from peyvand.activities.services import outside_shape as shape
from peyvand.activities.tests.test_invitation_mails import TEHRAN, answer_of, arrive, monthly, office, sent
from peyvand.channels.models import Channel
from peyvand.core.jalali import from_jalali
from tests.cast import Cast

__all__ = ["office"]  # a fixture
Drain = Callable[[], int]
RULES = st.builds(
    Rule, every=st.sampled_from([Every.MONTH, Every.YEAR]), interval=st.integers(1, 5),
    calendar=st.sampled_from(list(Counted)), nth=st.sampled_from([0, 0, -1, 1, 2, 4, 5]), weekday=st.integers(0, 6),
    skip_short=st.booleans(),
)  # fmt: skip


def series_of(rule: Rule, start: date, *, all_day: bool = False) -> Series:
    plan = {"subject": "نشست", "all_day": all_day, "place": "", "link": ""}
    clock, minutes = (time(), 1440) if all_day else (time(10, 30), 60)
    return Series(
        uid=uuid4(), rule=rule.to_json(), start=start, clock=clock, minutes=minutes, zone="Asia/Tehran", plan=plan
    )


def written(series: Series, days: list[date]) -> str:
    component = shape.component_of_series(series, days)
    moved = shape.moved_days(series, component, days)
    return message_of(REQUEST, Person(email="a@b.example"), Person(email="c@d.example"), [component, *moved.values()])


def read(text: str) -> list[date]:
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(date(2026, 1, 1), date(2120, 1, 1))
    starts = [one["DTSTART"].dt for one in found]
    return sorted(one.astimezone(TEHRAN).date() if hasattr(one, "hour") else one for one in starts)


@settings(max_examples=60, deadline=None)
@given(rule=RULES, start=st.dates(date(2026, 1, 1), date(2032, 12, 31)), all_day=st.booleans())
def test_another_parser_reads_the_days_that_the_rule_names(rule: Rule, start: date, all_day: bool) -> None:
    days = list(islice(days_of(rule, start), 8))
    if not days or rrule_of(rule, start.day, start.weekday()) is not None:
        return
    text = written(series_of(rule, start, all_day=all_day), days)
    assert read(text) == days
    assert "RDATE" not in text and "RRULE" in text and vobject.readOne(text).vevent.rrule.value
    known = [stand_in_day(rule, days[0], day) for day in days]
    assert all(before < after for before, after in pairwise(known))
    for (before, _real), (after, real) in pairwise(zip(known, days, strict=True)):
        assert before < real and after - timedelta(days=400) < real  # no time is moved before the one that precedes it


@pytest.mark.parametrize("start", [from_jalali(1405, 12, 29), from_jalali(1408, 12, 30), from_jalali(1406, 1, 31)])
def test_the_end_of_esfand_and_the_thirty_first(start: date) -> None:
    for skip in (False, True):
        rule = Rule(every=Every.MONTH, skip_short=skip)
        days = list(islice(days_of(rule, start), 14))
        assert read(written(series_of(rule, start), days)) == days


def test_an_answer_to_one_time_finds_it_by_the_day_that_stands_in_for_it(
    cast: Cast, office: Channel, drain: Drain
) -> None:
    monthly(cast.alice, Rule(every=Every.MONTH, most=6))
    drain()
    rows = list(Activity.objects.order_by("at"))
    fourth = rows[3]
    services.reschedule(actor=Actor(cast.alice), activity_id=fourth.pk, at=fourth.at + timedelta(hours=2))
    drain()
    arrive(office, answer_of(sent()[1], "DECLINED"), drain)
    answers = [one.answer for one in Invitee.objects.order_by("activity__at")]
    assert answers == ["waiting", "waiting", "waiting", "declined", "waiting", "waiting"]
    event = next(iter(Calendar.from_ical(shown(1)).walk("VEVENT")))
    assert event["recurrence-id"].dt.astimezone(UTC).date() in {
        one["recurrence-id"].dt.astimezone(UTC).date()
        for one in Calendar.from_ical(shown(0)).walk("VEVENT")
        if "recurrence-id" in one
    }


def shown(number: int) -> str:
    parts = sent()[number].walk()
    return str(next(one for one in parts if one.get_content_type() == "text/calendar").get_content())  # type: ignore[attr-defined]
