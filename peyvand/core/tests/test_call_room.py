"""Calls at any depth cost the same."""

import resource
from collections.abc import Callable

from peyvand.core.call_room import with_room


def _deep(depth: int, work: Callable[[], int]) -> int:
    return work() if depth == 0 else _deep(depth - 1, work)


def _to_and_fro() -> int:
    """Memory pages that the system had to hand out while a function was called a hundred times."""

    def called() -> None:
        return None

    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for _ in range(100):
        called()
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def test_calls_never_map_memory_anew_at_any_depth() -> None:
    def deepest() -> int:
        return max(_deep(depth, _to_and_fro) for depth in range(900))

    assert with_room(deepest)() < 50


def test_it_returns_what_the_function_returns_and_raises_what_it_raises() -> None:
    @with_room
    def half(number: int, *, of: int = 2) -> float:
        """Divide."""
        return number / of

    assert half(3, of=4) == 0.75
    assert half.__doc__ == "Divide."
    try:
        half(1, of=0)
    except ZeroDivisionError:
        return
    raise AssertionError("the error was lost")
