"""The folder of copies, read from the copies themselves: they carry the latest news of their requests.

A person may have thousands of open copies. A page reads as many of them as it shows, a count as many as it counts.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q, QuerySet

from peyvand.accounts.policies import scope_of
from peyvand.accounts.scoping import Who, reach_of
from peyvand.cartable.models import IS_OPEN, IS_ORIGINAL, Referral, Request, own_ways
from peyvand.core.lookups import AnyOf

Ids = QuerySet[Referral, tuple[int]]


def is_plain(who: Who) -> bool:
    """Whether all copies of `who` are his to read: whoever stands in for others sees not all of theirs."""
    return scope_of(who, "cartable.view") is not None and not reach_of(who).desks


def newest_copies(who: Who, size: int) -> QuerySet[Request]:
    """The requests among which the `size` with the latest news of all that came as a copy are; ask `is_plain` first."""
    ways = (rows.order_by("-news_at", "-request_id")[:size] for rows in _each_way(who))
    return Request.objects.filter(reduce(or_, (Q(AnyOf(F("pk"), ArraySubquery(each))) for each in ways)))


def numbered_copies(who: Who, most: int) -> QuerySet[Any, Any]:
    """The ids of at most `most` requests that came as a copy, once each; ask `is_plain` first."""
    first, *others = (rows.order_by("news_at", "request_id")[:most] for rows in _each_way(who))
    return first.union(*others)[:most] if others else first


def _each_way(who: Who) -> Iterable[Ids]:
    """The open copies to himself, to each post, to his department and branch: each is read in order from one index."""
    for way in own_ways(who):
        found = Referral.objects.filter(IS_OPEN & ~IS_ORIGINAL & way)
        yield found.distinct("news_at", "request_id").values_list("request_id")
