"""What the demo company makes of its customers: categories with their minimum, custom fields, tags, and values."""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from typing import Any

from peyvand.core.models import CustomField
from peyvand.parties.models import Category, Party
from peyvand.parties.services.categories import create_category
from peyvand.parties.services.custom_fields import create_custom_field
from peyvand.parties.services.tags import create_tag
from peyvand.parties.shapes import CategoryDetails, ChoiceDetails, FieldDetails

SEED = 1406
K = CustomField.Kind
MEDICAL = ("بیمارستان", "درمانگاه", "آزمایشگاه")
TAGS = (("خوش‌حساب", 3), ("نیازمند پیگیری", 4), ("نمایشگاه آب ۱۴۰۵", 2), ("همکار قدیمی", 6), ("حساس به قیمت", 5))

Value = Callable[[random.Random, dt.date, list[Party]], Any]


def shape(parties: Iterable[Party], *, today: dt.date) -> None:
    """Make categories, fields and tags, and give most of the stored parties a category and values.

    What follows from it (the data quality) is derived when everything is there.
    """
    dice = random.Random(SEED)  # noqa: S311 -- invented data, not a secret
    known = list(parties)
    categories = _categories()
    fields = _fields(categories)
    tags = [create_tag(actor=None, name=name, hue=hue).pk for name, hue in TAGS]
    for party in known:
        party.category = _category_of(dice, party, categories)
        name = party.category.name if party.category else ""
        party.custom = {
            str(field.pk): value(dice, today, known)
            for field, wanted, share, value in fields
            if (not wanted or name in wanted) and dice.random() < share
        }
        party.tag_ids = sorted(dice.sample(tags, dice.choice((1, 1, 2)))) if dice.random() < 0.3 else []


def _categories() -> dict[str, Category]:
    rows = (
        ("سازمانی", "شرکت‌ها و کارخانه‌ها با قرارداد سالانه", "organisation", 2, ["name", "phone", "email", "city"]),
        ("درمان", "بیمارستان‌ها، درمانگاه‌ها و آزمایشگاه‌ها", "organisation", 4, ["name", "phone", "email", "city"]),
        ("نماینده", "فروشندگان و نصب‌کنندگان همکار", "all", 3, ["name", "phone", "email", "city", "owner"]),
        ("خانگی", "خریداران دستگاه خانگی", "person", 1, ["name", "phone"]),
    )
    return {
        name: create_category(
            actor=None,
            details=CategoryDetails(name=name, description=text, applies_to=kind, hue=hue, required=required),
        )
        for name, text, kind, hue, required in rows
    }


def _choices(*pairs: tuple[str, str]) -> list[ChoiceDetails]:
    return [ChoiceDetails(fa=fa, en=en) for fa, en in pairs]


def _fields(categories: dict[str, Category]) -> list[tuple[CustomField, tuple[str, ...], float, Value]]:
    """The fields, the categories that each is for, how many of their customers have a value, and how it is found."""
    levels = _choices(("طلایی", "Gold"), ("نقره‌ای", "Silver"), ("پایه", "Basic"))
    known_by = _choices(("معرفی", "Referral"), ("نمایشگاه", "Fair"), ("وب‌گاه", "Website"), ("تبلیغ", "Advert"))
    made: list[tuple[str, str, str, list[ChoiceDetails], tuple[str, ...], float, Value]] = [
        ("سطح خدمت", "Service level", K.CHOICE, levels, (), 0.7, lambda d, t, p: d.choices((1, 2, 3), (2, 3, 5))[0]),
        ("شیوهٔ آشنایی", "Heard of us by", K.CHOICES, known_by, (), 0.5, _ways),
        ("مبلغ قرارداد سالانه", "Yearly contract", K.MONEY, [], ("سازمانی", "درمان", "نماینده"), 0.8, _contract),
        ("قرارداد سرویس دارد", "Has a service contract", K.YES_NO, [], ("سازمانی", "درمان"), 0.9, _often),
        ("شمار تخت", "Beds", K.NUMBER, [], ("درمان",), 0.8, lambda d, t, p: d.randrange(10, 900, 5)),
        ("تاریخ نصب", "Installed on", K.DATE, [], ("خانگی",), 0.75, _installed),
        ("معرف", "Referred by", K.PARTY, [], (), 0.08, lambda d, t, p: d.choice(p).pk),
    ]
    return [
        (
            create_custom_field(
                actor=None,
                kind=kind,
                details=FieldDetails(
                    label=label, label_en=english, choices=choices, categories=[categories[each].pk for each in wanted]
                ),
            ),
            wanted,
            share,
            value,
        )
        for label, english, kind, choices, wanted, share, value in made
    ]


def _category_of(dice: random.Random, party: Party, categories: dict[str, Category]) -> Category | None:
    if dice.random() < 0.08:
        return None
    if party.kind == Party.Kind.ORGANISATION:
        if party.name.startswith(MEDICAL):
            return categories["درمان"]
        return categories["نماینده"] if party.name.startswith("فروشگاه") else categories["سازمانی"]
    return None if party.organisation_id else categories["خانگی"]


def _ways(dice: random.Random, today: dt.date, parties: list[Party]) -> list[int]:
    return sorted(dice.sample((1, 2, 3, 4), dice.choice((1, 1, 1, 2))))


def _contract(dice: random.Random, today: dt.date, parties: list[Party]) -> int:
    return dice.randrange(20, 900) * 10_000_000


def _often(dice: random.Random, today: dt.date, parties: list[Party]) -> bool:
    return dice.random() < 0.6


def _installed(dice: random.Random, today: dt.date, parties: list[Party]) -> str:
    return (today - dt.timedelta(days=dice.randrange(20, 1500))).isoformat()
