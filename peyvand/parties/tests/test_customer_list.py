"""The list of customers: filters, order, columns, views, pages; what it must refuse, and what it costs."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peyvand.accounts.models import Branch, RolePermission, User
from peyvand.core.models import SavedView
from peyvand.parties.models import Party, Segment
from peyvand.parties.tests.conftest import make_user
from peyvand.web.lists import RecordList, showing

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def party(owner: User, name: str, **values: Any) -> Party:
    return Party.objects.create(name=name, sort_key=name, search=name, branch=owner.branch, owner=owner, **values)


def names(text: str) -> list[str]:
    return re.findall(r'<b class="truncate" dir="auto" title="([^"]+)">', text)


def shown(client: Client, status: int = 200, **query: Any) -> list[str]:
    answer = client.get(reverse("parties:list"), query)
    assert answer.status_code == status, answer.content.decode()
    return names(answer.content.decode())


def give(user: User, *permissions: str) -> None:
    role = user.grants.get().role
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=each, scope="branch") for each in permissions
    )


@pytest.fixture
def client(alice: User) -> Client:
    return logged_in(alice)


@pytest.fixture
def three(alice: User) -> list[Party]:
    return [
        party(alice, "a", city="تهران", life_cycle="current", completeness=90),
        party(alice, "b", city="شیراز", life_cycle="dissatisfied", completeness=30),
        party(alice, "c", city="تهران", life_cycle="lost", completeness=70),
    ]


@pytest.mark.usefixtures("three")
def test_filters_narrow_together(client: Client) -> None:
    assert shown(client) == ["a", "b", "c"]
    assert shown(client, f="city~is~تهران") == ["a", "c"]
    assert shown(client, f=["city~is~تهران", "life_cycle~any_of~lost~dissatisfied"]) == ["c"]
    assert shown(client, f="completeness~less~۸۰", sort="-completeness") == ["c", "b"]
    assert shown(client, f="created_at~last_days~7", q="b") == ["b"]


@pytest.mark.usefixtures("three")
def test_a_first_view_is_opened_by_its_tab(client: Client) -> None:
    assert shown(client, view="dissatisfied") == ["b"]
    assert shown(client, view="dissatisfied", f="") == ["a", "b", "c"]
    assert shown(client, view="no such view") == ["a", "b", "c"]


@pytest.mark.parametrize("name", ["password", "owner__password", "__class__", "search", "pk", "name;DROP TABLE x--"])
@pytest.mark.usefixtures("three")
def test_what_the_list_does_not_offer_is_told_and_taken_off(client: Client, name: str) -> None:
    for query in ({"f": f"{name}~is~a"}, {"sort": name}, {"cols": f"{name},city"}):
        answer = client.get(reverse("parties:list"), query)
        assert answer.status_code == 422
        text = answer.content.decode()
        assert names(text) == ["a", "b", "c"]
        assert "چنین فیلدی نیست" in text
    chip = client.get(reverse("parties:list"), {"f": f"{name}~is~a"}).content.decode()
    assert 'class="pv-fchip is-bad"' in chip


@pytest.mark.usefixtures("three")
def test_a_protected_field_needs_its_permission(client: Client, tehran: Branch) -> None:
    query = {"f": "national_id~is~0013542419"}
    assert client.get(reverse("parties:list"), query).status_code == 422
    trusted = make_user("trusted", tehran, {"parties.view": "all", "parties.reveal": "all"})
    assert logged_in(trusted).get(reverse("parties:list"), query).status_code == 200


@pytest.mark.parametrize(
    "wrong", ["city~more~3", "completeness~more~ten", "created_at~after~1405/13/40", "city~is", "~~"]
)
@pytest.mark.usefixtures("three")
def test_a_filter_that_cannot_be_used_says_why(client: Client, wrong: str) -> None:
    answer = client.get(reverse("parties:list"), {"f": wrong})
    assert answer.status_code == 422
    assert "is-bad" in answer.content.decode()


def test_pages_stay_right_while_rows_come_and_go(client: Client, alice: User) -> None:
    made = [party(alice, f"p{n:03}") for n in range(120)]
    first = client.get(reverse("parties:list")).content.decode()
    assert names(first) == [f"p{n:03}" for n in range(50)]
    assert "۱ تا ۵۰ از ۱۲۰" in first
    made[10].delete()
    party(alice, "p000a")
    second = client.get(link(first, "next")).content.decode()
    assert names(second) == [f"p{n:03}" for n in range(50, 100)]
    assert "۵۱ تا ۱۰۰ از ۱۲۰" in second
    third = client.get(link(second, "next")).content.decode()
    assert names(third) == [f"p{n:03}" for n in range(100, 120)] and 'rel="next"' not in third
    back = client.get(link(client.get(link(third, "prev")).content.decode(), "prev")).content.decode()
    assert names(back)[-1] == "p049" and len(names(back)) == 50


def link(text: str, rel: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{rel}"', text)
    assert found
    return found[1].replace("&amp;", "&")


def test_a_cursor_of_another_order_opens_the_first_page(client: Client, alice: User) -> None:
    for n in range(60):
        party(alice, f"p{n:02}")
    after = link(client.get(reverse("parties:list")).content.decode(), "next")
    assert names(client.get(after + "&sort=-created_at").content.decode())[0] == "p59"
    assert names(client.get(after.replace("after=", "after=x")).content.decode())[0] == "p00"


def test_rows_never_contacted_come_last_in_both_directions(client: Client, alice: User) -> None:
    party(alice, "never")
    party(alice, "once", last_contact_at="2026-01-01T00:00Z")
    assert shown(client, sort="last_contact_at") == shown(client, sort="-last_contact_at") == ["once", "never"]


def test_the_page_costs_the_same_for_any_number_of_rows(client: Client, alice: User) -> None:
    costs = []
    for start, end in ((0, 5), (5, 49)):
        for n in range(start, end):
            party(alice, f"p{n:02}")
        client.get(reverse("parties:list"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("parties:list"))
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 14, costs


def test_a_cell_says_its_key_and_whether_it_can_be_edited(client: Client, alice: User, tehran: Branch) -> None:
    row = party(alice, "a", city="تهران", missing=["phone"])
    text = client.get(reverse("parties:list")).content.decode()
    assert f'<tr data-row="{row.pk}" data-version="1">' in text
    assert 'data-cell="city" data-editable' in text
    assert 'class="pv-missing"' in text
    reader = logged_in(make_user("reader", tehran, {"parties.view": "all"})).get(reverse("parties:list"))
    assert "data-editable" not in reader.content.decode() and "pv-missing" not in reader.content.decode()


def test_nothing_yet_and_nothing_found_are_told_apart(client: Client, alice: User) -> None:
    assert "هنوز مشتری‌ای ثبت نشده است" in client.get(reverse("parties:list")).content.decode()
    party(alice, "a")
    assert "چیزی با این پالایه پیدا نشد" in client.get(reverse("parties:list"), {"q": "zzz"}).content.decode()


def test_names_of_any_shape_are_escaped(client: Client, alice: User) -> None:
    for name in ("<script>alert(1)</script>", '"><img src=x>', "😀😀", "x" * 200, "سلام Hello שלום"):
        party(alice, name)
    text = client.get(reverse("parties:list")).content.decode()
    assert "<script>alert" not in text and "<img src=x" not in text and "😀😀" in text


@pytest.mark.usefixtures("three")
def test_the_editor_of_a_filter_leads_back_to_the_list(client: Client) -> None:
    fields = client.get(reverse("lists:filter", args=["customers"]), headers=HTMX).content.decode()
    assert "field=city" in fields and "national_id" not in fields
    editor = client.get(reverse("lists:filter", args=["customers"]), {"field": "city"}, headers=HTMX).content.decode()
    assert 'name="op"' in editor and 'name="v"' in editor
    set_url = reverse("lists:set_filter", args=["customers"])
    values = {"field": "completeness", "op": "less", "v": "۸۰", "f": "city~is~تهران", "at": "1"}
    answer = client.get(set_url, values)
    assert answer.status_code == 303
    assert names(client.get(answer["Location"]).content.decode()) == ["c"]
    wrong = client.get(set_url, values | {"v": "many"}, headers=HTMX)
    assert wrong.status_code == 422 and 'aria-invalid="true"' in wrong.content.decode()
    assert client.get(set_url, {"field": "owner__password", "op": "is", "v": "x"}).status_code in (200, 422)


@pytest.mark.usefixtures("three")
def test_columns_are_kept_for_their_reader_and_in_a_view(client: Client, alice: User, bob: User) -> None:
    url = reverse("lists:columns", args=["customers"])
    client.post(url, {"cols": ["name", "email", "owner__password"], "density": "tight"})
    text = client.get(reverse("parties:list")).content.decode()
    assert re.findall(r'data-col="([^"]+)"', text) == ["name", "email"] and "pv-tight" in text
    assert 'data-col="city"' in logged_in(bob).get(reverse("parties:list")).content.decode()
    moved = client.post(url, {"cols": ["name", "email", "city"], "move": "city:up"}, headers=HTMX).content.decode()
    assert moved.index('value="city"') < moved.index('value="email"')
    text = client.get(reverse("parties:list")).content.decode()
    assert re.findall(r'data-col="([^"]+)"', text) == ["name", "city", "email"], "a step holds at once"
    client.post(url, {"reset": "1"})
    assert 'data-col="city"' in client.get(reverse("parties:list")).content.decode()


@pytest.mark.usefixtures("three")
def test_what_is_chosen_in_the_dialog_of_columns_holds_at_once(client: Client, alice: User) -> None:
    url = reverse("lists:columns", args=["customers"])
    answer = client.post(url, {"cols": ["name", "email"], "apply": "1"}, headers=HTMX)
    assert answer.status_code == 204
    again = json.loads(answer["HX-Trigger"])["pv:list:again"]
    assert again["key"] == "customers"
    assert re.findall(r'data-col="([^"]+)"', client.get(again["url"]).content.decode()) == ["name", "email"]
    view = SavedView.objects.create(owner=alice, list="customers", name="v", state={"cols": ["name", "city"]})
    answer = client.post(f"{url}?view={view.pk}", {"cols": ["name", "phone"], "apply": "1"}, headers=HTMX)
    address = json.loads(answer["HX-Trigger"])["pv:list:again"]["url"]
    assert re.findall(r'data-col="([^"]+)"', client.get(address).content.decode()) == ["name", "phone"]


@pytest.mark.usefixtures("three")
def test_a_view_is_saved_shared_changed_deleted_and_brought_back(client: Client, bob: User, charlie: User) -> None:
    save = reverse("lists:save", args=["customers"]) + "?f=city~is~تهران&sort=-name&cols=name,city"
    answer = client.post(save, {"name": "تهرانی‌ها", "shared": "branch"})
    view = SavedView.objects.get(name="تهرانی‌ها")
    assert answer["Location"] == f"/customers/?view={view.pk}"
    assert shown(client, view=view.pk) == ["c", "a"]
    assert "تهرانی‌ها" in logged_in(bob).get(reverse("parties:list")).content.decode()
    assert "تهرانی‌ها" not in logged_in(charlie).get(reverse("parties:list")).content.decode()
    page = reverse("lists:view", args=["customers"]) + f"?view={view.pk}"
    assert logged_in(bob).post(page, {"name": "x"}).status_code == 404
    client.post(page, {"name": "پایتخت", "shared": "nobody", "version": "1", "is_default": "1"})
    assert shown(client) == ["c", "a"]
    assert client.post(page, {"name": "", "version": "2"}).status_code == 422
    assert client.post(page, {"name": "x", "version": "1"}).status_code == 409
    client.post(save + f"&view={view.pk}", {"into": "1", "version": "2"})
    delete = reverse("lists:delete", args=["customers", view.pk])
    assert logged_in(bob).post(delete).status_code == 404
    client.post(delete)
    assert shown(client) == ["a", "b", "c"]
    client.post(reverse("lists:restore", args=["customers", view.pk]))
    assert shown(client, view=view.pk) == ["c", "a"]


@pytest.mark.usefixtures("three")
def test_the_tabs_get_their_numbers_by_themselves(client: Client) -> None:
    text = client.get(reverse("lists:tabs", args=["customers"]), headers=HTMX).content.decode()
    assert re.findall(r'pv-count">([^<]+)<', text)[:3] == ["۳", "۰", "۱"]


def test_cards_are_the_same_rows(client: Client, three: list[Party]) -> None:
    client.post(reverse("lists:look", args=["customers"]), {"look": "cards"})
    text = client.get(reverse("parties:list")).content.decode()
    assert "is-cards" in text and names(text) == [each.name for each in three]


def test_a_list_that_takes_too_long_says_so(client: Client, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    party(alice, "a")

    def slow(records: RecordList, user: User, *_: Any) -> Any:
        return records.rows(user).extra(where=["pg_sleep(2)::text IS NOT NULL"])

    monkeypatch.setattr(showing, "PATIENCE", 100)
    monkeypatch.setattr(showing, "narrowed", slow)
    answer = client.get(reverse("parties:list"))
    assert answer.status_code == 422
    assert "فهرست به‌موقع باز نشد" in answer.content.decode()


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("rule", [{}, {"rules": [{"field": "custom:99", "op": "is", "values": ["x"]}]}, {"rules": 5}])
def test_a_broken_segment_shows_nobody_and_says_why(client: Client, alice: User, rule: dict[str, Any]) -> None:
    give(alice, "parties.segments", "parties.bulk", "parties.export")
    segment = Segment.objects.create(name="VIP", owner=alice, branch=alice.branch, rule=rule)
    answer = client.get(reverse("parties:list"), {"segment": segment.pk})
    text = answer.content.decode()
    assert (answer.status_code, names(text)) == (422, []) and "VIP" in text and "pv-list-problem" in text
    assert shown(client, 422, segment=10**9) == []


@pytest.mark.usefixtures("three")
def test_many_are_not_touched_through_a_broken_list(client: Client, alice: User) -> None:
    give(alice, "parties.segments", "parties.bulk", "parties.export", "parties.delete")
    segment = Segment.objects.create(name="VIP", owner=alice, branch=alice.branch, rule={"rules": 5})
    text = client.get(reverse("parties:list"), {"segment": segment.pk}).content.decode()
    assert f'name="query" value="segment={segment.pk}"' in text  # the export knows the segment still
    for query in (f"segment={segment.pk}", "f=custom:99~is~x", "segment=999999999"):
        assert client.post(reverse("parties:export"), {"query": query}).status_code == 422
        for name, data in (("bulk_ask", {"key": "city"}), ("bulk_preview", {"how": "delete"})):
            answer = client.post(reverse(f"parties:{name}"), data | {"all": "1", "query": query})
            assert answer.status_code == 422, (name, query)
