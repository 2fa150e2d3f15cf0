"""Saved views in the API: kept, shared, changed by their owner only, refused when they name what they may not."""

import pytest

from peyvand.api.testing import Caller, everything, make_department, make_user

pytestmark = pytest.mark.django_db
SEEN = {"If-Match": '"1"'}
STATE = {"filters": [{"key": "city", "op": "is", "values": ["تهران"]}], "sort": "-name", "columns": ["name", "city"]}


@pytest.fixture
def call() -> Caller:
    return Caller(make_user(permissions=everything()))


def test_a_view_is_kept_read_changed_deleted_and_restored(call: Caller) -> None:
    made = call.post("/views", {"list": "customers", "name": "تهران", "state": STATE})
    assert made.status_code == 201, made.content
    body = made.json()
    assert body["state"]["filters"] == STATE["filters"] and body["owner"]["id"] == call.user.pk and body["version"] == 1
    path = f"/views/{body['id']}"
    changed = call("PATCH", path, {"name": "پایتخت"}, **SEEN)
    assert changed.status_code == 200 and changed.json()["version"] == 2
    assert call("PATCH", path, {"name": "x"}, **SEEN).status_code == 412
    assert [view["name"] for view in call.get("/views?list=customers").json()["items"]] == ["پایتخت"]
    assert call("DELETE", path).status_code == 204
    assert call.get(path).status_code == 404
    assert call.post(f"{path}/restore", {}).status_code == 200
    assert call.get(path).status_code == 200


@pytest.mark.parametrize("name", ["password", "owner__password", "__class__", "x; DROP TABLE core_savedview"])
def test_a_view_that_names_what_a_list_does_not_offer_is_refused(call: Caller, name: str) -> None:
    for state in (
        {"sort": name[:60]},
        {"columns": [name]},
        {"filters": [{"key": name, "op": "is", "values": ["x"]}]},
        {"filters": [{"key": "city", "op": name, "values": ["x"]}]},
    ):
        assert call.post("/views", {"list": "customers", "name": "a", "state": state}).status_code == 422
    assert call.post("/views", {"list": name, "name": "a"}).status_code == 422


def test_a_view_keeps_no_protected_number(call: Caller) -> None:
    state = {"filters": [{"key": "national_id", "op": "is", "values": ["0499370899"]}]}
    assert call.post("/views", {"list": "customers", "name": "a", "state": state}).status_code == 422
    state["filters"][0] |= {"op": "filled", "values": []}
    assert call.post("/views", {"list": "customers", "name": "a", "state": state}).status_code == 201


def test_a_view_is_read_where_it_is_shared_and_changed_by_its_owner_only() -> None:
    here, there = make_department(), make_department()
    alice, bob, charlie = (Caller(make_user(place, permissions=everything())) for place in (here, here, there))
    made = alice.post("/views", {"list": "customers", "name": "a", "shared": "branch"}).json()
    path = f"/views/{made['id']}"
    assert bob.get(path).json()["owner"]["id"] == alice.user.pk
    assert bob("PATCH", path, {"name": "b"}, **SEEN).status_code == 404
    assert bob("DELETE", path).status_code == 404
    assert charlie.get(path).status_code == 404


def test_views_of_a_list_that_one_may_not_see_are_not_told() -> None:
    alice = Caller(make_user(permissions=everything()))
    made = alice.post("/views", {"list": "customers", "name": "a", "shared": "all"}).json()
    nobody = Caller(make_user(permissions={"cartable.view": "own"}))
    assert nobody.get("/views").json()["items"] == []
    assert nobody.get(f"/views/{made['id']}").status_code == 404
    assert nobody.post("/views", {"list": "customers", "name": "a"}).status_code == 403
