"""Counters that all processes share and that forget by themselves, for limits."""

from django.core.cache import cache


def count_up(key: str, by: int = 1, *, seconds: int) -> int:
    """Count `by` more under a key and return the sum; a new counter is kept for `seconds`.

    Two processes that count in the same moment may count once: a limit, not a ledger. To add a key that is there would
    write an error into the log of the database each time, so it is added only when it is missing.
    """
    try:
        return cache.incr(key, by)
    except ValueError:
        return by if cache.add(key, by, timeout=seconds) else cache.incr(key, by)
