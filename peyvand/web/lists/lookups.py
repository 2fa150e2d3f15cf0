"""How a value that points to another record is searched and named: the app of those records says it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from peyvand.core.record_fields import Asked, Choice, Kind


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """find(asked, words, field): some records that fit, as (key, name); names(asked, keys): those of known keys."""

    find: Callable[[Asked, str, str], Iterable[Choice]]
    names: Callable[[Asked, Sequence[str]], dict[str, str]]


_lookups: dict[Kind, Lookup] = {}


def register_lookup(kind: Kind, lookup: Lookup) -> None:
    """Let values of a kind be searched."""
    _lookups[kind] = lookup


def lookup_of(kind: Kind) -> Lookup | None:
    """Return how values of a kind are searched."""
    return _lookups.get(kind)
