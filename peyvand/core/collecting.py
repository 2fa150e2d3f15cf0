"""Python's collector of circles, kept still while a block of work is under way."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
MOST_LEFT = 4  # blocks that were left while other threads were in one: then what is young is searched all the same
_within = 0  # threads that are in a block, while the collector is kept still for them
_left = 0


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python not search for circles of dead objects in here, nor in other threads meanwhile.

    A block of two thousand rows makes tens of thousands of objects that all live to its end; the collector takes them
    for growth and walks through every object of the process again and again, which was two fifths of Python's time in
    an import. What is in no circle is freed all the same, and what is waits some blocks longer.
    """
    global _within, _left
    with _lock:
        is_ours = _within > 0 or gc.isenabled()  # else it was switched off by the person who runs this
        if is_ours:
            _within += 1
            gc.disable()
    try:
        yield
    finally:
        if is_ours:
            with _lock:
                _within -= 1
                _left = _left + 1 if _within else 0
                if not _within:
                    gc.enable()
                elif _left >= MOST_LEFT:
                    _left = 0
                    gc.collect(0)
