"""Reads that a person waits for end in time: PostgreSQL stops them, and the person hears what to do instead."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from peyvand.core.errors import PeyvandError

CANCELLED = "57014"  # query_canceled


class TooSlow(PeyvandError):
    """Finding this takes too long; narrow the list, or let it run as an export or a segment."""

    code = "too_slow"
    status = 503


@contextmanager
def answer_within(milliseconds: int) -> Iterator[None]:
    """Stop the reads inside after this time. Raises TooSlow; what was read before in the transaction stays good."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(milliseconds)])
            yield
            if connection.savepoint_ids:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != CANCELLED:
            raise
        raise TooSlow from error
