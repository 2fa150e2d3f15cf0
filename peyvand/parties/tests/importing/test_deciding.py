"""What becomes of a row: found by its key, and never guessed."""

from collections.abc import Callable
from typing import Any

import pytest

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.core.imports.types import Action, Mode, Outcome, RowVerdict
from peyvand.core.models import CustomField
from peyvand.parties.importing.importer import fields, keys
from peyvand.parties.models import Category, ContactPoint, Party
from peyvand.parties.services import create_party
from peyvand.parties.services.editing import set_field
from peyvand.parties.tests.conftest import make_user
from peyvand.parties.tests.importing.conftest import EVERYTHING, plan
from peyvand.parties.types import ContactDetails, PartyDetails

Run = Callable[..., Outcome]
Look = Callable[..., list[RowVerdict]]
ALI = "09121234567"


def person(actor: User | None, name: str, *typed: str, shared: bool = False, **details: Any) -> Party:
    contacts = [ContactDetails(kind="email" if "@" in each else "mobile", typed=each, shared=shared) for each in typed]
    return create_party(actor=actor, details=PartyDetails(name=name, **details), contacts=contacts)


def told(outcome: Outcome) -> list[tuple[str, str]]:
    return [(row.action.value, row.reason) for row in outcome.rows]


@pytest.mark.parametrize(
    ("key", "column", "cell"),
    [
        ("mobile", "mobile", "+98 912 123 4567"),
        ("phone", "phone", "9121234567"),
        ("email", "email", "ALI@x.example"),
        ("national_id", "national_id", "499370899"),
        ("economic", "economic", "10380284790"),
        ("name_city", "city", "تهران"),
    ],
)
def test_customers_are_found_by_the_key(nora: User, run: Run, key: str, column: str, cell: str) -> None:
    ali = person(nora, "علی رضایی", ALI, "ali@x.example", city="تهران")
    person(nora, "علی رضایی", "09350000000", city="شیراز")
    for name, raw in (("national_id", "0499370899"), ("economic", "10380284790")):
        set_field(actor=nora, party=ali, key=name, raw=raw)
    made = run(plan(f"name {column} job_title", key=key), ("علی رضايي", cell, "مدیر"))
    assert [(row.action, row.ref) for row in made.rows] == [(Action.UPDATE, ali.pk)]
    assert Party.objects.get(pk=ali.pk).job_title == "مدیر"


def test_customers_are_found_by_our_number_and_by_an_own_field(nora: User, run: Run) -> None:
    field = CustomField.objects.create(host="parties.Party", kind="text", label="کد اشتراک", norm="کد اشتراک")
    ali = person(nora, "علی رضایی")
    set_field(actor=nora, party=ali, key=f"custom:{field.pk}", raw="A17")
    own = run(plan(f"custom:{field.pk} city", key=f"custom:{field.pk}"), ("A17", "قم"))
    assert [(row.action, row.ref) for row in own.rows] == [(Action.UPDATE, ali.pk)]
    assert f"custom:{field.pk}" in {key.key for key in keys(nora)}


def test_by_our_number(nora: User, run: Run) -> None:
    ali = person(nora, "علی رضایی")
    assert run(plan("id city", key="id"), (str(ali.pk), "قم")).rows[0].action is Action.UPDATE


def test_the_mode_says_what_may_happen(nora: User, run: Run) -> None:
    person(nora, "علی", ALI)
    rows = ("علی", ALI, "قم"), ("سارا", "09350000000", "قم")
    columns = "name mobile city"
    assert [row.action for row in run(plan(columns, mode=Mode.ADD), *rows).rows] == [Action.SKIP, Action.ADD]
    changed = run(plan(columns, mode=Mode.UPDATE), *rows[:1], ("نو", "09360000000", "قم"))
    assert [row.action for row in changed.rows] == [Action.UPDATE, Action.SKIP]


def test_two_rows_with_one_key_are_not_guessed_at(run: Run) -> None:
    columns = plan("name mobile")
    made = run(columns, ("علی", ALI), ("رضا", "0912 123 4567"))
    assert [row.action for row in made.rows] == [Action.ADD, Action.REFUSE]
    assert "1" in made.rows[1].reason
    assert Party.objects.get().name == "علی"


def test_a_repeated_key_in_a_later_block_is_refused_too(nora: User, run: Run) -> None:
    columns = plan("name mobile")
    run(columns, ("علی", ALI))
    later = run(columns, ("رضا", ALI), first=2000)
    assert later.rows[0].action is Action.REFUSE and "same key" in later.rows[0].reason
    assert Party.objects.get().name == "علی"


def test_a_key_that_fits_several_customers_is_refused(nora: User, run: Run, look: Look) -> None:
    for name in ("علی", "رضا"):
        person(nora, name, ALI, shared=True)
    columns = plan("name mobile")
    assert told(run(columns, ("سارا", ALI))) == [("refuse", "It fits 2 customers.")]
    [seen] = look(columns, ("سارا", ALI))
    assert seen.action is Action.REFUSE and "علی" in seen.problems[0]


def test_who_is_identified_goes_before_who_shares(nora: User, run: Run) -> None:
    ali = person(nora, "علی", ALI)
    person(nora, "رضا", ALI, shared=True)
    assert run(plan("mobile city"), (ALI, "قم")).rows[0].ref == ali.pk


def test_a_customer_whom_the_actor_may_not_see_is_not_named_nor_changed(charlie: User, run: Run, look: Look) -> None:
    hidden = person(charlie, "پنهان", ALI)
    columns = plan("name mobile city")
    made, [seen] = run(columns, ("علی", ALI, "قم")), look(columns, ("علی", ALI, "قم"))
    assert [row.action for row in made.rows] == [Action.REFUSE] == [seen.action]
    assert "پنهان" not in str(seen) and seen.ref is None and made.rows[0].ref is None
    assert Party.objects.get(pk=hidden.pk).city == ""


def test_a_customer_in_the_trash_is_not_met(nora: User, run: Run) -> None:
    gone = person(nora, "علی", ALI)
    Party.objects.filter(pk=gone.pk).update(deleted_at="2026-01-01T00:00:00Z")
    ContactPoint.objects.update(identifies=False)
    assert run(plan("name mobile"), ("علی", ALI)).rows[0].action is Action.ADD


def test_who_may_see_but_not_change_is_told_so(tehran: Any, nora: User, run: Run) -> None:
    reader = make_user("reader", tehran, EVERYTHING | {"parties.change": "own"})
    person(nora, "علی", ALI)
    made = run(plan("mobile city"), (ALI, "قم"), actor=reader)
    assert made.rows[0].action is Action.REFUSE and "not change" in made.rows[0].reason


def test_nobody_imports_without_the_permission(alice: User, run: Run, look: Look) -> None:
    with pytest.raises(NotAllowed):
        run(plan("name mobile"), ("علی", ALI), actor=alice)
    with pytest.raises(NotAllowed):
        look(plan("name mobile"), ("علی", ALI), actor=alice)


def test_protected_numbers_need_their_own_permission(tehran: Any, nora: User, run: Run) -> None:
    plain = make_user("plain", tehran, EVERYTHING)
    assert "national_id" not in {field.key for field in fields(plain)}
    assert "national_id" in {field.key for field in fields(nora)}
    with pytest.raises(Invalid):
        run(plan("name mobile national_id"), ("علی", ALI, "0499370899"), actor=plain)


def test_a_field_that_vanished_stops_the_import(run: Run) -> None:
    with pytest.raises(Invalid):
        run(plan("name mobile custom:99999"), ("علی", ALI, "x"))


def test_a_wrong_cell_refuses_its_row_with_all_reasons_and_no_other(run: Run, look: Look) -> None:
    columns = plan("name mobile birth_date")
    rows = ("علی", "0912abc", "1403/12/31"), ("سارا", "09350000000", "1370/1/1")
    made = run(columns, *rows)
    assert [row.action for row in made.rows] == [Action.REFUSE, Action.ADD]
    assert "0912abc" in made.rows[0].reason and "1403/12/31" in made.rows[0].reason
    first = look(columns, *rows)[0]
    assert {(cell.field, bool(cell.problem)) for cell in first.cells if cell.problem} == {
        ("mobile", True),
        ("birth_date", True),
    }


def test_a_row_without_the_key_is_refused_unless_it_can_only_be_new(run: Run) -> None:
    assert run(plan("name mobile"), ("علی", "")).rows[0].action is Action.REFUSE
    assert run(plan("name mobile", mode=Mode.ADD), ("علی", ""), first=5).rows[0].action is Action.ADD


def test_a_new_customer_needs_a_name(run: Run) -> None:
    made = run(plan("first_name mobile"), ("", ALI))
    assert told(made) == [("refuse", "A customer needs a name.")]


def test_nobody_gives_customers_where_he_may_not(nora: User, tabriz: Any, charlie: User, run: Run) -> None:
    columns = plan("name mobile branch owner")
    made = run(columns, ("علی", ALI, "تبریز", "charlie"))
    assert made.rows[0].action is Action.REFUSE and not Party.objects.exists()


def test_the_preview_says_what_the_run_does(nora: User, run: Run, look: Look) -> None:
    other = person(nora, "صاحب تلفن", "09360000000")
    person(nora, "علی", ALI, city="تهران")
    Category.objects.create(name="طلایی", norm="طلایی", required=["name", "email"])
    columns = plan("name mobile city category phone")
    rows = (
        ("علی", ALI, "قم", "", ""),
        ("سارا", "09350000000", "", "طلایی", "09360000000"),
        ("بد", "123", "", "", ""),
        ("علی", ALI, "", "", ""),
        ("نا", "09370000000", "", "نیست", ""),
    )
    seen = look(columns, *rows)
    assert Party.objects.count() == 2  # nothing is written by looking
    made = run(columns, *rows)
    assert [row.action for row in seen] == [row.action for row in made.rows]
    city = next(cell for cell in seen[0].cells if cell.field == "city")
    assert (city.before, city.after) == ("تهران", "قم")
    assert any(other.name in warning for warning in seen[1].warnings)
    assert any("E-mail" in warning for warning in seen[1].warnings)
    assert "طلایی" in seen[4].problems[0]


def test_a_token_with_less_may_do_less(tehran: Any, run: Run) -> None:
    narrow = make_user("narrow", tehran, {"parties.import": "branch", "parties.view": "branch"})
    made = run(plan("name mobile"), ("علی", ALI), actor=narrow)
    assert made.rows[0].action is Action.REFUSE
