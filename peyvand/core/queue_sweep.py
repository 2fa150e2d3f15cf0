"""Finding jobs whose worker died and giving them to another, one by one, never too early.

The queue itself never notices a killed worker. Two ways here: a worker of this machine that no longer
exists is known dead at once; of any other we wait until it has been silent for longer than the longest
job plus the time of a shutdown, and never right after a start of the database, when all seem silent.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, transaction

from peyvand.core import dead_letters, heartbeats
from peyvand.core.queue import TASKS

logger = logging.getLogger(__name__)

STALLED = 120  # seconds of silence of the worker, and of age of the job
DATABASE_SETTLES = 60  # seconds after its start in which silence means nothing
KEEP_FAILED_DAYS = 7

BY_WORKER = """
    SELECT id, task_name, queue_name, args, attempts FROM procrastinate_jobs
    WHERE status = 'doing' AND worker_id = ANY(%s)
"""
BY_SILENCE = """
    SELECT job.id, job.task_name, job.queue_name, job.args, job.attempts
    FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
      AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
      AND (SELECT max(at) FROM procrastinate_events event WHERE event.job_id = job.id AND type = 'started')
          < now() - make_interval(secs => %s)
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stalled:
    """A job that nobody works on any more."""

    id: int
    task: str
    queue: str
    arguments: Any
    attempts: int


def release_dead() -> int:
    """Give back the jobs of workers of this machine that do not exist any more; return how many."""
    workers = heartbeats.bury_dead()
    return _release(_select(BY_WORKER, [workers])) if workers else 0


def sweep() -> int:
    """Give back the jobs of workers that have been silent too long; return how many."""
    if database_age() < DATABASE_SETTLES:
        return 0
    return _release(_select(BY_SILENCE, [STALLED, STALLED]))


def database_age() -> float:
    """Seconds since the database server started."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now() - pg_postmaster_start_time())")
        return float(cursor.fetchone()[0])


def forget_finished() -> None:
    """Delete jobs that ended long ago; succeeded ones go at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM procrastinate_jobs job WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted')
              AND NOT EXISTS (SELECT FROM procrastinate_events event
                              WHERE event.job_id = job.id AND at > now() - make_interval(days => %s))
            """,
            [KEEP_FAILED_DAYS],
        )
        cursor.execute("DELETE FROM procrastinate_workers WHERE last_heartbeat < now() - interval '1 day'")


def _select(query: str, values: list[Any]) -> list[Stalled]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [
            Stalled(id=row[0], task=row[1], queue=row[2], arguments=row[3], attempts=row[4])
            for row in cursor.fetchall()
        ]


def _release(jobs: list[Stalled]) -> int:
    count = 0
    for job in jobs:
        try:
            with transaction.atomic():
                _release_one(job)
            count += 1
        except DatabaseError:
            logger.exception("job %s (%s) could not be given back", job.id, job.task)
    return count


def _release_one(job: Stalled) -> None:
    task = TASKS.get(job.task)
    with connection.cursor() as cursor:
        if task and task.doorbell:
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', true)", [job.id])
        elif job.attempts + 1 >= (task.max_attempts if task else 8):
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job.id])
            dead_letters.record_job(
                name=job.task,
                queue=job.queue,
                arguments=dead_letters.decode(job.arguments),
                error="The worker died while it ran this.",
                attempts=job.attempts + 1,
            )
        else:
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job.id])
    logger.warning("job %s (%s) was left behind by a dead worker", job.id, job.task)
