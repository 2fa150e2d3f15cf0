"""A worker killed anywhere in reading, writing and taking back: each row is read, written and taken back once."""

import os
import random
import signal
import time
from collections.abc import Iterator

import pytest
from django.db import connection, connections

from peyvand.accounts.models import User
from peyvand.core import long_jobs
from peyvand.core.imports import blocks, kinds, services
from peyvand.core.imports.types import Action, ColumnPlan, Mode, Plan
from peyvand.core.long_job_slices import run_slice
from peyvand.core.models import Import, LongJob
from peyvand.core.tests.importing_cast import FRIENDS, HOST, drop_table, friends, make_table

ROWS = 9_000
PLAN = Plan(mode=Mode.BOTH, key="name", columns=[ColumnPlan(index=0, field="name"), ColumnPlan(index=1, field="phone")])


@pytest.fixture(autouse=True)
def importer(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Iterator[None]:
    monkeypatch.setitem(kinds._importers, HOST, FRIENDS)
    monkeypatch.setattr(long_jobs, "SLICE", 0.0)  # a block a slice
    monkeypatch.setattr(services, "CHUNK", 30_000)
    make_table()
    yield
    drop_table()


def work_off(job_id: int) -> None:
    """Slice after slice, as the bells of a worker do it."""
    while True:
        job = LongJob.objects.get(pk=job_id)
        if job.state not in ("waiting", "running"):
            return
        run_slice(job.pk, job.attempt, rings=False)


def work_in_a_process_and_kill_it(job_id: int, after: float) -> None:
    connections.close_all()
    pid = os.fork()
    if not pid:
        try:
            work_off(job_id)
        finally:
            os._exit(0)
    time.sleep(after)  # the moment of the kill, not a wait for something
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def storm(job_id: int, chance: random.Random) -> LongJob:
    """Kill some workers, then let one come to the end."""
    for _ in range(5):
        work_in_a_process_and_kill_it(job_id, chance.uniform(0.05, 0.9))
    work_off(job_id)
    job = LongJob.objects.get(pk=job_id)
    assert job.state == "done", job.result
    return job


def test_every_row_is_written_once_and_taken_back_once() -> None:
    owner = User.objects.create(username="alice", full_name="Alice", sort_key="alice", language="en")
    chance = random.Random(20261130)
    data = ("name,mobile\n" + "".join(f"friend {n:05},0912{n:07}\n" for n in range(ROWS))).encode()
    item = services.upload(actor=owner, host=HOST, file_name="friends.csv", pieces=[data])
    storm(item.read_job_id, chance)
    item = Import.objects.get()
    assert (item.state, item.total, item.blocks.count()) == ("ready", ROWS, 5)
    rows = [row for block in item.blocks.order_by("number") for row in blocks.cells_of(block.rows)]
    assert rows == [[f"friend {n:05}", f"0912{n:07}"] for n in range(ROWS)]
    services.save_plan(actor=owner, import_id=item.pk, plan=PLAN)
    job = storm(services.start_import(actor=owner, import_id=item.pk).pk, chance)
    assert (job.done, job.result["add"], job.result.get("update", 0)) == (ROWS, ROWS, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT row_number) FROM friends")
        assert cursor.fetchone() == (ROWS, ROWS)
    outcomes = [row for block in item.blocks.order_by("number") for row in blocks.outcome_of(block.outcome).rows]
    assert [row.number for row in outcomes] == list(range(ROWS)) and {row.action for row in outcomes} == {Action.ADD}
    undo = storm(services.start_undo(actor=owner, import_id=item.pk).pk, chance)
    assert undo.result["undone"] == ROWS and friends() == [] and Import.objects.get().state == "undone"
