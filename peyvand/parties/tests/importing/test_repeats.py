"""A key that comes again in another block: the check of all rows tells it as the run does it."""

from collections.abc import Callable

import pytest

from peyvand.accounts.models import User
from peyvand.core.custom_fields import forget
from peyvand.core.imports import selectors, services
from peyvand.core.imports.blocks import pack
from peyvand.core.imports.flagged import flagged_rows
from peyvand.core.imports.types import BLOCK, Action, ColumnPlan, Mode, Plan, RowVerdict
from peyvand.core.models import CustomField, Import, ImportKeys
from peyvand.parties.models import Party
from peyvand.parties.tests.importing.conftest import plan
from peyvand.parties.tests.importing.test_deciding import person
from peyvand.parties.tests.importing.test_whole import table, uploaded, work

Line = tuple[str, str, str, str, str]


def brought(user: User, first: list[Line], second: list[Line]) -> Import:
    """An import of two blocks: some rows at the beginning of each."""
    item = uploaded(user, table(*first))
    item.blocks.create(number=1, first=BLOCK, count=len(second), rows=pack([list(row) for row in second]))
    item.total = BLOCK + len(second)
    item.save()
    return item


def of(name: str, mobile: str, email: str = "", city: str = "") -> Line:
    return name, mobile, email, city, ""


FIRST = [of(f"نام {n}", f"0913{n:07d}") for n in range(9)]


def refused_of(item: Import, user: User) -> dict[int, str]:
    """The rows that the preview would refuse, by their number."""
    rows = selectors.preview(user, item, only_problems=True, size=100).rows
    refused = [row for row in rows if row.verdict.action is Action.REFUSE]
    return {row.number: " ".join(map(str, row.verdict.problems)) for row in refused}


def run_of(item: Import, user: User) -> dict[str, int]:
    job = work(services.start_import(actor=user, import_id=item.pk))
    return {act: job.result.get(act, 0) for act in ("add", "update", "unchanged", "skip", "refuse")}


CASES: dict[str, tuple[tuple[Line, ...], set[int]]] = {
    "a new one twice": ((of("دیگری", "09130000007"),), {BLOCK}),
    "again and again": ((of("دو", "0913 000 0007"), of("سه", "+989130000007")), {BLOCK, BLOCK + 1}),
    "one that was there": ((of("علی", "09121234567", city="یزد"), of("علی", "9121234567")), {BLOCK + 1}),
    "one that is refused itself": ((of("", "09130000007"),), {BLOCK}),
    "nothing again": ((of("علی", "09121234567"),), set()),
}


@pytest.mark.parametrize("case", CASES)
def test_the_check_says_of_repeated_keys_what_the_run_does(case: str, nora: User) -> None:
    person(nora, "علی", "09121234567", city="تهران")
    rows, refused = CASES[case]
    item = brought(nora, FIRST, list(rows))
    work(services.start_check(actor=nora, import_id=item.pk))
    item.refresh_from_db()
    told = refused_of(item, nora)
    assert {number for number in told if number >= BLOCK} == refused
    if case == "a new one twice":
        assert told[BLOCK] == "Data row 8 of this file means the same record; this one will not be taken."
        assert [row[-2] for row in list(flagged_rows(nora, item))[1:]] == [BLOCK + 2]
    assert not ImportKeys.objects.exclude(tokens=[]).exists()
    counts = {act: item.counts.get(act, 0) for act in ("add", "update", "unchanged", "skip", "refuse")}
    assert counts == run_of(item, nora)


def test_two_rows_of_one_customer_by_different_keys_are_told(nora: User) -> None:
    known = person(nora, "علی", "09121234567", city="تهران")
    known.contact_points.create(kind="mobile", typed="09121234568", value="+989121234568", identifies=True)
    item = brought(nora, [of("علی", "09121234567", city="یزد")], [of("علی", "09121234568", city="قم")])
    work(services.start_check(actor=nora, import_id=item.pk))
    item.refresh_from_db()
    assert set(refused_of(item, nora)) == {BLOCK}
    assert run_of(item, nora)["refuse"] == 1
    assert Party.objects.get(pk=known.pk).city == "یزد"


def test_a_correction_takes_the_verdict_back_until_the_next_check(nora: User) -> None:
    item = brought(nora, FIRST, [of("دیگری", "09130000007")])
    work(services.start_check(actor=nora, import_id=item.pk))
    item = services.fix_row(actor=nora, import_id=item.pk, number=BLOCK, cells={1: "09351112233"})
    assert selectors.checked(nora, item, item.blocks.get(number=1))[0].verdict.action is Action.ADD
    work(services.start_check(actor=nora, import_id=item.pk))
    item.refresh_from_db()
    assert not refused_of(item, nora) and item.counts == {"add": len(FIRST) + 1}


def test_a_protected_number_of_a_custom_field_is_one_key_however_it_is_enciphered(
    nora: User, look: Callable[..., list[RowVerdict]]
) -> None:
    field = CustomField.objects.create(host="parties.Party", kind="national_id", label="کد", norm="کد")
    forget()
    asked = plan(f"name custom:{field.pk}", key=f"custom:{field.pk}")
    first, second = look(asked, ["علی", "0012345679"], ["رضا", "0012345679"])
    forget()
    assert first.action is Action.ADD
    assert second.action is Action.REFUSE and "same key" in second.problems[0]


def test_without_a_key_nothing_is_a_repetition(nora: User) -> None:
    item = brought(nora, FIRST, [of("نام 7", "09130000007")])
    columns = [ColumnPlan(index=0, field="name", header="نام و نام خانوادگی")]
    services.save_plan(actor=nora, import_id=item.pk, plan=Plan(mode=Mode.ADD, columns=columns))
    work(services.start_check(actor=nora, import_id=item.pk))
    item.refresh_from_db()
    assert item.counts == {"add": len(FIRST) + 1}
