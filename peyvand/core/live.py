"""Telling open pages that something changed: one NOTIFY at commit, heard by every web process.

A notice says what to look at again, never the data itself: the page asks for that with its own rights.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from django.db import connection

CHANNEL = "peyvand_live"
LONGEST_PAYLOAD = 7_500  # bytes; PostgreSQL refuses 8,000


def notify(*, topic: str, audience: Iterable[str], data: dict[str, str | int] | None = None) -> None:
    """Tell the pages of an audience at the commit of this transaction; nothing when it is rolled back.

    topic: what changed, as "cartable.folders"; audience: "user:<id>", "department:<id>", "request:<id>"
    or "all"; data: ids that say which one.
    """
    to = sorted(set(audience))
    if not to:
        return
    with connection.cursor() as cursor:
        for part in _parts(to):
            message = json.dumps({"topic": topic, "to": part, "data": data or {}}, separators=(",", ":"))
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message])


def _parts(audience: list[str]) -> Iterator[list[str]]:
    """Cut a long audience so that each message fits in one NOTIFY."""
    part: list[str] = []
    size = 0
    for name in audience:
        if part and size + len(name.encode()) + 3 > LONGEST_PAYLOAD - 2_500:
            yield part
            part, size = [], 0
        part.append(name)
        size += len(name.encode()) + 3
    yield part
