"""Long work: slices that are committed whole or not at all, whoever dies, pauses or rings twice."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core import long_jobs
from peyvand.core.errors import Conflict, Invalid, TooMany
from peyvand.core.long_job_slices import BELLS, LOCK, MOST_TRIES, run_slice
from peyvand.core.long_jobs import Slice
from peyvand.core.models import LongJob, LongJobItem, LongJobPart, OutboxEvent
from peyvand.core.queue import Queue

TOTAL = 50


def count(job: LongJob) -> Slice:
    """Ten numbers a slice, each noted once."""
    begin = job.cursor.get("at", 0)
    LongJobItem.objects.bulk_create(LongJobItem(job=job, ref=number) for number in range(begin, begin + 10))
    if job.params.get("halts"):
        time.sleep(60)  # until it is killed
    if job.params.get("breaks") == begin:
        raise Invalid("row 20 is bad") if job.params.get("permanent") else ValueError("boom")
    return Slice(cursor={"at": begin + 10}, done=10, finished=begin + 10 >= TOTAL, result={"at": begin + 10})


def uncount(job: LongJob) -> Slice:
    undone = LongJobItem.objects.filter(job_id=job.undo_of_id).update(undone_at=timezone.now())
    return Slice(cursor={}, done=undone, finished=True)


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for kind in ("tests.count", "tests.uncount", "tests.slow"):
        monkeypatch.setitem(long_jobs.KINDS, kind, None)
        del long_jobs.KINDS[kind]
    long_jobs.long_job("tests.count", label="count", undo="tests.uncount")(count)
    long_jobs.long_job("tests.uncount", label="uncount")(uncount)
    yield


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create(username="sara", full_name="Sara", sort_key="sara", language="en")


def bells() -> list[tuple[int, int]]:
    """(job, slice) of every bell that waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args ->> 'job_id')::bigint, (args ->> 'attempt')::int FROM procrastinate_jobs"
            " WHERE status = 'todo' AND task_name LIKE 'core.long_job_%' ORDER BY id"
        )
        return cursor.fetchall()


def take_bells() -> list[tuple[int, int]]:
    found = bells()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name LIKE 'core.long_job_%' AND status = 'todo'")
    return found


def work() -> int:
    """Run every bell as a worker does, until none is left."""
    runs = 0
    while found := take_bells():
        for job_id, attempt in found:
            BELLS[Queue.BULK](job_id=job_id, attempt=attempt)
            runs += 1
    return runs


def started(owner: User, **params: Any) -> LongJob:
    return long_jobs.start(kind="tests.count", owner_id=owner.pk, title="Count", params=params, total=TOTAL)


def test_work_is_done_slice_by_slice_and_its_end_is_an_event(owner: User) -> None:
    job = started(owner)
    assert job.state == "waiting" and bells() == [(job.pk, 0)]
    assert work() == 5
    job.refresh_from_db()
    assert (job.state, job.done, job.failed, job.cursor, job.result) == ("done", 50, 0, {"at": 50}, {"at": 50})
    assert job.ended_at is not None and job.pace > 0 and long_jobs.share(job) == 100
    assert sorted(LongJobItem.objects.values_list("ref", flat=True)) == list(range(50))
    assert OutboxEvent.objects.get(name="core.long_job_ended").payload == {"job_id": job.pk, "state": "done"}


def test_the_pace_of_the_first_slice_counts_the_time_of_its_work(owner: User) -> None:
    def slowly(job: LongJob) -> Slice:
        time.sleep(0.1)
        return count(job)

    long_jobs.long_job("tests.slow", label="slow")(slowly)
    job = long_jobs.start(kind="tests.slow", owner_id=owner.pk, title="Slow", params={}, total=TOTAL)
    run_slice(job.pk, 0)
    job.refresh_from_db()
    assert 0 < job.pace <= job.done / 0.1


def test_a_bell_of_a_slice_that_is_over_does_nothing(owner: User) -> None:
    job = started(owner)
    (bell,) = take_bells()
    for _again in range(3):
        BELLS[Queue.BULK](job_id=bell[0], attempt=bell[1])
    job.refresh_from_db()
    assert job.done == 10 and bells() == [(job.pk, 1)]


def test_a_pause_holds_the_next_slice_and_resuming_goes_on(owner: User) -> None:
    job = started(owner)
    long_jobs.pause(job=job)
    assert work() == 1
    job.refresh_from_db()
    assert (job.state, job.done) == ("paused", 0)
    long_jobs.resume(job=job)
    work()
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 50)
    with pytest.raises(Conflict):
        long_jobs.pause(job=job)


@pytest.mark.django_db(transaction=True)
def test_cancelling_takes_effect_at_once_and_rolls_the_running_slice_back(owner: User) -> None:
    job = started(owner)

    def count_while_somebody_cancels(row: LongJob) -> Slice:
        made = count(row)
        person = threading.Thread(target=cancel_elsewhere, args=[row])
        person.start()
        person.join(timeout=10)
        assert not person.is_alive()
        return made

    kind = long_jobs.JobKind(name="tests.count", run=count_while_somebody_cancels, queue=Queue.BULK, label="count")
    long_jobs.KINDS["tests.count"] = kind
    work()
    job.refresh_from_db()
    assert (job.state, job.done) == ("cancelled", 0) and not LongJobItem.objects.exists()


def cancel_elsewhere(job: LongJob) -> None:
    try:
        long_jobs.cancel(job=LongJob.objects.get(pk=job.pk))
    finally:
        connections.close_all()


def test_cancelling_stops_and_rolling_back_undoes(owner: User) -> None:
    job = started(owner)
    BELLS[Queue.BULK](job_id=job.pk, attempt=0)
    job.refresh_from_db()
    undoing = long_jobs.cancel_and_undo(job=job, owner_id=owner.pk)
    with pytest.raises(Conflict):
        long_jobs.undo(job=job, owner_id=owner.pk)
    work()
    job.refresh_from_db()
    undoing.refresh_from_db()
    assert (job.state, job.done, undoing.state, undoing.done) == ("undone", 10, "done", 10)
    assert not LongJobItem.objects.filter(undone_at=None).exists()


def test_a_broken_rule_fails_at_once_and_can_be_taken_up_again(owner: User) -> None:
    job = started(owner, breaks=20, permanent=True)
    work()
    job.refresh_from_db()
    assert (job.state, job.done, job.error) == ("failed", 20, "row 20 is bad")
    LongJob.objects.filter(pk=job.pk).update(params={})
    long_jobs.retry(job=job)
    work()
    job.refresh_from_db()
    assert (job.state, job.done, job.error) == ("done", 50, "")


def test_a_fault_is_tried_again_and_then_given_up_with_its_trace(owner: User) -> None:
    job = started(owner, breaks=0)
    work()
    job.refresh_from_db()
    assert (job.state, job.tries) == ("failed", 5)
    assert "boom" not in job.error and "ValueError: boom" in job.result["fault"]
    assert not LongJobItem.objects.exists()


def test_a_closed_account_works_no_further(owner: User) -> None:
    job = started(owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    work()
    job.refresh_from_db()
    assert job.state == "failed" and not LongJobItem.objects.exists()


def test_small_work_runs_at_once(owner: User) -> None:
    job = long_jobs.run_now(kind="tests.count", owner_id=owner.pk, title="Count", params={}, total=TOTAL)
    assert (job.state, job.done) == ("done", 50) and bells() == []


def test_nobody_starts_work_without_end(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_jobs, "MOST_OPEN", 2)
    started(owner)
    started(owner)
    with pytest.raises(TooMany):
        started(owner)


def test_expired_files_and_old_work_are_deleted(owner: User) -> None:
    job = started(owner)
    LongJobPart.objects.create(job=job, number=0, data=b"x")
    LongJob.objects.filter(pk=job.pk).update(expires_at=timezone.now() - timezone.timedelta(hours=1))
    long_jobs.forget_old()
    assert LongJob.objects.exists() and not LongJobPart.objects.exists()
    LongJob.objects.update(ended_at=timezone.now() - timezone.timedelta(days=31))
    long_jobs.forget_old()
    assert not LongJob.objects.exists()


def test_a_job_whose_bell_was_lost_is_rung_again_and_given_up_after_some_times(owner: User) -> None:
    job = started(owner)
    assert long_jobs.ring_forgotten() == 0  # its bell waits
    take_bells()
    assert long_jobs.ring_forgotten() == 0  # it is young
    long_ago = timezone.now() - timezone.timedelta(minutes=5)
    LongJob.objects.update(created_at=long_ago)
    for _time in range(MOST_TRIES):
        assert long_jobs.ring_forgotten() == 1 and take_bells() == [(job.pk, 0)]
    long_jobs.ring_forgotten()
    job.refresh_from_db()
    assert job.state == "failed" and bells() == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_a_slice_leaves_nothing_and_the_slice_runs_once(owner: User) -> None:
    job = started(owner, halts=True)
    take_bells()
    connections.close_all()
    pid = os.fork()
    if not pid:
        try:
            BELLS[Queue.BULK](job_id=job.pk, attempt=0)
        finally:
            os._exit(0)
    deadline = time.monotonic() + 20
    while not _somebody_works() and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    LongJob.objects.filter(pk=job.pk).update(params={}, created_at=timezone.now() - timezone.timedelta(minutes=5))
    while _somebody_works() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not LongJobItem.objects.exists()
    assert long_jobs.ring_forgotten() == 1
    work()
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 50)
    assert sorted(LongJobItem.objects.values_list("ref", flat=True)) == list(range(50))


def _somebody_works() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s", [LOCK])
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_hear_the_same_bell_run_the_slice_once(owner: User) -> None:
    job = started(owner)
    take_bells()
    gate = threading.Barrier(2)

    def ring() -> None:
        gate.wait()
        try:
            for attempt in range(8):
                run_slice(job.pk, attempt, rings=False)
        except OperationalError as error:  # pragma: no cover -- shown by the assertions below
            raise AssertionError(error) from error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ring) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    job.refresh_from_db()
    assert job.done == LongJobItem.objects.count() == 10 * job.attempt
    assert job.failed == 0 and job.error == "" and job.tries == 0
