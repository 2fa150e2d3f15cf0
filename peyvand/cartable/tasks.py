"""What workers do for the cartable: by the clock, and the lists that are taken out (registered by their import)."""

from peyvand.cartable import services
from peyvand.cartable.services import bulk, exporting, rehearsing
from peyvand.cartable.services.returning import SLICE
from peyvand.cartable.services.standing_in import SLICE as SUBSTITUTIONS
from peyvand.cartable.services.surveys import send_due_surveys
from peyvand.core.queue import Queue, enqueue, periodic

__all__ = ["bulk", "exporting", "rehearsing"]


@periodic(seconds=60, queue=Queue.BULK, name="cartable.send_surveys")
def send_surveys() -> None:
    """Ask customers how content they are, when it is time."""
    if send_due_surveys():
        enqueue(send_surveys)


@periodic(seconds=60, queue=Queue.INTERACTIVE, name="cartable.return_referrals")
def return_referrals() -> None:
    """Send back or up the referrals that nobody took up in time."""
    if services.return_overdue() == SLICE:
        enqueue(return_referrals)


@periodic(seconds=30, queue=Queue.INTERACTIVE, name="cartable.wake_snoozed")
def wake_snoozed() -> None:
    """Bring back the requests that somebody put aside until now."""
    if services.wake_due() == SLICE:
        enqueue(wake_snoozed)


@periodic(seconds=300, queue=Queue.BULK, name="cartable.give_back")
def give_back() -> None:
    """Give back what substitutes had taken when the leave is over."""
    if services.give_back() == SUBSTITUTIONS:
        enqueue(give_back)


@periodic(seconds=300, queue=Queue.BULK, name="cartable.rescue_abandoned")
def rescue_abandoned() -> None:
    """Hand work whose holder is gone to somebody who is there."""
    if services.rescue_abandoned() == SLICE:
        enqueue(rescue_abandoned)
