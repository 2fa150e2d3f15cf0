"""What is well and what is not, each in a sentence that says what to do: for /readyz and `peyvand doctor`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from peyvand.core import heartbeats, outbox
from peyvand.core.models import DeadLetter

LONGEST_QUEUE_AGE = 60.0  # seconds a ready job may wait before we call the queue stuck
LEAST_FREE_SPACE = 1024**3
LARGEST_CLOCK_DIFFERENCE = 5.0
OLDEST_VERSION = 150_000
EXTENSIONS = {"pg_trgm", "unaccent", "btree_gin"}

READY_JOBS = """
    SELECT job.queue_name,
           extract(epoch FROM now() - min(greatest(job.scheduled_at,
               (SELECT max(at) FROM procrastinate_events event
                WHERE event.job_id = job.id AND type IN ('deferred', 'deferred_for_retry')))))
    FROM procrastinate_jobs job
    WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
    GROUP BY job.queue_name
"""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One finding: `detail` says what was seen, `advice` what to do when it is not well."""

    name: str
    ok: bool
    detail: str
    advice: str = ""


def oldest_ready() -> dict[str, float]:
    """Seconds that the oldest ready job or delivery has been waiting, by queue."""
    with connection.cursor() as cursor:
        cursor.execute(READY_JOBS)
        jobs = {queue: float(age or 0) for queue, age in cursor.fetchall()}
    deliveries = outbox.oldest_due()
    return {queue: max(jobs.get(queue, 0.0), deliveries.get(queue, 0.0)) for queue in jobs.keys() | deliveries.keys()}


def database() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
    version = f"PostgreSQL {number // 10_000}.{number % 10_000}"
    return Check(
        name="database",
        ok=number >= OLDEST_VERSION,
        detail=version,
        advice="Peyvand needs PostgreSQL 15 or newer; upgrade the server that DATABASE_URL names.",
    )


def extensions() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        missing = sorted(EXTENSIONS - {row[0] for row in cursor.fetchall()})
    return Check(
        name="extensions",
        ok=not missing,
        detail=f"missing: {', '.join(missing)}" if missing else "all there",
        advice="Run CREATE EXTENSION for each as the owner of the database (package postgresql-contrib).",
    )


def persian_text() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm('علی'))")
        count = cursor.fetchone()[0]
    return Check(
        name="Persian text",
        ok=count > 0,
        detail=f"{count} trigrams in علی",
        advice="The database was made with LC_CTYPE=C; make a new one with C.UTF-8 and restore a backup into it.",
    )


def migrations() -> Check:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Check(
        name="migrations",
        ok=not missing,
        detail=f"{len(missing)} not applied" if missing else "all applied",
        advice="Run `peyvand migrate` (or `make up`, which does it).",
    )


def queue() -> Check:
    ages = oldest_ready()
    queue_name, age = max(ages.items(), key=lambda item: item[1], default=("", 0.0))
    return Check(
        name="queue",
        ok=age <= LONGEST_QUEUE_AGE,
        detail=f"oldest ready job: {age:.0f} s in {queue_name}" if ages else "nothing waits",
        advice=f"Nobody works on the queue {queue_name}: start `peyvand worker {queue_name}` and read its log.",
    )


def processes(expected: Iterable[str]) -> list[Check]:
    """One check per role that must be alive."""
    pulses = heartbeats.pulses()
    checks = []
    for role in expected:
        mine = [pulse for pulse in pulses if pulse.role == role]
        youngest = min((pulse.age for pulse in mine), default=None)
        checks.append(
            Check(
                name=role,
                ok=any(pulse.alive for pulse in mine),
                detail="never heard" if youngest is None else f"heard {youngest:.0f} s ago",
                advice=f"Start it: `peyvand up`, or the service peyvand-{role}; its log says why it ended.",
            )
        )
    return checks


def clock() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        difference = abs((timezone.now() - cursor.fetchone()[0]).total_seconds())
    return Check(
        name="clock",
        ok=difference <= LARGEST_CLOCK_DIFFERENCE,
        detail=f"{difference:.1f} s from the database's",
        advice="Switch on time synchronisation (systemd-timesyncd or chrony) on both machines.",
    )


def disk() -> Check:
    folder = Path(settings.DATA)
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    return Check(
        name="disk",
        ok=free >= LEAST_FREE_SPACE,
        detail=f"{free / 1024**3:.1f} GB free in {folder}",
        advice=f"Free some space on the disk that holds {folder}; below 1 GB the database may stop.",
    )


def dead_letters() -> Check:
    count = DeadLetter.objects.filter(resolved_at=None).count()
    return Check(
        name="dead letters",
        ok=count == 0,
        detail=f"{count} wait for a decision" if count else "none",
        advice="Open Administration → Dead letters; retry or dismiss each.",
    )


def ask(*checks: Callable[[], Check]) -> list[Check]:
    """Run checks; one that cannot even be asked is red and says why."""
    found = []
    for check in checks:
        try:
            found.append(check())
        except (DatabaseError, InterfaceError, OSError) as error:
            connection.close()
            reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
            advice = "The database does not answer: is it running, and is DATABASE_URL right?"
            found.append(Check(name=check.__name__.replace("_", " "), ok=False, detail=reason, advice=advice))
    return found


def readiness() -> list[Check]:
    """What /readyz asks: can this installation do its work now?"""
    return ask(database, migrations, queue)
