"""Two people at one card, and what an open board hears of a move."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import User
from peyvand.sales import services
from peyvand.sales.models import Deal, DealSpan
from peyvand.sales.tests.selling import MILLION, House, deal, house
from tests.cast import Cast

Login = Callable[[User], Client]
ASKED = {"HX-Request": "true"}


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


def moved(client: Client, one: Deal, **values: Any) -> Any:
    return client.post(reverse("sales:move", args=[one.pk]), {"version": one.version, **values}, headers=ASKED)


def toasts(answer: Any) -> list[dict[str, str]]:
    return list(json.loads(answer.headers["HX-Trigger"])["pv:toasts"]["items"])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_one_card_at_once_one_moves_it_and_the_other_is_told(place: House, logged_in: Login) -> None:
    one, need = deal(place, amount=MILLION), place.stage("need")
    clients, answers = [logged_in(place.cast.alice), logged_in(place.cast.bob)], []
    barrier = threading.Barrier(2)

    def act(client: Client) -> None:
        try:
            barrier.wait()
            answers.append(moved(client, one, stage=need.pk, pipeline=place.deals.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = sorted(answers, key=lambda answer: "HX-Reswap" not in answer.headers)
    assert [answer.status_code for answer in (first, second)] == [200, 200]
    assert toasts(first)[0]["undo"] and first.headers["HX-Reswap"] == "none"
    assert toasts(second)[0]["level"] == "bad" and 'id="board"' in second.content.decode()
    one.refresh_from_db()
    assert (one.stage, one.version) == (need, 2)
    assert list(DealSpan.objects.filter(deal=one, until=None).values_list("stage", flat=True)) == [need.pk]
    assert DealSpan.objects.filter(deal=one).count() == 2


def test_who_comes_later_gets_the_board_as_it_stands_now(place: House, logged_in: Login) -> None:
    one, need = deal(place, amount=MILLION), place.stage("need")
    services.move_deal(actor=place.cast.bob, deal_id=one.pk, stage_id=need.pk)
    answer = moved(logged_in(place.cast.alice), one, stage=need.pk, pipeline=place.deals.pk)
    text = answer.content.decode()
    assert toasts(answer)[0]["level"] == "bad" and "HX-Reswap" not in answer.headers
    assert text.index(f'id="stage-{need.pk}"') < text.index(f'data-deal="{one.pk}" data-version="2"')


def test_an_open_board_hears_the_card_and_the_sums_that_changed(
    place: House, logged_in: Login, django_assert_num_queries: Callable
) -> None:
    one, other = deal(place, "<script>بد</script>", amount=2 * MILLION), deal(place, "بماند", amount=MILLION)
    deal(place, "دور", amount=5 * MILLION, stage="contract")
    client, need, first = logged_in(place.cast.alice), place.stage("need"), place.stage("first")
    rest = {"rest_weighted": 45 * MILLION // 10, "rest_rotten": 3, "pipeline": place.deals.pk}
    moved(client, other, stage=first.pk, **rest)
    with django_assert_num_queries(19):
        answer = moved(client, one, stage=need.pk, **rest)
    text = answer.content.decode()
    assert text.count("<article") == 1 and "<script>" not in text and "&lt;script&gt;بد" in text
    assert f'id="count-{need.pk}"' in text and f'id="count-{first.pk}"' in text and "دور" not in text
    assert f'data-amount="{2 * MILLION}" data-weighted="{6 * MILLION // 10}"' in text
    assert 'id="board-weighted"' in text and "۵٫۲ میلیون" in text and 'id="board-still"' in text and "۳" in text
    assert f'data-version="{Deal.objects.get(pk=one.pk).version}"' in text and f'data-to="{need.pk}"' in text
    whole = moved(client, Deal.objects.get(pk=one.pk), stage=first.pk, pipeline=place.deals.pk)
    assert "۴٫۸ میلیون" in whole.content.decode()  # nobody said what the other columns have


def test_a_place_within_its_column_changes_no_sum(place: House, logged_in: Login) -> None:
    one, two = deal(place, "یک"), deal(place, "دو")
    answer = moved(logged_in(place.cast.alice), two, stage=two.stage_id, below=one.pk, rest_weighted=0, rest_rotten=0)
    text = answer.content.decode()
    assert text.count("<article") == 1 and "pv-col-sum" not in text and "board-weighted" not in text


def test_from_a_board_of_those_that_stand_still_a_moved_card_goes(place: House, logged_in: Login) -> None:
    one, need = deal(place, amount=MILLION), place.stage("need")
    answer = moved(logged_in(place.cast.alice), one, stage=need.pk, pipeline=place.deals.pk, rotten=1)
    text = answer.content.decode()
    assert f"delete:.pv-deal[data-deal='{one.pk}']" in text and "<article" not in text


def test_without_script_a_move_leads_back_to_the_board(place: House, logged_in: Login) -> None:
    one, need = deal(place, amount=MILLION), place.stage("need")
    values = {"stage": need.pk, "version": 1, "pipeline": place.deals.pk}
    answer = logged_in(place.cast.alice).post(reverse("sales:move", args=[one.pk]), values)
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"{reverse('sales:board')}?pipeline={place.deals.pk}",
    )
