"""Pages of customers."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from peyvand.accounts.models import User
from peyvand.parties.models import Party
from peyvand.parties.services import create_party
from peyvand.parties.types import ContactDetails, PartyDetails
from peyvand.parties.ui import customers

pytestmark = pytest.mark.django_db
LIST_QUERIES = 14  # four of them limit the time of the page, two ask for fields of the business and are then believed


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def made(user: User, name: str, *typed: str, **details: str) -> Party:
    contacts = [ContactDetails(kind="email" if "@" in t else "mobile", typed=t) for t in typed]
    return create_party(actor=user, details=PartyDetails(name=name, **details), contacts=contacts)  # type: ignore[arg-type]


def form(**values: str) -> dict[str, str]:
    rows = {"contacts-TOTAL_FORMS": "2", "contacts-INITIAL_FORMS": "0"}
    rows |= {f"contacts-{n}-kind": "mobile" for n in range(2)}
    return {"kind": "person", "version": "0", **rows, **values}


def test_the_list_shows_what_is_visible_in_persian_order(alice: User, charlie: User) -> None:
    for name in ("یاسمن", "پروانه", "آذر"):
        made(alice, name, f"{len(name)}@list.example")
    page = logged_in(alice).get(reverse("parties:list")).content.decode()
    assert page.index("آذر") < page.index("پروانه") < page.index("یاسمن")
    assert "پروانه" not in logged_in(charlie).get(reverse("parties:list")).content.decode()


def test_the_list_asks_the_same_number_of_questions_for_one_row_and_for_fifty(
    alice: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = logged_in(alice)
    for n in range(50):
        made(alice, f"مشتری {n}", f"{n}@many.example", f"0912100{n:04}")
    with django_assert_max_num_queries(LIST_QUERIES):
        assert client.get(reverse("parties:list")).status_code == 200


def test_search_in_the_list_answers_with_the_fragment_only(alice: User) -> None:
    made(alice, "<b>محمد</b>", "09121234567")
    made(alice, "دیگری")
    page = logged_in(alice).get(reverse("parties:list"), {"q": "۰۹۱۲۱۲۳"}, headers={"HX-Request": "true"})
    text = page.content.decode()
    assert "<html" not in text and 'id="customers"' in text
    assert "&lt;b&gt;محمد" in text and "دیگری" not in text


def test_a_filter_that_finds_nothing_offers_to_remove_it(alice: User) -> None:
    made(alice, "سارا")
    assert "پیدا نشد" in logged_in(alice).get(reverse("parties:list"), {"q": "هیچ‌کس"}).content.decode()


def test_a_customer_is_added_and_changed_through_the_form(alice: User) -> None:
    client = logged_in(alice)
    data = form(name="نگار رستمی", **{"contacts-0-typed": "۰۹۱۲ ۳۴۵ ۰۰۰۱"})
    answer = client.post(reverse("parties:create"), data)
    party = Party.objects.get(name="نگار رستمی")
    assert answer.status_code == 303 and answer["Location"] == reverse("parties:detail", args=[party.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "نگار رستمی" in page and "۰۹۱۲ ۳۴۵ ۰۰۰۱" in page
    assert client.get(reverse("parties:change", args=[party.pk])).status_code == 200
    data = form(name="نگار رستمی‌پور", version="1")
    assert client.post(reverse("parties:change", args=[party.pk]), data).status_code == 303
    party.refresh_from_db()
    assert (party.name, party.contact_points.count()) == ("نگار رستمی‌پور", 0)
    stale = client.post(reverse("parties:change", args=[party.pk]), data)
    assert stale.status_code == 422 and "pv-note" in stale.content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "id_name_error"),
        ({"name": "x", "contacts-1-kind": "email", "contacts-1-typed": "نه"}, "id_contacts-1-typed_error"),
        (
            {"name": "x", "contacts-1-kind": "email", "contacts-1-typed": "taken@form.example"},
            "id_contacts-1-typed_error",
        ),
        ({"name": "x", "organisation": "نیست"}, "id_organisation_error"),
        ({"name": "x", "kind": "alien"}, "id_kind_error"),
    ],
)
def test_a_bad_form_comes_back_with_its_sentence_and_what_was_typed(
    alice: User, values: dict[str, str], words: str
) -> None:
    made(alice, "صاحب", "taken@form.example")
    answer = logged_in(alice).post(reverse("parties:create"), form(**values))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Party.objects.count() == 1


def test_who_may_not_see_or_change_a_customer_gets_404_or_403(alice: User, bob: User, charlie: User) -> None:
    party = made(alice, "سارا")
    for name in ("detail", "change"):
        assert logged_in(charlie).get(reverse(f"parties:{name}", args=[party.pk])).status_code == 404
    data = form(name="x", version="1")
    assert logged_in(charlie).post(reverse("parties:change", args=[party.pk]), data).status_code == 404
    assert logged_in(bob).post(reverse("parties:change", args=[party.pk]), data).status_code == 403
    assert logged_in(bob).get(reverse("parties:create")).status_code == 403
    party.refresh_from_db()
    assert party.name == "سارا"
    answer = Client().get(reverse("parties:detail", args=[party.pk]))
    assert answer.status_code in {302, 303}


def test_a_customer_met_by_a_channel_is_confirmed_with_one_click(alice: User) -> None:
    party = made(alice, "سارا")
    Party.objects.filter(pk=party.pk).update(is_provisional=True)
    assert logged_in(alice).post(reverse("parties:confirm", args=[party.pk])).status_code == 303
    party.refresh_from_db()
    assert not party.is_provisional


def test_the_palette_finds_only_visible_customers(alice: User, charlie: User) -> None:
    made(alice, "پروانهٔ زرین")
    assert [entry.title for entry in customers(alice, "پروانه", 6)] == ["پروانهٔ زرین"]
    assert list(customers(charlie, "پروانه", 6)) == []
    assert list(customers(alice, "  ", 6)) == []
