"""The pages of activities: forms, acts, list, calendar, the customer's file; and how many questions each asks."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.activities import services
from peyvand.activities.models import Activity, Invitee, Outcome, State
from peyvand.activities.types import Guest, Planned
from peyvand.core.office_hours import forget_calendar
from peyvand.parties.models import Party
from tests.cast import Cast, make_user

TEHRAN = ZoneInfo("Asia/Tehran")


@pytest.fixture
def party(cast: Cast) -> Party:
    return Party.objects.create(name="فولاد پارس", kind="organisation", branch=cast.tehran, sort_key="a")


@pytest.fixture
def browser(cast: Cast, logged_in: Callable[..., Client]) -> Client:
    return logged_in(cast.alice)


def plan(who: object, **more: object) -> Activity:
    at = timezone.localtime().replace(hour=11, minute=0, second=0, microsecond=0)
    values = {"kind": "meeting", "subject": "نشست فروش", "at": at} | more
    return services.plan(actor=Actor(who), planned=Planned(**values))  # type: ignore[arg-type]


def form(who: object, **more: object) -> dict[str, object]:
    return {
        "kind": "meeting", "subject": "نشست با فولاد", "day": "1405/09/15", "begins": "۱۰:۳۰", "ends": "11:15",
        "owner": who.pk, "priority": "normal", "zone": "Asia/Tehran",
    } | more  # type: ignore[attr-defined]  # fmt: skip


def test_a_meeting_is_planned_with_a_jalali_date_and_persian_digits(browser: Client, cast: Cast, party: Party) -> None:
    data = form(cast.alice, party=party.pk, with_party="on", guest=[cast.bob.pk], emails="Ali <ali@x.example>")
    answer = browser.post(reverse("activities:new"), data)
    made = Activity.objects.get()
    assert answer.url == reverse("activities:activity", args=[made.pk])
    assert made.at == datetime(2026, 12, 6, 10, 30, tzinfo=TEHRAN)
    assert made.ends_at == datetime(2026, 12, 6, 11, 15, tzinfo=TEHRAN)
    assert {(one.user_id, one.party_id, one.email) for one in Invitee.objects.all()} == {
        (cast.bob.pk, None, ""),
        (None, party.pk, ""),
        (None, None, "ali@x.example"),
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [({"subject": ""}, "subject"), ({"day": "1405/13/40"}, "day"), ({"day": ""}, "at"), ({"link": "x"}, "link")],
)
def test_what_is_wrong_comes_back_beside_its_field(
    browser: Client, cast: Cast, change: dict[str, str], field: str
) -> None:
    answer = browser.post(reverse("activities:new"), form(cast.alice) | change)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Activity.objects.exists()


def test_editing_shows_what_stands_and_refuses_an_old_version(browser: Client, cast: Cast) -> None:
    one = plan(cast.alice, guests=[Guest(user_id=cast.bob.pk), Guest(email="a@x.example", name="A")])
    address = reverse("activities:edit", args=[one.pk])
    shown = browser.get(address)
    first = shown.context["form"]
    assert first["guest"].value() == [cast.bob.pk]
    assert first["emails"].value() == "A <a@x.example>"
    data = form(cast.alice, subject="تازه", guest=[cast.bob.pk], version="1")
    assert browser.post(address, data).status_code == 302 or 303
    one.refresh_from_db()
    assert one.subject == "تازه"
    assert browser.post(address, data).status_code == 422


def test_closing_moving_cancelling_and_undoing_by_buttons(browser: Client, cast: Cast) -> None:
    services.ensure_starter_outcomes()
    one = plan(cast.alice)
    outcome = Outcome.objects.get(name_en="Took place")
    browser.post(reverse("activities:complete", args=[one.pk]), {"outcome": outcome.pk, "result": "خوب"})
    one.refresh_from_db()
    assert (one.state, one.result) == (State.DONE, "خوب")
    browser.post(reverse("activities:reopen", args=[one.pk]))
    moved = browser.post(
        reverse("activities:move", args=[one.pk]),
        {"day": "1405/09/20", "begins": "09:00", "zone": "Asia/Tehran"},
        headers={"HX-Request": "true"},
    )
    one.refresh_from_db()
    assert one.at == datetime(2026, 12, 11, 9, tzinfo=TEHRAN)
    undo = __import__("json").loads(moved["HX-Trigger"])["pv:toasts"]["items"][-1]["undo"]
    assert browser.post(undo, headers={"X-Requested-With": "fetch"}).status_code == 204
    browser.post(reverse("activities:cancel", args=[one.pk]), {"reason": "x"})
    one.refresh_from_db()
    assert (one.state, one.at.astimezone(TEHRAN).hour) == (State.CANCELLED, 11)


def test_dropping_on_a_day_keeps_the_hour_and_on_an_hour_sets_it(browser: Client, cast: Cast) -> None:
    one = plan(cast.alice)
    browser.post(reverse("activities:drop", args=[one.pk]), {"day": "2026-12-20", "version": "1"})
    one.refresh_from_db()
    assert one.at == datetime(2026, 12, 20, 11, tzinfo=TEHRAN)
    browser.post(reverse("activities:drop", args=[one.pk]), {"day": "2026-12-21", "minute": "555", "version": "2"})
    one.refresh_from_db()
    assert one.at == datetime(2026, 12, 21, 9, 15, tzinfo=TEHRAN)
    late = browser.post(reverse("activities:drop", args=[one.pk]), {"day": "2026-12-22", "version": "2"})
    assert late.status_code == 409
    assert browser.post(reverse("activities:drop", args=[one.pk]), {"day": "x"}).status_code == 422


def test_a_call_is_logged_from_the_customers_file_and_stands_in_its_timeline(
    browser: Client, cast: Cast, party: Party
) -> None:
    services.ensure_starter_outcomes()
    no_answer = Outcome.objects.get(name_en="No answer")
    browser.post(reverse("activities:log_call", args=[party.pk]), {"subject": "تماس پیگیری", "outcome": no_answer.pk})
    assert Activity.objects.filter(party=party).count() == 2
    file = browser.get(reverse("parties:detail", args=[party.pk])).content.decode()
    beside = browser.get(reverse("parties:beside", args=[party.pk])).content.decode()
    assert "تماس پیگیری" in file + beside
    assert reverse("activities:log_call", args=[party.pk]) in file


@pytest.mark.parametrize("view", ["month", "week", "day", "agenda"])
@pytest.mark.parametrize("language", ["fa", "en"])
def test_each_view_of_the_calendar_shows_what_is_planned(browser: Client, cast: Cast, view: str, language: str) -> None:
    cast.alice.language, cast.alice.calendar = language, "jalali" if language == "fa" else "gregorian"
    cast.alice.save()
    one, all_day = plan(cast.alice), plan(cast.alice, subject="نمایشگاه", all_day=True)
    page = browser.get(reverse("activities:calendar"), {"view": view}).content.decode()
    assert one.subject in page
    assert all_day.subject in page
    assert "is-conflict" not in page
    plan(cast.alice, subject="دیگر")
    page = browser.get(reverse("activities:calendar"), {"view": view}).content.decode()
    assert view == "agenda" or "is-conflict" in page


def test_charlie_finds_nothing_of_alice_in_any_calendar(cast: Cast, logged_in: Callable[..., Client]) -> None:
    plan(cast.alice)
    stranger = logged_in(cast.charlie)
    for who in (
        "me",
        "team",
        f"department-{cast.logistics.pk}",
        f"user-{cast.alice.pk}",
        "x",
        "user-99999999999999999999",
    ):
        assert "نشست فروش" not in stranger.get(reverse("activities:calendar"), {"who": who}).content.decode()


def count(browser: Client, address: str, **query: str) -> int:
    browser.get(address, query)
    forget_calendar()  # whether it was read seconds ago must not matter
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(address, query).status_code == 200
    return len(asked)


def test_the_calendar_of_fifty_people_costs_as_many_questions_as_that_of_five(
    cast: Cast, logged_in: Callable[..., Client]
) -> None:
    head = logged_in(cast.bob)
    address = reverse("activities:calendar")

    def team(number: int) -> int:
        for n in range(number):
            who = make_user(f"p{number}-{n}", department=cast.logistics, roles=[cast.roles["expert"]])
            for hour in (9, 11, 14):
                at = datetime.combine(date(2026, 12, 1 + n % 20), time(hour), tzinfo=TEHRAN)
                plan(who, at=at)
        return count(head, address, view="month", who="team", day="2026-12-01")

    few = team(5)
    assert team(45) == few
    assert few <= 12


def test_pages_cost_few_questions(browser: Client, cast: Cast, party: Party) -> None:
    one = plan(cast.alice, party_id=party.pk, guests=[Guest(user_id=cast.bob.pk), Guest(email="a@x.example")])
    plan(cast.alice, at=timezone.now() + timedelta(days=1))
    assert count(browser, reverse("activities:activity", args=[one.pk])) <= 12
    assert count(browser, reverse("activities:list")) <= 12
    assert count(browser, reverse("activities:new")) <= 10


def test_the_list_narrows_to_mine_today_and_overdue(browser: Client, cast: Cast) -> None:
    plan(cast.alice, subject="امروزی")
    services.reschedule(
        actor=None, activity_id=plan(cast.alice, subject="دیروزی").pk, at=timezone.now() - timedelta(days=1)
    )
    plan(cast.bob, subject="بابک")
    pages = {
        view: browser.get(reverse("activities:list"), {"view": view}).content.decode()
        for view in ("all", "mine", "today", "overdue")
    }
    assert all(word in pages["all"] for word in ("امروزی", "دیروزی", "بابک"))
    assert "بابک" not in pages["mine"]
    assert "امروزی" in pages["today"] and "دیروزی" not in pages["today"]
    assert "دیروزی" in pages["overdue"]
    assert "امروزی" in browser.get(reverse("activities:list"), {"q": "امروزی"}).content.decode()


def test_outcomes_are_defined_by_who_may(cast: Cast, logged_in: Callable[..., Client]) -> None:
    data = {"name_fa": "قرار شد", "name_en": "Agreed", "state": "done", "follow_most": "3", "is_active": "on"}
    assert logged_in(cast.alice).post(reverse("activities:outcomes"), data).status_code == 403
    admin = logged_in(cast.ada)
    assert admin.post(reverse("activities:outcomes"), data).status_code == 303
    made = Outcome.objects.get()
    rule = data | {"follow_kind": "task", "follow_days": "2", "follow_at": "10:00"}
    assert admin.post(reverse("activities:outcome", args=[made.pk]), rule).status_code == 303
    made.refresh_from_db()
    assert (made.follow_kind, made.follow_days, made.follow_at) == ("task", 2, time(10))
    bad = data | {"name_fa": "دیگر", "follow_kind": "task", "follow_days": "0", "follow_minutes": "0"}
    assert admin.post(reverse("activities:outcomes"), bad).status_code == 422
