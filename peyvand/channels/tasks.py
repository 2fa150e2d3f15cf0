"""What workers do for channels by the clock. Delivery itself is rung in `services/delivering.py`."""

from peyvand.channels import services
from peyvand.core.queue import Queue, periodic


@periodic(seconds=30, queue=Queue.INTERACTIVE, name="channels.settle_deliveries")
def settle_deliveries() -> None:
    """Settle what dead workers left, ring for what is overdue, and drop hidden words that are over."""
    services.give_up_stalled()
    services.ring_overdue()
    services.forget_expired()


@periodic(seconds=60, queue=Queue.INBOUND, name="channels.read_forgotten")
def read_forgotten() -> None:
    """Read stored messages whose event was lost or dead-lettered."""
    services.read_forgotten()
