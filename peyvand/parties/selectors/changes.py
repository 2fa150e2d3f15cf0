"""The change feed: every customer that was written since a cursor, each once, in the order of the writes.

Beside each row stands the number of the transaction that last wrote it (`PartyChange`). Numbers are given when a
transaction begins to write and may commit in another order, so the feed stops before the oldest transaction that is
still open: whoever reads with the cursor of the answer before misses nothing and meets nothing twice that did not
change again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from peyvand.accounts.scoping import Who, fields_q
from peyvand.core.errors import Invalid
from peyvand.parties.models import PARTY_SCOPE, Party, PartyChange
from peyvand.parties.policies import VIEW

START = "0.0.0"
CURSOR = re.compile("([0-9]{1,20})[.]([0-9]{1,18})[.]([0-9]{1,18})")


class FeedStartsAnew(Invalid):
    """This cursor belongs to another database or is none of ours; read the feed from its beginning."""

    code = "feed_starts_anew"
    status = 410


@dataclass(frozen=True)
class Changed:
    """Some changed customers (those in the trash and the erased ones too), and the cursor for what follows."""

    items: Sequence[Party]
    cursor: str
    more: bool


def changed_since(who: Who, cursor: str, *, size: int) -> Changed:
    """The customers of `who` that were written after a cursor of ours ("" for the beginning), oldest write first.

    Who has gone into the trash is among them with `deleted_at`. A customer that left the reader's scope is not told.
    Raises FeedStartsAnew for a cursor of another database (restored from a dump, say) or of nobody.
    """
    base, xid, pk = _read(cursor)
    here, until = horizon()
    if base not in (0, here) or xid > until:
        raise FeedStartsAnew
    theirs = Party.objects.filter(fields_q(who, VIEW, PARTY_SCOPE))
    found = list(written_between(xid, pk, until).filter(party_id__in=theirs.values("pk"))[: size + 1])
    parties = theirs.select_related("organisation", "branch", "owner", "category").in_bulk([pk for _xid, pk in found])
    last = found[:size][-1] if found else (xid, pk)
    items = [parties[pk] for _xid, pk in found[:size] if pk in parties]
    return Changed(items, f"{here}.{last[0]}.{last[1]}", len(found) > size)


def written_between(xid: int, pk: int, until: int) -> QuerySet[PartyChange, tuple[int, int]]:
    """The parties written after a party of a transaction and before another transaction: (transaction, party)."""
    rows = PartyChange.objects.filter(xid__gte=xid, xid__lt=until).filter(Q(xid__gt=xid) | Q(party_id__gt=pk))
    return rows.order_by("xid", "party_id").values_list("xid", "party_id")


def _read(cursor: str) -> tuple[int, int, int]:
    matched = CURSOR.fullmatch(cursor or START)
    if matched is None:
        raise FeedStartsAnew
    base, xid, pk = (int(part) for part in matched.groups())
    return base, xid, pk


def horizon() -> tuple[int, int]:
    """Return the number of this database and the oldest transaction that may still be writing."""
    with connection.cursor() as query:
        query.execute(
            "SELECT (SELECT system_identifier FROM pg_control_system()), "
            "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        )
        here, horizon = query.fetchone()
    return int(here), int(horizon)
