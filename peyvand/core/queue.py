"""The one door to the queue. The queue is a doorbell; the truth is in our own rows.

A task is a function of plain JSON arguments, named for ever: old and new workers overlap during an
update, so a new argument is optional and an unknown one is ignored. Every task must bear being run
twice (see docs/how-to/queue.md): the queue promises "at least once", never "once".
"""

from __future__ import annotations

import inspect
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import pghistory
from django.db import connection
from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from peyvand.core import dead_letters
from peyvand.core.call_room import with_room

logger = logging.getLogger(__name__)

FIRST_WAIT = 4.0  # seconds before the first retry; doubles each time
LONGEST_WAIT = 15 * 60.0

RING = """
    SELECT procrastinate_defer_jobs_v1(ARRAY[
        ROW(%(queue)s, %(task)s, 0, NULL, NULL, '{}'::jsonb, NULL)::procrastinate_job_to_defer_v1
    ])
    WHERE NOT EXISTS (
        SELECT FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = %(queue)s AND task_name = %(task)s
    )
"""


class Queue(StrEnum):
    """By urgency; each has its own worker, so that no campaign delays a person who waits."""

    INTERACTIVE = "interactive"
    INBOUND = "inbound"
    BULK = "bulk"
    ANALYTICS = "analytics"


@dataclass(frozen=True, kw_only=True)
class Task:
    """A named unit of work; call it to run it here and now, `enqueue` it to have it run by a worker.

    doorbell: it only looks whether our own rows hold work, so a failed run needs no retry and no record.
    """

    name: str
    run: Callable[..., object]
    queue: Queue
    max_attempts: int
    accepted: frozenset[str] | None = field(repr=False)
    doorbell: bool = False

    def __call__(self, **kwargs: Any) -> object:
        return self.run(**self.known(kwargs))

    def known(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """Leave out arguments that this version of the task does not know."""
        if self.accepted is None:
            return kwargs
        strange = kwargs.keys() - self.accepted
        if strange:
            logger.warning("%s ignores unknown arguments %s", self.name, sorted(strange))
        return {key: value for key, value in kwargs.items() if key in self.accepted}


@dataclass(frozen=True, kw_only=True)
class Periodic:
    """A task that the scheduler starts: every `seconds`, or by `cron` in the organisation's time zone."""

    task: Task
    seconds: int | None = None
    cron: str | None = None


TASKS: dict[str, Task] = {}
PERIODICS: dict[str, Periodic] = {}


def wait_before(attempt: int) -> timedelta:
    """How long to wait before attempt number `attempt` + 1: doubling, with a ceiling and ± 30 % jitter."""
    seconds = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(max(attempt - 1, 0), 20))
    return timedelta(seconds=seconds * random.uniform(0.7, 1.3))  # noqa: S311 -- jitter, not a secret


def is_permanent(error: BaseException) -> bool:
    """Would the same thing fail again for ever? Broken rules say so themselves (`permanent`)."""
    return bool(getattr(error, "permanent", False))


class Retry(BaseRetryStrategy):
    """Retry with jitter and a ceiling; permanent errors never."""

    def __init__(self, *, max_attempts: int) -> None:
        self.max_attempts = max_attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        done = job.attempts + 1
        if is_permanent(exception) or done >= self.max_attempts:
            return None
        return RetryDecision(retry_at=datetime.now(UTC) + wait_before(done))


def task(
    *, queue: Queue, name: str | None = None, max_attempts: int = 8, doorbell: bool = False
) -> Callable[[Callable[..., object]], Task]:
    """Make a function of JSON keyword arguments a task."""

    def register(function: Callable[..., object]) -> Task:
        made = Task(
            name=name or _default_name(function),
            run=function,
            queue=queue,
            max_attempts=1 if doorbell else max_attempts,
            accepted=_accepted_arguments(function),
            doorbell=doorbell,
        )
        if made.name in TASKS and TASKS[made.name].run is not function:
            raise ValueError(f"two tasks are called {made.name}")
        if made.name not in TASKS:
            TASKS[made.name] = made
            _tell_procrastinate(made)
        return made

    return register


def periodic(
    *,
    seconds: int | None = None,
    cron: str | None = None,
    queue: Queue = Queue.BULK,
    name: str | None = None,
    max_attempts: int = 1,
) -> Callable[[Callable[..., object]], Task]:
    """Make a function a task that the scheduler starts by itself, never twice for one period.

    While an earlier run still waits in the queue, no second one is added.
    """
    if (seconds is None) == (cron is None):
        raise ValueError("a periodic task has either seconds or cron")

    def register(function: Callable[..., object]) -> Task:
        made = task(queue=queue, name=name, max_attempts=max_attempts)(function)
        PERIODICS[made.name] = Periodic(task=made, seconds=seconds, cron=cron)
        return made

    return register


def enqueue(task: Task, **kwargs: Any) -> None:
    """Add a job in the current transaction: it exists if, and only if, the transaction commits."""
    app.configure_task(task.name, queue=task.queue.value).defer(**kwargs)


def enqueue_in(task: Task, wait: timedelta, **kwargs: Any) -> None:
    """Add a job that starts after `wait`. For a handful of jobs: large schedules live in our own tables."""
    app.configure_task(task.name, queue=task.queue.value, schedule_at=datetime.now(UTC) + wait).defer(**kwargs)


def ring(queue: Queue) -> None:
    """Have the outbox of this queue drained soon; nothing when such a job already waits."""
    with connection.cursor() as cursor:
        cursor.execute(RING, {"queue": queue.value, "task": drain_name(queue)})


def drain_name(queue: Queue) -> str:
    """The task that drains the outbox of a queue (`core/tasks.py`)."""
    return f"core.drain_{queue.value}"


def on_app_ready(ready: App) -> None:
    """Called once by the queue library; without one periodic of its own its side tasks go unwatched."""

    @ready.periodic(cron="0 0 1 1 *")
    @ready.task(name="core.queue_needs_one_periodic", queue=Queue.BULK.value, pass_context=False)
    def nothing(timestamp: int) -> None:
        return None


def _default_name(function: Callable[..., object]) -> str:
    application = function.__module__.removeprefix("peyvand.").split(".")[0]
    return f"{application}.{function.__name__}"


def _accepted_arguments(function: Callable[..., object]) -> frozenset[str] | None:
    parameters = inspect.signature(function).parameters.values()
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return None
    return frozenset(parameter.name for parameter in parameters)


def _tell_procrastinate(made: Task) -> None:
    def work(context: JobContext, /, **kwargs: Any) -> None:
        job = context.job
        try:
            with pghistory.context(task=made.name, job=job.id):
                run(**kwargs)
        except Exception as error:
            if not made.doorbell and retry.get_retry_decision(exception=error, job=job) is None:
                dead_letters.record_job(
                    name=made.name, queue=made.queue.value, arguments=kwargs, error=error, attempts=job.attempts + 1
                )
            raise

    run = with_room(made)
    retry = Retry(max_attempts=made.max_attempts)
    app.task(name=made.name, queue=made.queue.value, pass_context=True, retry=retry)(work)
