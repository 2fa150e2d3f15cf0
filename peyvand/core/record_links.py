"""Links to records of other kinds: an app registers how a linked record is found and named, for who asks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from peyvand.core.record_fields import Kind


@dataclass(frozen=True, kw_only=True)
class Links:
    """One kind of record that fields may point to.

    seen(who): those that he may see, None is the system itself. named(who, text): the one of this name, or None.
    label: the column that names a record. now(pk): which record answers for a number by now, where records are merged;
    rules and links that name the old one mean it.
    """

    seen: Callable[[Any], QuerySet[Any]]
    named: Callable[[Any, str], Any]
    label: str = "name"
    now: Callable[[int], int] = lambda pk: pk


@dataclass(frozen=True)
class Linked:
    """A record that a value points to, as lists and exports show it."""

    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


_links: dict[Kind, Links] = {}


def register(kind: Kind, links: Links) -> None:
    """Tell how records of this kind are found."""
    _links[kind] = links


def links_of(kind: Kind) -> Links:
    """How records of this kind are found."""
    return _links[kind]


def names_of(kind: Kind, who: Any, ids: Iterable[int]) -> dict[int, str]:
    """The names of the linked records that `who` may see, by id, in one query."""
    links = _links[kind]
    return dict(links.seen(who).filter(pk__in=set(ids)).values_list("pk", links.label))


def now_of(kind: Kind, pk: int) -> int:
    """The record that answers for a number by now: itself, or what it was merged into."""
    return _links[kind].now(pk) if kind in _links else pk
