"""Every plain list is taken out as it is shown: by who may, with a head, noted in the log, without formulas."""

import csv
import io
from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import User
from peyvand.api.testing import everything, make_user
from peyvand.cartable.models import Article
from peyvand.parties.models import AccessLog, Segment
from peyvand.parties.services.merging import merge_parties
from peyvand.parties.services.trash import delete_party
from peyvand.sales.tests.partnering import two_partners
from peyvand.sales.tests.selling import House, customer, house
from peyvand.web.plain_lists import plain_lists, rows_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
PAGES = {
    "users": "administration:users",
    "audit": "administration:audit",
    "partners": "sales:partners",
    "registrations": "sales:registrations",
    "articles": "cartable:articles",
    "segments": "parties:segments",
    "merges": "parties:merges",
    "access": "parties:access_log",
    "trash": "parties:trash",
}


@pytest.fixture
def root(cast: Cast) -> User:
    return make_user(permissions=everything(), name="olivia")


@pytest.fixture
def place(cast: Cast, root: User) -> House:
    """Something in every list."""
    made = house(cast)
    two_partners(made)
    merge_parties(actor=None, survivor_id=made.party.pk, party_ids=[customer("نور کهنه", cast.alice).pk])
    delete_party(actor=root, party=customer("دورریخته", cast.alice))
    Segment.objects.create(name="=cmd()", owner=root, kind="static")
    Article.objects.create(title="بازگشت کالا", body="هفت روز", language="fa", state="published", audience="internal")
    return made


def table(answer: object) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_every_list_has_a_menu_and_gives_a_head_and_its_rows(root: User, place: House, logged_in: Login) -> None:
    browser = logged_in(root)
    assert set(plain_lists()) == set(PAGES)
    for key, name in PAGES.items():
        url = reverse("lists:take_out", args=[key])
        page = browser.get(reverse(name)).content.decode()
        assert f'action="{url}"' in page, key
        answer = browser.post(url, {"format": "csv", "query": ""})
        assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store", key
        head, *rows = table(answer)
        assert {len(row) for row in rows} <= {len(head)} and len(set(head)) == len(head), (key, head)
        assert rows or key == "registrations", key
    sheet = browser.post(reverse("lists:take_out", args=["segments"]), {"format": "xlsx", "query": ""})
    assert b"".join(sheet).startswith(b"PK")  # type: ignore[arg-type]
    noted = AccessLog.objects.filter(act="exported")
    assert {row.detail["list"] for row in noted} == set(PAGES) and noted.filter(user=root).count() == len(PAGES) + 1
    for bad in ("jsonl", "zip", "x"):
        assert browser.post(reverse("lists:take_out", args=["users"]), {"format": bad}).status_code in (400, 422)
    assert browser.post(reverse("lists:take_out", args=["nothing"]), {"format": "csv"}).status_code == 404


def test_a_list_is_narrowed_as_its_page_is_and_holds_no_formulas(root: User, place: House, logged_in: Login) -> None:
    browser = logged_in(root)
    url = reverse("lists:take_out", args=["segments"])
    [_head, row] = table(browser.post(url, {"format": "csv", "query": "q=cmd"}))
    assert row[1] == "'=cmd()"
    assert len(table(browser.post(url, {"format": "csv", "query": "q=nothing"}))) == 1
    for page in ("before=2000-01-01T00:00:00%2B00:00", "before=2000-13-45T00:00"):  # whichever page it is taken from
        assert rows_of(root, "audit", QueryDict(page)) == rows_of(root, "audit", QueryDict("")) != []
    names = [row[0] for row in rows_of(root, "users", QueryDict("q=alice"))[1:]]
    assert len(names) == 1 and len(rows_of(root, "users", QueryDict(""))) > 3


def test_who_may_not_see_a_list_neither_finds_the_menu_nor_takes_it_out(
    cast: Cast, place: House, logged_in: Login
) -> None:
    browser = logged_in(cast.charlie)
    for key in PAGES:
        assert browser.post(reverse("lists:take_out", args=[key]), {"format": "csv"}).status_code == 403, key
    assert not AccessLog.objects.filter(act="exported").exists()
