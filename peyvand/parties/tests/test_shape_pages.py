"""The pages on which a business says what its customers are."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import User
from peyvand.core import custom_fields
from peyvand.core.models import CustomField, LongJob
from peyvand.parties.models import Category, Tag
from peyvand.parties.services import categories, tags
from peyvand.parties.services import custom_fields as services
from peyvand.parties.shapes import CategoryDetails, FieldDetails
from peyvand.parties.tests.test_shape import K, a_category, a_field, a_party, ada

__all__ = ["ada"]


@pytest.fixture
def page(ada: User, client: Client) -> Client:
    client.force_login(ada)
    return client


def read(page: Client, at: str, /, *args: Any, status: int = 200, **query: str) -> str:
    answer = page.get(reverse(f"parties:{at}", args=args), query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def write(page: Client, at: str, /, *args: Any, status: int = 303, query: str = "", **data: Any) -> str:
    answer = page.post(reverse(f"parties:{at}", args=args) + query, data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def rows_of(*names: str) -> dict[str, str]:
    rows = {f"choices-{n}-fa": name for n, name in enumerate(names)}
    return {"choices-TOTAL_FORMS": str(len(names)), "choices-INITIAL_FORMS": "0", **rows}


def test_a_category_is_added_changed_moved_and_taken_out_of_use(page: Client) -> None:
    assert "No category yet" in read(page, "categories") or "دسته‌ای" in read(page, "categories")
    field = services.create_custom_field(actor=None, kind=K.TEXT, details=FieldDetails(label="تخت"))
    asked = ["name", f"custom:{field.pk}"]
    write(page, "new_category", name="درمان", applies_to="organisation", hue="3", required=asked, version="1")
    made = Category.objects.get()
    assert (made.name, made.applies_to, made.hue, made.required) == ("درمان", "organisation", 3, asked)
    text = read(page, "category", made.pk)
    assert "تخت" in text
    write(page, "category", made.pk, name="سلامت", applies_to="all", hue="2", required=["name"], version="1")
    assert "سلامت" in read(page, "categories")
    other = categories.create_category(actor=None, details=CategoryDetails(name="دیگر"))
    write(page, "move_category", other.pk, to="up")
    assert list(Category.objects.order_by("order")) == [other, made]
    write(page, "set_category_active", made.pk)
    made.refresh_from_db()
    assert not made.is_active


def test_a_refused_category_keeps_what_was_typed(page: Client, ada: User) -> None:
    a_category(ada, "درمان")
    text = write(page, "new_category", name="درمان", applies_to="all", hue="1", status=422, version="1")
    assert 'role="alert"' in text and "درمان" in text
    old = a_category(ada, "کهنه")
    categories.change_category(actor=ada, category=old, details=CategoryDetails(name="نو"), version=None)
    text = write(page, "category", old.pk, name="x", applies_to="all", hue="1", version="1", status=422)
    assert 'role="alert"' in text


def test_a_used_category_asks_where_its_customers_go(page: Client, ada: User) -> None:
    old, new = a_category(ada, "کهنه"), a_category(ada, "نو")
    party = a_party(category=old)
    assert "نو" in read(page, "remove_category", old.pk)
    write(page, "remove_category", old.pk, to="", version="1", status=422)
    write(page, "remove_category", old.pk, to=str(new.pk), version="1")
    party.refresh_from_db()
    assert party.category == new
    write(page, "remove_category", a_category(ada, "هیچ").pk, version="1")


@pytest.mark.parametrize("kind", list(K))
def test_a_field_of_every_type_is_added(page: Client, kind: str) -> None:
    assert f"kind={kind}" in read(page, "new_field")
    read(page, "new_field", kind=kind)
    write(page, "new_field", query=f"?kind={kind}", label="رنگ", version="1", **rows_of("یک", "دو", ""))
    field = CustomField.objects.get()
    assert field.kind == kind
    assert len(field.choices) == (2 if kind in {K.CHOICE, K.CHOICES} else 0)
    assert "رنگ" in read(page, "custom_fields")


def test_choices_are_renamed_added_and_switched_off(page: Client) -> None:
    write(page, "new_field", query="?kind=choice", label="رنگ", version="1", **rows_of("یک", "دو"))
    field = CustomField.objects.get()
    rows = {"choices-0-id": "1", "choices-0-fa": "یکم", "choices-1-id": "2", "choices-1-fa": "دو"}
    more = {"choices-1-off": "on", "choices-2-fa": "سه", "choices-TOTAL_FORMS": "3", "choices-INITIAL_FORMS": "2"}
    write(page, "field", field.pk, label="رنگ", label_en="Colour", version="1", **rows, **more)
    field.refresh_from_db()
    assert [(row["id"], row["fa"], row["off"]) for row in field.choices] == [
        (1, "یکم", False),
        (2, "دو", True),
        (3, "سه", False),
    ]
    write(page, "field", field.pk, label="رنگ", version="1", status=422, **rows, **more)


def test_a_field_tells_its_use_goes_and_comes_back(page: Client, ada: User) -> None:
    field, other = a_field(ada), a_field(ada, label="دیگر")
    a_party(custom={str(field.pk): "آبی"})
    a_category(ada, "درمان", required=["name", custom_fields.key_of(field)])
    assert "درمان" in read(page, "remove_field", field.pk)
    write(page, "remove_field", field.pk)
    assert "رنگ" in read(page, "custom_fields")
    write(page, "restore_field", field.pk)
    field.refresh_from_db()
    assert field.removed_at is None
    write(page, "move_field", other.pk, to="up")
    assert list(CustomField.objects.order_by("order")) == [other, field]


def test_a_change_of_type_is_shown_then_done(page: Client, ada: User) -> None:
    field = a_field(ada)
    a_party(custom={str(field.pk): "۱۲"})
    a_party("بابک", custom={str(field.pk): "نمی‌دانم"})
    read(page, "field_kind", field.pk)
    assert "نمی‌دانم" in read(page, "field_kind", field.pk, kind="number")
    write(page, "field_kind", field.pk, kind="number", version="1")
    assert LongJob.objects.get().result == {"fits": 1, "fails": 1}
    assert page.get(reverse("jobs:job", args=[LongJob.objects.get().pk])).status_code == 200


def test_tags_are_added_renamed_merged_and_removed(page: Client) -> None:
    write(page, "tags", name="ویژه", hue="2")
    write(page, "tags", name="ویژه", hue="2", status=422)
    tag = Tag.objects.get()
    write(page, "tag", tag.pk, name="خیلی ویژه", hue="4")
    other = tags.create_tag(actor=None, name="خوب")
    party = a_party(tag_ids=[tag.pk])
    assert "خوب" in read(page, "tag", tag.pk)
    write(page, "merge_tag", tag.pk, into="", status=422)
    write(page, "merge_tag", tag.pk, into=str(other.pk))
    party.refresh_from_db()
    assert party.tag_ids == [other.pk]
    write(page, "remove_tag", other.pk)
    assert not Tag.objects.exists()


@pytest.mark.parametrize(("name", "most"), [("categories", 14), ("custom_fields", 14), ("tags", 12)])
def test_a_list_costs_the_same_for_one_row_and_for_many(
    page: Client, ada: User, name: str, most: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        category = a_category(ada, f"دسته {number}")
        a_field(ada, label=f"فیلد {number}", categories=[category.pk])
        tags.create_tag(actor=None, name=f"برچسب {number}")
    with django_assert_max_num_queries(most):
        read(page, name)


def test_a_change_of_type_is_taken_back_on_the_page_of_the_field(page: Client, ada: User) -> None:
    field = a_field(ada)
    party = a_party("یک", custom={str(field.pk): "۱۲"})
    assert 'id="undo-kind"' not in read(page, "field", field.pk)
    write(page, "field_kind", field.pk, kind="number", version=str(field.version))
    assert 'id="undo-kind"' in read(page, "field", field.pk)
    write(page, "field_kind", field.pk, undo="1")
    field.refresh_from_db(), party.refresh_from_db()
    assert (field.kind, party.custom) == (K.TEXT, {str(field.pk): "۱۲"})
    assert 'id="undo-kind"' not in read(page, "field", field.pk)
    write(page, "field_kind", field.pk, undo="1", status=404)
