"""Who else carries the tags of the business: each app above says it once, and a change of a tag reaches there, too."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """Records with tags. count(tag): how many have it; exchange(tag, to, limit): exchanges it on at most `limit` of
    them, takes it off when `to` is None, and returns on how many it did; nothing is left to do when it returns 0.
    """

    name: str
    count: Callable[[int], int]
    exchange: Callable[[int, int | None, int], int]


_carriers: dict[str, Carrier] = {}


def carries_tags(carrier: Carrier) -> None:
    """Make records known that carry tags."""
    _carriers[carrier.name] = carrier


def count_elsewhere(tag_id: int) -> int:
    """How many records other than customers carry a tag."""
    return sum(each.count(tag_id) for each in _carriers.values())


def exchange_elsewhere(tag_id: int, to: int | None, limit: int) -> int:
    """Exchange it on at most `limit` records of one kind; 0 when nobody has it any more."""
    return next((done for each in _carriers.values() if (done := each.exchange(tag_id, to, limit))), 0)
