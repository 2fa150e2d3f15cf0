"""Waiting until the change feed may tell what was just written."""

import time

from django.db import connection


def settle() -> None:
    """Wait for the transactions that other tests, in databases of the same server, have open: the feed waits too."""
    end = time.monotonic() + 60
    with connection.cursor() as query:
        query.execute("SELECT pg_current_xact_id()::text::bigint")
        mine = query.fetchone()[0]
        while time.monotonic() < end:
            query.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if query.fetchone()[0] > mine:
                return
            time.sleep(0.01)
    raise AssertionError("a transaction of another test stayed open for a minute")
