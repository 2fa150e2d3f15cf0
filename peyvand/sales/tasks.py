"""What workers do for sales: long work, and the end of protections."""

from peyvand.core.queue import Queue, periodic
from peyvand.sales import services
from peyvand.sales.services import exporting
from peyvand.sales.services.bulk import running

__all__ = ["exporting", "running"]


@periodic(cron="7 1 * * *", queue=Queue.BULK, name="sales.end_protection")
def end_protection() -> None:
    """End the protection of registrations whose last day is over."""
    services.end_protection()
