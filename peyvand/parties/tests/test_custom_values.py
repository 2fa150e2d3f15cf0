"""Custom fields among the registered ones: read from what was typed, shown, asked, and nothing lost on the way."""

from typing import Any

import pytest
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core import custom_fields
from peyvand.core.errors import Invalid
from peyvand.core.field_values import parse_value
from peyvand.core.models import CustomField
from peyvand.core.record_fields import WITHOUT_VALUE, Asked, Op, fields_of
from peyvand.core.record_links import HIDDEN, Names
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party
from peyvand.parties.numbers import digest_of
from peyvand.parties.services import create_party
from peyvand.parties.types import PartyDetails

K = CustomField.Kind
CHOICES = [
    {"id": 1, "fa": "طلایی", "en": "Gold", "off": False},
    {"id": 2, "fa": "نقره‌ای", "en": "Silver", "off": False},
    {"id": 3, "fa": "برنزی", "en": "Bronze", "off": True},
]
TYPED = [
    (K.TEXT, " متن  كوتاه ", "متن کوتاه", "متن کوتاه"),
    (K.LONG_TEXT, "خط یک\nخط دو", "خط یک\nخط دو", "خط یک\nخط دو"),
    (K.NUMBER, "۱٬۲۰۰٫۵", 1200.5, "۱٬۲۰۰٫۵"),
    (K.NUMBER, "-7", -7, "-۷"),
    (K.MONEY, "۱۲۰۰ تومان", 12_000, "۱٬۲۰۰ تومان"),
    (K.MONEY, "1200 rial", 1_200, "۱۲۰ تومان"),
    (K.DATE, "۱ آذر ۱۴۰۵", "2026-11-22", "۱۴۰۵/۰۹/۰۱"),
    (K.YES_NO, "بله", True, "بله"),
    (K.CHOICE, "نقره ای", 2, "نقره‌ای"),
    (K.CHOICE, "3", 3, "برنزی"),
    (K.CHOICES, ["Silver", "طلایی"], [1, 2], "طلایی، نقره‌ای"),
    (K.PHONE, "0912 345 6789", "+989123456789", "0912 345 6789"),
    (K.EMAIL, "Sara@Example.IR", "sara@example.ir", "sara@example.ir"),
    (K.URL, "example.ir/a", "https://example.ir/a", "https://example.ir/a"),
]
WRONG = [
    (K.NUMBER, "abc"),
    (K.NUMBER, "1e5"),
    (K.NUMBER, "9" * 30),
    (K.MONEY, "-5"),
    (K.DATE, "1405/13/40"),
    (K.YES_NO, "شاید"),
    (K.CHOICE, "پلاتین"),
    (K.CHOICE, "برنزی"),
    (K.CHOICES, ["طلایی", "9"]),
    (K.PHONE, "12"),
    (K.EMAIL, "sara"),
    (K.URL, "javascript:alert(1)"),
    (K.NATIONAL_ID, "1234567890"),
    (K.TEXT, ["a", "b"]),
    (K.PARTY, "999999"),
]


def a_field(kind: str, label: str = "فیلد", **more: Any) -> CustomField:
    choices = CHOICES if kind in {K.CHOICE, K.CHOICES} else []
    field = CustomField.objects.create(host=HOST, kind=kind, label=label, norm=label, choices=choices, **more)
    custom_fields.forget()
    return field


@pytest.fixture
def asked(alice: User) -> Asked:
    custom_fields.forget()
    return Asked(who=alice, now=timezone.now(), may=lambda permission: True)


def a_party(actor: User | None, name: str, custom: dict[str, Any] | None = None) -> Party:
    party = create_party(actor=actor, details=PartyDetails(name=name))
    Party.objects.filter(pk=party.pk).update(custom=custom or {})
    party.refresh_from_db()
    return party


def found(asked: Asked, field: CustomField, op: Op, *raw: str) -> set[str]:
    known = fields_of(HOST)[custom_fields.key_of(field)]
    assert known.condition is not None
    condition = known.condition(op, parse_value(known, op, list(raw), asked), asked)
    return set(Party.objects.filter(condition).values_list("name", flat=True))


@pytest.mark.parametrize(("kind", "typed", "stored", "shown"), TYPED)
def test_what_is_typed_is_stored_shown_and_given_back(
    asked: Asked, kind: str, typed: str, stored: Any, shown: str
) -> None:
    field = a_field(kind)
    value = custom_fields.parse(field, typed)
    assert value == stored
    assert custom_fields.parse(field, custom_fields.raw_of(field, value)) == stored
    assert custom_fields.show(field, value, "fa") == shown
    party = a_party(asked.who, "سارا", {str(field.pk): value})
    fields_of(HOST)[custom_fields.key_of(field)].read(party)


@pytest.mark.parametrize(("kind", "typed"), WRONG)
def test_what_cannot_be_read_is_refused_with_a_sentence(asked: Asked, kind: str, typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        custom_fields.parse(a_field(kind), typed, asked.who)
    assert refusal.value.message


@pytest.mark.parametrize("kind", list(K))
def test_nothing_typed_is_no_value(asked: Asked, kind: str) -> None:
    for nothing in ("", "  ", None, [], ["", "\x00"]):
        assert custom_fields.parse(a_field(kind, label=f"{nothing!r}"), nothing) is None


def test_a_national_id_is_stored_as_a_cipher_and_found_by_all_its_digits(asked: Asked) -> None:
    field = a_field(K.NATIONAL_ID)
    value = custom_fields.parse(field, "۰۰۱۲۳۴۵۶۷۹")
    assert "0012345679" not in str(value)
    assert custom_fields.raw_of(field, value) == "0012345679"
    party = a_party(asked.who, "سارا", {str(field.pk): value})
    assert found(asked, field, Op.IS, "001-234567-9") == {"سارا"}
    assert found(asked, field, Op.IS, "0012345670") == set()
    known = fields_of(HOST)[custom_fields.key_of(field)]
    assert known.read(party) == "•••••• 5679"
    assert known.permission == "parties.reveal"


def test_a_link_reaches_only_what_who_asks_may_see(asked: Asked, charlie: User) -> None:
    field = a_field(K.PARTY)
    his, mine = a_party(charlie, "ناپیدا"), a_party(asked.who, "پیدا")
    assert custom_fields.parse(field, str(mine.pk), asked.who) == mine.pk
    assert custom_fields.parse(field, "پیدا", asked.who) == mine.pk
    for hidden in (str(his.pk), "ناپیدا"):
        with pytest.raises(Invalid):
            custom_fields.parse(field, hidden, asked.who)
    linked = a_party(asked.who, "سارا", {str(field.pk): mine.pk})
    known = fields_of(HOST)[custom_fields.key_of(field)]
    assert known.read(linked) == mine.pk
    assert Names(asked.who).of(mine.pk) == "پیدا"
    assert Names(charlie).of(mine.pk) == Names(asked.who).of(his.pk) == HIDDEN
    assert found(asked, field, Op.IS, str(mine.pk)) == {"سارا"}
    for op in (Op.IS, Op.IS_NOT):
        with pytest.raises(Invalid):
            found(asked, field, op, str(his.pk))


ASKED = [
    (K.TEXT, "متن بلند", Op.CONTAINS, ["بلن"], True),
    (K.TEXT, "متن بلند", Op.STARTS, ["متن"], True),
    (K.TEXT, "متن", Op.IS, ["متن"], True),
    (K.TEXT, "متن", Op.IS_NOT, ["متن"], False),
    (K.LONG_TEXT, "یک\nدو", Op.CONTAINS, ["دو"], True),
    (K.NUMBER, 12.5, Op.MORE, ["۱۲"], True),
    (K.NUMBER, 9, Op.MORE, ["10"], False),
    (K.NUMBER, 9, Op.BETWEEN, ["10", "9"], True),
    (K.NUMBER, 9, Op.IS, ["9.0"], True),
    (K.MONEY, 12_000, Op.LESS, ["۱۲۰۰"], False),
    (K.MONEY, 12_000, Op.IS, ["۱۲۰۰ تومان"], True),
    (K.DATE, "2026-11-22", Op.BETWEEN, ["۱۴۰۵/۹/۱", "۱۴۰۵/۹/۱"], True),
    (K.DATE, "2026-11-22", Op.BEFORE, ["2026-11-22"], False),
    (K.YES_NO, True, Op.YES, [], True),
    (K.YES_NO, False, Op.NO, [], True),
    (K.CHOICE, 2, Op.ANY_OF, ["1", "2"], True),
    (K.CHOICE, 2, Op.IS_NOT, ["2"], False),
    (K.CHOICES, [1, 2], Op.ANY_OF, ["2", "3"], True),
    (K.CHOICES, [1, 2], Op.NONE_OF, ["2"], False),
    (K.PHONE, "+989123456789", Op.IS, ["09123456789"], True),
    (K.PHONE, "+989123456789", Op.CONTAINS, ["0912"], True),
    (K.EMAIL, "sara@example.ir", Op.IS, ["SARA@example.ir"], True),
    (K.URL, "https://example.ir", Op.CONTAINS, ["example"], True),
]


@pytest.mark.parametrize(("kind", "value", "op", "raw", "fits"), ASKED)
def test_a_value_is_compared_as_its_kind_says(
    asked: Asked, kind: str, value: Any, op: Op, raw: list[str], fits: bool
) -> None:
    field = a_field(kind)
    a_party(asked.who, "سارا", {str(field.pk): value})
    assert found(asked, field, op, *raw) == ({"سارا"} if fits else set())


@pytest.mark.parametrize("kind", list(K))
def test_a_field_without_value_is_empty_and_fits_no_comparison(asked: Asked, kind: str) -> None:
    field = a_field(kind)
    a_party(asked.who, "سارا")
    known = fields_of(HOST)[custom_fields.key_of(field)]
    assert found(asked, field, Op.EMPTY) == {"سارا"}
    assert found(asked, field, Op.FILLED) == set()
    for op in set(known.asked_by) & WITHOUT_VALUE - {Op.EMPTY}:
        assert found(asked, field, op) == set()


def test_a_removed_field_is_no_field_any_more_but_its_name_is_known(asked: Asked) -> None:
    field = a_field(K.TEXT, label="رنگ")
    key = custom_fields.key_of(field)
    assert key in fields_of(HOST)
    CustomField.objects.update(removed_at=timezone.now())
    custom_fields.forget()
    assert key not in fields_of(HOST)
    assert custom_fields.labels_of_removed(HOST, [key, "name", "custom:x"]) == {key: "رنگ"}


def test_a_number_is_found_however_it_is_typed() -> None:
    assert digest_of("national_id", "۰۰۱۲۳۴۵۶۷-۹") == digest_of("national_id", "0012345679")
    assert digest_of("national_id", "0012345679") != digest_of("legal_id", "0012345679")
