"""The whole record in the API: made at once, chosen fields, filters, numbers, versions, what it costs."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peyvand.api.testing import Caller, everything, make_user
from peyvand.core import custom_fields
from peyvand.core.models import CustomField
from peyvand.parties.models import AccessLog, Party

pytestmark = pytest.mark.django_db
WHOLE: dict[str, Any] = {
    "kind": "person",
    "name": "نگار رستمی",
    "fields": {"life_cycle": "current", "birth_date": "1991-04-23", "interests": ["کوه", "کتاب"], "honorific": "دکتر"},
    "contacts": [{"kind": "mobile", "typed": "0912 345 6789", "use": "work", "primary": True}],
    "addresses": [{"province": "تهران", "city": "شهریار", "postal_code": "1619735744"}],
    "identifiers": [{"kind": "national_id", "typed": "0499370899"}],
    "roles": [{"role": "customer", "since": "2025-03-21"}],
    "consents": [{"channel": "sms", "purpose": "marketing", "is_given": True, "source": "phone"}],
}


@pytest.fixture
def call() -> Caller:
    return Caller(make_user(permissions=everything()))


def test_a_whole_record_is_made_and_read_in_one_call(call: Caller) -> None:
    answer = call.post("/parties", WHOLE)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["city"], made["roles"], made["consents"]) == ("شهریار", ["customer"], ["sms:marketing"])
    assert made["identifiers"][0]["shown"] == "•••• 0899" and "0499370899" not in answer.content.decode()
    assert made["profile"]["interests"] == ["کوه", "کتاب"]
    assert call.get(f"/parties/{made['id']}").json() == made


def test_a_protected_number_of_the_business_is_not_told_to_who_may_not_reveal_it(call: Caller) -> None:
    field = CustomField.objects.create(host="parties.Party", kind="national_id", label="کد ضامن", norm="کد ضامن")
    custom_fields.forget()
    made = call.post("/parties", {"name": "سارا", "fields": {f"custom:{field.pk}": "0499370899"}}).json()
    assert made["custom"] == {str(field.pk): "•••••• 0899"}
    reader = Caller(make_user(permissions={"parties.view": "all"}))
    assert reader.get(f"/parties/{made['id']}").json()["custom"] == {}


def test_all_that_is_wrong_is_said_with_its_field(call: Caller) -> None:
    bad = {**WHOLE, "name": "ن" * 300, "fields": {"gender": "x", "nothing": "y"}}
    answer = call.post("/parties", bad)
    assert answer.status_code == 422
    assert {each["name"] for each in answer.json()["fields"]} == {"name", "gender", "nothing"}
    wrong = call.post("/parties", {**WHOLE, "identifiers": [{"kind": "sheba", "typed": "IR12", "insist": True}]})
    assert wrong.status_code == 422 and wrong.json()["fields"][0]["name"] == "numbers-0-typed"
    assert not Party.objects.exists()


def test_a_list_is_filtered_ordered_and_answers_with_chosen_fields(call: Caller) -> None:
    for number, city in enumerate(("قم", "کرج", "کرج")):
        call.post("/parties", {"name": f"مشتری {number}", "fields": {"city": city}})
    found = call.get("/parties?f=city~is~کرج&sort=-created_at&fields=name,city").json()["items"]
    assert [each["name"] for each in found] == ["مشتری 2", "مشتری 1"]
    assert set(found[0]) == {"id", "version", "name", "city"}
    assert len(call.get("/parties?f=city~is~کرج").json()["items"]) == 2
    for query in ("f=password~is~x", "sort=search", "fields=name,deleted_by", "f=city~more~1"):
        assert call.get(f"/parties?{query}").status_code == 422, query


def test_numbers_are_found_exactly_and_shown_with_a_note(call: Caller) -> None:
    made = call.post("/parties", WHOLE).json()
    found = call.get("/parties/by-identifier?kind=national_id&value=049-9370899").json()["items"]
    assert [each["id"] for each in found] == [made["id"]]
    address = f"/parties/{made['id']}/identifiers/{made['identifiers'][0]['id']}"
    assert call.post(f"{address}/reveal", {}).json() == {"value": "0499370899"}
    assert AccessLog.objects.filter(act=AccessLog.Act.REVEALED).count() == 1
    assert call("DELETE", address).status_code == 204
    assert call.get(f"/parties/{made['id']}").json()["identifiers"] == []


def test_every_row_has_its_address_and_follows_the_version(call: Caller) -> None:
    made = call.post("/parties", {"name": "علی"}).json()
    root = f"/parties/{made['id']}"
    point = call.post(f"{root}/contact-points", {"kind": "email", "typed": "a@x.example"}).json()
    stale = call(
        "PUT", f"{root}/contact-points/{point['id']}", {"kind": "email", "typed": "b@x.example"}, if_match='"1"'
    )
    assert stale.status_code == 412
    fresh = call(
        "PUT", f"{root}/contact-points/{point['id']}", {"kind": "email", "typed": "b@x.example"}, if_match='"2"'
    )
    assert fresh.json()["value"] == "b@x.example"
    place = call.post(f"{root}/addresses", {"city": "قم"}).json()
    assert call("PUT", f"{root}/addresses/{place['id']}", {"city": "کرج"}).json()["city"] == "کرج"
    assert call.get(root).json()["city"] == "کرج"
    assert call("DELETE", f"{root}/addresses/{place['id']}").status_code == 204
    said = {"channel": "sms", "purpose": "survey", "is_given": True, "source": "phone"}
    assert call.post(f"{root}/consents", said).status_code == 201
    assert [each["purpose"] for each in call.get(f"{root}/consents").json()["items"]] == ["survey"]
    roles = call("PUT", f"{root}/roles", {"roles": [{"role": "lead", "since": "2025-01-01"}]}).json()
    assert roles["roles"] == ["lead"]
    changed = call("PATCH", root, {"fields": {"life_cycle": "lost"}}, if_match=f'"{roles["version"]}"')
    assert changed.json()["life_cycle"] == "lost"


def test_one_record_costs_the_same_however_much_belongs_to_it(call: Caller) -> None:
    made = call.post("/parties", WHOLE).json()
    root = f"/parties/{made['id']}"
    call.get(root)
    costs = []
    for number in range(2):
        for each in range(3):
            call.post(f"{root}/addresses", {"city": f"شهر {number} {each}"})
        with CaptureQueriesContext(connection) as seen:
            assert call.get(root).status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 8, costs


def test_a_customer_with_a_mobile_is_made_in_ten_queries(call: Caller, django_assert_max_num_queries: Any) -> None:
    call.get("/me")  # what is read once per process
    body = {"name": "نگار رستمی", "contacts": [{"kind": "mobile", "typed": "0912 345 6789"}]}
    with django_assert_max_num_queries(10):  # one of them for the words that nobody had yet
        answer = call.post("/parties", body)
    assert answer.status_code == 201, answer.content
    assert call.get(f"/parties/{answer.json()['id']}").json() == answer.json()


def test_of_several_addresses_the_one_that_is_taken_is_named(call: Caller) -> None:
    taken = {"kind": "email", "typed": "negar@arman.example"}
    assert call.post("/parties", {"name": "A", "contacts": [taken]}).status_code == 201
    fresh = {"kind": "mobile", "typed": "0912 345 6789"}
    for contacts, row in (([taken], 0), ([fresh, taken], 1)):
        answer = call.post("/parties", {"name": "B", "contacts": contacts})
        assert (answer.status_code, answer.json()["code"]) == (409, "address_taken"), answer.content
        assert f"contacts-{row}-typed" in answer.content.decode()
    assert Party.objects.count() == 1


def test_of_several_addresses_of_a_kind_one_is_the_primary(call: Caller) -> None:
    typed = [
        {"kind": "mobile", "typed": "0912 345 6789"},
        {"kind": "mobile", "typed": "0912 345 6788", "primary": True},
    ]
    made = call.post("/parties", {"name": "A", "contacts": [*typed, {"kind": "email", "typed": "a@b.example"}]}).json()
    points = [(point["value"], point["is_primary"]) for point in made["contact_points"]]
    assert points == [("a@b.example", True), ("+989123456788", True), ("+989123456789", False)]
    assert call.get(f"/parties/{made['id']}").json() == made
