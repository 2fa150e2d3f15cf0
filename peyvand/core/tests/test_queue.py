"""The queue: enqueued with the data, retried with patience, given up in the open, never lost with its worker."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from peyvand.core import dead_letters, heartbeats, queue, queue_sweep, queue_worker, scheduler
from peyvand.core.errors import Conflict
from peyvand.core.models import DeadLetter, Heartbeat, PeriodicRun
from peyvand.core.queue import Periodic, Queue, Retry, enqueue, ring, task
from peyvand.core.queue_worker import ConnectorException, PatientWorker, Worker


@task(queue=Queue.BULK, name="tests.add", max_attempts=3)
def add(*, left: int, right: int = 1) -> int:
    return left + right


def jobs(where: str = "true") -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT task_name, queue_name, status, attempts FROM procrastinate_jobs WHERE {where}")
        return cursor.fetchall()


def left_behind(*, worker: int, task_name: str = "tests.add", attempts: int = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (id, last_heartbeat) OVERRIDING SYSTEM VALUE"
            " VALUES (%s, now() - interval '10 min')",
            [worker],
        )
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status, worker_id, attempts)"
            """ VALUES (%s, 'bulk', '{"left": 1}', 'doing', %s, %s) RETURNING id""",
            [task_name, worker, attempts],
        )
        job = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'started', now() - interval '5 min')",
            [job],
        )


def test_a_job_disappears_with_the_transaction_that_added_it(db) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(add, left=1)
        raise ZeroDivisionError
    assert jobs() == []
    enqueue(add, left=1)
    assert jobs() == [("tests.add", "bulk", "todo", 0)]


def test_unknown_arguments_of_a_newer_version_are_ignored() -> None:
    assert add(left=2, right=3, colour="blue") == 5


def test_one_doorbell_is_enough(db) -> None:
    ring(Queue.INBOUND)
    ring(Queue.INBOUND)
    ring(Queue.BULK)
    assert sorted(job[0] for job in jobs()) == ["core.drain_bulk", "core.drain_inbound"]


def test_waits_double_up_to_a_ceiling() -> None:
    waits = [queue.wait_before(attempt).total_seconds() for attempt in range(1, 30)]
    assert 2.8 <= waits[0] <= 5.2
    assert 5.6 <= waits[1] <= 10.4
    assert max(waits) <= queue.LONGEST_WAIT * 1.3


@pytest.mark.parametrize(
    ("error", "attempts", "again"), [(ValueError(), 0, True), (ValueError(), 2, False), (Conflict(), 0, False)]
)
def test_only_passing_errors_are_retried(error: Exception, attempts: int, again: bool) -> None:
    decision = Retry(max_attempts=3).get_retry_decision(exception=error, job=SimpleNamespace(attempts=attempts))
    assert (decision is not None) is again


def test_the_same_failing_job_fills_one_dead_letter(db) -> None:
    for _ in range(2):
        dead_letters.record_job(name="tests.add", queue="bulk", arguments={"left": 1}, error="no", attempts=3)
    assert DeadLetter.objects.get().attempts == 6


def test_jobs_of_a_worker_that_no_longer_exists_are_given_back_at_once(db) -> None:
    left_behind(worker=901)
    left_behind(worker=902)
    for worker, pid in ((901, 2**22 - 1), (902, os.getpid())):
        Heartbeat.objects.create(
            process=f"worker-{worker}",
            role="worker-bulk",
            machine=heartbeats.this_machine(),
            pid=pid,
            worker=worker,
            started_at=timezone.now(),
            beat_at=timezone.now(),
        )
    assert queue_sweep.release_dead() == 1
    assert sorted(jobs()) == [("tests.add", "bulk", "doing", 0), ("tests.add", "bulk", "todo", 1)]


def test_silence_means_nothing_just_after_the_database_started(db, monkeypatch: pytest.MonkeyPatch) -> None:
    left_behind(worker=903)
    monkeypatch.setattr(queue_sweep, "database_age", lambda: 30.0)
    assert queue_sweep.sweep() == 0
    monkeypatch.setattr(queue_sweep, "database_age", lambda: 3000.0)
    assert queue_sweep.sweep() == 1


def test_a_job_that_keeps_killing_its_worker_becomes_a_dead_letter(db) -> None:
    left_behind(worker=904, attempts=2)
    queue_sweep._release(queue_sweep._select(queue_sweep.BY_SILENCE, [120, 120]))
    assert DeadLetter.objects.get().arguments == {"left": 1}
    assert jobs() == [("tests.add", "bulk", "failed", 3)]


def test_a_period_is_started_once_however_many_schedulers_there_are(db) -> None:
    periodic = Periodic(task=add, seconds=30)
    now = datetime(2026, 3, 21, 8, 0, 10, tzinfo=UTC)
    assert scheduler.start_if_due(periodic, now)
    assert not scheduler.start_if_due(periodic, now + timedelta(seconds=5))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    assert scheduler.start_if_due(periodic, now + timedelta(seconds=25))


def test_while_a_run_still_waits_no_second_one_is_added(db) -> None:
    periodic = Periodic(task=add, seconds=30)
    now = datetime(2026, 3, 21, 8, 0, 10, tzinfo=UTC)
    assert scheduler.start_if_due(periodic, now)
    assert not scheduler.start_if_due(periodic, now + timedelta(minutes=5))


def test_cron_is_read_in_the_time_of_the_organisation(db, settings) -> None:
    settings.TIME_ZONE = "Asia/Tehran"
    periodic = Periodic(task=add, cron="30 2 * * *")
    now = datetime(2026, 3, 21, 8, 0, tzinfo=UTC)
    assert scheduler.last_due(periodic, now) == datetime(2026, 3, 20, 23, 0, tzinfo=UTC)


def test_a_new_cron_task_waits_for_its_time(db) -> None:
    periodic = Periodic(task=add, cron="30 2 * * *")
    now = datetime(2026, 3, 21, 8, 0, tzinfo=UTC)
    assert not scheduler.start_if_due(periodic, now)
    assert PeriodicRun.objects.count() == 1
    assert scheduler.start_if_due(periodic, now + timedelta(days=1))


def test_one_failing_chore_does_not_stop_the_others(db, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "close_old_connections", lambda: None)
    one = scheduler.Scheduler()
    done = []
    one._chore("bad", 1, lambda: 1 / 0)
    one._chore("good", 1, lambda: done.append(1))
    one._chore("good", 1000, lambda: done.append(2))
    assert done == [1]


def test_a_worker_tells_how_a_job_ended_as_soon_as_the_database_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    async def tell(_worker: object, *, job: str) -> None:
        told.append(job)
        if len(told) < 3:
            raise ConnectorException from psycopg.OperationalError("the database is away")
        if len(told) > 3:
            raise ConnectorException from psycopg.errors.RaiseException("no such job is done")

    monkeypatch.setattr(Worker, "_persist_job_status", tell)
    monkeypatch.setattr(queue_worker, "PAUSES", (0.0,) * 5)
    worker = PatientWorker.__new__(PatientWorker)
    asyncio.run(worker._persist_job_status(job="one"))
    assert told == ["one"] * 3
    with pytest.raises(ConnectorException):
        asyncio.run(worker._persist_job_status(job="other"))
    assert told[3:] == ["other"], "what no waiting mends is not tried again"
