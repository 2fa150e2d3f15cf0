"""Leads and deals from a file: customers found, stages and people named, nothing twice, taken back."""

import datetime as dt
from typing import Any

import pytest

from peyvand.core.errors import NotAllowed
from peyvand.core.imports.kinds import importer_of
from peyvand.core.imports.types import Action, ColumnPlan, FieldRule, Mode, Outcome, Plan, Row
from peyvand.core.models import LongJob, OutboxEvent
from peyvand.parties.models import ContactPoint
from peyvand.sales import services
from peyvand.sales.importing import importer
from peyvand.sales.models import Deal, DealPassage, DealSpan
from peyvand.sales.tests.selling import MILLION, House, customer, deal, house
from peyvand.sales.types import DealDetails
from tests.cast import Cast

JOB = LongJob()


@pytest.fixture
def place(cast: Cast) -> House:
    made = house(cast)
    ContactPoint.objects.create(party=made.party, kind="mobile", typed="09123456789", value="+989123456789")
    return made


def plan(*fields: str, mode: Mode = Mode.BOTH, key: str = "same", **more: Any) -> Plan:
    columns = [ColumnPlan(index=number, field=field) for number, field in enumerate(fields)]
    return Plan(mode=mode, key=key, columns=more.pop("columns", columns), **more)


def rows(*lines: tuple[str, ...]) -> list[Row]:
    return [Row(number, line) for number, line in enumerate(lines)]


def apply(place: House, wanted: Plan, *lines: tuple[str, ...]) -> Outcome:
    return importer.apply(place.cast.bob, wanted, rows(*lines), JOB)


def actions(outcome: Outcome) -> list[Action]:
    return [row.action for row in outcome.rows]


def test_rows_become_deals_that_stand_where_the_file_says(place: House) -> None:
    cast, wanted = place.cast, plan("name", "mobile", "amount", "stage", "owner", "state", "opened_on", "closed_on")
    made = apply(
        place,
        wanted,
        ("خط سوم", "۰۹۱۲۳۴۵۶۷۸۹", "۵٬۰۰۰٬۰۰۰", "need", "آلاله رستمی", "برده", "۱۴۰۵/۰۱/۱۵", "۱۴۰۵/۰۲/۱۵"),
        ("خط چهارم", "0912 345 6789", "3000000 تومان", "", "alice", "", "", ""),
    )
    assert actions(made) == [Action.ADD, Action.ADD], [row.reason for row in made.rows]
    won, is_open = Deal.objects.order_by("pk")
    assert (won.party, won.stage.name, won.state, won.amount) == (place.party, "need", "won", 5 * MILLION)
    assert won.closed_at is not None and won.closed_at.date() == dt.date(2026, 5, 5)
    assert (is_open.stage.name, is_open.amount, is_open.owner) == ("first", 3 * MILLION, cast.alice)
    assert is_open.branch == cast.alice.branch and is_open.created_by == cast.bob and "چهارم" in is_open.search
    for one in (won, is_open):
        span = DealSpan.objects.get(deal=one)
        assert (span.stage_id, span.state, span.until) == (one.stage_id, one.state, None)
        assert DealPassage.objects.get(deal=one).furthest_id == one.stage_id
    assert not OutboxEvent.objects.filter(name="sales.deal_opened").exists()
    services.move_deal(actor=cast.alice, deal_id=is_open.pk, stage_id=place.stage("need").pk)


def test_the_same_file_again_changes_nothing(place: House) -> None:
    wanted, line = plan("name", "mobile", "amount"), ("خط", "09123456789", "2000000")
    assert actions(apply(place, wanted, line, line)) == [Action.ADD, Action.SKIP]
    assert actions(apply(place, wanted, line)) == [Action.UNCHANGED]
    assert actions(apply(place, plan("name", "mobile", mode=Mode.ADD), line)) == [Action.SKIP]
    assert Deal.objects.count() == 1


def test_what_cannot_be_says_why_and_the_preview_says_the_same(place: House) -> None:
    customer("دوتا", place.cast.alice), customer("دوتا", place.cast.alice)
    hidden = customer("پنهان", place.cast.charlie)
    wanted = plan("name", "customer", "party", "stage", "pipeline", "owner", "amount", "close_on")
    lines = [
        ("", "کارخانهٔ نور", "", "", "", "", "", ""),
        ("a", "دوتا", "", "", "", "", "", ""),
        ("b", "", str(hidden.pk), "", "", "", "", ""),
        ("c", "", "", "", "", "", "", ""),
        ("d", "کارخانهٔ نور", "", "no such", "", "", "", ""),
        ("e", "کارخانهٔ نور", "", "", "no such", "", "", ""),
        ("f", "کارخانهٔ نور", "", "", "", "nobody", "", ""),
        ("g", "کارخانهٔ نور", "", "", "", "", "much", ""),
        ("h", "کارخانهٔ نور", "", "", "", "", "9" * 30, ""),
        ("i", "کارخانهٔ نور", "", "", "", "", "", "30/12"),
    ]
    verdicts = importer.check(place.cast.bob, wanted, rows(*lines))
    assert {each.action for each in verdicts} == {Action.REFUSE} and all(each.problems for each in verdicts)
    made = apply(place, wanted, *lines)
    assert [row.reason for row in made.rows] == [" ".join(each.problems) for each in verdicts]
    assert not Deal.objects.exists()


def test_known_deals_are_changed_by_the_rules_of_their_columns_and_put_back(place: House) -> None:
    cast = place.cast
    one = deal(place, amount=MILLION, source="نمایشگاه", note="الف")
    columns = [
        ColumnPlan(index=0, field="id"),
        ColumnPlan(index=1, field="amount"),
        ColumnPlan(index=2, field="source", rule=FieldRule.FILL),
        ColumnPlan(index=3, field="note", rule=FieldRule.APPEND),
        ColumnPlan(index=4, field="owner"),
    ]
    wanted = plan(mode=Mode.UPDATE, key="id", columns=columns)
    made = apply(place, wanted, (str(one.pk), "2000000", "وب", "ب", "bob"), ("999999", "1", "", "", ""))
    assert actions(made) == [Action.UPDATE, Action.SKIP]
    one.refresh_from_db()
    assert (one.amount, one.source, one.note, one.owner) == (2 * MILLION, "نمایشگاه", "الف\nب", cast.bob)
    undone = importer.undo(cast.bob, made, JOB)
    assert [row.is_undone for row in undone.rows] == [True]
    one.refresh_from_db()
    assert (one.amount, one.note, one.owner) == (MILLION, "الف", cast.alice)


def test_taking_back_leaves_what_somebody_has_changed_since(place: House) -> None:
    cast = place.cast
    made = apply(place, plan("name", "mobile"), ("یک", "09123456789"), ("دو", "09123456789"))
    one, two = Deal.objects.order_by("pk")
    services.change_deal(actor=cast.bob, deal_id=two.pk, details=DealDetails(name="دو", amount=1))
    undone = importer.undo(cast.bob, made, JOB)
    assert [(row.ref, row.is_undone, bool(row.left)) for row in undone.rows] == [
        (one.pk, True, False),
        (two.pk, False, True),
    ]
    assert list(Deal.objects.filter(deleted_at=None)) == [two]
    assert importer.erase(made, place.party.pk).rows[0].label == ""


def test_only_who_may_give_deals_to_others_imports_and_it_costs_the_same_for_many(
    place: House, django_assert_max_num_queries: Any
) -> None:
    for somebody in (place.cast.alice, place.cast.charlie):
        with pytest.raises(NotAllowed):
            importer_of("sales.Deal").guard(somebody)
    lines = [(f"deal {number}", "09123456789", "1000") for number in range(300)]
    with django_assert_max_num_queries(30):
        made = apply(place, plan("name", "mobile", "amount"), *lines)
    assert set(actions(made)) == {Action.ADD} and Deal.objects.count() == 300
