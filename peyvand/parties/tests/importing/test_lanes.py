"""An import in several lanes leaves the database as one lane would; killed, cancelled, and taken up by others."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest
from django.db import connection, connections, transaction

from peyvand.accounts.models import User
from peyvand.core import long_jobs
from peyvand.core.imports import blocks, services
from peyvand.core.imports.lanes import conducting, crew, lane
from peyvand.core.imports.types import ColumnPlan, Mode, Plan, Row
from peyvand.core.long_job_slices import OPEN, run_slice
from peyvand.core.models import Import, ImportBlock, LongJob
from peyvand.parties.importing.deciding import Decider
from peyvand.parties.importing.importer import IMPORTER
from peyvand.parties.importing.running import Work
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.services.relations import ensure_relation_types
from peyvand.parties.tests.conftest import make_branch, make_user
from peyvand.parties.tests.importing.conftest import EVERYTHING
from peyvand.parties.tests.importing.test_deciding import person
from peyvand.parties.tests.importing.test_whole import is_whole, work

FIELDS = ("name", "mobile", "email", "city", "job_title", "phone")
PLAN = Plan(
    mode=Mode.BOTH, key="mobile", columns=[ColumnPlan(index=at, field=name) for at, name in enumerate(FIELDS)]
)  # fmt: skip
PEOPLE = """
    SELECT p.name, p.kind, p.city, p.job_title, p.version, p.search, p.completeness, p.missing::text,
           ARRAY(SELECT concat_ws('|', c.kind, c.use, c.typed, c.value, c.identifies, c.is_primary)
                 FROM parties_contactpoint c WHERE c.party_id = p.id ORDER BY 1)
    FROM parties_party p ORDER BY 1, 2, 3, 4, 5, 9
"""


@pytest.fixture
def nora(transactional_db: None, settings: Any) -> Iterator[User]:
    settings.IMPORT_LANES, settings.IMPORT_LANES_FROM = 3, 1
    ensure_relation_types()
    yield make_user("nora", make_branch("تهران"), EVERYTHING)
    for key in list(crew._kept):
        crew.end(*key)


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """All lanes are threads of this process: they begin at once."""
    monkeypatch.setattr(crew, "beside", lambda count: [crew.ThreadHand() for _ in range(count)])


def imported(actor: User, tables: list[list[list[str]]], plan: Plan = PLAN) -> LongJob:
    """An import that was read into these blocks, and is begun."""
    rows = sum(map(len, tables))
    columns = [{"index": at, "header": name} for at, name in enumerate(FIELDS)]
    item = Import.objects.create(
        host=IMPORTER.host, owner=actor, file_name="a.csv", state=Import.State.READY, total=rows, columns=columns
    )
    first = 0
    for number, table in enumerate(tables):
        ImportBlock.objects.create(of=item, number=number, first=first, count=len(table), rows=blocks.pack(table))
        first += len(table)
    services.save_plan(actor=actor, import_id=item.pk, plan=plan)
    return services.start_import(actor=actor, import_id=item.pk)


def tables_of(chance: random.Random, count: int) -> list[list[list[str]]]:
    """Blocks whose rows mean the same people again and again, by keys, by other addresses, and by new ones."""

    def row() -> list[str]:
        n = chance.randint(1, 60)
        mobile = f"0912{n:07d}" if chance.random() < 0.95 else chance.choice(["", "12"])
        mail = chance.choice(["", f"p{chance.randint(1, 40)}@x.example"])
        phone = chance.choice(["", "", f"0912{chance.randint(1, 80):07d}", f"021{chance.randint(10**7, 10**7 + 30)}"])
        return [f"نام {n}", mobile, mail, chance.choice(["قم", "یزد", ""]), chance.choice(["", "مدیر"]), phone]

    return [[row() for _ in range(chance.randint(1, 6))] for _ in range(count)]


def outcome(job: LongJob) -> list[list[Any]]:
    """What is told of each row, with the names of customers instead of their numbers, and what is counted."""
    names = dict(Party.objects.values_list("pk", "name"))
    found = ImportBlock.objects.filter(of__job=job).order_by("number")
    rows = [row for block in found if block.outcome for row in blocks.outcome_of(block.outcome).rows]
    told = [[row.number, row.action.value, names.get(row.ref or 0), row.label, row.reason] for row in rows]
    job.refresh_from_db()
    counted = {name: count for name, count in job.result.items() if count}
    return [*told, [job.done, job.failed, counted, *found.values_list("refused", flat=True)]]


def people() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE)
        return cursor.fetchall()


def one_after_the_other(actor: User, tables: list[list[list[str]]], settings: Any) -> tuple[list[Any], list[Any]]:
    """What one lane would leave; it is rolled back."""
    settings.IMPORT_LANES = 1
    with transaction.atomic():
        job = work(imported(actor, tables))
        found = people(), outcome(job)
        transaction.set_rollback(True)
    settings.IMPORT_LANES = 3
    return found


@pytest.mark.parametrize("seed", range(8))
def test_lanes_leave_what_one_lane_would(nora: User, threads: None, settings: Any, seed: int) -> None:
    chance = random.Random(seed)
    for n in range(1, 60, 3):
        person(nora, f"کهنه {n}", f"0912{n:07d}", *([f"p{n}@x.example"] if n % 2 else []), city="تهران")
    before, tables = people(), tables_of(chance, 25)
    expected = one_after_the_other(nora, tables, settings)
    job = work(imported(nora, tables))
    assert outcome(job) == expected[1]
    assert people() == expected[0]
    work(services.start_undo(actor=nora, import_id=Import.objects.get().pk))
    assert [row[:4] for row in people()] == [row[:4] for row in before]


def plain(count: int, size: int = 50) -> list[list[list[str]]]:
    """Blocks of people who have nothing in common."""
    return [
        [[f"نام {n}", f"0912{n:07d}", "", "قم", "", ""] for n in range(at * size + 1, (at + 1) * size + 1)]
        for at in range(count)
    ]


def lanes_of(monkeypatch: pytest.MonkeyPatch) -> list[crew.Crew]:
    made: list[crew.Crew] = []

    class Noted(crew.Crew):
        def __init__(self, count: int) -> None:
            super().__init__(count)
            made.append(self)

    monkeypatch.setattr(conducting, "Crew", Noted)
    return made


def wait_for(what: Callable[[], Any]) -> Any:
    end = time.monotonic() + 60
    while not (found := what()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def elsewhere(do: Callable[[], None]) -> None:
    """Do something on another connection."""

    def run() -> None:
        try:
            do()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def test_a_lane_is_a_process_beside_the_worker_and_ends_with_the_import(
    nora: User, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.IMPORT_LANES = 2
    monkeypatch.setattr(conducting, "SECONDS", 120.0)
    crews, written = lanes_of(monkeypatch), threading.Event()

    def slowly(self: lane.Lane, *values: Any) -> Any:
        if values[2] > 0:
            wait_for(lambda: crews[0].hands[-1].block is not None or written.is_set())
        return original(self, *values)

    original = lane.Lane._written
    monkeypatch.setattr(lane.Lane, "_written", slowly)  # the lane of this process lets the other one have its turn
    job = imported(nora, plain(8))
    process = None

    def noted(self: conducting._Conductor, hand: crew.Hand, number: int, heard: dict[str, Any]) -> None:
        nonlocal process
        if isinstance(hand, crew.ProcessHand) and heard["said"] == "written":
            process = hand.process
            written.set()
        note(self, hand, number, heard)

    note = conducting._Conductor._note
    monkeypatch.setattr(conducting._Conductor, "_note", noted)
    work(job)
    assert process is not None and process.returncode is not None, "nothing was written beside this process"
    assert Party.objects.count() == 400 == LongJob.objects.get(pk=job.pk).done and is_whole()


def test_a_worker_killed_in_the_lanes_writes_every_row_once(nora: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conducting, "SECONDS", 0.3)
    chance, count = random.Random(20261130), 9_000
    tables = [[["نام", f"0912{n:07d}", "", "", "", ""] for n in range(at * 500, at * 500 + 500)] for at in range(18)]
    job = imported(nora, tables)
    for _time in range(6):
        connections.close_all()
        pid = os.fork()
        if not pid:
            try:
                work(LongJob.objects.get(pk=job.pk))
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.2, 1.5))  # the moment of the kill, not a wait for something
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        assert is_whole()
        rows = sum(ImportBlock.objects.exclude(outcome=None).values_list("count", flat=True))
        job.refresh_from_db()
        assert job.done == rows == Party.objects.count()  # block, customers and counts are one
    work(job)
    job.refresh_from_db()
    assert (job.done, job.result["add"]) == (count, count)
    assert Party.objects.filter(version=1).count() == ContactPoint.objects.count() == count
    work(services.start_undo(actor=nora, import_id=Import.objects.get().pk))
    assert not Party.objects.exists()


def test_a_lane_that_is_killed_loses_nothing(nora: User, threads: None, monkeypatch: pytest.MonkeyPatch) -> None:
    crews, begun = lanes_of(monkeypatch), []
    original = lane.Lane._written

    def written(self: lane.Lane, *values: Any) -> Any:
        begun.append(self)
        if len(begun) == 5 and self is not crews[0].first.lane:
            self.end.close()  # as the end of its process does
        return original(self, *values)

    monkeypatch.setattr(lane.Lane, "_written", written)
    job = work(imported(nora, plain(20, 5)))
    assert Party.objects.count() == 100 == job.done and is_whole()


def test_nothing_is_committed_after_a_cancel_and_what_was_is_counted(
    nora: User, threads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = imported(nora, plain(12, 10))
    original, done = lane.Lane._made, []

    def made(self: lane.Lane, *values: Any) -> Any:
        found = original(self, *values)
        done.append(1)
        if len(done) == 5:  # written, not committed: the owner cancels
            elsewhere(lambda: long_jobs.cancel(job=LongJob.objects.get(pk=job.pk)))
        return found

    monkeypatch.setattr(lane.Lane, "_made", made)
    run_slice(job.pk, job.attempt, rings=False)
    job.refresh_from_db()
    counted = sum(ImportBlock.objects.exclude(outcome=None).values_list("count", flat=True))
    assert job.state == "cancelled" and job.done == counted == Party.objects.count() < 120
    assert job.result["add"] == counted and long_jobs.may_be_undone(job)
    work(services.start_undo(actor=nora, import_id=Import.objects.get().pk))
    assert not Party.objects.exists()


def test_a_pause_lets_the_slice_end_and_the_rest_waits(
    nora: User, threads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conducting, "SECONDS", 0.0)
    job = imported(nora, plain(12, 10))
    run_slice(job.pk, job.attempt, rings=False)
    long_jobs.pause(job=job)
    job.refresh_from_db()
    done = job.done
    assert 0 < done < 120 and done == Party.objects.count()
    run_slice(job.pk, job.attempt, rings=False)
    job.refresh_from_db()
    assert (job.done, job.state) == (done, "paused")
    long_jobs.resume(job=job)
    assert work(job).done == 120 == Party.objects.count()


def test_two_workers_that_take_up_the_same_job_write_each_row_once(nora: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conducting, "SECONDS", 0.2)
    job = imported(nora, plain(16, 100))
    connections.close_all()
    pids = []
    for _worker in range(2):
        pid = os.fork()
        if not pid:
            try:
                while (seen := LongJob.objects.get(pk=job.pk)).state in OPEN:
                    run_slice(seen.pk, seen.attempt, rings=False)
            finally:
                os._exit(0)
        pids.append(pid)
    for pid in pids:
        os.waitpid(pid, 0)
    job.refresh_from_db()
    assert (job.state, job.done, job.result["add"]) == ("done", 1600, 1600)
    assert Party.objects.filter(version=1).count() == 1600 and is_whole()


def test_a_block_that_a_lane_without_a_worker_still_writes_is_waited_for(nora: User, threads: None) -> None:
    """Its worker was killed; the next one takes up the same slice while that lane goes on."""
    job = imported(nora, plain(4, 10))
    left = crew.ThreadHand()
    left.say(job=job.pk, attempt=job.attempt, block=1)
    heard = left.hear()
    assert heard is not None and heard["said"] == "decided"
    left.say(turn="go")
    assert work(job).done == 40
    assert Party.objects.filter(version=1).count() == 40 and job.result["add"] == 40
    left.stop()


def test_what_fails_in_every_lane_fails_the_slice(nora: User, threads: None, monkeypatch: pytest.MonkeyPatch) -> None:
    original = lane.Lane._made

    def made(self: lane.Lane, *values: Any) -> Any:
        if ImportBlock.objects.exclude(outcome=None).count() >= 3:
            raise RuntimeError("a fault")
        return original(self, *values)

    monkeypatch.setattr(lane.Lane, "_made", made)
    job = imported(nora, plain(12, 10))
    run_slice(job.pk, job.attempt, rings=False)
    job.refresh_from_db()
    assert (job.tries, job.state) == (1, "waiting")
    assert job.done == Party.objects.count() < 120
    monkeypatch.setattr(lane.Lane, "_made", original)
    assert work(job).done == 120 == Party.objects.count() and is_whole()


def test_two_imports_at_once_keep_their_lanes(nora: User, threads: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conducting, "SECONDS", 0.0)
    crews = lanes_of(monkeypatch)
    one, other = imported(nora, plain(14, 5)), imported(nora, plain(14, 5))
    for _slice in range(2):
        for job in (one, other):
            job.refresh_from_db()
            run_slice(job.pk, job.attempt, rings=False)
    assert len(crews) == 2 == len(crew._kept)
    assert work(one).done == work(other).done == 70 == Party.objects.count()
    assert not crew._kept


def test_blocks_that_change_people_of_one_organisation_do_not_wait_for_one_another(nora: User) -> None:
    """Its name is read for the words of its people; only a block that changes it comes between."""
    house = Party.objects.create(kind="organisation", name="بازرگانی", owner=nora, branch=nora.branch)
    ContactPoint.objects.create(party=house, kind="mobile", typed="0912", value="+989120000009", identifies=True)
    for n in (1, 2):
        someone = person(nora, f"نام {n}", f"0912{n:07d}")
        Party.objects.filter(pk=someone.pk).update(organisation=house)
    decider = Decider(nora, PLAN)
    one, other, its_own, met = (
        Work(decider, [Row(0, [name, f"0912{n:07d}", "", "", "", ""])]).decide()
        for name, n in (("تازه ۱", 1), ("تازه ۲", 2), ("تازه ۹", 9), (house.name, 9))
    )
    assert one.read == other.read == {f"={house.pk}"} and one.is_apart(other)
    assert not one.is_apart(its_own) and not its_own.is_apart(other)
    assert one.is_apart(met) and not met.is_apart(its_own)


def test_no_process_is_left(nora: User, settings: Any) -> None:
    settings.IMPORT_LANES = 2
    before = len(psutil.Process().children(recursive=True))
    work(imported(nora, plain(2, 5)))
    assert len(psutil.Process().children(recursive=True)) <= before
    assert not crew._kept
