"""What workers do for customers: the kinds of long work are registered by importing their services."""

from peyvand.core.queue import Queue, enqueue, periodic
from peyvand.parties.services import bulk
from peyvand.parties.services.segment_sizes import recount_segments

__all__ = ["bulk", "recount"]


@periodic(seconds=60, queue=Queue.BULK, name="parties.recount_segments")
def recount() -> None:
    """Count segments whose figure may have changed, slice by slice."""
    if recount_segments():
        enqueue(recount)
