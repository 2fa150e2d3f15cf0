"""What wakes the outbox: one draining task per queue."""

from functools import partial

from peyvand.core import outbox
from peyvand.core.queue import Queue, drain_name, ring, task


def drain(queue: Queue) -> None:
    """Work off the outbox of a queue; ring again when the time was too short for all of it."""
    outbox.drain(queue)
    if outbox.has_due(queue):
        ring(queue)


for _queue in Queue:
    task(queue=_queue, name=drain_name(_queue), doorbell=True)(partial(drain, _queue))
