"""An import from its first byte to its undo, with a kind of record of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from peyvand.accounts.models import User
from peyvand.core.imports import kinds, selectors, services
from peyvand.core.imports.types import Action, ColumnKind, ColumnPlan, Mode, Plan
from peyvand.core.long_job_slices import BELLS
from peyvand.core.models import Import, ImportChunk
from peyvand.core.queue import Queue
from peyvand.core.tests.importing_cast import FRIENDS, HOST, drop_table, friends, make_table

PLAN = Plan(mode=Mode.BOTH, key="name", columns=[ColumnPlan(index=0, field="name"), ColumnPlan(index=1, field="phone")])


@pytest.fixture(autouse=True)
def importer(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    monkeypatch.setitem(kinds._importers, HOST, FRIENDS)
    make_table()
    yield
    drop_table()


@pytest.fixture
def owner() -> User:
    return User.objects.create(username="alice", full_name="Alice", sort_key="alice", language="en")


def work() -> None:
    """Run every bell as a worker does, until none is left."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'core.long_job_%' AND status = 'todo'"
                " RETURNING (args ->> 'job_id')::bigint, (args ->> 'attempt')::int"
            )
            found = cursor.fetchall()
        if not found:
            return
        for job_id, attempt in found:
            BELLS[Queue.BULK](job_id=job_id, attempt=attempt)


def brought(owner: User, data: bytes | str, name: str = "friends.csv") -> Import:
    """A file that was uploaded and read."""
    raw = data.encode() if isinstance(data, str) else data
    item = services.upload(actor=owner, host=HOST, file_name=name, pieces=[raw], size=len(raw))
    work()
    item.refresh_from_db()
    return item


def table(count: int) -> str:
    return "نام,موبایل\r\n" + "".join(f"friend {n:05},0912{n:07}\r\n" for n in range(count))


def planned(owner: User, data: bytes | str, plan: Plan = PLAN) -> Import:
    item = brought(owner, data)
    return services.save_plan(actor=owner, import_id=item.pk, plan=plan)


def run(owner: User, item: Import) -> Any:
    job = services.start_import(actor=owner, import_id=item.pk)
    work()
    job.refresh_from_db()
    return job


def test_a_file_comes_in_pieces_is_read_mapped_run_and_taken_back(owner: User) -> None:
    raw = table(4_500).encode()
    item = services.begin_upload(actor=owner, host=HOST, file_name="friends.csv", size=len(raw))
    at = 0
    while at < len(raw):
        at = services.add_chunk(actor=owner, import_id=item.pk, data=raw[at : at + 50_001], at=at)
    services.finish_upload(actor=owner, import_id=item.pk)
    work()
    item.refresh_from_db()
    assert (item.state, item.error, item.format, item.total, item.size) == ("ready", "", "csv", 4_500, len(raw))
    assert [(c.header, c.kind, c.field) for c in selectors.columns_of(item)] == [
        ("نام", ColumnKind.TEXT, "name"),
        ("موبایل", ColumnKind.PHONE, "phone"),
    ]
    services.save_plan(actor=owner, import_id=item.pk, plan=PLAN)
    shown = selectors.preview(owner, Import.objects.get(pk=item.pk), start=4_490)
    assert [row.number for row in shown.rows] == list(range(4_490, 4_500)) and shown.after is None
    assert shown.rows[0].verdict.action is Action.ADD and shown.rows[0].cells[1] == "09120004490"
    job = run(owner, item)
    assert (job.state, job.done, job.failed, job.result["add"]) == ("done", 4_500, 0, 4_500)
    assert len(friends()) == 4_500 and not ImportChunk.objects.exists()
    item.refresh_from_db()
    assert item.state == "done" and item.expires_at is not None
    undo = services.start_undo(actor=owner, import_id=item.pk)
    work()
    undo.refresh_from_db()
    assert (undo.state, undo.result["undone"]) == ("done", 4_500) and friends() == []
