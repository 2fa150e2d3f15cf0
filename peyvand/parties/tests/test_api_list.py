"""The list in the API is written by the database; it says what the declared shape says of the same customers."""

import datetime as dt
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pydantic import TypeAdapter

from peyvand.accounts.models import User
from peyvand.api.testing import Caller, make_user
from peyvand.core.custom_fields import forget
from peyvand.core.models import CustomField
from peyvand.parties.api.shapes import PartyOut
from peyvand.parties.models import Category, ContactPoint, Party
from peyvand.parties.selectors import with_contacts

pytestmark = pytest.mark.django_db
RIGHTS = {"parties.view": "branch", "parties.change": "branch", "parties.segments": "branch"}


@pytest.fixture
def alice() -> Caller:
    return Caller(make_user(permissions=RIGHTS, name="alice"))


def fill(owner: Any) -> None:
    """Customers with everything and with nothing, and with what JSON has to escape."""
    home = Party.objects.create(name='شرکت "آرمان"', kind="organisation", branch=owner.branch, sort_key="a")
    Party.objects.create(name="😀\\\n<b>'%s{0}\u200c", branch=owner.branch, sort_key="b")
    whole = Party.objects.create(
        name="نگار رستمی", search="نگار رستمی\n\n", first_name="نگار", last_name="رستمی",
        honorific="دکتر", job_title="مدیر", sort_key="c",
        organisation=home, province="فارس", city="شیراز", life_cycle="current", roles=["customer", "partner"],
        category=Category.objects.create(name="ویژه", norm="ویژه"), tag_ids=[3, 1], consents=["sms:marketing"],
        branch=owner.branch, owner=owner, completeness=60, missing=["email"], is_provisional=True,
        last_contact_at=dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC),
    )  # fmt: skip
    for kind, value, is_primary in (
        ("email", "b@x.example", False),
        ("email", "a@x.example", True),
        ("fax", "+98", False),
    ):
        ContactPoint.objects.create(
            party=whole, kind=kind, typed=value, value=value, is_primary=is_primary, identifies=False,
            is_verified=is_primary, verified_at=timezone.now() if is_primary else None,
        )  # fmt: skip


def declared(rows: Any, user: User) -> Any:
    adapter = TypeAdapter(list[PartyOut])
    context = {"request": SimpleNamespace(auth=SimpleNamespace(user=user))}
    known = list(with_contacts(rows).select_related("category"))
    found = adapter.validate_python(known, from_attributes=True, context=context)
    return json.loads(adapter.dump_json(found))


def test_the_list_says_what_the_declared_shape_says(alice: Caller) -> None:
    fill(alice.user)
    answer = alice.get("/parties")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/json"
    assert answer.json()["items"] == declared(Party.objects.order_by("sort_key", "id"), alice.user)


def test_pages_lead_on_and_back(alice: Caller) -> None:
    fill(alice.user)
    first = alice.get("/parties?size=2").json()
    second = alice.get(f"/parties?size=2&after={first['next']}").json()
    assert [len(page["items"]) for page in (first, second)] == [2, 1]
    back = alice.get(f"/parties?size=2&before={second['previous']}").json()
    assert back["items"] == first["items"] and second["next"] is None and first["previous"] is None


@pytest.mark.parametrize(
    "query", ["q=رستمی", "sort=-created_at", "sort=-last_contact_at", "order=newest", "kind=person"]
)
def test_whatever_narrows_or_orders_the_list(alice: Caller, query: str) -> None:
    fill(alice.user)
    items = alice.get(f"/parties?{query}").json()["items"]
    assert items
    assert {row["id"]: row for row in items} == {row["id"]: row for row in declared(Party.objects.all(), alice.user)
                                                if row["id"] in {item["id"] for item in items}}  # fmt: skip


@pytest.mark.parametrize("sort", ["", "-completeness"])
def test_a_page_is_one_statement_after_the_login(alice: Caller, sort: str) -> None:
    fill(alice.user)
    alice.get("/parties")
    with CaptureQueriesContext(connection) as seen:
        assert len(alice.get(f"/parties?sort={sort}").json()["items"]) == 3
    assert len([query for query in seen.captured_queries if "parties_party" in query["sql"]]) == 1


def test_a_protected_field_is_listed_and_asked_only_for_who_may_reveal_it() -> None:
    field = CustomField.objects.create(host="parties.Party", kind="national_id", label="کد ضامن", norm="کد ضامن")
    forget()
    key, keeper = f"custom:{field.pk}", make_user(permissions=RIGHTS | {"parties.reveal": "branch"}, name="keeper")
    may = Caller(keeper)
    rows = [
        {"fields": {"name": name, key: number}, "contacts": [{"kind": "email", "typed": f"{at}@x.example"}]}
        for at, (name, number) in enumerate((("نگار", "۰۴۹۹۳۷۰۸۹۹"), ("سارا", "0084575948"), ("رضا", "1234567890")))
    ]
    done = may.post("/parties/upsert", {"match": "email", "rows": rows}).json()["rows"]
    assert [row["done"] for row in done] == ["created", "created", "refused"]
    assert done[2]["problem"]["fields"][key]
    path = f"/parties?fields=name,{key}&f={key}~is~0499370899"
    found = may.get(path).json()["items"]
    assert [(row["name"], row[key]) for row in found] == [("نگار", "•••••• 0899")]
    bare = Caller(make_user(permissions=RIGHTS, name="bare"))
    narrowed = Caller(keeper, scopes=list(RIGHTS))
    for who in (bare, narrowed):
        assert who.get(path).status_code == who.get(f"/parties?f={key}~filled").status_code == 422
