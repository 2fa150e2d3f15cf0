"""Other ways to look at deals: columns that changed, what a card shows, months, velocity, files."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core.jalali import from_jalali
from peyvand.core.office_hours import organisation_calendar
from peyvand.sales import services
from peyvand.sales.models import Deal, DealPassage, DealSpan, LostReason
from peyvand.sales.selectors import board as boards
from peyvand.sales.selectors.months import months_of
from peyvand.sales.selectors.pipelines import pipelines
from peyvand.sales.selectors.velocity import velocity_of
from peyvand.sales.tests.selling import MILLION, House, allow, deal, house
from peyvand.sales.types import Loss
from tests.cast import Cast

Login = Callable[[User], Client]


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


def text_of(answer: object) -> str:
    return b"".join(answer).decode("utf-8-sig")  # type: ignore[call-overload]  # a stream of bytes


def test_two_columns_come_alone_with_the_sum_of_the_whole_board(place: House, logged_in: Login) -> None:
    for number in range(30):
        deal(place, f"deal {number}", amount=MILLION, stage="need")
    deal(place, "else", amount=10 * MILLION, stage="contract")
    need, first = place.stage("need"), place.stage("first")
    way = next(each for each in pipelines() if each == place.deals)
    shown = boards.board_of(place.cast.alice, way, boards.Wanted(), only={need.pk, first.pk}, size=40)
    assert [(column.stage, len(column.cards)) for column in shown.columns] == [(first, 0), (need, 30)]
    assert shown.weighted == boards.board_of(place.cast.alice, way, boards.Wanted()).weighted > 0
    query = {"pipeline": place.deals.pk, "stage": [need.pk, "x"], "size": "40"}
    text = logged_in(place.cast.alice).get(reverse("sales:columns"), query).content.decode()
    assert text.count("<section") == 1 and text.count("<article") == 30 and "else" not in text
    assert text.count("hx-swap-oob") == 3
    assert "deal 3" not in logged_in(place.cast.charlie).get(reverse("sales:columns"), query).content.decode()


def test_open_boards_hear_which_columns_changed_and_never_which_deal(place: House) -> None:
    one = deal(place, amount=MILLION)
    with connection.execute_wrapper(heard := Heard()):
        services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=place.stage("need").pk)
    assert heard.news == [f'{{"from":{place.stage("first").pk},"to":{place.stage("need").pk}}}']


class Heard:
    """What is told to open pages, as the database is asked to tell it."""

    def __init__(self) -> None:
        self.news: list[str] = []

    def __call__(self, execute: Callable, sql: str, params: object, many: bool, context: object) -> object:
        if "pg_notify" in sql and isinstance(params, list | tuple) and "sales.board" in str(params[1]):
            self.news.append(str(params[1]).partition('"data":')[2][:-1])
        return execute(sql, params, many, context)


def test_a_card_is_changed_over_the_board(place: House, logged_in: Login) -> None:
    one, client = deal(place, amount=MILLION), logged_in(place.cast.alice)
    url, bob = reverse("sales:card", args=[one.pk]), place.cast.bob
    assert "1,000,000" in client.get(url).content.decode()
    sent = {"amount": "۲٬۰۰۰٬۰۰۰", "close_on": "۱۴۰۵/۱۲/۱", "owner": place.cast.alice.pk, "version": one.version}
    answer = client.post(url, sent, headers={"HX-Request": "true"})
    assert answer.status_code == 204 and "pv:board" in answer.headers["HX-Trigger"]
    one.refresh_from_db()
    assert (one.amount, str(one.close_on), one.owner) == (2 * MILLION, "2027-02-20", place.cast.alice)
    assert client.post(url, sent).status_code == 422  # changed meanwhile
    sent |= {"owner": bob.pk, "version": one.version}
    assert client.post(url, sent).status_code in (403, 422)  # not hers to give away
    one.refresh_from_db()
    assert one.owner == place.cast.alice
    logged_in(bob).post(url, sent)
    one.refresh_from_db()
    assert one.owner == bob


def test_months_hold_what_is_expected_in_them(place: House, django_assert_num_queries: Callable) -> None:
    today = from_jalali(1405, 9, 9)
    days = {
        "past": today - dt.timedelta(1), "today": today, "end": from_jalali(1405, 9, 30),
        "next": from_jalali(1405, 10, 1), "far": from_jalali(1406, 3, 1), "unknown": None,
    }  # fmt: skip
    for name, day in days.items():
        deal(place, name, amount=10 * MILLION, close_on=day, stage="need")
    boards.board_of(place.cast.alice, pipelines()[0], boards.Wanted())  # what he may is known now
    organisation_calendar()
    with django_assert_num_queries(4):
        found = months_of(place.cast.alice, today, "jalali")
    names = [[card.deal.name for card in month.cards] for month in found]
    assert names == [["past"], ["today", "end"], ["next"], [], [], [], [], ["far"], ["unknown"]]
    assert [month.count for month in found] == [1, 2, 1, 0, 0, 0, 0, 1, 1]
    need = place.stage("need").probability
    assert (found[1].amount, found[1].weighted) == (20 * MILLION, 20 * MILLION * need // 100)
    assert (found[1].first, found[2].last) == (today, from_jalali(1405, 10, 30))
    assert [month.count for month in months_of(place.cast.charlie, today, "jalali")] == [0] * 9
    gregorian = months_of(place.cast.alice, today, "gregorian")
    assert gregorian[1].last == dt.date(2026, 11, 30) and gregorian[2].first == dt.date(2026, 12, 1)


def test_the_page_of_months_leads_to_the_list(place: House, logged_in: Login) -> None:
    today = timezone.localdate()
    for number in range(17):
        deal(place, f"late {number}", close_on=today - dt.timedelta(3))
    client = logged_in(place.cast.alice)
    page = client.get(reverse("sales:months"), {"pipeline": place.deals.pk, "owner": place.cast.alice.pk})
    past = page.context["columns"][0]
    assert (
        past.month.count == 17
        and len(past.month.cards) == 15
        and past.url.replace("&", "&amp;") in page.content.decode()
    )
    assert client.get(past.url).context["list"].total.number == 17
    for column in page.context["columns"]:
        assert client.get(column.url).status_code == 200


def test_velocity_speaks_of_what_was_decided(place: House, django_assert_num_queries: Callable) -> None:
    alice, now = place.cast.alice, timezone.now()
    allow(alice, "sales.approve")
    deals = [deal(place, f"d{number}", amount=10 * MILLION) for number in range(4)]
    came = now - dt.timedelta(days=20)
    DealPassage.objects.update(began_at=came)
    DealSpan.objects.update(since=came)
    services.move_deal(actor=alice, deal_id=deals[0].pk, stage_id=place.stage("need").pk)
    services.win_deal(actor=alice, deal_id=deals[0].pk)
    services.lose_deal(actor=alice, deal_id=deals[1].pk, loss=Loss(reason_id=LostReason.objects.get().pk))
    end = now + dt.timedelta(days=1)
    organisation_calendar()  # it is read anew every few seconds
    with django_assert_num_queries(4):
        told = velocity_of(alice, place.deals, came, end)
    assert (told.won, told.lost, told.open, told.win_rate, told.value) == (1, 1, 2, 50, 10 * MILLION)
    assert told.days == 20 and told.a_month is not None
    assert abs(told.a_month - 2 * 0.5 * 10 * MILLION / 20 * 30) < MILLION
    assert 10 <= told.in_stage[place.stage("first").pk] <= 20  # twenty days without the holidays among them
    nothing = velocity_of(place.cast.charlie, place.deals, came, end)
    assert (nothing.won, nothing.open, nothing.win_rate, nothing.a_month, nothing.in_stage) == (0, 0, None, None, {})


def test_a_lead_that_becomes_a_deal_counts_as_won_by_the_leads(place: House) -> None:
    lead = deal(place, "lead", stage="contact", amount=MILLION)
    services.move_deal(actor=place.cast.alice, deal_id=lead.pk, stage_id=place.stage("first").pk)
    end = timezone.now() + dt.timedelta(days=1)
    told = velocity_of(place.cast.alice, place.leads, end - dt.timedelta(days=2), end)
    assert (told.won, told.lost, told.win_rate, told.days) == (1, 0, 100, 1)


def test_lists_and_funnel_are_taken_out_by_who_may(place: House, logged_in: Login) -> None:
    deal(place, "آبشار", amount=MILLION)
    deal(place, "سرنخ نو", stage="contact")
    client, url = logged_in(place.cast.alice), reverse("sales:export")
    allow(place.cast.alice, "sales.export")
    deals = text_of(client.post(f"{url}?list=deals", {"format": "csv"}))
    assert "آبشار" in deals and "سرنخ نو" not in deals
    assert "سرنخ نو" in text_of(client.post(f"{url}?list=leads", {"format": "csv"}))
    assert client.post(f"{url}?list=other", {"format": "csv"}).status_code == 404
    funnel = reverse("sales:export_funnel")
    asked = {"format": "csv", "query": f"pipeline={place.deals.pk}"}
    rows = text_of(client.post(funnel, asked)).splitlines()
    assert [row.split(",")[0].strip('"') for row in rows][1:5] == ["first", "need", "offer", "contract"]
    assert rows[1].split(",")[1].strip('"') == "1"
    assert client.post(funnel, asked | {"format": "vcard3"}).status_code == 422
    assert logged_in(place.cast.charlie).post(funnel, asked).status_code in (200, 403)
    assert Deal.objects.count() == 2
