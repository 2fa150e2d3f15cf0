"""One moment of the database, read by several connections while the work goes on: the file holds what was true then.

The export of a page is long work in slices; the first slice keeps a connection open whose snapshot the others read.
When its process dies, or nobody read for a quarter of an hour, the snapshot is gone and the work begins anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

IDLE = "15min"
_held: dict[str, BaseDatabaseWrapper] = {}  # snapshot → the connection that keeps it, in this process


class SnapshotGone(Exception):
    """The connection that kept this snapshot has ended."""


def hold() -> str:
    """Take a snapshot that stays until `release`, and return its name."""
    keeper = connection.copy()
    _begin(keeper)
    with keeper.cursor() as cursor:
        cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, false)", [IDLE])
        cursor.execute("SELECT pg_export_snapshot()")
        name = str(cursor.fetchone()[0])
    _held[name] = keeper
    return name


def release(name: str) -> None:
    """Let a snapshot go, when it is kept by this process."""
    keeper = _held.pop(name, None)
    if keeper is not None:
        keeper.close()


@contextmanager
def reading(name: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection that reads a snapshot. Raises SnapshotGone."""
    _touch(name)
    reader = connection.copy()
    try:
        _begin(reader)
        try:
            with reader.cursor() as cursor:
                cursor.execute(f"SET TRANSACTION SNAPSHOT '{name.replace(chr(39), '')}'")
        except DatabaseError as error:
            raise SnapshotGone from error
        yield reader
    finally:
        reader.close()


@contextmanager
def own_snapshot() -> Iterator[BaseDatabaseWrapper]:
    """A connection that reads one snapshot from beginning to end."""
    reader = connection.copy()
    try:
        _begin(reader)
        yield reader
    finally:
        reader.close()


def _begin(opened: BaseDatabaseWrapper) -> None:
    opened.ensure_connection()
    with opened.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _touch(name: str) -> None:
    """Show the database that the snapshot is still wanted."""
    keeper = _held.get(name)
    if keeper is None:
        return
    try:
        with keeper.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        release(name)
        raise SnapshotGone from error
