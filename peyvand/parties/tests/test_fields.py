"""The registered fields of customers: every key is there, reads, and answers each of its comparisons."""

import datetime as dt

import pytest
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core.field_values import parse_value
from peyvand.core.record_fields import WITHOUT_VALUE, Asked, Kind, Op, fields_of
from peyvand.parties.fields import HOST
from peyvand.parties.models import Category, ContactPoint, Party, Profile, Tag, Word
from peyvand.parties.search import search_text
from peyvand.parties.services import create_party
from peyvand.parties.services.derived import touch
from peyvand.parties.services.vocabulary import learn
from peyvand.parties.types import ContactDetails, PartyDetails

KEYS = """name first_name last_name kind honorific job_title organisation category life_cycle roles tags city province
branch owner phone email preferred_channel consents completeness missing is_provisional created_at changed_at
last_contact_at birth_date age gender marital_status children education occupation income_band language industry
employees website interests national_id legal_id economic postal_code""".split()

RAW = {
    Kind.TEXT: "۱۲۳۴۵ مثال",
    Kind.NUMBER: "۱٬۲۰۰",
    Kind.MONEY: "۱۲۰۰ تومان",
    Kind.DATE: "۱۴۰۵/۰۹/۰۱",
    Kind.MOMENT: "2026-11-22",
    Kind.PARTY: "1",
    Kind.PHONE: "۰۹۱۲ ۳۴۵ ۶۷۸۹",
    Kind.EMAIL: "Sara@Example.ir",
    Kind.URL: "example.ir",
    Kind.NATIONAL_ID: "0012345679",
}
DAYS = {Op.LAST_DAYS, Op.OLDER_DAYS, Op.NEXT_DAYS}


def moment(year: int, month: int, day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def asked(alice: User) -> Asked:
    return Asked(who=alice, now=timezone.now(), may=lambda permission: True)


def found(asked: Asked, key: str, op: Op, *raw: str) -> set[str]:
    """The names of the parties that a condition finds."""
    field = fields_of(HOST)[key]
    assert field.condition is not None
    condition = field.condition(op, parse_value(field, op, list(raw), asked), asked)
    names = list(Party.objects.filter(condition).values_list("name", flat=True))
    assert len(names) == len(set(names)), "a condition multiplied rows"
    return set(names)


def a_party(actor: User | None, name: str, *contacts: tuple[str, str], **columns: object) -> Party:
    party = create_party(
        actor=actor,
        details=PartyDetails(name=name),
        contacts=[ContactDetails(kind=kind, typed=typed) for kind, typed in contacts],
    )
    Party.objects.filter(pk=party.pk).update(**columns)
    touch([party.pk])
    party.refresh_from_db()
    return party


def test_every_agreed_key_is_registered(db: None) -> None:
    assert set(KEYS) <= set(fields_of(HOST))


@pytest.mark.parametrize("key", [*KEYS, "birthday"])
def test_every_comparison_of_a_field_is_answered_and_splits_the_parties(asked: Asked, key: str) -> None:
    Category.objects.create(name="الف", norm="الف")
    Tag.objects.create(name="الف", norm="الف")
    party = a_party(asked.who, "سارا")
    field = fields_of(HOST)[key]
    for op in field.asked_by:
        raw = raw_of(field, op, asked)
        raw = [str(party.pk) for _ in raw] if field.kind is Kind.PARTY else raw
        names = found(asked, key, op, *raw)
        assert names <= {"سارا"}
        if op is Op.EMPTY:
            assert names != found(asked, key, Op.FILLED), "empty and filled do not split"


def raw_of(field, op: Op, asked: Asked) -> list[str]:  # type: ignore[no-untyped-def]  # a test's own
    if op in WITHOUT_VALUE:
        return []
    if op in DAYS:
        return ["۷"]
    one = next(iter(field.choices(asked)))[0] if field.choices else RAW[field.kind]
    return [one, one] if op is Op.BETWEEN else [one]


def test_read_needs_no_query_after_load(asked: Asked, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(4):
        party = a_party(None, f"مشتری {number}", ("mobile", f"0912345678{number}"), owner=asked.who)
        Profile.objects.create(party=party, gender="woman")
    parties = Party.objects.all()
    for load in {field.load for field in fields_of(HOST).values() if field.load}:
        parties = load(parties)
    with django_assert_max_num_queries(5):
        for party in parties:
            for field in fields_of(HOST).values():
                field.read(party)


def test_a_name_is_found_in_any_spelling(asked: Asked) -> None:
    a_party(None, "علی‌رضا كاظمي")
    for typed in ("علی‌رضا", "علی رضا", "رضا کاظمی", "كاظمي"):
        assert found(asked, "name", Op.CONTAINS, typed) == {"علی‌رضا كاظمي".replace("ك", "ک").replace("ي", "ی")}
    Word.objects.create(word="کاظمی")
    assert found(asked, "name", Op.CONTAINS, "اظم")
    assert found(asked, "name", Op.STARTS, "علی")
    assert not found(asked, "name", Op.STARTS, "کاظمی")


@pytest.mark.parametrize("name", ["علی‌رضا كاظمي", "علی رضا کاظمی", "فروشگاه 12345"])
def test_a_part_of_a_name_is_found_without_its_spaces(asked: Asked, name: str) -> None:
    a_party(None, name)
    learn([search_text(name, [])])
    parts = ("علیرضا", "لیرضا", "رضاکاظمی", "ضاکاظ") if "رضا" in name else ("234", "گاه123", "فروشگاه12")
    for typed in parts:
        assert found(asked, "name", Op.CONTAINS, typed), typed
    assert not found(asked, "name", Op.CONTAINS, "نیستی")


def test_a_name_does_not_contain_what_stands_in_the_address(asked: Asked) -> None:
    a_party(None, "سارا", ("email", "tehran@example.ir"))
    assert not found(asked, "name", Op.CONTAINS, "tehran")


@pytest.mark.parametrize("typed", ["09123456789", "+98 912 345 6789", "۰۹۱۲۳۴۵۶۷۸۹"])
def test_a_phone_is_found_in_any_form(asked: Asked, typed: str) -> None:
    a_party(None, "سارا", ("mobile", "0912 345 6789"))
    a_party(None, "بابک", ("mobile", "0935 111 2233"))
    assert found(asked, "phone", Op.IS, typed) == {"سارا"}
    assert found(asked, "phone", Op.CONTAINS, "۰۹۱۲") == {"سارا"}
    assert found(asked, "phone", Op.CONTAINS, "5678") == {"سارا"}
    assert found(asked, "phone", Op.EMPTY) == set()
    assert found(asked, "email", Op.EMPTY) == {"سارا", "بابک"}


def test_me_is_whoever_asks(asked: Asked, bob: User) -> None:
    a_party(None, "مال من", owner=asked.who)
    a_party(None, "مال او", owner=bob)
    assert found(asked, "owner", Op.IS, "me") == {"مال من"}
    assert found(asked, "owner", Op.IS, str(bob.pk)) == {"مال او"}


def test_days_begin_in_the_zone_of_the_organisation(asked: Asked) -> None:
    midnight = moment(2026, 11, 22)
    a_party(None, "پیش", created_at=midnight - dt.timedelta(minutes=1))
    a_party(None, "پس", created_at=midnight)
    assert found(asked, "created_at", Op.BETWEEN, "۱۴۰۵/۹/۱", "2026-11-22") == {"پس"}
    assert found(asked, "created_at", Op.BEFORE, "۱ آذر ۱۴۰۵") == {"پیش"}
    now = Asked(who=asked.who, now=midnight + dt.timedelta(hours=1))
    assert found(now, "created_at", Op.LAST_DAYS, "0") == {"پس"}
    assert found(now, "created_at", Op.LAST_DAYS, "1") == {"پیش", "پس"}
    assert found(now, "created_at", Op.OLDER_DAYS, "0") == {"پیش"}


def test_birthdays_follow_the_jalali_calendar(asked: Asked) -> None:
    now = Asked(who=asked.who, now=moment(2027, 3, 19, 12))  # 28 Esfand 1405
    born = {"اسفند": (1990, 3, 20), "فروردین": (1985, 3, 22), "تیر": (1990, 7, 1), "کبیسه": (2021, 3, 20)}
    for name, day in born.items():
        Profile.objects.create(party=a_party(None, name), birth_date=dt.date(*day))
    assert found(now, "birthday", Op.NEXT_DAYS, "7") == {"اسفند", "فروردین", "کبیسه"}
    assert found(now, "birthday", Op.NEXT_DAYS, "366") == set(born)


def test_an_age_is_counted_to_the_day(asked: Asked) -> None:
    now = Asked(who=asked.who, now=moment(2026, 11, 22, 12))
    for name, day in {"سی": (1996, 11, 22), "بیست‌ونه": (1996, 11, 23)}.items():
        Profile.objects.create(party=a_party(None, name), birth_date=dt.date(*day))
    assert found(now, "age", Op.IS, "30") == {"سی"}
    assert found(now, "age", Op.LESS, "30") == {"بیست‌ونه"}
    assert found(now, "age", Op.MORE, "28") == {"سی", "بیست‌ونه"}
    assert found(now, "age", Op.BETWEEN, "31", "29") == {"سی", "بیست‌ونه"}


def test_a_customer_without_a_profile_is_neither_woman_nor_filled(asked: Asked) -> None:
    Profile.objects.create(party=a_party(None, "سارا"), gender="woman", interests=["کوه"])
    a_party(None, "بابک")
    assert found(asked, "gender", Op.IS, "woman") == {"سارا"}
    assert found(asked, "gender", Op.IS_NOT, "woman") == {"بابک"}
    assert found(asked, "gender", Op.EMPTY) == {"بابک"}
    assert found(asked, "interests", Op.ANY_OF, "کوه", "دریا") == {"سارا"}
    assert found(asked, "interests", Op.NONE_OF, "کوه") == {"بابک"}


def test_the_phone_that_is_read_is_the_primary_one(asked: Asked) -> None:
    party = a_party(None, "سارا", ("mobile", "09123456789"), ("mobile", "09351112233"))
    ContactPoint.objects.filter(party=party, value="+989351112233").update(is_primary=True)
    ContactPoint.objects.filter(party=party, value="+989123456789").update(is_primary=False)
    assert fields_of(HOST)["phone"].read(Party.objects.get(pk=party.pk)) == "+989351112233"
