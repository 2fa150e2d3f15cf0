"""Lists of customers as files: every field says the same read in bulk, cards hold everything, permissions hold."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from peyvand.accounts.models import RolePermission, User
from peyvand.accounts.policies import asked_by
from peyvand.core import custom_fields, exports
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.core.exports.reading import Reader
from peyvand.core.exports.writing import Table
from peyvand.core.list_selection import Selection
from peyvand.core.list_state import BadListState, ListState
from peyvand.core.models import CustomField
from peyvand.core.record_fields import fields_of
from peyvand.core.sheets import Format
from peyvand.parties.fields import HOST
from peyvand.parties.models import (
    AccessLog,
    Address,
    Category,
    ContactPoint,
    Identifier,
    Party,
    Profile,
    Tag,
)
from peyvand.parties.services import exporting

pytestmark = pytest.mark.django_db
CHOICES = [{"id": 1, "fa": "الف"}, {"id": 2, "fa": "ب، پ"}]
EVERYTHING = Selection(state=ListState())


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def ann(alice: User) -> User:
    role = alice.grants.get().role
    for name in (exporting.EXPORT, "parties.reveal", "cartable.view"):
        RolePermission.objects.create(role=role, permission=name, scope="branch")
    alice.language, alice.calendar, alice.digits = "en", "gregorian", "latin"
    alice.save()
    return alice


@pytest.fixture
def rich(ann: User) -> Party:
    """A person with something in every field, beside an organisation with nearly nothing."""
    kinds = CustomField.Kind
    made = {
        kind: CustomField.objects.create(
            host=HOST,
            kind=kind,
            label=f"فیلد {kind}",
            norm=str(kind),
            choices=[{"id": 1, "fa": "الف"}, {"id": 2, "fa": "ب، پ"}],
        )
        for kind in kinds
    }
    custom_fields.forget()
    firm = Party.objects.create(kind="organisation", name="پارس، «نو»", sort_key="b", branch=ann.branch)
    values = {
        kinds.TEXT: "=1+1", kinds.LONG_TEXT: "خط ۱\nخط ۲", kinds.NUMBER: 1.5, kinds.MONEY: 1_840_000,
        kinds.DATE: "2026-11-22", kinds.YES_NO: True, kinds.CHOICE: 2, kinds.CHOICES: [1, 2], kinds.PARTY: firm.pk,
        kinds.PHONE: "+982188776655", kinds.EMAIL: "x@example.ir", kinds.URL: "https://example.ir",
        kinds.NATIONAL_ID: {"cipher": "k1:x", "digest": "d", "shown": "•••••• 6789"},
    }  # fmt: skip
    tags = [Tag.objects.create(name=name, norm=name) for name in ("ویژه", "=tag")]
    party = Party.objects.create(
        kind="person", name="سپیده نیک‌پور", first_name="سپیده", last_name="نیک‌پور", sort_key="a", branch=ann.branch,
        honorific="دکتر", job_title="مدیر خرید; تدارکات", organisation=firm, city="تهران", province="تهران", owner=ann,
        category=Category.objects.create(name="پخش", norm="پخش"), roles=["lead"], tag_ids=[tag.pk for tag in tags],
        consents=["sms:marketing"], preferred_channel="sms", missing=["email"], last_contact_at=timezone.now(),
        custom={str(made[kind].pk): value for kind, value in values.items()}, is_provisional=True,
    )  # fmt: skip
    points = [("mobile", "+989121234567", True, "work"), ("phone", "+982188776655", False, "home"),
              ("email", "s@example.ir", True, "work"), ("messenger", "@sepideh", False, "")]  # fmt: skip
    for kind, value, is_primary, use in points:
        ContactPoint.objects.create(party=party, kind=kind, typed=value, value=value, is_primary=is_primary, use=use)
    Address.objects.create(
        party=party,
        city="تهران",
        province="تهران",
        street="خیابان یک،\nپلاک ۲",
        postal_code="1234567890",
        is_primary=True,
    )
    Identifier.objects.create(party=party, kind="national_id", shown="•••• 6789", digest="x", cipher="k1:x")
    Identifier.objects.create(party=party, kind="economic", value="411", shown="411", digest="y")
    Profile.objects.create(
        party=party, birth_date=dt.date(1990, 5, 1), gender="woman", children=2, education="master",
        interests=["کتاب", "سفر"], website="https://sepideh.ir", language="fa",
    )  # fmt: skip
    return party


def written(user: User, columns: Any, format: Format = Format.CSV, selection: Selection = EVERYTHING) -> bytes:
    return b"".join(exports.export_now(actor=user, export=exporting.wanted(selection, columns=columns, format=format)))


@pytest.mark.parametrize("calendar", ["jalali", "gregorian"])
def test_every_field_says_the_same_of_many_as_of_one(rich: Party, ann: User, calendar: str) -> None:
    ann.calendar = calendar
    for key, field in fields_of(HOST).items():
        many = Reader(Party.objects.all(), [field], ["sort_key", "id"]).portion(None, 100)
        loaded = field.load(Party.objects.all()) if field.load else Party.objects.all()
        one = [field.read(party) for party in loaded.order_by("sort_key", "id")]
        table = Table(ann, asked_by(ann), [field])
        alone = type(many)(ids=many.ids, values=[one], next=None)
        assert [each or None for (each,) in table.rows(many)] == [each or None for (each,) in table.rows(alone)], key
        assert many.ids[0] == rich.pk


@pytest.mark.parametrize("order", [["sort_key", "id"], ["-last_contact_at", "id"]])
def test_portions_that_are_expected_are_those_that_are_read(rich: Party, order: list[str]) -> None:
    """The database looks for the next portion while this one is written; a strange one is read all the same."""
    Party.objects.bulk_create(
        Party(name=f"م{n}", sort_key=f"m{n}", last_contact_at=timezone.now() if n % 2 else None) for n in range(7)
    )
    field = fields_of(HOST)["name"]
    plain, ahead = (Reader(Party.objects.all(), [field], order) for _n in range(2))
    after, read, expected = None, [], []
    while True:
        portion = plain.portion(after, 3)
        again = ahead.portion(after, 3)
        read += portion.ids
        expected += again.ids
        after = portion.next
        assert (portion.values, after) == (again.values, again.next)
        if after is None:
            break
        ahead.expect(after, 3)
        assert Party.objects.count() == 9  # another question of the same connection waits its turn
    assert read == expected and len(set(read)) == 9
    ahead.expect(plain.portion(None, 3).next or "", 3)
    assert ahead.portion(None, 3).ids == read[:3]


def test_nearly_every_field_is_read_without_records(rich: Party) -> None:
    alone = {key for key, field in fields_of(HOST).items() if not field.bulk}
    custom = {key for key in alone if key.startswith("custom:")}
    assert len(custom) <= 1 and not alone - custom


def test_an_amount_of_money_has_its_unit_in_the_head(rich: Party, ann: User) -> None:
    field = CustomField.objects.get(kind="money")
    rows = list(csv.reader(io.StringIO(written(ann, [f"custom:{field.pk}"]).decode("utf-8-sig"))))
    assert rows[:2] == [["فیلد money (Rial)"], ["1840000"]]


def test_json_lines_hold_the_values_as_programs_have_them(rich: Party, ann: User) -> None:
    keys = {each.kind: f"custom:{each.pk}" for each in CustomField.objects.all()}
    columns = ["name", "tags", "birth_date", "owner", "category", *keys.values()]
    lines = written(ann, columns, Format.JSONL).decode().splitlines()
    found = json.loads(lines[0])
    assert found["id"] == rich.pk and found["name"] == "سپیده نیک‌پور" and found["birth_date"] == "1990-05-01"
    assert found["tags"] == ["ویژه", "=tag"] and found["owner"] == "alice" and found["category"] == "پخش"
    assert found[keys["money"]] == 1_840_000 and found[keys["yes_no"]] is True and found[keys["choice"]] == "ب، پ"
    assert found[keys["long_text"]] == "خط ۱\nخط ۲" and found[keys["party"]] == "پارس، «نو»"
    assert json.loads(lines[1]) == {"id": Party.objects.get(sort_key="b").pk, "name": "پارس، «نو»"}


def cards_of(data: bytes) -> list[dict[str, list[tuple[str, str]]]]:
    """An independent reader of vCards: unfolds, splits, undoes the escapes."""
    text = data.decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    cards: list[dict[str, list[tuple[str, str]]]] = []
    for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n"):
        head, _colon, value = line.partition(":")
        name, _semicolon, parameters = head.partition(";")
        if name == "BEGIN":
            cards.append({})
        if name:
            cards[-1].setdefault(name, []).append((parameters, value))
    return cards


def plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


@pytest.mark.parametrize(
    ("format", "version", "born"), [(Format.VCARD3, "3.0", "1990-05-01"), (Format.VCARD4, "4.0", "19900501")]
)
def test_a_card_holds_all_that_a_phone_can_hold(
    rich: Party, ann: User, format: Format, version: str, born: str
) -> None:
    person, firm = cards_of(written(ann, ["name", "life_cycle", "education"], format))
    assert person["VERSION"] == [("", version)] and person["BDAY"] == [("", born)]
    assert person["N"] == [("", "نیک‌پور;سپیده;;دکتر;")] and person["FN"] == [("", "سپیده نیک‌پور")]
    assert plain(person["TITLE"][0][1]) == "مدیر خرید; تدارکات" and plain(person["ORG"][0][1]) == "پارس، «نو»"
    assert [value for _how, value in person["TEL"]] == ["+989121234567", "+982188776655"]
    assert [value for _how, value in person["EMAIL"]] == ["s@example.ir"] and len(person["IMPP"]) == 1
    assert [plain(part) for part in person["ADR"][0][1].split(";")] == [
        "", "", "خیابان یک،\nپلاک ۲", "تهران", "تهران", "1234567890", "IR"
    ]  # fmt: skip
    assert person["CATEGORIES"] == [("", "ویژه,=tag")] and person["URL"] == [("", "https://sepideh.ir")]
    assert plain(person["NOTE"][0][1]) == "Life cycle: Potential\nEducation: Master"
    assert firm["ORG"] == [("", "پارس، «نو»")] and "TEL" not in firm


def test_long_lines_are_folded_between_letters(ann: User) -> None:
    name = "شرکت بازرگانی و تولیدی بسیار بلندنام " * 5
    Party.objects.create(kind="organisation", name=name.strip(), sort_key="a", branch=ann.branch)
    (card,) = cards_of(written(ann, ["name"], Format.VCARD3))
    assert card["FN"] == [("", name.strip())]


def test_the_number_of_each_record_comes_with_it_when_it_is_wanted(rich: Party, ann: User) -> None:
    browser = Client()
    browser.force_login(ann)
    data = {"query": "", "columns": "name,city", "format": "csv", "with_id": "1"}
    rows = list(csv.reader(io.StringIO(b"".join(browser.post(reverse("parties:export"), data)).decode("utf-8-sig"))))  # type: ignore[arg-type]
    assert rows[0] == ["Number of the record", "Name", "City"] and rows[1] == [str(rich.pk), "سپیده نیک‌پور", "تهران"]


def test_no_formula_leaves_in_any_column(ann: User) -> None:
    for number, text in enumerate(["=1", "\u200b+1", "\uff1d1", "'=1", "\t@x"]):
        Party.objects.create(kind="person", name=f"{text}", sort_key=str(number), city=text, branch=ann.branch)
    data = written(ann, ["name", "city"]).decode("utf-8-sig")
    cells = [cell for row in list(csv.reader(io.StringIO(data, newline="")))[1:] for cell in row]
    assert len(cells) == 10 and all(cell.startswith("'") for cell in cells)


def test_a_column_that_is_not_ones_own_is_refused_in_every_format(rich: Party, ann: User) -> None:
    RolePermission.objects.filter(permission="parties.reveal").delete()
    bare = User.objects.get(pk=ann.pk)
    for format in (Format.CSV, Format.XLSX, Format.JSONL, Format.VCARD3, Format.VCARD4):
        with pytest.raises(BadListState):
            written(bare, ["name", "national_id"], format)
    assert not AccessLog.objects.exists()


def test_others_customers_and_unknown_lists_do_not_leave(rich: Party, ann: User, charlie: User, bob: User) -> None:
    RolePermission.objects.create(role=charlie.grants.get().role, permission=exporting.EXPORT, scope="branch")
    assert written(charlie, ["name"], Format.JSONL) == b""
    with pytest.raises(NotAllowed):
        written(bob, ["name"])
    with pytest.raises(Invalid):
        exports.export_now(
            actor=ann, export=exports.Export(list="x", selection=EVERYTHING, columns=("name",), format=Format.CSV)
        )
    with pytest.raises(Invalid):
        written(ann, ["name"], Format.ZIP)


def test_the_log_says_what_was_taken_out(rich: Party, ann: User) -> None:
    written(ann, ["name"], Format.VCARD3, Selection(ids=(rich.pk,)))
    noted = AccessLog.objects.get()
    assert (noted.count, noted.detail["list"], noted.detail["format"]) == (1, "customers", "vcard3")
    assert noted.detail["columns"] == ["name"] and noted.detail["ids"] == 1
