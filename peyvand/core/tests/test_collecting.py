"""The collector of circles keeps still in a block of work and goes on after it."""

import gc
import threading

import pytest

from peyvand.core.collecting import uncollected


def test_it_keeps_still_inside_and_goes_on_after_it() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_fault() -> None:
    with pytest.raises(ValueError, match="a fault"), uncollected():
        raise ValueError("a fault")
    assert gc.isenabled()


def test_where_somebody_has_switched_it_off_it_stays_so() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_collector_rests_until_the_last_thread_has_left_its_block() -> None:
    begun, may_end = threading.Event(), threading.Event()

    def other() -> None:
        with uncollected():
            begun.set()
            may_end.wait(10)

    with uncollected():
        thread = threading.Thread(target=other)
        thread.start()
        assert begun.wait(10)
    assert not gc.isenabled()
    may_end.set()
    thread.join()
    assert gc.isenabled()
