"""Customers through the API."""

import pytest

from peyvand.api.testing import Caller, make_branch, make_department, make_user
from peyvand.parties.models import ContactPoint, Party

pytestmark = pytest.mark.django_db
RIGHTS = {"parties.view": "branch", "parties.change": "branch"}


def cast() -> tuple[Caller, Caller]:
    """Alice of one branch and charlie of another."""
    return Caller(make_user(permissions=RIGHTS, name="alice")), Caller(make_user(permissions=RIGHTS, name="charlie"))


def test_a_customer_is_added_found_changed_and_read() -> None:
    alice, _ = cast()
    body = {"name": "سارا محمدی", "city": "شیراز", "contacts": [{"kind": "email", "typed": "Sara@Example.com"}]}
    made = alice.post("/parties", body)
    assert made.status_code == 201, made.content
    party = made.json()
    assert party["contact_points"][0]["value"] == "sara@example.com"
    assert [p["id"] for p in alice.get("/parties?q=محمدي").json()["items"]] == [party["id"]]
    found = alice.get("/parties/by-address?kind=email&value=SARA@example.com").json()
    assert found == party
    changed = alice("PATCH", f"/parties/{party['id']}", {"city": "یزد"}, if_match=made["ETag"])
    assert changed.status_code == 200, changed.content
    assert (changed.json()["city"], changed.json()["name"]) == ("یزد", "سارا محمدی")
    assert changed["ETag"] != made["ETag"]
    assert alice.get(f"/parties/{party['id']}", if_none_match=changed["ETag"]).status_code == 304


def test_a_change_needs_the_version_that_was_seen() -> None:
    alice, _ = cast()
    party = alice.post("/parties", {"name": "A"}).json()
    path = f"/parties/{party['id']}"
    assert alice("PATCH", path, {"city": "x"}).status_code == 428
    assert alice("PATCH", path, {"city": "x"}, if_match='"1"').status_code == 200
    late = alice("PATCH", path, {"city": "y"}, if_match='"1"')
    assert (late.status_code, late.json()["code"]) == (412, "version_outdated")
    assert Party.objects.get(pk=party["id"]).city == "x"


def test_null_takes_a_reference_away_and_leaves_text_alone() -> None:
    alice, _ = cast()
    house = alice.post("/parties", {"name": "House", "kind": "organisation"}).json()
    body = {"name": "A", "organisation_id": house["id"], "job_title": "clerk"}
    party = alice.post("/parties", body).json()
    assert party["organisation"]["id"] == house["id"]
    path = f"/parties/{party['id']}"
    left = alice("PATCH", path, {"organisation_id": None, "job_title": None}, if_match='"1"').json()
    assert (left["organisation"], left["job_title"]) == (None, "clerk")


def test_addresses_are_added_and_removed() -> None:
    alice, _ = cast()
    party = alice.post("/parties", {"name": "A"}).json()
    path = f"/parties/{party['id']}/contact-points"
    point = alice.post(path, {"kind": "phone", "typed": "۰۹۱۲ ۳۴۵ ۶۷۸۹"}).json()
    assert (point["kind"], point["value"]) == ("mobile", "+989123456789")
    refused = alice.post(path, {"kind": "email", "typed": "nothing"})
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_address")
    assert alice("DELETE", f"{path}/{point['id']}").status_code == 204
    assert alice("DELETE", f"{path}/{point['id']}").status_code == 404


def test_identify_finds_or_makes_but_never_shows_anothers_customer() -> None:
    alice, charlie = cast()
    body = {"kind": "email", "value": "new@example.com", "name": "New"}
    first, again = alice.post("/parties/identify", body), alice.post("/parties/identify", body)
    assert first.json() == again.json() and first.json()["is_provisional"]
    refused = charlie.post("/parties/identify", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "address_taken")
    assert str(first.json()["id"]) not in refused.json()["detail"]


def test_an_id_in_a_body_must_be_visible() -> None:
    alice, charlie = cast()
    house = alice.post("/parties", {"name": "House", "kind": "organisation"}).json()
    refused = charlie.post("/parties", {"name": "Spy", "organisation_id": house["id"]})
    assert refused.status_code == 422
    assert [field["name"] for field in refused.json()["fields"]] == ["organisation_id"]
    assert not Party.objects.filter(name="Spy").exists()
    for field in ("branch_id", "owner_id", "organisation_id"):
        assert alice.post("/parties", {"name": "B", field: 2**60}).status_code == 422


def test_nobody_moves_a_customer_out_of_his_own_reach() -> None:
    alice, _ = cast()
    elsewhere = make_branch()
    party = alice.post("/parties", {"name": "A"}).json()
    Party.objects.filter(pk=party["id"]).update(owner=None)
    response = alice("PATCH", f"/parties/{party['id']}", {"branch_id": elsewhere.pk}, if_match='"1"')
    assert response.status_code == 403
    assert Party.objects.get(pk=party["id"]).branch_id != elsewhere.pk


def test_a_stranger_gets_404_for_everything_and_changes_nothing() -> None:
    alice, charlie = cast()
    party = alice.post("/parties", {"name": "A", "contacts": [{"kind": "email", "typed": "a@b.example"}]}).json()
    path, point = f"/parties/{party['id']}", party["contact_points"][0]["id"]
    before = (list(Party.objects.values()), list(ContactPoint.objects.values()))
    tries = [
        charlie.get(path),
        charlie("PATCH", path, {"city": "x"}, if_match='"1"'),
        charlie.post(f"{path}/confirm"),
        charlie.post(f"{path}/contact-points", {"kind": "email", "typed": "c@d.example"}),
        charlie("DELETE", f"{path}/contact-points/{point}"),
        charlie.get("/parties/by-address?kind=email&value=a@b.example"),
    ]
    assert [response.status_code for response in tries] == [404] * len(tries)
    assert charlie.get("/parties").json()["items"] == []
    assert before == (list(Party.objects.values()), list(ContactPoint.objects.values()))


def test_who_only_looks_writes_nothing() -> None:
    bob = Caller(make_user(make_department(), permissions={"parties.view": "all"}))
    assert bob.get("/parties").status_code == 200
    assert bob.post("/parties", {"name": "A"}).status_code == 403
