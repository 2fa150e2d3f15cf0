"""Free time of colleagues: who is busy when, titles only for who may see them, and a click that fills the form."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.activities import services
from peyvand.activities.models import Activity
from peyvand.activities.types import Guest, Planned
from tests.cast import Cast

TEHRAN = ZoneInfo("Asia/Tehran")
Login = Callable[..., Client]


@pytest.fixture
def day() -> datetime:
    """Midnight of a coming Monday, which is a working day."""
    first = timezone.localdate() + timedelta(days=7)
    return datetime.combine(first - timedelta(days=first.weekday()) + timedelta(days=7), time(), tzinfo=TEHRAN)


def plan(who: object, at: datetime, **more: object) -> Activity:
    values = {"kind": "meeting", "subject": "نشست پنهان", "at": at} | more
    return services.plan(actor=Actor(who), planned=Planned(**values))  # type: ignore[arg-type]


def cells(page: Client, day: datetime, *guests: int) -> tuple[dict[int, list[str]], str]:
    answer = page.get(reverse("activities:free"), {"day": f"{day:%Y-%m-%d}", "guest": guests})
    rows = {row.person.pk: [cell.kind for cell in row.cells] for row in answer.context["rows"]}
    return rows | {0: [cell.kind for cell in answer.context["common"]]}, answer.content.decode()


def test_busy_shows_to_all_and_its_title_only_to_who_may_see_it(cast: Cast, logged_in: Login, day: datetime) -> None:
    plan(cast.charlie, day.replace(hour=10))
    plan(cast.alice, day.replace(hour=12), subject="نشست من")
    plan(cast.charlie, day.replace(hour=14), kind="task", subject="کار")
    rows, text = cells(logged_in(cast.alice), day, cast.charlie.pk)
    assert rows[cast.charlie.pk][4:6] == ["busy", "busy"] and rows[cast.charlie.pk][12] == "free"
    assert rows[cast.alice.pk][8:10] == ["busy", "busy"]
    assert [rows[0][number] for number in (3, 4, 8, 10)] == ["free", "busy", "busy", "free"]
    assert "نشست من" in text and "نشست پنهان" not in text


def test_a_day_off_offers_nothing_and_the_first_times_lie_in_working_hours(
    cast: Cast, logged_in: Login, day: datetime
) -> None:
    friday = day + timedelta(days=4)
    rows, _text = cells(logged_in(cast.alice), friday)
    assert set(rows[cast.alice.pk]) == {"off"}
    slots = logged_in(cast.alice).get(reverse("activities:free"), {"day": f"{friday:%Y-%m-%d}"}).context["slots"]
    assert slots and all(at.weekday() != 4 and at.date() > friday.date() for at, _ends, _address in slots)


def test_a_free_time_fills_the_form(cast: Cast, logged_in: Login, day: datetime) -> None:
    page = logged_in(cast.alice)
    answer = page.get(reverse("activities:free"), {"day": f"{day:%Y-%m-%d}", "guest": cast.bob.pk, "minutes": "90"})
    cell = next(each for each in answer.context["common"] if each.kind == "free" and each.at.hour == 11)
    form = page.get(cell.address).context["form"]
    assert (form.initial["day"], form.initial["begins"], form.initial["ends"]) == (day.date(), "11:00", "12:30")
    assert form.initial["guest"] == [str(cast.bob.pk)]


def test_the_form_says_who_has_something_else(cast: Cast, logged_in: Login, day: datetime) -> None:
    own = plan(cast.alice, day.replace(hour=10), guests=[Guest(user_id=cast.bob.pk)])
    plan(cast.charlie, day.replace(hour=10, minute=30))
    asked = {
        "kind": "meeting", "day": f"{day:%Y-%m-%d}", "begins": "10:15", "ends": "11:00", "owner": cast.alice.pk,
        "guest": [cast.bob.pk, cast.charlie.pk],
    }  # fmt: skip
    page = logged_in(cast.alice)
    found = page.get(reverse("activities:conflicts"), asked).context["conflicts"]
    assert {one for one, _start, _until in found} == {cast.alice, cast.bob, cast.charlie}
    found = page.get(reverse("activities:conflicts"), asked | {"activity": own.pk}).context["conflicts"]
    assert [(one, start.hour) for one, start, _until in found] == [(cast.charlie, 10)]
    for bad in ({"begins": "x"}, {"guest": ["x", "9" * 40]}, {"day": ""}):
        assert page.get(reverse("activities:conflicts"), asked | bad).status_code == 200


def test_the_page_takes_as_many_questions_for_many_as_for_one(
    cast: Cast, logged_in: Login, day: datetime, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    page = logged_in(cast.alice)
    cells(page, day)
    for who in (cast.bob, cast.charlie, cast.olivia):
        plan(who, day.replace(hour=9))
    with django_assert_max_num_queries(22):  # type: ignore[attr-defined]
        cells(page, day, cast.bob.pk, cast.charlie.pk, cast.olivia.pk)
