"""The form of a whole customer: everything in one post, what two people write, what is refused and where it is said."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import RolePermission, User
from peyvand.core.custom_fields import forget
from peyvand.core.iran import national_id
from peyvand.core.models import CustomField
from peyvand.core.secrets import decrypt
from peyvand.parties.models import Party
from peyvand.parties.services import create_party
from peyvand.parties.services.editing import set_field
from peyvand.parties.services.people import confirm_party
from peyvand.parties.types import ContactDetails, PartyDetails

pytestmark = pytest.mark.django_db
NEW = {"kind": "person", "life_cycle": "potential"}


@pytest.fixture
def page(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def ali(alice: User) -> Party:
    mail = ContactDetails(kind="email", typed="ali@shop.example", primary=True)
    return create_party(actor=alice, details=PartyDetails(name="علی رضایی", city="کرج"), contacts=[mail])


def rows(prefix: str, *values: dict[str, str]) -> dict[str, str]:
    """The inputs of a group of rows."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(values)), f"{prefix}-INITIAL_FORMS": "0"}
    return data | {f"{prefix}-{n}-{name}": value for n, row in enumerate(values) for name, value in row.items()}


def opened(page: Client, party: Party) -> dict[str, str]:
    """The form as a browser would send it back without a change."""
    html = page.get(reverse("parties:change", args=[party.pk])).content.decode()
    data: dict[str, str] = {}
    form = html[html.index('<form id="party-form"') :]
    form = re.sub(r"<template.*?</template>", "", form[: form.index("</form>")], flags=re.DOTALL)
    for tag in re.findall(r"<input[^>]*>", form):
        values = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_box = values.get("type") in {"checkbox", "radio"}
        if not is_box or " checked" in tag:
            data[values["name"]] = _plain(values.get("value", "on" if is_box else ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, flags=re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', options)
        data[name] = chosen[1] if chosen else re.findall(r'<option value="([^"]*)"', options)[0]
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, flags=re.DOTALL):
        data[name] = _plain(text).strip()
    return data


def _plain(text: str) -> str:
    return text.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&").replace("&lt;", "<")


def save(page: Client, party: Party, data: dict[str, Any]) -> Any:
    return page.post(reverse("parties:change", args=[party.pk]), data)


def test_a_whole_customer_is_added_in_one_go(page: Client, alice: User) -> None:
    field = CustomField.objects.create(host="parties.Party", kind="number", label="سقف", norm="سقف")
    forget()
    data = {
        **NEW,
        "first_name": "نگار",
        "last_name": "رستمی",
        "birth_date": "۱۳۷۰/۲/۳",
        "interests": "کوه، کتاب",
        f"custom_{field.pk}": "۱۲",
        "consent-sms-marketing": "1",
        "consent-source": "تلفنی",
        **rows("contacts", {"kind": "mobile", "typed": "09123456789", "primary": "on", "use": "work"}),
        **rows("addresses", {"province": "تهران", "city": "شهریار", "postal_code": "1619735744", "country": "IR"}),
        **rows("numbers", {"kind": "national_id", "typed": "0499370899"}),
        **rows("roles", {"role": "customer", "since": "1404/1/1"}),
    }
    answer = page.post(reverse("parties:create"), data)
    assert answer.status_code == 303, answer.content.decode()
    party = Party.objects.get(name="نگار رستمی")
    assert (party.city, party.province, party.roles, party.consents) == (
        "شهریار",
        "تهران",
        ["customer"],
        ["sms:marketing"],
    )
    assert (party.profile.interests, party.custom) == (["کوه", "کتاب"], {str(field.pk): 12})
    assert (party.identifiers.get().shown, party.contact_points.get().use) == ("•••• 0899", "work")
    assert (party.branch_id, party.owner_id) == (alice.branch_id, alice.pk)


def test_saving_without_a_change_changes_nothing(page: Client, ali: Party) -> None:
    set_field(actor=None, party=ali, key="birth_date", raw="1981-03-21")
    before = Party.objects.get(pk=ali.pk)
    history = ali.events.count()  # type: ignore[attr-defined]
    assert save(page, ali, opened(page, ali)).status_code == 303
    after = Party.objects.get(pk=ali.pk)
    assert (after.name, after.city, after.profile.birth_date) == (before.name, before.city, before.profile.birth_date)
    assert ali.events.count() <= history + 1 and not ali.addresses.exists()  # type: ignore[attr-defined]


def test_what_two_people_change_is_merged_or_shown_with_both_values(page: Client, alice: User, ali: Party) -> None:
    data = opened(page, ali)
    set_field(actor=alice, party=ali, key="job_title", raw="مدیر")
    set_field(actor=alice, party=ali, key="honorific", raw="دکتر")
    mine = {**data, "job_title": "فروشنده", "occupation": "پزشک"}
    answer = save(page, ali, mine)
    html = answer.content.decode()
    assert answer.status_code == 409 and "مدیر" in html and "فروشنده" in html
    assert 'name="keep-job_title"' in html and 'name="keep-honorific"' not in html
    seen = json.loads(_plain(re.search(r'name="seen" value="([^"]*)"', html)[1]))  # type: ignore[index]
    again = {**mine, "seen": json.dumps(seen), "ask": "job_title"}
    assert save(page, ali, again).status_code == 422, "nobody has chosen yet"
    assert save(page, ali, {**again, "keep-job_title": "mine"}).status_code == 303
    party = Party.objects.get(pk=ali.pk)
    assert (party.job_title, party.honorific, party.profile.occupation) == ("فروشنده", "دکتر", "پزشک")


def test_the_other_persons_value_can_stay(page: Client, alice: User, ali: Party) -> None:
    data = {**opened(page, ali), "job_title": "فروشنده"}
    set_field(actor=alice, party=ali, key="job_title", raw="مدیر")
    assert save(page, ali, {**data, "ask": "job_title", "keep-job_title": "theirs"}).status_code == 303
    assert Party.objects.get(pk=ali.pk).job_title == "مدیر"


def test_rows_that_two_people_change_are_a_collision_too(page: Client, alice: User, ali: Party) -> None:
    data = opened(page, ali)
    set_field(actor=alice, party=ali, key="email", raw="other@shop.example")
    answer = save(page, ali, {**data, "contacts-0-typed": "third@shop.example"})
    assert answer.status_code == 409 and "other@shop.example" in answer.content.decode()
    assert ali.contact_points.get().value == "other@shop.example"


def test_every_broken_rule_stands_beside_its_input(page: Client, ali: Party) -> None:
    data = {
        **opened(page, ali),
        "name": "ن" * 300,
        "children": "خیلی",
        **rows("addresses", {"city": "قدس", "postal_code": "12", "country": "IR"}),
    }
    html = save(page, ali, data).content.decode()
    assert "id_name_error" in html and "id_children_error" in html and "300" in html
    numbers = rows("numbers", {"kind": "sheba", "typed": ""}, {"kind": "legal_id", "typed": "10380285790"})
    answer = save(page, ali, {**opened(page, ali), **numbers})
    html = answer.content.decode()
    assert answer.status_code == 422 and "id_numbers-1-typed_error" in html and 'name="numbers-1-insist"' in html
    assert save(page, ali, {**opened(page, ali), **numbers, "numbers-1-insist": "on"}).status_code == 303
    assert ali.identifiers.get().is_insisted


@pytest.mark.parametrize("name", ["🙂", "\u202e", "   "])
def test_what_is_no_name_is_refused_and_nothing_else_is_lost(page: Client, name: str) -> None:
    answer = page.post(reverse("parties:create"), {**NEW, "name": name, "job_title": "مدیر"})
    assert answer.status_code == 422 and "id_name_error" in answer.content.decode()
    assert "مدیر" in answer.content.decode() and not Party.objects.exists()


def test_a_consent_needs_its_source(page: Client, ali: Party) -> None:
    answer = save(page, ali, {**opened(page, ali), "consent-email-survey": "0"})
    assert answer.status_code == 422 and "consent-source-error" in answer.content.decode()


def test_the_custom_fields_follow_the_category(page: Client) -> None:
    part = page.get(reverse("parties:create"), {"category": ""}, headers={"HX-Request": "true"})
    assert part.status_code == 200 and b'id="custom-fields"' in part.content and b"<form" not in part.content


def test_the_form_costs_the_same_queries_however_many_rows_there_are(
    page: Client, alice: User, ali: Party, django_assert_max_num_queries: Any
) -> None:
    url = reverse("parties:change", args=[ali.pk])
    page.get(url)
    for number in range(5):
        set_field(actor=alice, party=ali, key="email", raw=f"a{number}@shop.example")
        ali.addresses.create(city=f"شهر {number}")
    with django_assert_max_num_queries(34):
        page.get(url)


def test_a_provisional_customer_is_confirmed_once(alice: User, ali: Party) -> None:
    Party.objects.filter(pk=ali.pk).update(is_provisional=True)
    confirm_party(actor=alice, party=ali)
    confirm_party(actor=alice, party=ali)
    party = Party.objects.get(pk=ali.pk)
    assert (party.is_provisional, party.version) == (False, 2)


def test_a_national_id_of_the_businesss_own_is_typed_anew_or_stays(page: Client, alice: User, ali: Party) -> None:
    RolePermission.objects.create(role=alice.grants.get().role, permission="parties.reveal", scope="branch")
    field = CustomField.objects.create(host="parties.Party", kind="national_id", label="کد ضامن", norm="کد ضامن")
    forget()
    data = opened(page, ali)
    assert data[f"custom_{field.pk}"] == ""
    wrong = save(page, ali, data | {f"custom_{field.pk}": "1234567890"})
    assert wrong.status_code == 422 and "1234567890" in wrong.content.decode()
    assert save(page, ali, data | {f"custom_{field.pk}": "۰۴۹۹۳۷۰۸۹۹"}).status_code == 303
    ali.refresh_from_db()
    stored = ali.custom[str(field.pk)]
    assert decrypt(stored["cipher"]) == "0499370899"
    html = page.get(reverse("parties:change", args=[ali.pk])).content.decode()
    assert "0499370899" not in html and stored["shown"] in html
    assert save(page, ali, opened(page, ali) | {"job_title": "مدیر"}).status_code == 303
    ali.refresh_from_db()
    assert (ali.custom[str(field.pk)], ali.job_title) == (stored, "مدیر")
    assert save(page, ali, opened(page, ali) | {f"custom_{field.pk}": " - "}).status_code == 303
    ali.refresh_from_db()
    assert str(field.pk) not in ali.custom, "a dash takes it away"


def test_who_may_not_reveal_numbers_neither_sees_nor_loses_them(page: Client, alice: User, ali: Party) -> None:
    RolePermission.objects.filter(permission="parties.reveal").delete()
    field = CustomField.objects.create(host="parties.Party", kind="national_id", label="کد ضامن", norm="کد ضامن")
    forget()
    set_field(actor=None, party=ali, key=f"custom:{field.pk}", raw="0499370899")
    data = opened(page, ali)
    assert f"custom_{field.pk}" not in data
    assert save(page, ali, data | {"job_title": "مدیر", f"custom_{field.pk}": "0084575948"}).status_code == 303
    ali.refresh_from_db()
    assert decrypt(ali.custom[str(field.pk)]["cipher"]) == "0499370899"


@pytest.fixture
def guarantor(alice: User) -> CustomField:
    """A protected number of the business's own, which alice may reveal."""
    RolePermission.objects.create(role=alice.grants.get().role, permission="parties.reveal", scope="branch")
    field = CustomField.objects.create(host="parties.Party", kind="national_id", label="کد ضامن", norm="کد ضامن")
    forget()
    return field


def number_of(party: Party, field: CustomField) -> str:
    return decrypt(Party.objects.get(pk=party.pk).custom[str(field.pk)]["cipher"])


def test_a_new_customer_has_a_national_id_of_the_businesss_own(page: Client, guarantor: CustomField) -> None:
    name = f"custom_{guarantor.pk}"
    shown = re.search(rf'<input[^>]*name="{name}"[^>]*>', page.get(reverse("parties:create")).content.decode())
    assert shown and 'dir="ltr"' in shown[0]
    data = {**NEW, "first_name": "نگار", "last_name": "رستمی"}
    wrong = page.post(reverse("parties:create"), {**data, name: "۱۲۳۴۵۶۷۸۹۰"})
    html = wrong.content.decode()
    assert wrong.status_code == 422 and 'value="۱۲۳۴۵۶۷۸۹۰"' in html
    assert str(national_id("1234567890").reason) in html and f'id="id_{name}_error"' in html
    assert page.post(reverse("parties:create"), {**data, name: "٠٤٩٩٣٧٠٨٩٩"}).status_code == 303
    assert number_of(Party.objects.get(name="نگار رستمی"), guarantor) == "0499370899"


def test_a_number_is_replaced_while_another_field_changed_and_spaces_keep_it(
    page: Client, alice: User, ali: Party, guarantor: CustomField
) -> None:
    name, key = f"custom_{guarantor.pk}", f"custom:{guarantor.pk}"
    set_field(actor=None, party=ali, key=key, raw="0499370899")
    data = opened(page, ali)
    set_field(actor=alice, party=ali, key="job_title", raw="مدیر")
    assert save(page, ali, data | {name: "0084575948"}).status_code == 303
    assert number_of(ali, guarantor) == "0084575948"
    stored = Party.objects.get(pk=ali.pk).custom
    for same in (" ", "۰۰۸۴۵۷۵۹۴۸"):
        assert save(page, ali, opened(page, ali) | {name: same}).status_code == 303
        assert Party.objects.get(pk=ali.pk).custom == stored


@pytest.mark.parametrize(
    ("first", "kept", "left"), [("0499370899", "mine", "0084575948"), ("", "theirs", "0012345679")]
)
def test_two_people_change_a_number_and_neither_is_shown_the_others(
    page: Client, ali: Party, guarantor: CustomField, first: str, kept: str, left: str
) -> None:
    name, key = f"custom_{guarantor.pk}", f"custom:{guarantor.pk}"
    set_field(actor=None, party=ali, key=key, raw=first)
    mine = opened(page, ali) | {name: "0084575948"}
    set_field(actor=None, party=ali, key=key, raw="0012345679")
    answer = save(page, ali, mine)
    html = answer.content.decode()
    assert answer.status_code == 409 and f'name="keep-{key}"' in html and 'value="0084575948"' in html
    theirs = Party.objects.get(pk=ali.pk).custom[str(guarantor.pk)]
    assert not any(secret in html for secret in ("0012345679", theirs["cipher"], theirs["digest"]))
    seen = _plain(re.search(r'name="seen" value="([^"]*)"', html)[1])  # type: ignore[index]
    assert save(page, ali, mine | {"seen": seen, "ask": key, f"keep-{key}": kept}).status_code == 303
    assert number_of(ali, guarantor) == left


@pytest.mark.parametrize("forged", [{}, {"cipher": "x"}, "x", 5, None])
def test_what_was_seen_of_a_number_is_not_believed(
    page: Client, alice: User, ali: Party, guarantor: CustomField, forged: Any
) -> None:
    set_field(actor=None, party=ali, key=f"custom:{guarantor.pk}", raw="0499370899")
    data = opened(page, ali)
    set_field(actor=alice, party=ali, key="job_title", raw="مدیر")
    seen = json.dumps(json.loads(data["seen"]) | {"custom": {str(guarantor.pk): forged}})
    assert save(page, ali, data | {"seen": seen, f"custom_{guarantor.pk}": "0084575948"}).status_code == 409
    assert number_of(ali, guarantor) == "0499370899"
