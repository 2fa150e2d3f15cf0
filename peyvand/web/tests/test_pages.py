"""Access, errors, toasts, the palette and lists."""

import json
from collections.abc import Callable

import pytest
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from peyvand.accounts.models import User
from peyvand.core.errors import Conflict, Invalid, NotAllowed
from peyvand.core.text import search_norm
from peyvand.web import http, nav, palette
from peyvand.web.access import access_of, page, public, undeclared_views
from peyvand.web.filters import Filter, FilterSet
from peyvand.web.middleware import ErrorMiddleware
from peyvand.web.tables import Column, Table
from peyvand.web.toasts import toast

Login = Callable[[User], Client]


def ask(path: str = "/", *, htmx: bool = False) -> HttpRequest:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/cartable/"} if htmx else {}
    request = RequestFactory().get(path, headers=headers)
    request.htmx = HtmxDetails(request)
    request.user = AnonymousUser()
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def test_every_view_of_ours_says_who_may_open_it() -> None:
    assert undeclared_views() == []


def test_a_stranger_is_sent_to_the_login_page_and_back() -> None:
    view = page()(lambda request: HttpResponse("in"))
    answer = view(ask("/cartable/?q=1"))
    assert answer.status_code == 303
    assert answer["Location"] == "/accounts/login/?next=/cartable/%3Fq%3D1"
    assert view(ask(htmx=True))["HX-Redirect"] == "/accounts/login/?next=/cartable/"
    assert access_of(view) is not None and access_of(public(lambda request: HttpResponse())).is_public  # type: ignore[union-attr]


@pytest.mark.django_db
def test_a_page_asks_for_its_permission(alice: User) -> None:
    view = page("accounts.no_such_permission")(lambda request: HttpResponse("in"))
    request = ask()
    request.user = alice
    with pytest.raises(NotAllowed):
        view(request)


def test_an_error_becomes_a_page_with_a_tracking_code() -> None:
    answer = ErrorMiddleware(lambda request: HttpResponse()).process_exception(ask(), Conflict())
    assert answer is not None and answer.status_code == 409
    assert "E-" in answer.text and "<html" in answer.text


def test_an_error_becomes_a_fragment_and_a_toast_for_htmx() -> None:
    answer = ErrorMiddleware(lambda request: HttpResponse()).process_exception(ask(htmx=True), Invalid("Too long."))
    assert answer is not None and answer.status_code == 422
    assert "<html" not in answer.text
    assert answer["HX-Reswap"] == "none"
    assert json.loads(answer["HX-Trigger"])["pv:toasts"]["items"][0]["text"] == "Too long."


def test_an_unexpected_error_is_logged_with_the_code_that_the_page_shows(caplog: pytest.LogCaptureFixture) -> None:
    request = ask()
    assert ErrorMiddleware(lambda request: HttpResponse()).process_exception(request, ValueError("secret")) is None
    assert request.tracking_code in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("answer", [ImmediateHttpResponse(HttpResponse("asked")), ReauthenticationRequired()])
def test_what_the_login_answers_itself_is_no_error(caplog: pytest.LogCaptureFixture, answer: Exception) -> None:
    assert ErrorMiddleware(lambda request: HttpResponse()).process_exception(ask(), answer) is None
    assert caplog.records == []


def test_toasts_travel_with_a_fragment_and_wait_for_a_redirect() -> None:
    request = ask(htmx=True)
    toast(request, "بسته شد.", undo_url="/undo/1")
    redirected = http.redirect(request, "/x")
    assert "HX-Trigger" not in redirected and redirected["HX-Redirect"] == "/x"
    done = http.done(request, "pv:live:cartable")
    events = json.loads(done["HX-Trigger"])
    assert events["pv:toasts"]["items"] == [{"text": "بسته شد.", "level": "ok", "undo": "/undo/1"}]
    assert {"pv:close", "pv:live:cartable"} <= set(events)


def test_a_boosted_link_gets_the_whole_page() -> None:
    request = RequestFactory().get("/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    request.htmx = HtmxDetails(request)
    assert http.wants_fragment(request) is False
    assert http.wants_fragment(ask(htmx=True)) is True


@pytest.mark.django_db
def test_the_address_that_does_not_exist_is_told_in_persian() -> None:
    answer = Client().get("/no/such/page")
    assert answer.status_code == 404
    assert "چیزی در این نشانی نیست" in answer.text


@pytest.mark.django_db
def test_the_component_sheet_is_for_administrators(alice: User, logged_in: Login) -> None:
    assert logged_in(alice).get("/kit").status_code == 404
    alice.is_superuser = True
    alice.save()
    assert "pv-composer" in logged_in(alice).get("/kit").text


@pytest.mark.django_db
def test_the_palette_finds_pages_and_commands_whatever_the_spelling(
    alice: User, logged_in: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = nav.NavItem(key="sample", label="کتاب‌ها", url_name="web:home", icon="book")
    monkeypatch.setitem(nav._items, "sample", item)
    assert "کتاب" in logged_in(alice).get("/palette", {"q": "كتاب"}).text
    assert "کتاب" not in logged_in(alice).get("/palette", {"q": "zzz"}).text


def test_what_was_found_is_marked_and_everything_is_escaped() -> None:
    assert palette.marked("گروه آرمان", "ارمان") == "گروه <mark>آرمان</mark>"
    assert palette.marked("<b>x", "b") == "&lt;<mark>b</mark>&gt;x"
    assert palette.marked("<b>", "") == "&lt;b&gt;"
    assert palette.marked("خانه\u200cهای  نو", "های نو") == "خانه\u200c<mark>های  نو</mark>"


def test_a_long_subject_is_marked_in_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    monkeypatch.setattr(palette, "search_norm", lambda text: calls.append(text) or search_norm(text))
    assert "<mark>" not in palette.marked("تأخیر در تحویل سفارش " * 15, "رستمی")
    assert len(calls) < 50


@pytest.mark.django_db
def test_a_table_sorts_only_by_its_own_columns_and_walks_both_ways(alice: User) -> None:
    for number in range(7):
        User.objects.create(username=f"row{number}", full_name=f"R{number}", sort_key=f"r{number}")
    rows = User.objects.filter(username__startswith="row")
    table = Table(
        columns=[Column(key="name", label="Name", order=["sort_key"]), Column(key="x", label="X")],
        default="name",
        size=3,
    )
    first = table.bind(ask("/?sort=password&kept=1"), rows)
    assert [user.username for user in first.rows] == ["row0", "row1", "row2"]
    assert (
        first.headers[0].sort == "ascending"
        and "sort=-name" in first.headers[0].url
        and "kept=1" in first.headers[0].url
    )
    second = table.bind(ask(first.links.next), rows)
    assert [user.username for user in second.rows] == ["row3", "row4", "row5"]
    assert [u.username for u in table.bind(ask(second.links.previous), rows).rows] == ["row0", "row1", "row2"]
    assert [u.username for u in table.bind(ask("/?sort=-name"), rows).rows] == ["row6", "row5", "row4"]


@pytest.mark.django_db
def test_a_filter_takes_only_its_own_choices_and_can_be_taken_off() -> None:
    kind = Filter(
        key="lang", label="Language", choices=[("fa", "فارسی")], apply=lambda qs, value: qs.filter(language=value)
    )
    search = Filter(key="q", label="Search", is_search=True, apply=lambda qs, value: qs.filter(username=value))
    on = FilterSet([kind, search]).bind(ask("/?lang=fa&q=a%00b&after=xyz"))
    assert [chip.value for chip in on.chips] == ["فارسی"]
    assert on.search == "ab"
    assert on.chips[0].remove_url == "?q=a%00b"
    assert list(on.apply(User.objects.all())) == []
    off = FilterSet([kind]).bind(ask("/?lang=' OR 1=1"))
    assert not off and off.menus[0].options[0][1] == "?lang=fa"


@pytest.mark.django_db
def test_an_entry_is_shown_to_who_may_open_it_and_the_longest_address_is_current(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nav, "_items", {})
    nav.register(nav.NavItem(key="home", label="H", url_name="web:home", icon="home", order=1))
    nav.register(nav.NavItem(key="kit", label="K", url_name="web:kit", icon="box", order=2, count=lambda user: 3))
    nav.register(nav.NavItem(key="no", label="N", url_name="web:kit", icon="box", permission="nobody.may"))
    shown = nav.shown(alice, "/kit", section="main")
    assert [(entry.item.key, entry.count, entry.is_current) for entry in shown] == [
        ("home", 0, False),
        ("kit", 3, True),
    ]


@pytest.mark.django_db
def test_a_page_belongs_to_one_entry_of_all_sections(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nav, "_items", {})
    nav.register(nav.NavItem(key="home", label="H", url_name="web:home", icon="home"))
    within = ("/elsewhere/", "/kit/of/another/")
    nav.register(
        nav.NavItem(key="kit", label="K", url_name="web:kit", icon="box", section="foot", within=lambda: within)
    )
    for path, current in (("/", ["home"]), ("/kit", ["kit"]), ("/elsewhere/9/", ["kit"]), ("/else", ["home"])):
        found = [*nav.shown(alice, path, section="main"), *nav.shown(alice, path, section="foot")]
        assert [entry.item.key for entry in found if entry.is_current] == current
