"""The kind of record that these fields belong to, and how their values come from what a list has loaded."""

from collections.abc import Callable
from typing import Any, cast

from django.db.models import Prefetch, QuerySet

from peyvand.parties.models import ContactPoint, Identifier, Party

HOST = "parties.Party"

Parties = QuerySet[Party]
Load = Callable[[Parties], Parties]


def loaded(parties: Parties, name: str, lookup: "Prefetch[Any]") -> Parties:
    """Prefetch once, however many fields ask for it."""
    known = {getattr(each, "to_attr", None) for each in getattr(parties, "_prefetch_related_lookups", ())}
    return parties if name in known else parties.prefetch_related(lookup)


def with_points(parties: Parties) -> Parties:
    """Load contact points into `points`, primary ones first."""
    rows = ContactPoint.objects.order_by("-is_primary", "kind", "id")
    return loaded(parties, "points", Prefetch("contact_points", rows, to_attr="points"))


def with_identifiers(parties: Parties) -> Parties:
    """Load identifiers into `numbers`."""
    return loaded(parties, "numbers", Prefetch("identifiers", Identifier.objects.order_by("id"), to_attr="numbers"))


def with_related(*names: str) -> Load:
    """Return what loads these one-to-one and foreign rows; one function for each set of names."""

    def load(parties: Parties) -> Parties:
        return parties.select_related(*names)

    return load


def points_of(party: Party) -> list[ContactPoint]:
    """The contact points of a party, loaded or not."""
    known = getattr(party, "points", None)
    if known is None:
        return list(party.contact_points.order_by("-is_primary", "kind", "id"))
    return cast("list[ContactPoint]", known)


def numbers_of(party: Party) -> list[Identifier]:
    """The identifiers of a party, loaded or not."""
    known = getattr(party, "numbers", None)
    return list(party.identifiers.order_by("id")) if known is None else cast("list[Identifier]", known)


def column(name: str) -> Callable[[Party], Any]:
    """Return what reads a plain column."""

    def read(party: Party) -> Any:
        return getattr(party, name)

    return read


def key_of(name: str) -> Callable[[Party], str]:
    """Return what reads a foreign key as the key of a choice."""

    def read(party: Party) -> str:
        found = getattr(party, f"{name}_id")
        return "" if found is None else str(found)

    return read
