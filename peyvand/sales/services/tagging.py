"""Tags on leads and deals: the words that the business hangs on its customers, too (`parties.Tag`)."""

from collections.abc import Collection

from django.db import connection, transaction

from peyvand.accounts.models import User
from peyvand.core.errors import NotFound
from peyvand.parties.models import Tag
from peyvand.parties.tag_carriers import Carrier, carries_tags
from peyvand.sales.errors import TooManyTags
from peyvand.sales.models import IS_TAGGED, Deal
from peyvand.sales.services.holding import hold, store

MOST_TAGS = 20
# Exchanges a tag for another, or takes it off, and keeps every tag once.
_EXCHANGE = """
UPDATE sales_deal SET tag_ids = CASE WHEN %(to)s::int IS NULL OR %(to)s::int = ANY (tag_ids)
  THEN array_remove(tag_ids, %(old)s) ELSE array_replace(tag_ids, %(old)s, %(to)s::int) END
WHERE id = ANY (%(ids)s)
"""


@transaction.atomic
def tag_deal(
    *,
    actor: User,
    deal_id: int,
    add: Collection[int] = (),
    remove: Collection[int] = (),
    version: int | None = None,
) -> Deal:
    """Hang tags on a lead or a deal and take others off; what is so already changes nothing.

    add, remove: ids of `parties.Tag`. Errors: NotAllowed, NotFound (also for a tag that there is not), DealChanged,
    TooManyTags beyond 20.
    """
    deal = hold(actor, deal_id, version)
    wanted = list(dict.fromkeys([*(pk for pk in deal.tag_ids if pk not in remove), *add]))
    if set(wanted) == set(deal.tag_ids):
        return deal
    if len(wanted) > max(MOST_TAGS, len(deal.tag_ids)):
        raise TooManyTags
    if Tag.objects.filter(pk__in=add).count() != len(set(add)):
        raise NotFound
    deal.tag_ids = wanted
    return store(deal, actor)


def count_with(tag_id: int) -> int:
    """How many leads and deals carry a tag."""
    return Deal.objects.filter(IS_TAGGED, tag_ids__contains=[tag_id]).count()


def exchange_tag(tag_id: int, to: int | None, limit: int) -> int:
    """Exchange a tag that is merged into another, or removed (`to` None), on some deals; return on how many."""
    rows = Deal.objects.select_for_update().filter(IS_TAGGED, tag_ids__contains=[tag_id]).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:limit])
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_EXCHANGE, {"old": tag_id, "to": to, "ids": ids})
    return len(ids)


carries_tags(Carrier(name="deals", count=count_with, exchange=exchange_tag))
