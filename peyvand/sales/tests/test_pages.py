"""The pages of leads and deals, used as a person uses them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.activities import services as activities
from peyvand.activities.types import About, Planned
from peyvand.core.office_hours import organisation_calendar
from peyvand.sales import services
from peyvand.sales.models import Deal, DealPerson, DealShare, LostReason, Pipeline, StageApproval
from peyvand.sales.selectors import board as boards
from peyvand.sales.selectors.funnel import funnel_of, standing_at
from peyvand.sales.selectors.pipelines import pipelines
from peyvand.sales.tests.selling import MILLION, House, allow, customer, deal, house
from peyvand.sales.types import Loss
from tests.cast import Cast

Login = Callable[[User], Client]


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


def test_the_board_costs_the_same_for_any_number_of_cards(
    place: House, logged_in: Login, django_assert_num_queries: Callable
) -> None:
    way = next(each for each in pipelines() if each == place.deals)
    for number in range(3):
        deal(place, f"deal {number}", amount=MILLION)
    boards.board_of(place.cast.alice, way, boards.Wanted())  # rights and working hours are known now
    with django_assert_num_queries(4):
        shown = boards.board_of(place.cast.alice, way, boards.Wanted())
    for number in range(45):
        deal(place, f"more {number}", amount=MILLION, stage="need")
    organisation_calendar()  # it is read anew every few seconds, and so many deals take some
    with django_assert_num_queries(4):
        shown = boards.board_of(place.cast.alice, way, boards.Wanted())
    first, need = shown.columns[:2]
    assert (first.sums.count, first.sums.amount, first.next) == (3, 3 * MILLION, None)
    assert need.sums.count == 45 and len(need.cards) == boards.CARDS and need.next
    seen = [card.deal.pk for card in need.cards]
    after: str | None = need.next
    while after:
        cards, after = boards.more_cards(place.cast.alice, need.stage, boards.Wanted(), after)
        seen += [card.deal.pk for card in cards]
    assert len(seen) == 45 == len(set(seen))
    text = logged_in(place.cast.alice).get(reverse("sales:board")).content.decode()
    assert "deal 2" in text and "more 44" in text and text.count('class="pv-col ') == 4


def test_the_board_is_narrowed_to_mine_and_to_words(place: House, logged_in: Login) -> None:
    deal(place, "آبشار")
    deal(place, "دریا", by=place.cast.bob)
    client = logged_in(place.cast.bob)
    mine = client.get(reverse("sales:board"), {"owner": place.cast.bob.pk}).content.decode()
    assert "دریا" in mine and "آبشار" not in mine
    found = client.get(reverse("sales:board"), {"q": "آبشار"}).content.decode()
    assert "آبشار" in found and "دریا" not in found


def test_a_card_is_moved_and_a_refusal_says_why(place: House, logged_in: Login) -> None:
    one, client = deal(place), logged_in(place.cast.alice)
    url, need = reverse("sales:move", args=[one.pk]), place.stage("need").pk
    answer = client.post(url, {"stage": need, "version": 1}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "bad" in answer.headers["HX-Trigger"]
    client.post(reverse("sales:edit", args=[one.pk]), {"name": "خط دوم", "amount": "۱۲٬۰۰۰", "channel": "direct"})
    one.refresh_from_db()
    assert one.amount == 120_000
    answer = client.post(url, {"stage": need, "version": one.version}, headers={"HX-Request": "true"})
    assert "undo" in answer.headers["HX-Trigger"]
    one.refresh_from_db()
    assert one.stage.name == "need"
    answer = client.post(url, {"stage": place.stage("offer").pk})
    assert answer.status_code == 303 and reverse("sales:ask", args=[one.pk]) in answer.headers["Location"]


def test_a_deal_from_its_first_word_to_its_end(place: House, logged_in: Login) -> None:
    client, bob = logged_in(place.cast.alice), logged_in(place.cast.bob)
    bad = client.post(reverse("sales:new"), {"name": "خط سوم", "channel": "direct", "stage": place.stage("first").pk})
    assert bad.status_code == 422 and not Deal.objects.exists()
    asked = {
        "name": "خط سوم", "channel": "direct", "stage": place.stage("first").pk, "party": place.party.pk,
        "amount": "۲ ریال", "owner": place.cast.alice.pk, "is_hot": "on", "close_on": "۱۴۰۵/۱۲/۲۹",
    }  # fmt: skip
    client.post(reverse("sales:new"), asked)
    one = Deal.objects.get()
    assert (one.amount, one.is_hot, str(one.close_on), one.owner) == (2, True, "2027-03-20", place.cast.alice)
    page = client.get(reverse("sales:deal", args=[one.pk])).content.decode()
    assert "خط سوم" in page and "کارخانهٔ نور" in page
    client.post(reverse("sales:ask", args=[one.pk]), {"stage": place.stage("offer").pk})
    approval = StageApproval.objects.get()
    assert "offer" in bob.get(reverse("sales:deal", args=[one.pk])).content.decode()
    bob.post(reverse("sales:decide", args=[approval.pk]), {"answer": "yes", "remark": "خوب"})
    one.refresh_from_db()
    assert one.stage.name == "offer"
    client.post(reverse("sales:lose", args=[one.pk]), {"reason": LostReason.objects.get().pk, "competitor": "رقیب"})
    one.refresh_from_db()
    assert (one.state, one.competitor) == ("lost", "رقیب")
    client.post(reverse("sales:reopen", args=[one.pk]))
    client.post(reverse("sales:win", args=[one.pk]))
    one.refresh_from_db()
    assert one.state == "won" and not one.competitor
    history = client.get(reverse("sales:history", args=[one.pk])).content.decode()
    assert "رقیب" in history


def test_people_and_shares_are_named_on_the_page(place: House, logged_in: Login) -> None:
    one, client = deal(place), logged_in(place.cast.alice)
    other = customer("نگار رستمی", place.cast.alice)
    people = reverse("sales:people", args=[one.pk])
    assert "نگار" in client.get(reverse("sales:parties"), {"who": "نگار"}).content.decode()
    client.post(people, {"party": other.pk, "role": "مدیر خرید", "influence": "for"})
    assert DealPerson.objects.get().role == "مدیر خرید"
    allow(place.cast.alice, "sales.assign")
    client.post(reverse("sales:shares", args=[one.pk]), {"user": place.cast.bob.pk, "percent": "۳۰"})
    assert DealShare.objects.get().percent == 30
    page = client.get(reverse("sales:deal", args=[one.pk])).content.decode()
    assert "نگار رستمی" in page and "بابک صدری" in page
    client.post(reverse("sales:remove_share", args=[one.pk, place.cast.bob.pk]))
    client.post(reverse("sales:remove_person", args=[one.pk, other.pk]))
    assert not DealShare.objects.exists() and not DealPerson.objects.exists()


def test_deals_are_cut_joined_and_taken_apart(place: House, logged_in: Login) -> None:
    one, client = deal(place, amount=10 * MILLION), logged_in(place.cast.alice)
    client.post(reverse("sales:split", args=[one.pk]), {"name": "بخش", "amount": "۴٬۰۰۰٬۰۰۰"})
    part = Deal.objects.get(name="بخش")
    one.refresh_from_db()
    assert (one.amount, part.amount, part.split_from) == (6 * MILLION, 4 * MILLION, one)
    assert "بخش" in client.get(reverse("sales:join", args=[one.pk])).content.decode()
    client.post(reverse("sales:join", args=[one.pk]), {"other": part.pk, "version": one.version})
    one.refresh_from_db()
    part.refresh_from_db()
    assert (one.amount, part.state, part.joined_into) == (10 * MILLION, "joined", one)
    client.post(reverse("sales:separate", args=[part.pk]))
    one.refresh_from_db()
    part.refresh_from_db()
    assert (one.amount, part.state, part.joined_into) == (6 * MILLION, "open", None)


def test_a_deal_goes_to_the_trash_and_comes_back(place: House, logged_in: Login) -> None:
    one, client = deal(place), logged_in(place.cast.bob)
    client.post(reverse("sales:delete", args=[one.pk]), {"version": 1})
    assert client.get(reverse("sales:deal", args=[one.pk])).status_code == 404
    assert "خط دوم" in client.get(reverse("sales:trash")).content.decode()
    client.post(reverse("sales:restore", args=[one.pk]))
    assert client.get(reverse("sales:deal", args=[one.pk])).status_code == 200


def test_lists_tab_and_search_show_what_one_may_see(place: House, logged_in: Login) -> None:
    deal(place, "آبشار بزرگ", amount=MILLION)
    deal(place, "سرنخ نو", stage="contact")
    alice, charlie = logged_in(place.cast.alice), logged_in(place.cast.charlie)
    deals, leads = reverse("sales:list"), reverse("sales:leads")
    assert "آبشار" in alice.get(deals).content.decode() and "سرنخ نو" not in alice.get(deals).content.decode()
    assert "سرنخ نو" in alice.get(leads).content.decode()
    for url in (deals, leads, f"{deals}?q=آبشار"):
        assert "آبشار" not in charlie.get(url).content.decode().replace("q=آبشار", "").replace('value="آبشار"', "")
    tab = reverse("parties:tab", args=[place.party.pk, "deals"])
    assert "آبشار بزرگ" in alice.get(tab).content.decode()


def test_what_is_planned_for_a_deal_stands_on_its_page(place: House, logged_in: Login) -> None:
    one, alice = deal(place), place.cast.alice
    about = About(kind="sales.Deal", id=one.pk)
    activities.plan(
        actor=Actor(alice), planned=Planned(kind="task", subject="پیگیری", about=[about], owner_id=alice.pk)
    )
    assert "پیگیری" in logged_in(alice).get(reverse("sales:deal", args=[one.pk])).content.decode()


def test_pipelines_are_written_in_the_settings(cast: Cast, logged_in: Login) -> None:
    client = logged_in(cast.ada)
    rows = {
        "name": "خدمات", "kind": "deal", "row": ["1", "2"], "name-1": "آغاز", "probability-1": "۱۰", "name-2": "پایان",
        "probability-2": "90", "rot_days-2": "۵", "required-2": ["amount"], "tone-2": "peste",
    }  # fmt: skip
    moved = client.post(reverse("sales:new_pipeline"), rows | {"act": "up:2"}).content.decode()
    assert moved.index("پایان") < moved.index("آغاز") and not Pipeline.objects.exists()
    client.post(reverse("sales:new_pipeline"), rows)
    made = Pipeline.objects.get()
    first, last = made.stages.order_by("position")
    assert (first.probability, last.rot_days, last.required, last.tone) == (10, 5, ["amount"], "peste")
    odd = client.post(reverse("sales:new_pipeline"), rows | {"name": "دیگر", "probability-1": "زیاد"})
    assert odd.status_code == 422
    page = client.get(reverse("sales:pipeline", args=[made.pk])).content.decode()
    assert 'value="پایان"' in page
    client.post(reverse("sales:reasons"), {"name": "بها"})
    assert "بها" in client.get(reverse("sales:pipelines")).content.decode()


def test_the_funnel_counts_how_far_they_came_and_the_past_is_kept(place: House) -> None:
    allow(place.cast.alice, "sales.approve")
    from_start = [deal(place, f"d{number}", amount=MILLION) for number in range(4)]
    start = from_start[0].opened_at
    middle = None
    for one in from_start[:3]:
        services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=place.stage("need").pk)
        middle = Deal.objects.get(pk=one.pk).stage_since
    assert middle is not None
    for one in from_start[:2]:
        services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=place.stage("offer").pk)
    services.move_deal(actor=place.cast.alice, deal_id=from_start[1].pk, stage_id=place.stage("first").pk)
    services.win_deal(actor=place.cast.alice, deal_id=from_start[0].pk)
    reason = LostReason.objects.get()
    services.lose_deal(actor=place.cast.alice, deal_id=from_start[1].pk, loss=Loss(reason_id=reason.pk))
    end = Deal.objects.exclude(closed_at=None).latest("closed_at").closed_at
    assert end is not None
    found = funnel_of(place.cast.alice, place.deals, start, end)
    assert [each.reached for each in found.stages] == [4, 3, 2, 0]
    assert [each.kept for each in found.stages] == [None, 75, 67, 0]
    assert (found.began, found.won, found.won_amount, found.lost, found.is_open) == (4, 1, MILLION, 1, 2)
    assert [each.count for each in standing_at(place.cast.alice, place.deals, middle)] == [1, 3, 0, 0]
    assert [each.count for each in standing_at(place.cast.alice, place.deals, end)] == [1, 1, 0, 0]
    assert funnel_of(place.cast.charlie, place.deals, start, end).began == 0


def test_the_funnel_page_opens_for_any_address(place: House, logged_in: Login) -> None:
    deal(place, amount=MILLION)
    client = logged_in(place.cast.alice)
    for query in ({}, {"since": "۱۴۰۴/۰۱/۰۱", "until": "x", "day": "0001-01-01"}, {"pipeline": "99999999999999999999"}):
        assert client.get(reverse("sales:funnel"), query).status_code == 200
