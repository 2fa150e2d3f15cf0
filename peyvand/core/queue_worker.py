"""A worker process: takes jobs of some queues and runs them in threads, until told to stop.

It polls instead of listening: with LISTEN a restart of the database ends every worker.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from peyvand.core.heartbeats import Heart
from peyvand.core.queue import Queue
from peyvand.core.queue_sweep import release_dead

logger = logging.getLogger(__name__)

GRACE = 20.0  # seconds for running jobs at a stop
HANGS_AFTER = 60.0


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


def run_worker(plan: WorkerPlan) -> None:
    """Work until SIGTERM or SIGINT. Django must be set up."""
    release_dead()
    asyncio.run(_run(plan))


async def _run(plan: WorkerPlan) -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=plan.concurrency + 2)
    # Another app with the same tasks: what they enqueue still goes through Django's own transaction.
    ready = app.with_connector(connector)
    async with ready.open_async():
        worker = Worker(
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
