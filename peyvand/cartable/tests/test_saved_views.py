"""Saved views of the cartable: a folder with its filters under a name; and the folder of mentions."""

from collections.abc import Callable

import pytest
from django.test import Client

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.cartable import selectors, services
from peyvand.cartable.models import Request
from peyvand.cartable.request_fields import HOST, LIST
from peyvand.cartable.selectors import Folder
from peyvand.cartable.tests.desk import as_actor, mailbox, opened
from peyvand.core import list_state
from peyvand.core.models import SavedView
from peyvand.core.saved_views import state_of
from tests.cast import Cast

Login = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def urgent(cast: Cast) -> Request:
    channel = mailbox(cast)
    opened(channel, "calm@arman.example", subject="آرام")
    request = opened(channel, subject="فوری")
    Request.objects.filter(pk=request.pk).update(priority="urgent")
    return request


def saved(browser: Client, name: str = "فوری‌ها", shared: str = "nobody") -> SavedView:
    data = {"name": name, "shared": shared, "query": "priority=urgent&sort=old"}
    answer = browser.post("/cartable/department/view/", data)
    view = SavedView.objects.get(name=name)
    assert answer.headers["Location"] == f"/cartable/department/?priority=urgent&sort=old&view={view.pk}"
    return view


def test_a_view_keeps_folder_filters_and_order_and_stands_beside_the_folders(
    cast: Cast, logged_in: Login, urgent: Request
) -> None:
    browser = logged_in(cast.olivia)
    view = saved(browser)
    panel = browser.get("/cartable/mine/counts/", headers=HTMX).content.decode()
    assert f"view={view.pk}" in panel and "فوری‌ها" in panel
    page = browser.get(f"/cartable/department/?priority=urgent&sort=old&view={view.pk}").content.decode()
    assert urgent.code in page and "آرام" not in page and f"/cartable/views/{view.pk}/" in page
    found = list_state.apply(state_of(view), Request.objects.visible_to(cast.olivia), HOST, asked_by(cast.olivia))
    assert list(found) == [urgent]


def test_a_view_is_shared_renamed_deleted_and_brought_back_by_its_owner(
    cast: Cast, logged_in: Login, urgent: Request
) -> None:
    browser = logged_in(cast.olivia)
    view = saved(browser, shared="all")
    other = logged_in(cast.bob)
    assert f"view={view.pk}" in other.get("/cartable/mine/counts/", headers=HTMX).content.decode()
    assert other.post(f"/cartable/views/{view.pk}/", {"name": "x"}).status_code == 404
    assert browser.post(f"/cartable/views/{view.pk}/", {"name": ""}, headers=HTMX).status_code == 422
    browser.post(f"/cartable/views/{view.pk}/", {"name": "داغ", "shared": "nobody"})
    view.refresh_from_db()
    assert (view.name, view.shared) == ("داغ", "nobody")
    browser.post(f"/cartable/views/{view.pk}/", {"act": "delete"})
    assert f"view={view.pk}" not in browser.get("/cartable/mine/counts/", headers=HTMX).content.decode()
    assert other.post(f"/cartable/views/{view.pk}/restore/").status_code == 404
    browser.post(f"/cartable/views/{view.pk}/restore/")
    assert f"view={view.pk}" in browser.get("/cartable/mine/counts/", headers=HTMX).content.decode()
    assert browser.post("/cartable/department/view/", {"name": "داغ", "query": ""}, headers=HTMX).status_code == 422
    assert SavedView.objects.filter(list=LIST).count() == 1


def test_a_view_of_a_folder_that_the_reader_does_not_have_shows_nothing_of_it(cast: Cast, urgent: Request) -> None:
    for person in (cast.alice, cast.charlie):
        state = list_state.ListState(filters=(list_state.Condition("place", "is", ("review",)),))
        checked = list_state.check(state, HOST, asked_by(as_actor(person).user))
        assert checked.problems


def test_who_is_named_in_a_note_has_the_request_among_his_mentions(cast: Cast, urgent: Request) -> None:
    services.add_note(
        actor=as_actor(cast.olivia), request_id=urgent.pk, body=f"@{cast.alice} ببینید", mentions=[cast.alice.pk]
    )
    assert [each.pk for each in selectors.in_folder(as_actor(cast.alice), Folder.MENTIONS)] == [urgent.pk]
    assert selectors.counts(as_actor(cast.alice)).folders[Folder.MENTIONS] == 1
    assert not selectors.in_folder(as_actor(cast.bob), Folder.MENTIONS).exists()
