"""An import is taken back after its customers were merged: what stands in a merge stays, what was split again goes."""

from collections.abc import Callable

import pghistory
import pytest

from peyvand.accounts.models import User
from peyvand.core.imports.types import Outcome, Undone
from peyvand.parties.models import Merge, Party
from peyvand.parties.services.editing import set_field
from peyvand.parties.services.merging import merge_parties, undo_merge
from peyvand.parties.services.merging.later import later_rows
from peyvand.parties.tests.importing.conftest import plan
from peyvand.parties.tests.importing.test_deciding import person
from peyvand.parties.tests.importing.test_undoing import everything

pytestmark = pytest.mark.django_db
Run = Callable[..., Outcome]
Back = Callable[[Outcome], Undone]
COLUMNS = "name mobile email city organisation tags note"
FIRST = ("علی نو", "09121234567", "a@x.example", "قم", "شرکت نو", "تازه", "سلام")
SECOND = ("سارا نو", "09350000000", "", "", "شرکت دیگر", "", "")


def named(name: str) -> Party:
    return Party.objects.get(name=name)


def merge(survivor: Party, *others: Party) -> Merge:
    return merge_parties(actor=None, survivor_id=survivor.pk, party_ids=[each.pk for each in others])


def without_log(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    return {table: lines for table, lines in rows.items() if not table.startswith("parties_merge")}


def test_merges_that_were_taken_back_leave_nothing_that_holds_an_import(nora: User, run: Run, take_back: Back) -> None:
    known = person(nora, "علی کهنه", "09120000001", city="تهران")
    before = without_log(everything())
    made = run(plan(COLUMNS), FIRST, SECOND)
    merges = [
        merge(known, named("علی نو")),
        merge(named("شرکت نو"), named("شرکت دیگر")),  # its people change their employer
        merge(named("سارا نو"), known),
    ]
    for each in reversed(merges):
        undo_merge(actor=None, merge=each)
    undone = take_back(made)
    assert [row.left for row in undone.rows if row.left] == []
    assert without_log(everything()) == before
    assert not Merge.objects.exists(), "the log names nobody who is gone for good"


def test_what_stands_in_a_merge_stays_and_says_so(nora: User, run: Run, take_back: Back) -> None:
    known = person(nora, "علی کهنه", "09120000001", city="تهران")
    made = run(plan(COLUMNS), FIRST, SECOND)
    standing = merge(known, named("علی نو"))
    undone = {row.label: row for row in take_back(made).rows}
    assert not Party.objects.filter(name="سارا نو").exists()
    assert [str(each) for each in undone["علی نو"].left][:1] == ["It was merged since; take the merge back first."]
    undo_merge(actor=None, merge=standing)
    again = named("علی نو")
    assert again.deleted_at is None and again.organisation == named("شرکت نو")


def test_an_edit_between_a_merge_and_its_undo_still_holds_the_import(nora: User, run: Run, take_back: Back) -> None:
    known = person(nora, "علی کهنه", "09120000001", city="تهران")
    made = run(plan(COLUMNS), FIRST)
    survivor = named("علی نو")
    one = merge(survivor, known)
    with pghistory.context(user=nora.pk):  # as her request has it
        set_field(actor=nora, party=named("علی نو"), key="job_title", raw="مدیر")
    undo_merge(actor=None, merge=one)
    [row] = [row for row in take_back(made).rows if row.ref == survivor.pk]
    assert not row.is_undone and str(row.left[0]) == "It was changed since."
    assert named("علی نو").job_title == "مدیر"


def test_what_people_wrote_into_a_merge_holds_whom_it_was_given_to(nora: User, run: Run, take_back: Back) -> None:
    known = person(nora, "علی کهنه", "09120000001", city="تهران")
    made = run(plan(COLUMNS), FIRST)
    new = named("علی نو")
    one = merge(known, new)
    point = known.contact_points.create(kind="mobile", typed="09360000000", value="+989360000000", identifies=True)
    [key] = [row.key for row in later_rows(one) if row.row == point.pk]
    undo_merge(actor=None, merge=one, places={key: new.pk})
    [row] = [row for row in take_back(made).rows if row.ref == new.pk]
    assert not row.is_undone and str(row.left[0]) == "It was changed since."
    assert new.contact_points.filter(pk=point.pk).exists()


def test_a_field_that_was_edited_in_a_merge_holds_whom_it_went_to(nora: User, run: Run, take_back: Back) -> None:
    known = person(nora, "علی کهنه", "09120000001", city="تهران")
    made = run(plan(COLUMNS + " job_title"), (*FIRST, "مدیر"))
    new = named("علی نو")
    one = merge(known, new)  # its work is the survivor's now
    with pghistory.context(user=nora.pk):
        set_field(actor=nora, party=Party.objects.get(pk=known.pk), key="job_title", raw="مدیر کل")
    undo_merge(actor=None, merge=one)
    [row] = [row for row in take_back(made).rows if row.ref == new.pk]
    assert not row.is_undone and Party.objects.get(pk=new.pk).job_title == "مدیر کل"
