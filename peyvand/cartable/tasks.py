"""What workers do for the cartable by the clock."""

from peyvand.cartable.services.surveys import send_due_surveys
from peyvand.core.queue import Queue, enqueue, periodic


@periodic(seconds=60, queue=Queue.BULK, name="cartable.send_surveys")
def send_surveys() -> None:
    """Ask customers how content they are, when it is time."""
    if send_due_surveys():
        enqueue(send_surveys)
