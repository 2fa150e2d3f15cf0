"""Bringing activities in from a table: what was done and what is to come, refused with its reason, taken back."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from peyvand.accounts.models import Notification, User
from peyvand.accounts.services import create_role
from peyvand.accounts.types import Scope
from peyvand.activities import importing
from peyvand.activities.models import Activity
from peyvand.activities.services.erasing import erase_of_party
from peyvand.core.errors import NotAllowed
from peyvand.core.imports.types import Action, ColumnPlan, Mode, Plan, Row
from peyvand.core.models import LongJob
from peyvand.core.text import sort_key
from peyvand.parties.models import Party
from tests.cast import Cast, make_user

TEHRAN = ZoneInfo("Asia/Tehran")
NAMES = ("subject", "kind", "day", "ends", "customer", "owner", "state", "result")
PLAN = Plan(mode=Mode.ADD, columns=[ColumnPlan(index=number, field=name) for number, name in enumerate(NAMES)])
JOB = LongJob()
FIRM = "فولاد پارس"


@pytest.fixture
def ira(cast: Cast) -> User:
    """She brings in what others have done."""
    wanted = ("activities.view", "activities.plan", "activities.import", "parties.view")
    role = create_role(actor=None, name="واردکننده", permissions=dict.fromkeys(wanted, Scope.ALL))
    return make_user("ira", department=cast.sales, roles=[role])


@pytest.fixture
def party(cast: Cast) -> Party:
    return Party.objects.create(name=FIRM, sort_key=sort_key(FIRM), kind="organisation", branch=cast.tehran)


def row(number: int = 0, **values: str) -> Row:
    given = {"subject": "تماس نخست", "kind": "تماس", "day": "۱۴۰۴/۰۵/۱۰ ۱۰:۳۰", "customer": "فولاد پارس"} | values
    return Row(number, [given.get(name, "") for name in NAMES])


def test_a_row_is_planned_or_closed_at_its_time_for_its_customer(cast: Cast, ira: User, party: Party) -> None:
    rows = [
        row(0, state="انجام شد", result="قیمت خواست", ends="۱۴۰۴/۰۵/۱۰ ۱۰:۵۰"),
        row(1, kind="task", day="2030-03-20", owner=cast.bob.full_name, customer=str(party.pk)),
        row(2, kind="کار", day="", customer=""),
        row(3, state="لغو شد", day="2030-05-01 09:00"),
    ]
    checked = importing.check(ira, PLAN, rows)
    assert [one.problems for one in checked] == [[]] * 4
    assert not Activity.objects.exists()
    outcome = importing.apply(ira, PLAN, rows, JOB)
    done, day, free, off = (Activity.objects.get(pk=one.ref) for one in outcome.rows)
    at = datetime(2025, 8, 1, 10, 30, tzinfo=TEHRAN)
    assert (done.state, done.at, done.party, done.result) == ("done", at, party, "قیمت خواست")
    assert done.done_at == at.replace(minute=50)
    assert (day.all_day, day.owner, day.party, day.at) == (
        True, cast.bob, party, datetime.combine(datetime(2030, 3, 20), time(), tzinfo=TEHRAN)  # noqa: DTZ001
    )  # fmt: skip
    assert (free.at, free.state, off.state) == (None, "planned", "cancelled")


@pytest.mark.parametrize(
    "bad",
    [
        {"subject": " "}, {"kind": "ناشناخته"}, {"day": "۱۴۰۴/۱۳/۴۰"}, {"day": ""}, {"day": "1404/05/10 25:99"},
        {"ends": "1404/05/09 10:00"}, {"customer": "ناشناس"}, {"owner": "هیچ‌کس"}, {"state": "شاید"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(
    cast: Cast, ira: User, party: Party, bad: dict[str, Any]
) -> None:
    (verdict,) = importing.check(ira, PLAN, [row(**bad)])
    assert verdict.action is Action.REFUSE and verdict.problems
    (outcome,) = importing.apply(ira, PLAN, [row(**bad)], JOB).rows
    assert (outcome.action, outcome.ref) == (Action.REFUSE, None) and outcome.reason
    assert not Activity.objects.exists()


def test_two_customers_of_one_name_are_not_guessed(cast: Cast, ira: User, party: Party) -> None:
    Party.objects.create(name=party.name, sort_key=party.sort_key, kind="organisation", branch=cast.tehran)
    assert importing.check(ira, PLAN, [row()])[0].action is Action.REFUSE
    assert importing.check(ira, PLAN, [row(customer=str(party.pk))])[0].action is Action.ADD


def test_an_import_is_taken_back_but_what_was_changed_since(cast: Cast, ira: User, party: Party) -> None:
    outcome = importing.apply(ira, PLAN, [row(0), row(1)], JOB)
    first, second = (one.ref for one in outcome.rows)
    Activity.objects.filter(pk=second).update(version=9)
    undone = importing.undo(ira, outcome, JOB)
    assert [one.is_undone for one in undone.rows] == [True, False]
    assert list(Activity.objects.values_list("pk", flat=True)) == [second]
    assert first not in Activity.objects.values_list("pk", flat=True)


def test_an_import_tells_nobody_and_only_who_may_begins_one(cast: Cast, ira: User, party: Party) -> None:
    planned = [row(owner=cast.bob.username, day="2030-03-20")]
    assert importing.apply(ira, PLAN, planned, JOB).rows[0].action is Action.ADD
    assert not Notification.objects.filter(user=cast.bob).exists()
    with pytest.raises(NotAllowed):
        importing.guard(cast.alice)
    assert erase_of_party(party.pk)["activities.imports"] == 0
