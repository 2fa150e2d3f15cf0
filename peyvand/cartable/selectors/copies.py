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
from peyvand.cartable.models import IS_OPEN, IS_ORIGINAL, Referral, Request, insider_q, own_ways
from peyvand.core.lookups import AnyOf

Ids = QuerySet[Referral, tuple[int]]


def has_copies(who: Who) -> bool:
    """Whether `who` may read the copies that reached him."""
    return scope_of(who, "cartable.view") is not None


def newest_copies(who: Who, size: int, before: tuple[Any, Any] | None = None) -> QuerySet[Request]:
    """The requests among which the `size` with the latest news of all that came as a copy are; ask `has_copies` first.

    before: the news and the number of a request, when only older ones are wanted.
    """
    ways = (_older(rows, before).order_by("-news_at", "-request_id")[:size] for rows in _each_way(who))
    return Request.objects.filter(reduce(or_, (Q(AnyOf(F("pk"), ArraySubquery(each))) for each in ways)))


def numbered_copies(who: Who, most: int) -> QuerySet[Any, Any]:
    """The ids of at most `most` requests that came as a copy, once each; ask `has_copies` first."""
    first, *others = (rows.order_by("news_at", "request_id")[:most] for rows in _each_way(who))
    return first.union(*others)[:most] if others else first


def _older(rows: Ids, before: tuple[Any, Any] | None) -> Ids:
    if before is None:
        return rows
    at, number = before
    return rows.filter(Q(news_at__lte=at) & (Q(news_at__lt=at) | Q(request_id__lt=number)))


def _each_way(who: Who) -> Iterable[Ids]:
    """The open copies to himself, to each post, to his department and branch, to each colleague for whom he stands in:
    each is read in order from one index.
    """
    for way in own_ways(who):
        yield _open(way)
    desks = sorted(reach_of(who).desks)
    for way in (*(Q(to_user=one) for one in desks), *([Q(to_post__holder__in=desks)] if desks else [])):
        secret = Request.objects.filter(insider_q(who), confidential=True).order_by()
        known = Q(AnyOf(F("request_id"), ArraySubquery(secret.values("pk"))))
        yield _open(way & (Q(request__confidential=False) | known))


def _open(way: Q) -> Ids:
    found = Referral.objects.filter(IS_OPEN & ~IS_ORIGINAL & way)
    return found.distinct("news_at", "request_id").values_list("request_id")
