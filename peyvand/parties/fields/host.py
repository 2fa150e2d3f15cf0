"""The kind of record that these fields belong to, and how their values come from what a list has loaded."""

from collections.abc import Callable, Collection, Iterable, Sequence
from operator import attrgetter
from typing import Any, cast

from django.db.models import Prefetch, QuerySet

from peyvand.core.fast_rows import any_of, fast_rows
from peyvand.core.record_fields import Bulk, Reading
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


def column(name: str) -> Reading:
    """Return what reads a plain column."""
    return Reading(attrgetter(name), Bulk(path=name))


def key_of(name: str) -> Reading:
    """Return what reads a foreign key as the key of a choice."""
    return Reading(lambda party: _key(getattr(party, f"{name}_id")), Bulk(path=f"{name}_id", made=_key))


def _key(found: Any) -> str:
    return "" if found is None else str(found)


Numbered = list[tuple[int, str, str]]  # (id of the party, kind, value)


def points_of_many(ids: Sequence[int]) -> Numbered:
    """(party, kind, comparable form) of the contact points of many parties, of each in the order of `points_of`."""
    rows = ContactPoint.objects.filter(any_of("party_id", ids)).order_by("party_id", "-is_primary", "kind", "id")
    return fast_rows(rows.values_list("party_id", "kind", "value"))


def numbers_of_many(ids: Sequence[int]) -> Numbered:
    """(party, kind, what is shown) of the identifiers of many parties, of each in the order of `numbers_of`."""
    rows = Identifier.objects.filter(any_of("party_id", ids)).order_by("party_id", "id")
    return fast_rows(rows.values_list("party_id", "kind", "shown"))


def first_of(kinds: Collection[str]) -> Callable[[Numbered], dict[int, str]]:
    """Return what finds each party's first value of these kinds."""
    wanted = frozenset(str(kind) for kind in kinds)

    def found(rows: Numbered) -> dict[int, str]:
        return {party_id: value for party_id, kind, value in reversed(rows) if kind in wanted}

    return found


def all_of(kinds: Collection[str]) -> Callable[[Numbered], dict[int, str]]:
    """Return what finds all values of these kinds of each party, as `joined` writes them."""
    wanted = frozenset(str(kind) for kind in kinds)

    def found(rows: Numbered) -> dict[int, str]:
        listed: dict[int, list[str]] = {}
        for party_id, kind, value in rows:
            if kind in wanted:
                listed.setdefault(party_id, []).append(value)
        return {party_id: joined(values) for party_id, values in listed.items()}

    return found


def joined(values: Iterable[str]) -> str:
    """Several values in one cell, as an import reads them back."""
    return "، ".join(values)
