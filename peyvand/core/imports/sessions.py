"""The limited children that read files, kept between two slices of the work.

A workbook is taken apart once and not once a slice. A child that waits longer than `IDLE` seconds is ended; the next
slice then opens another one and goes on from the cursor.
"""

import threading
from typing import Any, Protocol

from peyvand.core import jail
from peyvand.core.imports.reading.reader import opened

READER = "peyvand.core.imports.reading.reader.Reader"
LOOK = "peyvand.core.imports.reading.looking.Look"
REFUSED = "failed: Refused: "
IDLE = 30.0
MOST_KEPT = 2
# (processor seconds and wall seconds of one call, megabytes of address space)
LIMITS = {"csv": (60, 120.0, 1024), "jsonl": (60, 120.0, 1024), "vcard": (60, 120.0, 1024)}
WORKBOOK_LIMITS = (240, 300.0, 2560)


class Kept(Protocol):
    """What can be kept from slice to slice."""

    def end(self) -> None: ...


_kept: dict[tuple[int, int], tuple[Any, threading.Timer]] = {}
_lock = threading.Lock()


class ChildFailed(Exception):
    """The child refused the file, ended, or exceeded what it may use; `word`: the code of why, as of `wording`."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.word = error.removeprefix(REFUSED) if error.startswith(REFUSED) else error.partition(":")[0]


def open_look(options: dict[str, Any]) -> jail.Session:
    return _open(LOOK, options, LIMITS["csv"])


def open_reader(options: dict[str, Any]) -> jail.Session:
    return _open(READER, options, LIMITS.get(options["format"], WORKBOOK_LIMITS))


def _open(factory: str, options: dict[str, Any], limits: tuple[int, float, int]) -> jail.Session:
    cpu, wall, memory = limits
    return jail.Session(factory, options, cpu_seconds=cpu, memory_mb=memory, wall_seconds=wall)


def called(session: jail.Session, method: str, data: bytes = b"") -> Any:
    """What a method answers. Raises ChildFailed."""
    result = session.call(method, data)
    if not result.ok:
        raise ChildFailed(result.error)
    return result.value


def read(session: jail.Session, method: str, data: bytes = b"") -> tuple[dict[str, Any], list[bytes]]:
    """The description and the blocks that `Reader.feed` or `Reader.end` answer. Raises ChildFailed."""
    return opened(called(session, method, data))


def take(import_id: int, slice_number: int) -> Any:
    """The child, or the children, that the last slice left for this one, if it is still there."""
    with _lock:
        found = _kept.pop((import_id, slice_number), None)
    if found is None:
        return None
    found[1].cancel()
    return found[0]


def keep(import_id: int, slice_number: int, session: Kept) -> None:
    """Leave a child, or children, for the slice of this number."""
    key = (import_id, slice_number)
    timer = threading.Timer(IDLE, _end, [key])
    timer.daemon = True
    with _lock:
        spare = next(iter(_kept)) if len(_kept) >= MOST_KEPT else None
        _kept[key] = (session, timer)
    timer.start()
    if spare is not None:
        _end(spare)


def _end(key: tuple[int, int]) -> None:
    with _lock:
        found = _kept.pop(key, None)
    if found is not None:
        found[1].cancel()
        found[0].end()
