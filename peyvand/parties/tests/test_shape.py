"""What a business makes of its customers: categories with their minimum, custom fields, tags."""

from typing import Any

import pytest

from peyvand.accounts.models import User
from peyvand.core import custom_fields
from peyvand.core.custom_fields.defining import FieldNamed
from peyvand.core.errors import Conflict, Invalid, NotAllowed
from peyvand.core.models import CustomField, LongJob, SavedView
from peyvand.parties.errors import CategoryUsed, FieldRemoved, KindNotPossible, NameTaken
from peyvand.parties.fields import HOST
from peyvand.parties.models import Category, Party, Segment, Tag
from peyvand.parties.selectors import shape
from peyvand.parties.services import categories, create_party, field_kinds, tags
from peyvand.parties.services import custom_fields as services
from peyvand.parties.services.derived import touch
from peyvand.parties.shapes import CategoryDetails, ChoiceDetails, FieldDetails
from peyvand.parties.tests.conftest import make_branch, make_user
from peyvand.parties.types import ContactDetails, PartyDetails

K = CustomField.Kind


@pytest.fixture
def ada(db: None) -> User:
    rights = {"parties.view": "all", "parties.change": "all", "parties.shape": "all"}
    return make_user("ada", make_branch("مرکز"), rights)


def a_category(ada: User, name: str = "سازمانی", **more: Any) -> Category:
    return categories.create_category(actor=ada, details=CategoryDetails(name=name, **more))


def a_field(ada: User, kind: str = K.TEXT, label: str = "رنگ", **more: Any) -> CustomField:
    return services.create_custom_field(actor=ada, kind=kind, details=FieldDetails(label=label, **more))


def a_party(name: str = "سارا", *, contacts: tuple[ContactDetails, ...] = (), **columns: Any) -> Party:
    party = create_party(actor=None, details=PartyDetails(name=name), contacts=contacts)
    Party.objects.filter(pk=party.pk).update(**columns)
    touch([party.pk])
    party.refresh_from_db()
    return party


def test_only_who_shapes_the_business_makes_anything(alice: User, ada: User) -> None:
    category, field, tag = a_category(ada), a_field(ada), tags.create_tag(actor=ada, name="ویژه")
    details, named = CategoryDetails(name="x"), FieldDetails(label="x")
    for act in (
        lambda: categories.create_category(actor=alice, details=details),
        lambda: categories.change_category(actor=alice, category=category, details=details, version=None),
        lambda: categories.set_category_active(actor=alice, category=category, is_active=False, version=None),
        lambda: categories.order_categories(actor=alice, ids=[category.pk]),
        lambda: categories.remove_category(actor=alice, category=category),
        lambda: services.create_custom_field(actor=alice, kind=K.TEXT, details=named),
        lambda: services.change_custom_field(actor=alice, custom=field, details=named, version=None),
        lambda: services.order_custom_fields(actor=alice, ids=[]),
        lambda: services.remove_custom_field(actor=alice, custom=field),
        lambda: services.restore_custom_field(actor=alice, custom=field),
        lambda: field_kinds.preview_kind(actor=alice, custom=field, kind=K.NUMBER),
        lambda: field_kinds.change_kind(actor=alice, custom=field, kind=K.NUMBER, version=None),
        lambda: tags.create_tag(actor=alice, name="x"),
        lambda: tags.change_tag(actor=alice, tag=tag, name="x", hue=1),
        lambda: tags.remove_tag(actor=alice, tag=tag),
        lambda: tags.merge_tags(actor=alice, tag=tag, into=tag),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_category_is_named_once_in_any_spelling(ada: User) -> None:
    a_category(ada, "نمایندگي")
    with pytest.raises(NameTaken):
        a_category(ada, "نمایندگی ")
    for name in ("", "  ", "x" * 81):
        with pytest.raises(Invalid):
            a_category(ada, name)


def test_what_was_changed_meanwhile_is_not_written_over(ada: User) -> None:
    category, field = a_category(ada), a_field(ada)
    categories.change_category(actor=ada, category=category, details=CategoryDetails(name="یک"), version=1)
    with pytest.raises(Conflict):
        categories.change_category(actor=ada, category=category, details=CategoryDetails(name="دو"), version=1)
    services.change_custom_field(actor=ada, custom=field, details=FieldDetails(label="یک"), version=1)
    with pytest.raises(Conflict):
        services.change_custom_field(actor=ada, custom=field, details=FieldDetails(label="دو"), version=1)


def test_a_new_minimum_is_counted_again_for_its_customers(ada: User) -> None:
    category = a_category(ada, required=["name"])
    party = a_party(category=category, contacts=(ContactDetails(kind="mobile", typed="09123456789"),))
    assert (party.completeness, party.missing) == (100, [])
    details = CategoryDetails(name="سازمانی", required=["name", "phone", "email", "birth_date"])
    categories.change_category(actor=ada, category=category, details=details, version=None)
    party.refresh_from_db()
    assert (party.completeness, party.missing) == (50, ["email", "birth_date"])


def test_a_minimum_asks_only_for_what_there_is(ada: User) -> None:
    with pytest.raises(Invalid):
        a_category(ada, required=["name", "search"])
    with pytest.raises(Invalid):
        a_category(ada, required=["custom:99"])


def test_many_customers_are_counted_again_as_long_work(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(categories, "AT_ONCE", 1)
    category = a_category(ada, required=["name"])
    for name in ("یک", "دو", "سه"):
        a_party(name, category=category)
    details = CategoryDetails(name="سازمانی", required=["name", "email"])
    categories.change_category(actor=ada, category=category, details=details, version=None)
    job = LongJob.objects.get()
    assert job.total == 3
    assert categories.recount_slice(job).done == 3
    assert set(Party.objects.values_list("completeness", flat=True)) == {50}


def test_a_used_category_asks_where_its_customers_go(ada: User) -> None:
    category, other = a_category(ada, "یک"), a_category(ada, "دو")
    party = a_party(category=category)
    with pytest.raises(CategoryUsed):
        categories.remove_category(actor=ada, category=category)
    with pytest.raises(Invalid):
        categories.remove_category(actor=ada, category=category, to=category)
    job = categories.remove_category(actor=ada, category=category, to=other)
    assert job is not None and job.state == LongJob.State.DONE
    party.refresh_from_db()
    assert party.category == other
    assert not Category.objects.filter(name="یک").exists()
    categories.remove_category(actor=ada, category=other, leave_none=True)
    party.refresh_from_db()
    assert party.category is None


def test_categories_are_put_in_order(ada: User) -> None:
    one, two, three = (a_category(ada, name) for name in ("یک", "دو", "سه"))
    categories.order_categories(actor=ada, ids=[three.pk, one.pk, 999])
    assert list(shape.categories()) == [three, one, two]


def test_the_id_of_a_choice_is_never_used_again(ada: User) -> None:
    field = a_field(ada, K.CHOICE, choices=[ChoiceDetails(fa="یک"), ChoiceDetails(fa="دو")])
    assert [row["id"] for row in field.choices] == [1, 2]
    rest = FieldDetails(label="رنگ", choices=[ChoiceDetails(id=1, fa="یکم"), ChoiceDetails(fa="سه")])
    field = services.change_custom_field(actor=ada, custom=field, details=rest, version=None)
    assert [(row["id"], row["fa"], row["off"]) for row in field.choices] == [
        (1, "یکم", False),
        (3, "سه", False),
        (2, "دو", True),
    ]
    for bad in ([], [ChoiceDetails(fa="یک"), ChoiceDetails(fa="یک ")]):
        with pytest.raises(Invalid):
            details = FieldDetails(label="رنگ", choices=bad)
            services.change_custom_field(actor=ada, custom=field, details=details, version=None)


def test_a_field_for_chosen_categories_is_only_theirs(ada: User) -> None:
    clinic, other = a_category(ada, "درمان"), a_category(ada, "خانگی")
    for_all, for_clinic = a_field(ada, label="همه"), a_field(ada, label="تخت", categories=[clinic.pk])
    known = custom_fields.fields_for(HOST)
    assert shape.fields_of_category(clinic.pk, known) == [for_all, for_clinic]
    assert shape.fields_of_category(other.pk, known) == shape.fields_of_category(None, known) == [for_all]
    categories.change_category(
        actor=ada, category=other, details=CategoryDetails(name="خانگی", fields=[for_clinic.pk]), version=None
    )
    assert shape.fields_of_category(other.pk, known) == [for_all, for_clinic]


def test_the_use_of_a_field_is_told_before_it_is_removed(ada: User) -> None:
    field = a_field(ada)
    key = custom_fields.key_of(field)
    a_party(custom={str(field.pk): "آبی"})
    a_category(ada, required=["name", key])
    SavedView.objects.create(list="customers", name="x", owner=ada, state={"columns": ["name", key]})
    filtered = {"filters": [{"key": key, "op": "is", "values": ["آبی"]}]}
    SavedView.objects.create(list="customers", name="y", owner=ada, state=filtered)
    SavedView.objects.create(list="customers", name="z", owner=ada, state={"columns": ["name"]})
    inner = {"match": "any", "rules": [{"field": key, "op": "empty", "values": []}]}
    Segment.objects.create(name="بخش", rule={"match": "all", "rules": [inner]})
    usage = shape.field_usage(field)
    assert (usage.customers, usage.views, usage.segments, usage.categories) == (1, 2, ("بخش",), ("سازمانی",))


def test_a_removed_field_keeps_its_values_and_comes_back_whole(ada: User) -> None:
    field = a_field(ada)
    key = custom_fields.key_of(field)
    category = a_category(ada, required=["name", key])
    party = a_party(category=category, custom={str(field.pk): "آبی"})
    empty = a_party("بابک", category=category)
    assert (party.completeness, empty.completeness) == (100, 50)
    services.remove_custom_field(actor=ada, custom=field)
    party.refresh_from_db()
    empty.refresh_from_db()
    assert party.custom == {str(field.pk): "آبی"}
    assert empty.completeness == 100
    assert key not in {each.key for each in map(_registered, custom_fields.fields_for(HOST))}
    with pytest.raises(FieldRemoved):
        services.change_custom_field(actor=ada, custom=field, details=FieldDetails(label="x"), version=None)
    services.restore_custom_field(actor=ada, custom=field)
    empty.refresh_from_db()
    category.refresh_from_db()
    assert category.required == ["name", key]
    assert empty.missing == [key]


def _registered(field: CustomField) -> Any:
    return custom_fields.record_field(field)


def test_a_name_that_was_taken_meanwhile_keeps_a_removed_field_away(ada: User) -> None:
    field = a_field(ada)
    services.remove_custom_field(actor=ada, custom=field)
    a_field(ada)
    with pytest.raises(FieldNamed):
        services.restore_custom_field(actor=ada, custom=field)


def test_values_of_a_field_removed_long_ago_are_forgotten(ada: User) -> None:
    field, other = a_field(ada, label="یک"), a_field(ada, label="دو")
    party = a_party(custom={str(field.pk): "آبی", str(other.pk): "سرخ"})
    services.remove_custom_field(actor=ada, custom=field)
    assert services.purge_removed() == 0
    CustomField.objects.filter(pk=field.pk).update(removed_at="2020-01-01T00:00Z")
    assert services.purge_removed() == 1
    party.refresh_from_db()
    assert party.custom == {str(other.pk): "سرخ"}
    with pytest.raises(Conflict):
        services.restore_custom_field(actor=ada, custom=field)


def test_a_change_of_type_is_shown_before_done_and_undone(ada: User) -> None:
    field = a_field(ada)
    key = str(field.pk)
    values = {"یک": "۱۲", "دو": "12.5", "سه": "نمی‌دانم", "چهار": "۱۲"}
    parties = {name: a_party(name, custom={key: value}) for name, value in values.items()}
    seen = field_kinds.preview_kind(actor=ada, custom=field, kind=K.NUMBER)
    assert (seen.fits, seen.fails, seen.bad[0].before) == (3, 1, "نمی‌دانم")
    assert seen.bad[0].reason
    job = field_kinds.change_kind(actor=ada, custom=field, kind=K.NUMBER, version=None)
    assert job.state == LongJob.State.DONE, job.error
    assert job.result == {"fits": 3, "fails": 1}
    assert _values(parties, key) == {"یک": 12, "دو": 12.5, "سه": None, "چهار": 12}
    Party.objects.filter(name="چهار").update(custom={key: 99})
    field_kinds.undo_kind(actor=ada, job=job)
    assert _values(parties, key) == {"یک": "۱۲", "دو": "12.5", "سه": "نمی‌دانم", "چهار": 99}
    field.refresh_from_db()
    assert field.kind == K.TEXT


def _values(parties: dict[str, Party], key: str) -> dict[str, Any]:
    custom = dict(Party.objects.filter(pk__in=[each.pk for each in parties.values()]).values_list("name", "custom"))
    return {name: custom[name].get(key) for name in parties}


def test_text_becomes_choices_made_of_its_values(ada: User) -> None:
    field = a_field(ada)
    party = a_party(custom={str(field.pk): "آبی"})
    a_party("بابک", custom={str(field.pk): "سرخ"})
    assert set(field_kinds.preview_kind(actor=ada, custom=field, kind=K.CHOICE).new_choices) == {"آبی", "سرخ"}
    field_kinds.change_kind(actor=ada, custom=field, kind=K.CHOICE, version=None)
    field.refresh_from_db()
    party.refresh_from_db()
    assert custom_fields.show(field, party.custom[str(field.pk)]) == "آبی"
    field_kinds.change_kind(actor=ada, custom=field, kind=K.CHOICES, version=None)
    party.refresh_from_db()
    assert isinstance(party.custom[str(field.pk)], list)
    field.refresh_from_db()
    field_kinds.change_kind(actor=ada, custom=field, kind=K.TEXT, version=None)
    party.refresh_from_db()
    assert party.custom[str(field.pk)] == "آبی"


def test_a_protected_number_stays_one(ada: User) -> None:
    field = a_field(ada, K.NATIONAL_ID)
    with pytest.raises(KindNotPossible):
        field_kinds.change_kind(actor=ada, custom=field, kind=K.TEXT, version=None)


def test_two_tags_become_one(ada: User) -> None:
    vip, good = tags.create_tag(actor=ada, name="ویژه"), tags.create_tag(actor=ada, name="خوب")
    with pytest.raises(NameTaken):
        tags.create_tag(actor=ada, name="ویژه ")
    one, both = a_party(tag_ids=[vip.pk]), a_party("بابک", tag_ids=[vip.pk, good.pk])
    assert shape.customers_by_tag() == {vip.pk: 2, good.pk: 1}
    tags.merge_tags(actor=ada, tag=vip, into=good)
    assert [Party.objects.get(pk=each.pk).tag_ids for each in (one, both)] == [[good.pk], [good.pk]]
    assert not Tag.objects.filter(pk=vip.pk).exists()
    tags.remove_tag(actor=ada, tag=good)
    assert not Party.objects.exclude(tag_ids=[]).exists()
