"""Customers as the rules of matching see them, and who shares a key with whom: set by set."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import connection

from peyvand.parties.matching import SHARED_BY, Record, common_addresses, keys_of, read_record

BLOCK = 12  # more records of one key are compared with their neighbours by name only
NEIGHBOURS = 8
NEAREST = 30  # partners of one customer by one key

# JSON made by the database: a process that only compares can read it, and ours need not look into it.
_ROWS = """
SELECT count(*), max(id), json_agg(row)::text FROM (
    SELECT p.id, json_build_array(
        p.id, p.kind, p.name, p.city, p.organisation_id, f.birth_date, f.gender, p.honorific,
        (SELECT array_agg(x.kind || ':' || x.value) FROM parties_contactpoint x
         WHERE x.party_id = p.id AND x.kind <> 'messenger'),
        (SELECT array_agg(x.kind || ':' || x.digest) FROM parties_identifier x
         WHERE x.party_id = p.id AND x.kind <> 'other'),
        (SELECT CASE WHEN a.postal_code <> '' THEN a.postal_code ELSE a.street END FROM parties_address a
         WHERE a.party_id = p.id AND (a.postal_code <> '' OR a.street <> '') ORDER BY a.is_primary DESC, a.id LIMIT 1)
    ) AS row
    FROM parties_party p LEFT JOIN parties_profile f ON f.party_id = p.id WHERE p.deleted_at IS NULL AND %s
) AS rows
"""
_BY_ID = "p.id = ANY(%s)"
_AFTER = "p.id > %s ORDER BY p.id LIMIT %s"
_BLOCKS = """
SELECT key, array_agg(party_id) FROM parties_duplicatekey
WHERE key > %s AND party_id > 0 GROUP BY key HAVING count(*) > 1 ORDER BY key LIMIT %s
"""
_ALONG_THE_INDEX = "; ".join(
    f"SET LOCAL enable_{plan} = off" for plan in ("hashagg", "bitmapscan", "seqscan", "incremental_sort")
)
_COUNTS = "SELECT key FROM parties_duplicatekey WHERE key = ANY(%s) GROUP BY key HAVING count(*) > %s"
_ORDERED = """
SELECT array_agg(p.id ORDER BY p.sort_key, p.city, p.id)
FROM unnest(%s::int[], %s::bigint[]) AS block(number, id) JOIN parties_party p ON p.id = block.id
WHERE p.deleted_at IS NULL GROUP BY block.number
"""
_PARTNERS = """
SELECT k.key, array_agg(k.party_id) FROM (
    SELECT key, party_id, row_number() OVER (PARTITION BY key ORDER BY party_id) AS place
    FROM parties_duplicatekey WHERE key = ANY(%s) AND party_id > 0) k
WHERE k.place <= %s GROUP BY k.key
"""
_NEAREST = """
SELECT p.id FROM parties_party p WHERE p.id = ANY(%s) AND p.deleted_at IS NULL
ORDER BY p.sort_key = %s DESC, p.city = %s DESC, p.id LIMIT %s
"""
MOST_LOOKED_AT = 3_000  # records of one key, for one customer

Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Some customers as JSON, for `matching.read_record`; last: the greatest of their ids."""

    size: int
    last: int
    text: str


def records_of(ids: Collection[int]) -> dict[int, Record]:
    """The customers with these ids that are not in the trash, as records."""
    return {record.id: record for record in map(read_record, json.loads(rows_of(ids).text))}


def rows_of(ids: Collection[int]) -> Rows:
    """The customers with these ids that are not in the trash."""
    return _read(_BY_ID, [list(ids)])


def rows_after(last: int, size: int) -> Rows:
    """The next customers in the order of their ids."""
    return _read(_AFTER, [last, size])


def _read(which: str, values: Sequence[Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS % which, values)
        size, last, text = cursor.fetchone()
    return Rows(size=size, last=last or 0, text=text or "[]")


def blocks_after(key: int, limit: int) -> list[tuple[int, list[int]]]:
    """The next keys that several customers share, with these customers."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONG_THE_INDEX)
        cursor.execute(_BLOCKS, [key, limit])
        return [(found, ids) for found, ids in cursor.fetchall()]


def pairs_of(blocks: Iterable[tuple[int, list[int]]]) -> set[Pair]:
    """The pairs of some blocks: all of a small one; in a large one each with its neighbours in the order of names."""
    found: set[Pair] = set()
    large = []
    for _key, ids in blocks:
        if len(ids) > BLOCK:
            large.append(ids)
        else:
            found |= set(combinations(sorted(ids), 2))
    for ordered in _by_name(large):
        for place, one in enumerate(ordered):
            found |= {(min(one, other), max(one, other)) for other in ordered[place + 1 : place + 1 + NEIGHBOURS]}
    return found


def _by_name(blocks: Sequence[list[int]]) -> list[list[int]]:
    """Each of some blocks in the order of names, without customers of the trash."""
    if not blocks:
        return []
    numbers = [number for number, ids in enumerate(blocks) for _id in ids]
    with connection.cursor() as cursor:
        cursor.execute(_ORDERED, [numbers, [pk for ids in blocks for pk in ids]])
        return [row[0] for row in cursor.fetchall()]


def crowded_among(pairs: Iterable[Pair], records: dict[int, Record]) -> set[str]:
    """The addresses shared by these pairs that more than a few customers have."""
    common: dict[int, str] = {}
    for one, other in pairs:
        common |= common_addresses(records[one], records[other])
    found = crowded(common)
    return {common[key] for key in found}


def crowded(keys: Collection[int]) -> set[int]:
    """Those of some addresses, all by their keys, that more than a few customers have."""
    if not keys:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [list(keys), SHARED_BY])
        return {row[0] for row in cursor.fetchall()}


def partners_of(record: Record, *, sort_key: str = "", most: int = NEAREST) -> set[int]:
    """The customers that share a key with a record; of a key that very many have, those nearest by name and city."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTNERS, [list(keys_of(record)), MOST_LOOKED_AT])
        found: set[int] = set()
        for _key, ids in cursor.fetchall():
            if len(ids) > most:
                cursor.execute(_NEAREST, [ids, sort_key, record.city, most])
                ids = [row[0] for row in cursor.fetchall()]
            found |= set(ids)
    return found - {record.id}


def born_on(text: str) -> dt.date | None:
    """A day in ISO form, or nothing."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
