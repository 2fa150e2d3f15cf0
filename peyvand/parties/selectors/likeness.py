"""Customers as the rules of matching see them, and who shares a key with whom: set by set."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

from peyvand.core.text import search_norm
from peyvand.parties.matching import SHARED_BY, Name, Record, gender_of, keys_of, number_of, read_name
from peyvand.parties.models import Party

BLOCK = 12  # more records of one key are compared with their neighbours by name only
NEIGHBOURS = 8
NEAREST = 30  # partners of one customer by one key
LEAST_STREET = 12  # letters; shorter ones are no place

_COLUMNS = """
SELECT p.id, p.kind, p.name, p.city, p.organisation_id, f.birth_date, f.gender, p.honorific,
       (SELECT array_agg(x.kind || ':' || x.value) FROM parties_contactpoint x
        WHERE x.party_id = p.id AND x.kind <> 'messenger'),
       (SELECT array_agg(x.kind || ':' || x.digest) FROM parties_identifier x
        WHERE x.party_id = p.id AND x.kind <> 'other'),
       (SELECT CASE WHEN a.postal_code <> '' THEN a.postal_code ELSE a.street END FROM parties_address a
        WHERE a.party_id = p.id AND (a.postal_code <> '' OR a.street <> '') ORDER BY a.is_primary DESC, a.id LIMIT 1)
FROM parties_party p LEFT JOIN parties_profile f ON f.party_id = p.id
"""
_BY_ID = _COLUMNS + "WHERE p.id = ANY(%s) AND p.deleted_at IS NULL"
_AFTER = _COLUMNS + "WHERE p.id > %s AND p.deleted_at IS NULL ORDER BY p.id LIMIT %s"
_BLOCKS = """
SELECT key, array_agg(party_id) FROM parties_duplicatekey
WHERE key > %s AND party_id > 0 GROUP BY key HAVING count(*) > 1 ORDER BY key LIMIT %s
"""
_COUNTS = "SELECT key FROM parties_duplicatekey WHERE key = ANY(%s) GROUP BY key HAVING count(*) > %s"
_ORDERED = "SELECT id FROM parties_party WHERE id = ANY(%s) AND deleted_at IS NULL ORDER BY sort_key, city, id"
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


def records_of(ids: Collection[int]) -> dict[int, Record]:
    """The customers with these ids that are not in the trash, as records."""
    return {record.id: record for record in _read(_BY_ID, [list(ids)])}


def records_after(last: int, size: int) -> list[Record]:
    """The next customers in the order of their ids."""
    return _read(_AFTER, [last, size])


def _read(statement: str, values: Sequence[Any]) -> list[Record]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_record(row) for row in cursor.fetchall()]


def _record(row: Sequence[Any]) -> Record:
    pk, kind, name, city, organisation, born, gender, honorific, points, numbers, place = row
    emails = frozenset(point[6:] for point in points or () if point.startswith("email:"))
    phones = frozenset(point.partition(":")[2] for point in points or () if not point.startswith("email:"))
    return make_record(
        id=pk, kind=kind, name=name, city=city, organisation=organisation, born=born, gender=gender or "",
        honorific=honorific,
        phones=phones, emails=emails, numbers=_by_kind(numbers or ()), place=place or "",
    )  # fmt: skip


def _by_kind(numbers: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for number in numbers:
        kind, _colon, digest = number.partition(":")
        found.setdefault(kind, set()).add(digest)
    return {kind: frozenset(digests) for kind, digests in found.items()}


def make_record(
    *, kind: str, name: str, city: str = "", place: str = "", gender: str = "", honorific: str = "", **more: Any
) -> Record:
    """Make a record from what is stored or typed; name, city and place are folded here.

    Where the gender is not known a title or a form of address tells it.
    """
    found: Name = read_name(name, kind)
    if kind == Party.Kind.PERSON:
        gender = gender or gender_of(f"{honorific} {name}")
    return Record(kind=kind, name=found, city=_folded(city), place=_place(place), gender=gender, **more)


@lru_cache(maxsize=5_000)
def _folded(city: str) -> str:
    return search_norm(city)


def _place(text: str) -> str:
    folded = search_norm(text).replace(" ", "")
    return folded if folded.isdecimal() or len(folded) >= LEAST_STREET else ""


def blocks_after(key: int, limit: int) -> list[tuple[int, list[int]]]:
    """The next keys that several customers share, with these customers."""
    with connection.cursor() as cursor:
        for plan in ("hashagg", "bitmapscan", "seqscan", "incremental_sort"):  # walk along the index, in its order
            cursor.execute(f"SET LOCAL enable_{plan} = off")
        cursor.execute(_BLOCKS, [key, limit])
        return [(found, ids) for found, ids in cursor.fetchall()]


def pairs_in(ids: list[int]) -> set[Pair]:
    """The pairs of a block: all of a small one; in a large one each with its neighbours in the order of names."""
    if len(ids) <= BLOCK:
        ordered, reach = sorted(ids), BLOCK
    else:
        with connection.cursor() as cursor:
            cursor.execute(_ORDERED, [ids])
            ordered, reach = [row[0] for row in cursor.fetchall()], NEIGHBOURS
    return {
        (min(one, other), max(one, other))
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 : place + 1 + reach]
    }


def crowded_among(pairs: Iterable[Pair], records: dict[int, Record]) -> set[str]:
    """The addresses shared by these pairs that more than a few customers have."""
    common: dict[int, str] = {}
    for one, other in pairs:
        mine, theirs = records[one], records[other]
        common |= {number_of(f"p{value}"): value for value in mine.phones & theirs.phones}
        common |= {number_of(f"e{value}"): value for value in mine.emails & theirs.emails}
    return crowded(common)


def crowded(common: dict[int, str]) -> set[str]:
    """Those of some addresses, by their keys, that more than a few customers have."""
    if not common:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [list(common), SHARED_BY])
        return {common[row[0]] for row in cursor.fetchall()}


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
