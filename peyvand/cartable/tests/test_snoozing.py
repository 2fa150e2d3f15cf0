"""Putting a request aside: for its holder alone, until a moment, or until the customer writes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from peyvand.accounts.models import Notification, User
from peyvand.cartable import selectors, services, snooze_times
from peyvand.cartable.errors import NotInYourWork
from peyvand.cartable.models import Request, Snooze, Step
from peyvand.cartable.selectors import Folder
from peyvand.cartable.selectors.folders import rows_of
from peyvand.cartable.tests.desk import as_actor, mail, mailbox, opened
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.working_time import IRANIAN_HOURS, WorkCalendar
from tests.cast import Cast

Login = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
TEHRAN = ZoneInfo("Asia/Tehran")


@pytest.fixture
def mine(cast: Cast) -> Request:
    """A request that the officer holds."""
    request = opened(mailbox(cast))
    services.take(actor=as_actor(cast.olivia), request_id=request.pk)
    return request


def aside(cast: Cast, request: Request, **ahead: float) -> Snooze:
    until = timezone.now() + timedelta(**(ahead or {"hours": 2}))
    return services.snooze(actor=as_actor(cast.olivia), request_id=request.pk, until=until)


def stands_in(user: User, request: Request) -> set[Folder]:
    who = as_actor(user)
    return {each for each in selectors.folders_of(who) if selectors.in_folder(who, each).filter(pk=request.pk).exists()}


def pass_the_time(request: Request) -> None:
    Snooze.objects.filter(request=request).update(until=timezone.now() - timedelta(seconds=1))


def test_what_is_snoozed_leaves_mine_and_nothing_else(cast: Cast, mine: Request) -> None:
    before = Request.objects.get(pk=mine.pk)
    assert Folder.MINE in stands_in(cast.olivia, mine)
    aside(cast, mine)
    assert stands_in(cast.olivia, mine) == {Folder.SNOOZED, Folder.DEPARTMENT, Folder.ALL}
    after = Request.objects.get(pk=mine.pk)
    assert (after.version, after.next_due, after.last_activity_at) == (
        before.version, before.next_due, before.last_activity_at,
    )  # fmt: skip
    counted = selectors.counts(as_actor(cast.olivia)).folders
    assert (counted[Folder.MINE], counted[Folder.SNOOZED]) == (0, 1)


def test_it_is_back_the_moment_its_time_has_come_even_before_the_worker(cast: Cast, mine: Request) -> None:
    aside(cast, mine)
    pass_the_time(mine)
    assert Folder.MINE in stands_in(cast.olivia, mine) and Folder.SNOOZED not in stands_in(cast.olivia, mine)


def test_the_worker_brings_it_back_once_and_says_so(cast: Cast, mine: Request) -> None:
    services.mark_read(actor=as_actor(cast.olivia), request_id=mine.pk)
    aside(cast, mine)
    assert services.wake_due() == 0
    pass_the_time(mine)
    assert services.wake_due() == 1 and services.wake_due() == 0
    assert rows_of(as_actor(cast.olivia), [mine])[0].unread
    assert Notification.objects.filter(user=cast.olivia, url=f"/cartable/{mine.code}/").count() == 1
    assert [step.kind for step in Step.objects.filter(request=mine).order_by("id")][-2:] == ["snoozed", "unsnoozed"]


def test_it_is_back_at_once_when_the_customer_writes(cast: Cast, mine: Request) -> None:
    aside(cast, mine, days=30)
    again = mail(mailbox(cast), subject=f"Re: {mine.code}", text="خبری نشد؟")
    services.take_in([again.pk])
    assert Request.objects.get(thread__message=again) == mine
    assert not Snooze.objects.exists() and Folder.MINE in stands_in(cast.olivia, mine)
    assert Notification.objects.filter(user=cast.olivia, url=f"/cartable/{mine.code}/").exists()


def test_what_was_closed_meanwhile_comes_back_without_a_word(cast: Cast, mine: Request) -> None:
    aside(cast, mine)
    services.close(actor=as_actor(cast.olivia), request_id=mine.pk)
    pass_the_time(mine)
    assert services.wake_due() == 1 and not Notification.objects.filter(user=cast.olivia).exists()


def test_only_ones_own_work_is_snoozed_and_only_until_a_moment_ahead(cast: Cast, mine: Request) -> None:
    later = timezone.now() + timedelta(hours=1)
    pool = opened(mailbox(cast), "other@arman.example")
    with pytest.raises(NotInYourWork):
        services.snooze(actor=as_actor(cast.olivia), request_id=pool.pk, until=later)
    for wrong in (timezone.now() - timedelta(minutes=1), timezone.now() + timedelta(days=400)):
        with pytest.raises(Invalid):
            services.snooze(actor=as_actor(cast.olivia), request_id=mine.pk, until=wrong)
    with pytest.raises(NotInYourWork):
        services.snooze(actor=as_actor(cast.ada), request_id=mine.pk, until=later)
    with pytest.raises(NotFound):
        services.snooze(actor=as_actor(cast.charlie), request_id=mine.pk, until=later)
    assert not Snooze.objects.exists()


def test_a_second_time_moves_the_moment(cast: Cast, mine: Request) -> None:
    aside(cast, mine)
    moved = aside(cast, mine, days=3)
    assert Snooze.objects.get(request=mine).until == moved.until


def test_the_folder_is_in_the_order_of_return(cast: Cast, mine: Request) -> None:
    other = opened(mailbox(cast), "other@arman.example")
    services.take(actor=as_actor(cast.olivia), request_id=other.pk)
    aside(cast, mine, days=2)
    aside(cast, other, hours=2)
    page = selectors.page_of(as_actor(cast.olivia), Folder.SNOOZED, size=1)
    assert [row.request.pk for row in page.items] == [other.pk]
    rest = selectors.page_of(as_actor(cast.olivia), Folder.SNOOZED, after=page.next)
    assert [row.request.pk for row in rest.items] == [mine.pk]


def test_the_offered_moments_know_working_days() -> None:
    calendar = WorkCalendar(TEHRAN, IRANIAN_HOURS, {date(2026, 12, 5)})  # a Saturday that is a holiday
    thursday = datetime(2026, 12, 3, 15, 30, tzinfo=TEHRAN)
    found = {each.key: each.at.astimezone(TEHRAN) for each in snooze_times.choices(calendar, thursday)}
    assert found["tomorrow"] == datetime(2026, 12, 4, 8, 0, tzinfo=TEHRAN)  # Friday, as it says
    assert found["working_day"] == found["next_week"] == datetime(2026, 12, 6, 8, 0, tzinfo=TEHRAN)
    monday = datetime(2026, 11, 30, 23, 50, tzinfo=TEHRAN)
    found = {each.key: each.at.astimezone(TEHRAN) for each in snooze_times.choices(calendar, monday)}
    assert found["working_day"] == datetime(2026, 12, 1, 8, 0, tzinfo=TEHRAN)
    assert found["next_week"] == datetime(2026, 12, 6, 8, 0, tzinfo=TEHRAN)
    assert found["hour"] == datetime(2026, 12, 1, 0, 50, tzinfo=TEHRAN)
    empty = WorkCalendar(TEHRAN, {}, ())
    assert [each.key for each in snooze_times.choices(empty, monday)] == ["hour", "later", "tomorrow"]


def test_the_page_snoozes_by_a_button_or_by_a_jalali_day(cast: Cast, logged_in: Login, mine: Request) -> None:
    browser = logged_in(cast.olivia)
    address = f"/cartable/{mine.code}/snooze/"
    shown = browser.get(address, headers=HTMX).content.decode()
    assert "فردا ساعت ۸" in shown and "<html" not in shown
    assert browser.post(address, {}, headers=HTMX).status_code == 422
    assert browser.post(address, {"day": "1390/01/01"}, headers=HTMX).status_code == 422
    answer = browser.post(address, {"when": "tomorrow"}, headers=HTMX)
    assert answer.status_code == 204 and "unsnooze" in answer.headers["HX-Trigger"]
    assert timezone.localtime(Snooze.objects.get().until).hour == 8
    page = browser.get(f"/cartable/snoozed/{mine.code}/").content.decode()
    assert "به تعویق انداخته‌اید" in page and mine.code in browser.get("/cartable/snoozed/").content.decode()
    assert mine.code not in browser.get("/cartable/mine/").content.decode()
    browser.post(f"/cartable/{mine.code}/unsnooze/", headers=HTMX)
    assert not Snooze.objects.exists() and mine.code in browser.get("/cartable/mine/").content.decode()
