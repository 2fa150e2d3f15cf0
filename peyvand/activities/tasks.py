"""What workers do for activities, by the clock."""

from peyvand.activities import services
from peyvand.activities.services import exporting
from peyvand.activities.services.outside_series import SLICE as OUTSIDE
from peyvand.activities.services.reminding import SLICE
from peyvand.activities.services.repeating import SLICE as SERIES
from peyvand.core.queue import Queue, enqueue, periodic

__all__ = ["exporting"]


@periodic(seconds=60, queue=Queue.INTERACTIVE, name="activities.remind")
def remind() -> None:
    """Remind of what begins soon."""
    if services.remind_due() == SLICE:
        enqueue(remind)


@periodic(cron="17 3 * * *", queue=Queue.BULK, name="activities.extend_series")
def extend_series() -> None:
    """Make each night what is missing of the coming year of series."""
    if services.extend_due() == SERIES:
        enqueue(extend_series)


@periodic(cron="27 3 * * *", queue=Queue.BULK, name="activities.extend_outside")
def extend_outside() -> None:
    """Make each night the times that come into reach of series that others hold."""
    if services.extend_outside() == OUTSIDE:
        enqueue(extend_outside)
