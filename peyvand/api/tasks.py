"""The API's housekeeping."""

from peyvand.api.idempotency import purge
from peyvand.core.queue import Queue, periodic


@periodic(cron="17 * * * *", queue=Queue.BULK, name="api.purge_idempotency_keys")
def purge_idempotency_keys() -> None:
    """Forget the answers of yesterday's named writes."""
    purge()
