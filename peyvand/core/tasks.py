"""What wakes the outbox and long work: one draining task per queue, and a look for what was forgotten."""

from functools import partial

from peyvand.core import long_jobs, outbox
from peyvand.core.imports import running  # noqa: F401 - its kinds of long work
from peyvand.core.imports.services import forget_expired
from peyvand.core.queue import Queue, drain_name, periodic, ring, task


def drain(queue: Queue) -> None:
    """Work off the outbox of a queue; ring again when the time was too short for all of it."""
    outbox.drain(queue)
    if outbox.has_due(queue):
        ring(queue)


for _queue in Queue:
    task(queue=_queue, name=drain_name(_queue), doorbell=True)(partial(drain, _queue))


@periodic(seconds=30, queue=Queue.INTERACTIVE, name="core.ring_long_jobs")
def ring_long_jobs() -> None:
    """Ring for long work that stands still."""
    long_jobs.ring_forgotten()


@periodic(cron="40 3 * * *", queue=Queue.BULK, name="core.forget_long_jobs")
def forget_long_jobs() -> None:
    """Delete old long work and the files of it that have expired."""
    long_jobs.forget_old()


@periodic(cron="50 3 * * *", queue=Queue.BULK, name="core.forget_imports")
def forget_imports() -> None:
    """Delete the files and rows of imports whose time is over."""
    forget_expired()
