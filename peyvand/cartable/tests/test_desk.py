"""At one's desk: who else is at a request now, and from one request to the next."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.cartable import services
from peyvand.cartable.models import Presence, Request
from peyvand.cartable.selectors import Folder, in_folder
from peyvand.cartable.selectors.folders import BY_ACTIVITY, BY_DUE
from peyvand.cartable.selectors.neighbours import neighbour
from peyvand.cartable.services.presence import be_present
from peyvand.cartable.tests.desk import as_actor, mailbox, opened, referred, user_target
from peyvand.core import live
from peyvand.core.errors import Invalid, NotFound
from tests.cast import Cast

Login = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def request_of_alice(cast: Cast) -> Request:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    return request


def names(person: User, request: Request, state: str = "looking") -> dict[str, bool]:
    found = be_present(actor=as_actor(person), request_id=request.pk, state=state)
    return {each.name: each.is_typing for each in found}


def test_each_sees_the_others_and_nobody_himself(cast: Cast, request_of_alice: Request) -> None:
    assert names(cast.olivia, request_of_alice) == {}
    assert names(cast.alice, request_of_alice, "typing") == {str(cast.olivia): False}
    assert names(cast.olivia, request_of_alice) == {str(cast.alice): True}
    assert names(cast.alice, request_of_alice, "gone") == {str(cast.olivia): False}
    assert names(cast.olivia, request_of_alice) == {}


def test_whoever_says_nothing_is_gone_by_himself(cast: Cast, request_of_alice: Request) -> None:
    names(cast.alice, request_of_alice, "typing")
    Presence.objects.update(at=timezone.now() - timedelta(seconds=36))
    assert names(cast.olivia, request_of_alice) == {}
    Presence.objects.update(at=timezone.now() - timedelta(seconds=200))
    services.wake_due()
    assert not Presence.objects.exists()


def test_only_who_may_see_a_request_says_so_and_hears_it(cast: Cast, request_of_alice: Request) -> None:
    names(cast.alice, request_of_alice)
    with pytest.raises(NotFound):
        names(cast.charlie, request_of_alice)
    services.confide(actor=as_actor(cast.olivia), request_id=request_of_alice.pk, confidential=True, people=[])
    with pytest.raises(NotFound):
        names(cast.ada, request_of_alice)
    with pytest.raises(Invalid):
        names(cast.alice, request_of_alice, "sleeping")
    assert set(Presence.objects.values_list("user", flat=True)) == {cast.alice.pk}


def test_news_go_only_to_those_who_are_there_and_only_when_something_changed(
    cast: Cast, request_of_alice: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(live, "notify", lambda **values: told.append(values))
    names(cast.olivia, request_of_alice)
    names(cast.alice, request_of_alice)
    names(cast.alice, request_of_alice)
    names(cast.alice, request_of_alice, "typing")
    assert [each["audience"] for each in told] == [[], [f"user:{cast.olivia.pk}"], [f"user:{cast.olivia.pk}"]]
    assert all(set(each["data"]) == {"request"} and each["topic"] == "presence" for each in told)


def test_the_table_of_presence_is_not_logged(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'cartable_presence'")
        assert cursor.fetchone() in (("u",), (b"u",))


def test_the_page_says_and_asks_in_one_call(
    cast: Cast, logged_in: Login, request_of_alice: Request, django_assert_max_num_queries: Callable
) -> None:
    names(cast.alice, request_of_alice, "typing")
    browser, address = logged_in(cast.olivia), f"/cartable/{request_of_alice.code}/presence/"
    browser.post(address)
    with django_assert_max_num_queries(11):
        part = browser.post(address).content.decode()
    assert str(cast.alice) in part and "می‌نویسد" in part and "<html" not in part
    assert f'data-presence="{address}"' in browser.get(f"/cartable/referred/{request_of_alice.code}/").content.decode()


@pytest.mark.parametrize("order", [BY_DUE, BY_ACTIVITY])
def test_neighbours_are_those_of_the_list(cast: Cast, order: tuple[str, ...]) -> None:
    channel, same = mailbox(cast), timezone.now() + timedelta(hours=5)
    made = [opened(channel, f"p{number}@many.example") for number in range(5)]
    Request.objects.filter(pk__in=[made[1].pk, made[2].pk]).update(next_due=same, last_activity_at=same)
    rows = in_folder(as_actor(cast.olivia), Folder.DEPARTMENT)
    listed = list(rows.order_by(*order))
    for at, each in enumerate(listed):
        following = neighbour(rows, order, each, forward=True)
        assert following == (listed[at + 1].code if at + 1 < len(listed) else None)
        assert neighbour(rows, order, each, forward=False) == (listed[at - 1].code if at else None)


def test_after_closing_the_next_one_is_the_first_that_waits(cast: Cast, logged_in: Login) -> None:
    channel = mailbox(cast)
    made = [opened(channel, f"p{number}@many.example") for number in range(3)]
    browser = logged_in(cast.olivia)
    services.close(actor=as_actor(cast.olivia), request_id=made[1].pk)
    first = in_folder(as_actor(cast.olivia), Folder.DEPARTMENT).order_by(*BY_DUE)[0]
    answer = browser.get(f"/cartable/department/{made[1].code}/next/")
    assert answer.headers["Location"] == f"/cartable/department/{first.code}/"
    part = browser.get(f"/cartable/department/{made[1].code}/next/?sort=old", headers=HTMX)
    assert part.headers["HX-Push-Url"].endswith("/?sort=old") and 'id="detail"' in part.content.decode()
    last = in_folder(as_actor(cast.olivia), Folder.DEPARTMENT).order_by(*BY_DUE).last()
    assert last is not None
    end = browser.get(f"/cartable/department/{last.code}/next/", headers=HTMX)
    assert end.status_code == 204 and "آخرین درخواست" in end.headers["HX-Trigger"].encode().decode("unicode_escape")
