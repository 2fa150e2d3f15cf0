"""What tests need that kill a process, or the database, before a chosen writing statement of an act.

Reading changes nothing: killed before a reading statement is the same as killed before the next one that writes.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections, transaction

from tests.killed import Killable

# What looking leaves behind, the queue's own tables, and what Django keeps for itself.
LEFT = ("django_", "procrastinate", "cartable_readmark", "cartable_presence", "accounts_session")


def digest() -> dict[str, str]:
    """A fingerprint of every row of every table that the house writes."""
    found = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            if not name.startswith(LEFT):
                cursor.execute(
                    f"SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM \"{name}\" t"
                )
                found[name] = cursor.fetchone()[0]
    return found


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The tables in which two states of the database differ."""
    return [name for name in one if one[name] != other[name]]


def _writes(sql: Any) -> bool:
    text = str(sql).lstrip().upper()
    return not text.startswith("SELECT") or "PG_NOTIFY" in text or "PROCRASTINATE" in text


class Fatal:
    """Runs something before the n-th statement that writes."""

    def __init__(self, number: int, deadly: Callable[[], object]) -> None:
        self.left, self.deadly = number, deadly

    def spare(self) -> None:
        """Kill nothing any more."""
        self.left = -1

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.left -= _writes(sql)
        if self.left == 0:
            self.spare()
            self.deadly()
        return execute(sql, params, many, context)


def die() -> None:
    """SIGKILL: nothing is rolled back, closed or told."""
    os.kill(os.getpid(), signal.SIGKILL)


def dies_at(number: int, act: Callable[[], object], *, whole: bool = True) -> bool:
    """Do it in a process of its own that is killed before its n-th write; False when it had fewer, and is done.

    whole: the act is one transaction; a process that comes to its end is then killed just before the commit, once.
    """
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            _act_and_die(number, act, whole=whole)
        except BaseException:  # noqa: BLE001  # of the child; its parent sees the code
            os._exit(3)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the act failed by itself"
    return os.WIFSIGNALED(status)


def _act_and_die(number: int, act: Callable[[], object], *, whole: bool) -> None:
    fatal = Fatal(number, die)
    with connection.execute_wrapper(fatal):
        if not whole:
            act()
            return
        with transaction.atomic():
            transaction.on_commit(fatal.spare)  # what follows is a bell, which rings again by itself
            act()
            if fatal.left == 1:
                die()


@contextmanager
def database_dies_at(server: Killable, number: int) -> Any:
    """Within this block PostgreSQL is killed before the n-th write."""

    def deadly() -> None:
        server.kill()
        time.sleep(0.1)

    with connection.execute_wrapper(Fatal(number, deadly)):
        yield
