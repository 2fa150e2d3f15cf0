"""Each customer who has addresses has one main one, and of each kind of contact points one that comes first.

Whatever is taken back can end without one, or with two, when people changed rows in between; then this decides: what a
person had chosen meanwhile stays, else the oldest row is taken.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Min, Q, Value

from peyvand.core.fast_rows import any_of
from peyvand.parties.models import Address, ContactPoint

MAIN = Q(is_primary=True)
Firsts = Mapping[tuple[int, str], int]


@dataclass(frozen=True)
class Chosen:
    """Which rows came first before something was taken back: of contact points by (customer, kind)."""

    points: Firsts


def chosen_of(party_ids: Collection[int]) -> Chosen:
    """Remember what comes first now, to be given to `see_to_firsts`."""
    rows = ContactPoint.objects.filter(any_of("party_id", sorted(party_ids)), MAIN)
    return Chosen({(party, kind): pk for party, kind, pk in rows.values_list("party_id", "kind", "pk")})


def see_to_firsts(party_ids: Collection[int], before: Chosen) -> set[int]:
    """Give these customers one main address and one first contact point of each kind; return who was given one.

    before: what came first when the taking back began.
    """
    ids = sorted(party_ids)
    return _points(ids, before.points) | _addresses(ids)


def _points(ids: list[int], before: Firsts) -> set[int]:
    rows = ContactPoint.objects.filter(any_of("party_id", ids)).values("party_id", "kind").order_by("party_id", "kind")
    found = rows.annotate(
        mains=ArrayAgg("pk", filter=MAIN, order_by="pk", default=Value([])),
        oldest=Min("pk"),
        n=Count("pk", filter=MAIN),
    ).exclude(n=1)
    more: list[int] = []
    less: list[int] = []
    touched: set[int] = set()
    for party, kind, those, oldest in found.values_list("party_id", "kind", "mains", "oldest"):
        former = before.get((party, kind), 0)
        first = former if former in those else those[0] if those else oldest
        less += [pk for pk in those if pk != first]
        more += [] if those else [first]
        touched.add(party)
    ContactPoint.objects.filter(pk__in=less).update(is_primary=False)
    ContactPoint.objects.filter(pk__in=more).update(is_primary=True)
    return touched


def _addresses(ids: list[int]) -> set[int]:
    """The database takes no second main address; only none has to be seen to."""
    rows = Address.objects.filter(any_of("party_id", ids)).values("party_id").order_by("party_id")
    lacking = rows.annotate(n=Count("pk", filter=MAIN), oldest=Min("pk")).filter(n=0)
    found = dict(lacking.values_list("party_id", "oldest"))
    if found:
        Address.objects.filter(pk__in=found.values()).update(is_primary=True)
    return set(found)
