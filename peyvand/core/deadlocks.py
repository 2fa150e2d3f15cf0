"""Doing work again that the database ended because two waited for one another."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

TRIES = 5
PAUSE = 0.05  # seconds, longer with each try
_ENDED = ("40P01", "40001")  # deadlock_detected, serialization_failure


P = ParamSpec("P")
R = TypeVar("R")


def again_after_deadlock(work: Callable[P, R]) -> Callable[P, R]:
    """Call `work`, one transaction of its own, again when the database took it as the victim of a deadlock.

    Inside a transaction of somebody else it is called once: that one is ended, and only its owner can begin anew.
    """

    @wraps(work)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return work(*args, **kwargs)
        for number in range(1, TRIES):
            try:
                return work(*args, **kwargs)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", "") not in _ENDED:
                    raise
                time.sleep(PAUSE * number * random.uniform(0.5, 1.5))  # noqa: S311  # so that they do not meet again
        return work(*args, **kwargs)

    return call
