"""What a process believes for a few seconds instead of asking the database for every page."""

import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
SECONDS = 5.0
MOST_KEPT = 1000

_all: "WeakSet[Known[Any, Any]]" = WeakSet()


class Known(Generic[K, V]):
    """Answers of `read(key)`, each believed for `seconds`; only for what changes rarely and harms nobody when late.

    What comes out is shared by all threads: nobody changes it.
    """

    def __init__(self, read: Callable[[K], V], *, seconds: float = SECONDS) -> None:
        self.read = read
        self.seconds = seconds
        self._answers: dict[K, tuple[float, V]] = {}
        _all.add(self)

    def __call__(self, key: K) -> V:
        now = time.monotonic()
        found = self._answers.get(key)
        if found is not None and now - found[0] < self.seconds:
            return found[1]
        answer = self.read(key)
        if len(self._answers) >= MOST_KEPT:
            self._answers.clear()
        self._answers[key] = (now, answer)
        return answer

    def forget(self) -> None:
        """Read again at the next question."""
        self._answers.clear()


def forget_all() -> None:
    """Believe nothing that was read before; every test begins so."""
    for known in _all:
        known.forget()
