"""The lanes of one import: threads of this process, and of processes beside it, each with its own connection.

Python runs in one thread at a time, so a second processor needs a process; the first lanes stay here, because a process
costs seconds to start and a hundred megabytes. Each process has `EACH` lanes, so that it works on one block while the
other one is with the database or waits for the disk. Lanes are kept from slice to slice and end with the import, after
`IDLE` seconds without a slice, or with this process, whatever ended it.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any

from django.db import connection

from peyvand.core.imports.lanes.lane import Lane
from peyvand.core.imports.lanes.talk import hear, say

IDLE = 30.0  # seconds
EACH = 2  # lanes of one process
MOST_KEPT = 2  # as many slices of long work run at once in a worker
PLACE = ("NAME", "HOST", "PORT", "USER", "PASSWORD")  # of the database
_ENDS_WITHIN = 20.0  # seconds


class Hand:
    """The conductor's side of a lane. block: what it works on; untold: records that others touched since it heard."""

    def __init__(self, end: "Connection[Any, Any]", *, is_ready: bool) -> None:
        self.end, self.is_ready = end, is_ready
        self.block: int | None = None
        self.untold: list[int] = []

    @property
    def is_free(self) -> bool:
        return self.is_ready and self.block is None

    def say(self, **words: Any) -> bool:
        """Tell it something, with what others have touched; False when it is gone."""
        try:
            say(self.end, seen=self.untold, **words)
        except OSError:
            return False
        self.untold = []
        return True

    def hear(self) -> dict[str, Any] | None:
        return hear(self.end)

    def stop(self) -> None:
        self.end.close()


class ThreadHand(Hand):
    """A lane in a thread of this process."""

    def __init__(self) -> None:
        ours, theirs = Pipe()
        super().__init__(ours, is_ready=True)
        self.lane = Lane(theirs)
        self.thread = threading.Thread(target=self.lane.run, name="import lane", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        super().stop()
        self.thread.join(_ENDS_WITHIN)


class ProcessHand(Hand):
    """A lane in a process beside this one, which has others as well; it says that it is ready when it has started."""

    def __init__(self, end: "Connection[Any, Any]", process: "subprocess.Popen[bytes]") -> None:
        super().__init__(end, is_ready=False)
        self.process = process
        with suppress(OSError):  # it is gone already: heard when it should answer
            say(end, **{name: connection.settings_dict[name] for name in PLACE})

    def stop(self) -> None:
        """End the process with all its lanes."""
        super().stop()
        self.process.kill()  # whatever it was doing is rolled back
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_ENDS_WITHIN)


def beside(count: int) -> list[Hand]:
    """Start a process with some lanes."""
    pairs = [Pipe() for _ in range(count)]
    theirs = [end.fileno() for _ours, end in pairs]
    process = subprocess.Popen(  # noqa: S603  # our own program, nothing from outside
        [sys.executable, "-m", "peyvand.core.imports.lanes", *map(str, theirs)],
        pass_fds=theirs,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    for _ours, end in pairs:
        end.close()
    return [ProcessHand(ours, process) for ours, _theirs in pairs]


class Crew:
    """All lanes of one import, in as many processes as are said. The first is the one that is always there."""

    def __init__(self, processes: int) -> None:
        self.first = ThreadHand()
        self.hands: list[Hand] = [self.first, *(ThreadHand() for _ in range(EACH - 1))]
        for _ in range(processes - 1):
            self.hands += beside(EACH)

    def heard_from(self) -> list[Hand]:
        """Wait until lanes have said something."""
        ready: Sequence[Any] = wait([hand.end for hand in self.hands])
        return [hand for hand in self.hands if hand.end in ready]

    def free(self) -> Hand | None:
        return next((hand for hand in self.hands if hand.is_free), None)

    def drop(self, hand: Hand) -> None:
        """Go on without a lane that is lost."""
        self.hands.remove(hand)
        hand.stop()

    def end(self) -> None:
        for hand in self.hands:
            hand.stop()

    def forget(self) -> None:
        """In a forked process: the lanes belong to the process that started them."""
        for hand in self.hands:
            hand.end.close()


_kept: dict[tuple[int, int], tuple[Crew, threading.Timer]] = {}
_lock = threading.Lock()


def take(job_id: int, attempt: int) -> Crew | None:
    """The lanes that the last slice left for this one, if they are still there."""
    with _lock:
        found = _kept.pop((job_id, attempt), None)
    if found is None:
        return None
    found[1].cancel()
    return found[0]


def keep(job_id: int, attempt: int, crew: Crew) -> None:
    """Leave the lanes for the slice of this number; of more than `MOST_KEPT` imports, those that wait longest end."""
    timer = threading.Timer(IDLE, end, [job_id, attempt])
    timer.daemon = True
    with _lock:
        spare = list(_kept)[: max(0, len(_kept) + 1 - MOST_KEPT)]
        _kept[job_id, attempt] = crew, timer
    timer.start()
    for key in spare:
        end(*key)


def end(job_id: int, attempt: int) -> None:
    """End the lanes that wait for this slice."""
    crew = take(job_id, attempt)
    if crew is not None:
        crew.end()


def _after_fork() -> None:
    for crew, _timer in _kept.values():
        crew.forget()
    _kept.clear()


os.register_at_fork(after_in_child=_after_fork)
