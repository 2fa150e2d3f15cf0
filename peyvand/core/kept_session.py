"""A limited child that works for one slice of long work after the other, and ends when nobody has asked it for a while.

Its object answers while we wait for the database: two processors work at once, and neither side shares a connection.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from peyvand.core.jail import Session

IDLE = 30.0  # seconds


class ChildFailed(Exception):
    """The child ended, or exceeded what it may use; the slice begins again with another one."""


class Line:
    """The way to the child; one question is answered after the other."""

    def __init__(self, session: Session, thread: ThreadPoolExecutor) -> None:
        self._session = session
        self._thread = thread

    def ask(self, method: str, payload: bytes) -> Future[Any]:
        """Have a method of the object work; its `result()` waits for the answer. Raises ChildFailed there."""
        return self._thread.submit(self._answer, method, payload)

    def _answer(self, method: str, payload: bytes) -> Any:
        result = self._session.call(method, payload)
        if not result.ok:
            raise ChildFailed(result.error)
        return result.value


class KeptSession:
    """A session of `jail` that stays for the next slice. The arguments are those of `jail.Session`."""

    def __init__(self, factory: str, **limits: Any) -> None:
        self._factory = factory
        self._limits = limits
        self._lock = threading.Lock()
        self._kept: tuple[int, Session, threading.Timer] | None = None

    @contextmanager
    def line(self) -> Iterator[Line]:
        """Talk to the child; a new one is started where none waits. After a failure it is ended."""
        session = self._take() or Session(self._factory, None, **self._limits)
        try:
            with ThreadPoolExecutor(max_workers=1, thread_name_prefix="child") as thread:
                yield Line(session, thread)
        except BaseException:
            session.end()
            raise
        self._keep(session)

    def _take(self) -> Session | None:
        with self._lock:
            kept, self._kept = self._kept, None
        if kept is None or kept[0] != os.getpid():  # of another process: not ours after a fork
            return None
        kept[2].cancel()
        return kept[1]

    def _keep(self, session: Session) -> None:
        timer = threading.Timer(IDLE, self.end)
        timer.daemon = True
        with self._lock:
            spare, self._kept = self._kept, (os.getpid(), session, timer)
        timer.start()
        if spare is not None:
            spare[2].cancel()
            spare[1].end()

    def end(self) -> None:
        """End the child that waits."""
        session = self._take()
        if session is not None:
            session.end()
