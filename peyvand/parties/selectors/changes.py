"""The change feed: every customer that was written since a cursor, each once, in the order of the writes.

A row carries the number of the transaction that last wrote it (`change_xid`). Numbers are given when a transaction
begins to write and may commit in another order, so the feed stops before the oldest transaction that is still open:
whoever reads with the cursor of the answer before misses nothing and meets nothing twice that did not change again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from peyvand.accounts.scoping import Who, fields_q
from peyvand.core.errors import Invalid
from peyvand.parties.models import PARTY_SCOPE, Party
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
    rows = Party.objects.filter(fields_q(who, VIEW, PARTY_SCOPE), change_xid__gte=xid, change_xid__lt=until)
    rows = rows.filter(Q(change_xid__gt=xid) | Q(pk__gt=pk)).order_by("change_xid", "pk")
    found = list(rows.select_related("organisation", "branch", "owner", "category")[: size + 1])
    items = found[:size]
    last = (items[-1].change_xid, items[-1].pk) if items else (xid, pk)
    return Changed(items, f"{here}.{last[0]}.{last[1]}", len(found) > size)


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
