"""Categories, custom fields and tags through the API."""

from typing import Any

import pytest

from peyvand.accounts.types import Scope
from peyvand.api.testing import Caller, everything, make_user
from peyvand.parties.models import Category, Tag
from peyvand.parties.tests.test_shape import a_party

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Caller:
    return Caller(make_user(permissions=everything(), name="ada"))


@pytest.fixture
def reader() -> Caller:
    return Caller(make_user(permissions={"parties.view": Scope.BRANCH}, name="reader"))


def made(caller: Caller, address: str, **body: Any) -> dict[str, Any]:
    answer = caller("POST", address, body)
    assert answer.status_code in (200, 201), answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_who_sees_customers_reads_the_shape_and_changes_nothing(ada: Caller, reader: Caller) -> None:
    ids = {
        "/categories": made(ada, "/categories", name="درمان")["id"],
        "/custom-fields": made(ada, "/custom-fields", kind="text", label="رنگ")["id"],
        "/tags": made(ada, "/tags", name="ویژه")["id"],
    }
    for address, pk in ids.items():
        assert [row["id"] for row in reader("GET", address).json()["items"]] == [pk]
        assert reader("GET", f"{address}/{pk}").status_code == 200
        assert reader("POST", address, {"name": "x"}).status_code == 403
        assert reader("PATCH", f"{address}/{pk}", {"name": "x"}, if_match='"1"').status_code == 403


def test_what_was_changed_meanwhile_is_refused(ada: Caller) -> None:
    for address, body, change in (
        ("/categories", {"name": "درمان"}, {"name": "سلامت"}),
        ("/custom-fields", {"kind": "text", "label": "رنگ"}, {"label": "قد"}),
        ("/tags", {"name": "ویژه"}, {"name": "خوب"}),
    ):
        pk = made(ada, address, **body)["id"]
        assert ada("PATCH", f"{address}/{pk}", change).status_code == 428
        answer = ada("PATCH", f"{address}/{pk}", change, if_match='"1"')
        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert ada("PATCH", f"{address}/{pk}", change, if_match='"1"').status_code == 412


def test_a_category_with_its_own_field_and_minimum(ada: Caller) -> None:
    field = made(ada, "/custom-fields", kind="choice", label="نوع", choices=[{"fa": "یک"}, {"fa": "دو"}])
    category = made(ada, "/categories", name="درمان", required=["name", field["key"]], fields=[field["id"]])
    assert category["fields"] == [field["id"]]
    assert ada("GET", f"/custom-fields/{field['id']}").json()["categories"] == [category["id"]]
    usage = ada("GET", f"/custom-fields/{field['id']}/usage").json()
    assert usage == {"customers": 0, "views": 0, "segments": [], "categories": ["درمان"]}
    answer = ada("PATCH", f"/categories/{category['id']}", {"required": ["nothing"]}, if_match='"1"')
    assert answer.status_code == 422
    answer = ada("PATCH", f"/categories/{category['id']}", {"is_active": False}, if_match='"1"')
    assert answer.json()["is_active"] is False


def test_customers_of_a_removed_category_go_where_it_is_said(ada: Caller) -> None:
    old, new = made(ada, "/categories", name="یک")["id"], made(ada, "/categories", name="دو")["id"]
    party = a_party(category_id=old)
    assert ada("POST", f"/categories/{old}/remove", {}).status_code == 409
    assert ada("POST", f"/categories/{old}/remove", {"to_id": 10**9}).status_code == 422
    assert made(ada, f"/categories/{old}/remove", to_id=new)["state"] == "done"
    party.refresh_from_db()
    assert party.category_id == new
    assert not Category.objects.filter(pk=old).exists()


def test_a_field_is_converted_removed_and_restored(ada: Caller) -> None:
    field = made(ada, "/custom-fields", kind="text", label="سن")
    pk = field["id"]
    a_party(custom={str(pk): "۱۲"})
    assert ada("GET", f"/custom-fields/{pk}/conversion?kind=number").json()["fits"] == 1
    assert made(ada, f"/custom-fields/{pk}/convert", kind="number")["figures"] == {"fits": 1, "fails": 0}
    assert ada("POST", f"/custom-fields/{pk}/convert", {"kind": "party"}).status_code == 422
    assert ada("DELETE", f"/custom-fields/{pk}").status_code == 204
    assert ada("GET", "/custom-fields").json()["items"] == []
    assert ada("GET", "/custom-fields?removed=true").json()["items"][0]["id"] == pk
    assert made(ada, f"/custom-fields/{pk}/restore")["removed_at"] is None


def test_choices_are_replaced_and_keep_their_ids(ada: Caller) -> None:
    field = made(ada, "/custom-fields", kind="choices", label="نوع", choices=[{"fa": "یک"}, {"fa": "دو"}])
    change = {"choices": [{"id": 2, "fa": "دوم"}, {"fa": "سه"}]}
    answer = ada("PATCH", f"/custom-fields/{field['id']}", change, if_match='"1"')
    assert [(row["id"], row["off"]) for row in answer.json()["choices"]] == [(2, False), (3, False), (1, True)]


def test_tags_are_merged_and_removed(ada: Caller) -> None:
    one, two = made(ada, "/tags", name="یک")["id"], made(ada, "/tags", name="دو")["id"]
    party = a_party(tag_ids=[one])
    assert made(ada, f"/tags/{one}/merge", into_id=two)["state"] == "done"
    party.refresh_from_db()
    assert party.tag_ids == [two]
    assert ada("POST", f"/tags/{two}/remove").status_code == 200
    assert not Tag.objects.exists()
