"""Python's collector of circles, kept still while a block of work is under way."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python not search for circles of dead objects in here.

    A block of two thousand rows makes tens of thousands of objects that all live to its end; the collector takes them
    for growth and walks through every object of the process again and again, which was two fifths of Python's time in
    an import. What is in no circle is freed all the same, and what is waits for the end of the block.
    """
    if not gc.isenabled():  # of somebody who is in here already, or of the person who runs this
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
