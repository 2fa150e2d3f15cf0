"""Rows are brought in as a worker would: one block, in a transaction, with its outcome kept in the block."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pghistory
import pytest
from django.utils import translation

from peyvand.accounts.models import User
from peyvand.core.imports.types import ColumnPlan, FieldRule, Mode, Outcome, Plan, Row, RowVerdict, Undone
from peyvand.core.models import LongJob
from peyvand.parties.importing.running import apply, check
from peyvand.parties.importing.undoing import undo
from peyvand.parties.services.relations import ensure_relation_types
from peyvand.parties.tests.conftest import make_user

EVERYTHING = {"parties.view": "branch", "parties.change": "branch", "parties.import": "branch"}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def nora(tehran: Any) -> User:
    """She imports customers of Tehran, sees protected numbers and shapes tags."""
    ensure_relation_types()
    return make_user("nora", tehran, EVERYTHING | {"parties.reveal": "branch", "parties.shape": "all"})


def plan(columns: str, *, key: str = "mobile", mode: Mode = Mode.BOTH, rules: str = "", **more: Any) -> Plan:
    """A plan whose columns are named by their fields; rules: «city=fill tags=append»."""
    own = dict(each.split("=") for each in rules.split())
    listed = [
        ColumnPlan(index=at, field=name, rule=FieldRule(own.get(name, "overwrite")))
        for at, name in enumerate(columns.split())
        if name != "-"
    ]
    return Plan(mode=mode, key=key, columns=listed, **more)


def rows_of(*rows: Sequence[str], first: int = 0) -> list[Row]:
    return [Row(number, list(cells)) for number, cells in enumerate(rows, start=first)]


@pytest.fixture
def job(nora: User) -> LongJob:
    return LongJob.objects.create(owner=nora, kind="core.import", title="import", params={})


@pytest.fixture
def run(nora: User, job: LongJob) -> Callable[..., Outcome]:
    def run_rows(of: Plan, *rows: Sequence[str], actor: User = nora, first: int = 0) -> Outcome:
        with pghistory.context(user=actor.pk, long_job=job.pk):  # as a slice of long work does
            return apply(actor, of, rows_of(*rows, first=first), job)

    return run_rows


@pytest.fixture
def look(nora: User) -> Callable[..., list[RowVerdict]]:
    def look_at(of: Plan, *rows: Sequence[str], actor: User = nora) -> list[RowVerdict]:
        return check(actor, of, rows_of(*rows))

    return look_at


@pytest.fixture
def take_back(nora: User, job: LongJob) -> Callable[..., Undone]:
    def back(outcome: Outcome, actor: User = nora) -> Undone:
        other = LongJob.objects.create(owner=nora, kind="core.import_undo", title="undo", params={}, undo_of=job)
        with pghistory.context(user=actor.pk, long_job=other.pk):
            return undo(actor, outcome, other)

    return back
