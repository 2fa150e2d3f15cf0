"""A worker process: takes jobs of some queues and runs them in threads, until told to stop.

It polls instead of listening: with LISTEN a restart of the database ends every worker.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from peyvand.core.heartbeats import Heart
from peyvand.core.queue import Queue
from peyvand.core.queue_sweep import release_dead

logger = logging.getLogger(__name__)

GRACE = 20.0  # seconds for running jobs at a stop
HANGS_AFTER = 60.0
PAUSES = (0.5, 1.0, 2.0, *(5.0,) * 120)  # seconds between two tries to tell how a job ended: ten minutes


@dataclass(frozen=True, kw_only=True)
class WorkerPlan:
    """What one worker process serves: how many jobs at once, and how often it looks (seconds)."""

    name: str
    queues: tuple[Queue, ...]
    concurrency: int
    poll: float


PLANS: Sequence[WorkerPlan] = (
    WorkerPlan(name="interactive", queues=(Queue.INTERACTIVE,), concurrency=4, poll=0.25),
    WorkerPlan(name="inbound", queues=(Queue.INBOUND,), concurrency=2, poll=0.25),
    WorkerPlan(name="bulk", queues=(Queue.BULK, Queue.ANALYTICS), concurrency=2, poll=1.0),
)


class PatientWorker(Worker):
    """A worker that tells the queue how a job ended also when the database is away at that moment.

    Procrastinate tells it once. A job whose end was not told stays «doing» as long as its worker lives, and nobody
    takes it again: neither a doorbell nor the sweep for dead workers.
    """

    async def _persist_job_status(self, *args: Any, **kwargs: Any) -> None:
        """Tell it until it is heard. Raises what no waiting mends: the end was heard before, though not answered."""
        for pause in PAUSES:
            try:
                await super()._persist_job_status(*args, **kwargs)
            except ConnectorException as error:
                if not isinstance(error.__cause__, psycopg.OperationalError | psycopg.InterfaceError):
                    raise
                logger.warning("the end of a job could not be told yet: %s", str(error.__cause__).strip())
                await asyncio.sleep(pause)
            else:
                return
        logger.error("the end of a job could not be told: the database stayed away")


def run_worker(plan: WorkerPlan) -> None:
    """Work until SIGTERM or SIGINT. Django must be set up."""
    release_dead()
    asyncio.run(_run(plan))


async def _run(plan: WorkerPlan) -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=plan.concurrency + 2)
    # Another app with the same tasks: what they enqueue still goes through Django's own transaction.
    ready = app.with_connector(connector)
    async with ready.open_async():
        worker = PatientWorker(
            ready,
            queues=[queue.value for queue in plan.queues],
            name=plan.name,
            concurrency=plan.concurrency,
            fetch_job_polling_interval=plan.poll,
            shutdown_graceful_timeout=GRACE,
            listen_notify=False,
            delete_jobs="successful",
            stalled_worker_timeout=3600.0,
            task_middleware=ready.worker_defaults.get("task_middleware"),
        )
        loop = asyncio.get_running_loop()
        heart = Heart(role=f"worker-{plan.name}", worker=lambda: worker.worker_id, check=lambda: _answers(loop))
        heart.start()
        try:
            await worker.run()  # type: ignore[no-untyped-call]  # the library gives it no type
        finally:
            await asyncio.to_thread(heart.stop)


def _answers(loop: asyncio.AbstractEventLoop) -> None:
    """Raise TimeoutError when the worker's loop does not turn any more."""
    if not loop.is_closed():
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(timeout=HANGS_AFTER)
