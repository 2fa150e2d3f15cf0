"""What an export takes out, an import of that file brings back: record by record, in every kind of file.

The customers are random and hostile to files: quotes, commas, lines, formulas, «+98…», leading zeros, apostrophes. They
are made by the services that pages use, written by the real exporter, read by the real reader in its limited child with
the mapping it proposes by itself, and written by the real importer into a base that has been emptied.

What a kind of file cannot carry stands in `NOT_CARRIED` and in docs/en/export.md.
"""

import os
from collections.abc import Iterator, Sequence
from itertools import count
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from peyvand.accounts.models import User
from peyvand.core import custom_fields, exports
from peyvand.core.imports import blocks, services
from peyvand.core.imports.mappings import proposed_plan
from peyvand.core.imports.types import Action, Mode
from peyvand.core.list_selection import Selection
from peyvand.core.list_state import ListState
from peyvand.core.models import CustomField, Import
from peyvand.core.record_fields import fields_of
from peyvand.core.sheets import Format
from peyvand.core.text import display_norm, display_text, search_norm
from peyvand.parties.fields import HOST
from peyvand.parties.importing.importer import IMPORTER
from peyvand.parties.models import Category, Party, Tag
from peyvand.parties.services import create_party, exporting
from peyvand.parties.services.addresses import save_address
from peyvand.parties.services.consents import record_consent
from peyvand.parties.services.editing import set_fields
from peyvand.parties.services.relations import ensure_relation_types
from peyvand.parties.services.tags import create_tag
from peyvand.parties.tests.conftest import make_user
from peyvand.parties.tests.importing.conftest import EVERYTHING
from peyvand.parties.tests.importing.test_whole import work
from peyvand.parties.types import AddressDetails, ConsentDetails, ContactDetails, PartyDetails

pytestmark = pytest.mark.django_db
ALL = Selection(state=ListState())
KINDS = CustomField.Kind
CARDS = (Format.VCARD3, Format.VCARD4)
MANY = settings(
    max_examples=int(os.environ.get("EXAMPLES", 5)),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)

# What a file cannot carry by its nature.
# A table and JSON lines: which address is at work and which at home; further addresses; notes, relations and files.
# They carry an organisation by its name, so that two of one name are not told apart.
# A card: all that a phone's address book has no place for; it is written as lines of the card's note.
ON_CARDS = frozenset(
    "kind name first_name last_name honorific job_title organisation tags points city province street postal_code"
    " country birth_date website".split()
)


@pytest.fixture
def mina(tehran: Any) -> User:
    ensure_relation_types()
    rights = EVERYTHING | {"parties.export": "branch", "parties.shape": "all", "parties.reveal": "branch"}
    return make_user("mina", tehran, rights)


LETTERS = "ابپتچژگکیمنوهآئؤأءe Az09۰۷٣\u200c،,;؛|:\"'«»()/\\.-_=+@#&!?<>%*"
LINES = LETTERS + "\n\t"
BEGINS = ("", "", "", "=", "+", "-", "@", "'", "''=", "'+98", "0", "00", "\t=", '"', " ")


class House:
    """Makes customers as the dice says, by the services of the pages."""

    def __init__(self, dice: Random, actor: User) -> None:
        self.dice, self.actor = dice, actor
        self.own = {
            KINDS(each.kind): f"custom:{each.pk}" for each in CustomField.objects.filter(host=HOST).order_by("pk")
        }
        self.taken: set[str] = set()
        self.serial = count(dice.randrange(10**6))

    def some(self, chance: float = 0.5) -> bool:
        return self.dice.random() < chance

    def text(self, most: int = 12, letters: str = LETTERS) -> str:
        """A text as it is stored, that says something."""
        while True:
            made = self.dice.choice(BEGINS) + "".join(self.dice.choices(letters, k=self.dice.randint(1, most)))
            kept = display_text(made).strip() if "\n" in letters else display_norm(made)
            if any(each.isalnum() for each in kept) and "\t" not in kept:
                return kept

    def word(self) -> str:
        """A word that may stand beside others in one cell."""
        return self.text(8, "ابپتچکیمنو Az09\u200c\"'«».-_=+@&")

    def name(self) -> str:
        """A name that nobody has."""
        while True:
            made = self.text()
            if search_norm(made) and search_norm(made) not in self.taken:
                self.taken.add(search_norm(made))
                return made

    def number(self) -> str:
        return f"0912{next(self.serial):07d}"

    def furnished(self, many: int) -> None:
        firms = [self._firm() for _each in range(self.dice.randint(1, 3))]
        for _each in range(many):
            self._person(firms)

    def _firm(self) -> Party:
        party = create_party(actor=self.actor, details=PartyDetails(name=self.name(), kind="organisation"))
        self._filled(party, {"industry": self.text(), "employees": str(self.dice.randrange(9000))})
        return party

    def _person(self, firms: Sequence[Party]) -> None:
        dice, raws = self.dice, {}
        if self.some():
            raws = {"first_name": self.word(), "last_name": self.word()}
        firm = dice.choice(firms).pk if self.some() else None
        details = PartyDetails(name=self.name(), organisation_id=firm)
        phones = [ContactDetails(kind="mobile", typed=self.number()) for _each in range(dice.randrange(4))]
        phones += [ContactDetails(kind="phone", typed=f"0218{next(self.serial):07d}")] * self.some()
        mails = [
            ContactDetails(kind="email", typed=f"a{next(self.serial)}@x.example") for _each in range(dice.randrange(3))
        ]
        others = [ContactDetails(kind="messenger", typed=f"@m{next(self.serial)}")] * self.some(0.3)
        others += [ContactDetails(kind="fax", typed=f"0217{next(self.serial):07d}")] * self.some(0.3)
        unique = {each.typed: each for each in (*phones, *mails, *others)}
        party = create_party(actor=self.actor, details=details, contacts=unique.values())
        self._filled(party, raws | {"honorific": self.text(), "job_title": self.text(), "occupation": self.text()})

    def _filled(self, party: Party, raws: dict[str, Any]) -> None:
        dice = self.dice
        if self.some():
            place = AddressDetails(
                city=self.text(),
                province=self.text(),
                street=self.text(30, LINES),
                postal_code=dice.choice(("", "1193653471")),
            )
            save_address(actor=self.actor, party=party, details=place)
        raws |= {
            "tags": [str(self._tag().pk) for _each in range(dice.randrange(4))],
            "roles": dice.sample(["lead", "customer", "partner"], dice.randrange(3)),
            "category": dice.choice(("", str(Category.objects.get().pk))),
            "life_cycle": dice.choice(("potential", "current", "lost")),
            "preferred_channel": dice.choice(("", "sms")),
            "birth_date": dice.choice(("", "1990-05-01", "2024-03-20", "1979-12-30")),
            "gender": dice.choice(("", "woman", "man")),
            "children": dice.choice(("", "0", "3")),
            "education": dice.choice(("", "master")),
            "income_band": dice.choice(("", "middle")),
            "language": dice.choice(("", "fa", "en")),
            **{key: self.text() for key in ("lifestyle", "values", "personality")},
            **{key: self.text(40, LINES) for key in ("motivations", "pains")},
            "founded_on": dice.choice(("", "1979-12-30")),
            "website": dice.choice(("", "https://پیوند.example/a,b;c?=1")),
            "interests": [self.word() for _each in range(dice.randrange(3))],
            self.own[KINDS.TEXT]: self.text(),
            self.own[KINDS.LONG_TEXT]: self.text(40, LINES),
            self.own[KINDS.NUMBER]: dice.choice(("0", "-1.5", "1234567.25", "0.000001", "12")),
            self.own[KINDS.MONEY]: f"{dice.choice((0, 1, 1_840_000, 10**14))} rial",
            self.own[KINDS.DATE]: dice.choice(("2026-11-22", "2030-01-01")),
            self.own[KINDS.YES_NO]: dice.choice(("1", "0")),
            self.own[KINDS.CHOICE]: dice.choice(("1", "2", "3")),
            self.own[KINDS.CHOICES]: dice.sample(["1", "2", "3"], dice.randint(1, 3)),
            self.own[KINDS.PHONE]: "+982188776655",
            self.own[KINDS.EMAIL]: "x@example.ir",
            self.own[KINDS.URL]: "https://example.ir/?a=1",
        }
        chosen = {key: raw for key, raw in raws.items() if raw not in ("", []) and self.some(0.6)}
        if party.kind == "organisation":
            chosen = {key: raw for key, raw in chosen.items() if key not in _OF_PERSONS}
        set_fields(actor=self.actor, party=party, raws=chosen)
        for channel in ("sms", "email"):
            if self.some(0.3):
                word = ConsentDetails(channel=channel, purpose="marketing", is_given=self.some(0.7), source="form")
                record_consent(actor=self.actor, party=party, details=word)

    def _tag(self) -> Tag:
        name = self.word()
        norm = search_norm(name)
        return Tag.objects.filter(norm=norm).first() or create_tag(actor=self.actor, name=name)


_OF_PERSONS = frozenset("birth_date gender children education income_band".split())


def shaped() -> None:
    """A field of every kind that a business may make, a category: what stays when customers go."""
    choices = [{"id": 1, "fa": "الف"}, {"id": 2, "fa": "ب، پ"}, {"id": 3, "fa": "پ", "en": "three"}]
    for kind in KINDS:
        label = f"فیلد {kind.value}"
        CustomField.objects.create(host=HOST, kind=kind, label=label, norm=search_norm(label), choices=choices)
    custom_fields.forget()
    Category.objects.create(name="پخش، «نو»", norm=search_norm("پخش، «نو»"))


def records() -> list[dict[str, Any]]:
    """Each customer by what people know of it, with nothing that only this base knows."""
    tags, own = dict(Tag.objects.values_list("pk", "name")), {str(f.pk): f.kind for f in CustomField.objects.all()}
    found = []
    for party in Party.objects.select_related("organisation", "category", "owner", "profile"):
        profile = getattr(party, "profile", None)
        address = party.addresses.order_by("-is_primary", "pk").first()
        points = party.contact_points.order_by("-is_primary", "kind", "pk")
        found.append(
            {
                **{name: getattr(party, name) for name in _COLUMNS},
                "organisation": getattr(party.organisation, "name", ""),
                "category": getattr(party.category, "name", ""),
                "owner": getattr(party.owner, "username", ""),
                "roles": sorted(party.roles),
                "consents": sorted(party.consents),
                "tags": sorted(tags[tag] for tag in party.tag_ids),
                "points": sorted((each.kind, each.value, each.is_primary) for each in points),
                **{name: getattr(address, name, "") for name in ("street", "postal_code")},
                **{name: getattr(profile, name, None) or None for name in _PROFILE},
                **{f"own {own[place]}": value for place, value in sorted(party.custom.items())},
            }
        )
    return sorted(found, key=lambda each: str(each["name"]))


_COLUMNS = (
    "kind", "name", "first_name", "last_name", "honorific", "job_title", "city", "province", "life_cycle",
    "preferred_channel",
)  # fmt: skip
_PROFILE = (
    "birth_date", "gender", "children", "education", "occupation", "income_band", "language", "industry", "employees",
    "website", "interests", "founded_on", "lifestyle", "values", "personality", "motivations", "pains",
)  # fmt: skip


def differences(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[Any]:
    """(record, field, before, after) of each value that is another one; the names when the records are others."""
    names = [[each["name"] for each in found] for found in (before, after)]
    if names[0] != names[1]:
        return names
    return [
        (one["name"], key, one.get(key), other.get(key))
        for one, other in zip(before, after, strict=True)
        for key in {**one, **other}
        if one.get(key) != other.get(key)
    ]


def emptied() -> None:
    """No customer and no tag; what the business has shaped stays."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE parties_party, parties_tag CASCADE")


def written(actor: User, format: Format, *extra: str) -> bytes:
    columns = [*extra, *(key for key, field in fields_of(HOST).items() if not field.permission)]
    with translation.override(actor.language):
        return b"".join(exports.export_now(actor=actor, export=exporting.wanted(ALL, columns=columns, format=format)))


def taken_in(actor: User, data: bytes, format: Format, mode: Mode = Mode.ADD, key: str = "") -> Import:
    """Bring a file in with the mapping that is proposed; every row has to be taken."""
    item = services.upload(actor=actor, host=IMPORTER.host, file_name=f"a.{format.extension}", pieces=[data])
    work(item.read_job)
    item.refresh_from_db()
    assert item.state == Import.State.READY, item.error
    with translation.override(actor.language):
        plan = proposed_plan(actor, item)
        services.save_plan(
            actor=actor, import_id=item.pk, plan=type(plan).from_json({**plan.to_json(), "mode": mode, "key": key})
        )
    job = work(services.start_import(actor=actor, import_id=item.pk))
    assert not job.result.get("refuse"), [row.reason for row in outcomes(item) if row.action is Action.REFUSE]
    item.refresh_from_db()
    return item


def outcomes(item: Import) -> Iterator[Any]:
    for block in item.blocks.order_by("number"):
        yield from blocks.outcome_of(block.outcome).rows


def speaking(actor: User, language: str) -> None:
    actor.language, actor.calendar = language, "jalali" if language == "fa" else "gregorian"
    actor.save()


def as_cards(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What cards say of records; a last name alone is the full name."""
    return [
        {
            key: "" if key == "last_name" and value == each["name"] else value
            for key, value in each.items()
            if key in ON_CARDS
        }
        for each in found
    ]


@pytest.mark.parametrize("format", list(Format)[:-1])
def test_what_was_taken_out_comes_back(mina: User, format: Format) -> None:
    shaped()

    @MANY
    @given(dice=st.randoms(use_true_random=False), many=st.integers(4, 10), said=st.sampled_from(["fa", "en"]),
           heard=st.sampled_from(["fa", "en"]))  # fmt: skip
    def prove(dice: Random, many: int, said: str, heard: str) -> None:
        with transaction.atomic():
            speaking(mina, said)
            House(dice, mina).furnished(many)
            before = records()
            data = written(mina, format)
            emptied()
            speaking(mina, heard)
            taken_in(mina, data, format)
            after = records()
            if format in CARDS:
                before, after = as_cards(before), as_cards(after)
            found = differences(before, after)
            assert not found, "\n".join(map(repr, found))
            transaction.set_rollback(True)

    prove()


@pytest.mark.parametrize("format", [Format.CSV, Format.JSONL])
def test_a_list_that_was_taken_out_with_its_numbers_changes_nothing_when_it_comes_back(
    mina: User, format: Format
) -> None:
    """Also protected numbers, which leave masked, and what somebody said no to."""
    shaped()
    for language in ("fa", "en"):
        with transaction.atomic():
            speaking(mina, language)
            House(Random(language), mina).furnished(8)
            secret = Party.objects.filter(kind="person").first()
            set_fields(actor=mina, party=secret, raws={"national_id": "0499370899"})
            before = records()
            item = taken_in(mina, written(mina, format, "id", "national_id"), format, Mode.BOTH, "id")
            assert {row.action for row in outcomes(item)} == {Action.UNCHANGED}, differences(before, records())
            assert secret.identifiers.get().shown.endswith("0899")
            transaction.set_rollback(True)


def test_in_json_every_value_of_a_list_comes_back_though_each_is_a_column(mina: User) -> None:
    """And a name of a choice that holds a comma is one choice, one that is a number is no number of another."""
    shaped()
    field = CustomField.objects.get(kind=KINDS.CHOICES)
    field.choices = [{"id": 1, "fa": "2"}, {"id": 2, "fa": "ب، پ"}, {"id": 3, "fa": "پ"}]
    field.save()
    custom_fields.forget()
    party = create_party(actor=mina, details=PartyDetails(name="سارا"))
    set_fields(actor=mina, party=party, raws={f"custom:{field.pk}": ["1", "2"]})
    for format in (Format.JSONL, Format.CSV):
        data = written(mina, format)
        emptied()
        taken_in(mina, data, format)
        assert Party.objects.get().custom == {str(field.pk): [1, 2]}


def test_amounts_in_rials_stay_what_they_are(mina: User) -> None:
    """Ours say their unit in the head; a head that says none is in Tomans, as people count."""
    shaped()
    field = CustomField.objects.get(kind=KINDS.MONEY)
    party = create_party(actor=mina, details=PartyDetails(name="سارا"))
    set_fields(actor=mina, party=party, raws={f"custom:{field.pk}": "1500 rial"})
    for data, amount in (
        (written(mina, Format.CSV), 1_500),
        (written(mina, Format.JSONL), 1_500),
        (f"نام,{field.label}\nسارا,1500\n".encode(), 15_000),
        (f"نام,{field.label} (تومان)\nسارا,1500\n".encode(), 15_000),
    ):
        emptied()
        taken_in(mina, data, Format.JSONL if data[:1] == b"{" else Format.CSV)
        assert Party.objects.get().custom == {str(field.pk): amount}


def test_a_day_under_a_heading_that_nobody_knows_is_no_birthday(mina: User) -> None:
    item = taken_in(mina, "نام,ثبت شد\nسارا,1403/02/01\nعلی,1403/02/02\n".encode(), Format.CSV)
    assert [column["field"] for column in item.columns] == ["name", ""]
