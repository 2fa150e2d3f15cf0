"""So many calls a minute for each caller, counted in the shared cache.

A process counts by itself and settles with the cache every few calls, so that an ordinary call costs no query;
the limit can be passed by that many calls per process, not more.
"""

import time
from dataclasses import dataclass
from threading import Lock

from peyvand.core.counting import count_up
from peyvand.core.errors import TooMany

PER_MINUTE = 1200
SETTLED_EVERY = 60
REMEMBERED = 10_000


@dataclass
class _Count:
    """One caller's calls in one minute: `shared` as the cache had it, `own` not yet told to the cache."""

    minute: int
    shared: int = 0
    own: int = 0


class CallsExceeded(TooMany):
    """Too many calls in this minute; wait for the next one."""

    headers: dict[str, str]


_counts: dict[str, _Count] = {}
_lock = Lock()


def count_call(caller: str, *, limit: int = PER_MINUTE) -> None:
    """Count one call of `caller`; raise CallsExceeded (with Retry-After) beyond `limit` in this minute."""
    now = time.time()
    minute = int(now // 60)
    with _lock:
        if len(_counts) > REMEMBERED:
            _counts.clear()
        count = _counts.get(caller)
        if count is None or count.minute != minute:
            count = _counts[caller] = _Count(minute)
        count.own += 1
        settle, told = count.own % SETTLED_EVERY == 0, count.own
    if settle:
        shared = count_up(f"api:{caller}:{minute}", told, seconds=120)
        with _lock:
            count.shared, count.own = shared, count.own - told
    if count.shared + count.own > limit:
        error = CallsExceeded()
        error.headers = {"Retry-After": str(60 - int(now % 60))}
        raise error
