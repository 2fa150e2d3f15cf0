"""The scheduler process: starts periodic tasks, wakes forgotten outbox rows, gives back stalled jobs.

Two schedulers may run: each period is claimed in our own row, so that a task is started once for it.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from croniter import croniter
from django.conf import settings
from django.db import close_old_connections, connection, transaction

from peyvand.core import outbox, queue_sweep
from peyvand.core.heartbeats import Heart
from peyvand.core.models import PeriodicRun
from peyvand.core.queue import PERIODICS, Periodic, Queue, enqueue, ring

logger = logging.getLogger(__name__)

CLAIM = """
    INSERT INTO core_periodicrun (task, last_due_at) VALUES (%s, %s)
    ON CONFLICT (task) DO UPDATE SET last_due_at = EXCLUDED.last_due_at
    WHERE core_periodicrun.last_due_at < EXCLUDED.last_due_at
"""
WAITS = "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo')"


def last_due(periodic: Periodic, now: datetime) -> datetime:
    """The start of the period that `now` is in, by cron in the organisation's time zone."""
    if periodic.seconds is not None:
        return datetime.fromtimestamp(now.timestamp() // periodic.seconds * periodic.seconds, UTC)
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE)) + timedelta(microseconds=1)
    due: datetime = croniter(periodic.cron or "", local).get_prev(datetime)
    return due.astimezone(UTC)


def start_if_due(periodic: Periodic, now: datetime) -> bool:
    """Claim the current period and add the job; False when it was claimed before or one still waits.

    A cron task that this installation sees for the first time waits for its next time.
    """
    due, name = last_due(periodic, now), periodic.task.name
    with transaction.atomic(), connection.cursor() as cursor:
        is_new = not PeriodicRun.objects.filter(pk=name).exists()
        cursor.execute(CLAIM, [name, due])
        if not cursor.rowcount or (is_new and periodic.cron):
            return False
        cursor.execute(WAITS, [name])
        if cursor.fetchone()[0]:
            return False
        enqueue(periodic.task)
    return True


@dataclass(kw_only=True)
class Scheduler:
    """Does each of its chores at its pace; what fails is logged and tried again."""

    stopped: threading.Event = field(default_factory=threading.Event)
    claimed: dict[str, datetime] = field(default_factory=dict)
    done_at: dict[str, float] = field(default_factory=dict)

    def run(self) -> None:
        while not self.stopped.wait(0.5):
            self.step()

    def step(self) -> None:
        """One round of everything that is due."""
        self._chore("periodic tasks", 1, self._start_periodics)
        self._chore("outbox", 2, self._ring)
        self._chore("dead workers", 2, queue_sweep.release_dead)
        self._chore("stalled jobs", 30, queue_sweep.sweep)
        self._chore("old rows", 3600, self._forget)

    def _chore(self, name: str, every: float, work: Callable[[], object]) -> None:
        now = time.monotonic()
        if now - self.done_at.get(name, -every) < every:
            return
        self.done_at[name] = now
        close_old_connections()
        try:
            work()
        except Exception as error:  # noqa: BLE001 -- the scheduler outlives whatever a chore raises
            logger.warning("%s: %s", name, str(error).strip() or repr(error))

    def _start_periodics(self) -> None:
        now = datetime.now(UTC)
        for name, periodic in PERIODICS.items():
            due = last_due(periodic, now)
            if self.claimed.get(name) != due:
                start_if_due(periodic, now)
                self.claimed[name] = due

    def _ring(self) -> None:
        for queue in outbox.oldest_due():
            ring(Queue(queue))

    def _forget(self) -> None:
        outbox.forget_old()
        queue_sweep.forget_finished()


def run_scheduler() -> None:
    """Run until SIGTERM or SIGINT. Django must be set up."""
    scheduler = Scheduler()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: scheduler.stopped.set())
    heart = Heart(role="scheduler")
    heart.start()
    try:
        scheduler.run()
    finally:
        heart.stop()
