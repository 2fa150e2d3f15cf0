"""Taking an import back: everything as it was, but for what others wrote since."""

import random
from collections.abc import Callable

import pghistory
import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core.files import store
from peyvand.core.imports.types import Action, Outcome, Undone
from peyvand.core.models import CustomField
from peyvand.parties.models import (
    Category,
    ContactPoint,
    DuplicateKey,
    DuplicatePair,
    Party,
    PartyNote,
    Profile,
    Tag,
)
from peyvand.parties.services import create_party
from peyvand.parties.services.editing import set_field, set_fields
from peyvand.parties.services.notes import add_note
from peyvand.parties.tests.importing.conftest import plan
from peyvand.parties.tests.importing.test_deciding import person
from peyvand.parties.types import ContactDetails, PartyDetails

Run = Callable[..., Outcome]
Back = Callable[[Outcome], Undone]
ALI = "09121234567"
# What differs by its nature after an import and its undo: history (…event, contexts), the outbox and the queue, the
# words of the search (counted anew each night), and the jobs and imports themselves.
APART = (
    "event",
    "pghistory_",
    "core_outbox",
    "procrastinate_",
    "parties_word",
    "core_longjob",
    "core_import",
    "django_",
)
# Of a customer: how often and when he was written, which goes up with every write, that of the undo too.
UNCOUNTED = {"parties_party": ("version", "changed_at", "change_xid")}


def everything() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(APART) or table.endswith("event"):
                continue
            minus = "".join(f" - '{name}'" for name in UNCOUNTED.get(table, ()))
            cursor.execute(f"SELECT (to_jsonb(t){minus})::text FROM {table} t ORDER BY 1")
            found[table] = [row[0] for row in cursor.fetchall()]
    return found


def test_what_was_made_goes_for_good(run: Run, take_back: Back) -> None:
    before = everything()
    columns = plan("name mobile email city organisation tags note")
    ali = ("علی", ALI, "a@x.example", "قم", "شرکت نو", "تازه", "سلام")
    made = run(columns, ali, ("سارا", "09350000000", "", "", "شرکت نو", "", ""))
    assert Party.objects.count() == 3
    undone = take_back(made)
    assert [row.is_undone for row in undone.rows] == [True, True]
    assert everything() == before


def test_what_was_changed_comes_back(nora: User, run: Run, take_back: Back) -> None:
    ali = person(nora, "علی", ALI, city="تهران", job_title="مدیر")
    before = everything()
    made = run(plan("name mobile city job_title email birth_date roles national_id"),
               ("علی رضایی", ALI, "قم", "مشاور", "a@x.example", "1370/1/1", "مشتری", "0499370899"))  # fmt: skip
    assert made.rows[0].action is Action.UPDATE and Profile.objects.count() == 1
    assert take_back(made).rows[0].is_undone
    assert everything() == before
    assert Party.objects.get(pk=ali.pk).version == 3  # counted on, so that an open page notices


def test_a_cell_that_was_touched_since_stays_and_the_others_come_back(nora: User, run: Run, take_back: Back) -> None:
    ali = person(nora, "علی", ALI, city="تهران", job_title="مدیر")
    made = run(plan("mobile city job_title"), (ALI, "قم", "مشاور"))
    set_field(actor=nora, party=ali, key="city", raw="شیراز")
    [row] = take_back(made).rows
    ali.refresh_from_db()
    assert (ali.city, ali.job_title, row.is_undone) == ("شیراز", "مدیر", False)
    assert row.left == ["City was changed since."] and row.label == "علی"


def test_own_fields_come_back_each_for_itself(nora: User, run: Run, take_back: Back) -> None:
    one, two = (
        CustomField.objects.create(host="parties.Party", kind="text", label=f"ف{n}", norm=f"ف{n}") for n in (1, 2)
    )
    ali = person(nora, "علی", ALI)
    set_fields(actor=nora, party=ali, raws={f"custom:{one.pk}": "الف", f"custom:{two.pk}": "ب"})
    made = run(plan(f"mobile custom:{one.pk} custom:{two.pk}"), (ALI, "پ", "ت"))
    set_field(actor=nora, party=ali, key=f"custom:{two.pk}", raw="ث")
    take_back(made)
    ali.refresh_from_db()
    assert ali.custom == {str(one.pk): "الف", str(two.pk): "ث"}


def test_a_profile_that_others_went_on_to_fill_loses_only_what_the_import_wrote(
    nora: User, run: Run, take_back: Back
) -> None:
    ali = person(nora, "علی", ALI)
    made = run(plan("mobile gender occupation"), (ALI, "مرد", "نجار"))
    set_fields(actor=nora, party=ali, raws={"industry": "چوب", "occupation": "استاد نجار"})
    [row] = take_back(made).rows
    profile = Profile.objects.get(party=ali)
    assert (profile.gender, profile.occupation, profile.industry) == ("", "استاد نجار", "چوب")
    assert not row.is_undone


def edit(actor: User, party: Party) -> None:
    """Somebody writes by hand: in the history it is not the import any more."""
    with pghistory.context(user=actor.pk):
        set_field(actor=actor, party=party, key="city", raw="قم")


@pytest.mark.parametrize("how", ["edited", "noted", "employed", "filed"])
def test_a_new_customer_to_whom_something_was_added_stays(nora: User, run: Run, take_back: Back, how: str) -> None:
    made = run(plan("name kind mobile", key=""), ("شرکت الف", "شرکت", ""))
    firm = Party.objects.get()
    if how == "edited":
        edit(nora, firm)
    elif how == "noted":
        add_note(actor=nora, party=firm, body="سلام")
    elif how == "employed":
        create_party(actor=nora, details=PartyDetails(name="علی", organisation_id=firm.pk))
    else:
        apps.get_model("parties", "PartyFile")._default_manager.create(party=firm, file=store(data=b"x", name="a.txt"))
    [row] = take_back(made).rows
    assert not row.is_undone and row.left and row.label == "شرکت الف"
    assert Party.objects.filter(pk=firm.pk).exists()


def test_an_organisation_whose_person_stays_stays_too(nora: User, run: Run, take_back: Back) -> None:
    made = run(plan("name mobile organisation"), ("علی", ALI, "شرکت نو"))
    edit(nora, Party.objects.get(name="علی"))
    take_back(made)
    assert {party.name for party in Party.objects.all()} == {"علی", "شرکت نو"}


def test_a_tag_that_somebody_wears_stays(nora: User, run: Run, take_back: Back) -> None:
    made = run(plan("name mobile tags"), ("علی", ALI, "تازه"))
    other = person(nora, "سارا", "09350000000")
    set_field(actor=nora, party=other, key="tags", raw=["تازه"])
    take_back(made)
    assert Tag.objects.filter(name="تازه").exists() and not Party.objects.filter(name="علی").exists()


def test_whoever_looks_like_somebody_else_goes_all_the_same(nora: User, run: Run, take_back: Back) -> None:
    """Soon after an import its customers stand in pairs of duplicates, with one another and with others."""
    known, alike = person(nora, "علی", "09120000001"), person(nora, "علی", "09120000002")
    pair = DuplicatePair.objects.create(first=known, second=alike, score=60, checked_at=timezone.now())
    before = everything()
    made = run(plan("name mobile"), ("علی", ALI), ("علی", OTHER))
    one, two = Party.objects.exclude(pk__in=[known.pk, alike.pk]).order_by("pk")
    for first, second, state in ((known, one, "open"), (one, two, "open"), (alike, two, "not_same")):
        DuplicatePair.objects.create(first=first, second=second, score=60, state=state, checked_at=timezone.now())
    DuplicateKey.objects.create(key=5, party_id=one.pk)
    assert [row.is_undone for row in take_back(made).rows] == [True, True]
    connection.check_constraints()  # as the end of the transaction does
    assert DuplicatePair.objects.get() == pair and everything() == before


def test_a_number_that_somebody_has_by_now_comes_back_as_a_shared_one(nora: User, run: Run, take_back: Back) -> None:
    ali = create_party(
        actor=nora, details=PartyDetails(name="علی"), contacts=[ContactDetails(kind="mobile", typed=ALI)]
    )
    made = run(plan("id mobile", key="id"), (str(ali.pk), "09350000000"))
    other = person(nora, "سارا", ALI)
    take_back(made)
    points = {point.party_id: point.identifies for point in ContactPoint.objects.filter(value="+989121234567")}
    assert points == {ali.pk: False, other.pk: True}


def test_it_can_be_taken_back_only_once_and_then_does_nothing(run: Run, take_back: Back) -> None:
    made = run(plan("name mobile"), ("علی", ALI))
    take_back(made)
    before = everything()
    take_back(made)
    assert everything() == before


def _someone(luck: random.Random, number: int) -> dict[str, str]:
    return {
        "name": luck.choice(("علی رضایی", "سارا امینی", "Bob Ross")) + f" {number}",
        "mobile": f"0912{number:07d}",
        "email": luck.choice(("", f"m{number}@x.example")),
        "city": luck.choice(("", "تهران", "قم")),
        "job_title": luck.choice(("", "مدیر", "مشاور")),
        "organisation": luck.choice(("", "", "شرکت الف", "شرکت ب")),
        "birth_date": luck.choice(("", "1370/01/01")),
        "gender": luck.choice(("", "مرد", "زن")),
        "roles": luck.choice(("", "مشتری", "partner، مشتری")),
        "tags": luck.choice(("", "ویژه", f"نو {number % 3}")),
        "street": luck.choice(("", "خیابان آزادی")),
        "national_id": luck.choice(("", "0499370899")),
        "note": luck.choice(("", "یادداشت")),
        "consent:sms:marketing": luck.choice(("", "بله", "خیر")),
        "life_cycle": luck.choice(("", "فعلی", "ناراضی")),
        "category": luck.choice(("", "طلایی")),
    }


@pytest.mark.parametrize("seed", range(12))
def test_import_then_undo_gives_the_same_database(nora: User, run: Run, take_back: Back, seed: int) -> None:
    """Two files one after the other over customers of all kinds, taken back in the other order."""
    luck = random.Random(seed)
    Category.objects.create(name="طلایی", norm="طلایی")
    Tag.objects.create(name="ویژه", norm="ویژه")
    rules = {}
    blocks = []
    states = []
    for round_of in range(3):
        numbers = luck.sample(range(1, 16), 9)
        rows = [_someone(luck, number) for number in numbers]
        keys = list(rows[0])
        rules = " ".join(f"{key}={luck.choice(('overwrite', 'fill', 'append'))}" for key in keys)
        states.append(everything())
        done = run(plan(" ".join(keys), rules=rules), *[tuple(row.values()) for row in rows], first=round_of * 2000)
        assert all(row.action in {Action.ADD, Action.UPDATE, Action.UNCHANGED} for row in done.rows), [
            r.reason for r in done.rows
        ]
        blocks.append(done)
    for done, state in zip(reversed(blocks), reversed(states), strict=True):
        undone = take_back(done)
        assert not [row.left for row in undone.rows if row.left]
        assert everything() == state
    assert not Party.objects.exists() and not PartyNote.objects.exists()


OTHER, THIRD = "09350000000", "09360000000"


def firsts(party: Party) -> list[str]:
    """The numbers that come first."""
    return list(party.contact_points.filter(kind="mobile", is_primary=True).values_list("value", flat=True))


def test_when_the_first_number_was_taken_away_since_another_comes_first(nora: User, run: Run, take_back: Back) -> None:
    ali = person(nora, "علی", ALI)
    ali.contact_points.create(kind="mobile", typed=THIRD, value="+989360000000", identifies=True)
    made = run(plan("name mobile", key="name_city"), ("علی", OTHER))
    assert firsts(ali) == ["+989350000000"]
    ali.contact_points.get(is_primary=True).delete()  # since
    take_back(made)
    assert firsts(ali) == ["+989360000000"]


def test_what_a_person_put_first_since_stays_first(nora: User, run: Run, take_back: Back) -> None:
    ali = person(nora, "علی", ALI)
    ali.contact_points.create(kind="mobile", typed=THIRD, value="+989360000000", identifies=True)
    made = run(plan("name mobile", key="name_city"), ("علی", OTHER))
    ali.contact_points.update(is_primary=False)
    ali.contact_points.filter(value="+989360000000").update(is_primary=True)
    take_back(made)
    assert firsts(ali) == ["+989360000000"]


def test_a_place_that_was_added_since_becomes_the_main_one(nora: User, run: Run, take_back: Back) -> None:
    ali = person(nora, "علی", ALI)
    made = run(plan("mobile street city"), (ALI, "خیابان یک", "قم"))
    kept = ali.addresses.create(street="خیابان دو", city="یزد")
    take_back(made)
    assert [(each.pk, each.is_primary) for each in ali.addresses.all()] == [(kept.pk, True)]
    assert Party.objects.get(pk=ali.pk).city == "یزد"
