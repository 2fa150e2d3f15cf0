"""Which customers the rows of a block mean: a whole block in a few statements, by the key that the plan names."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from peyvand.core.custom_fields import id_of
from peyvand.core.text import search_norm, sort_key
from peyvand.parties.importing.parsing import Given
from peyvand.parties.importing.tables import array
from peyvand.parties.models import Identifier
from peyvand.parties.models.survivors import survivors_of
from peyvand.parties.numbers import digest_of

Pair = tuple[str, str]
# Which columns say a key of addresses; a number decides itself whether it is a mobile.
POINT_KEYS = {"email": ("email",), "mobile": ("mobile",), "phone": ("phone", "phone_work", "phone_home")}
NAME_CITY = "name_city"


def rows_by_ids(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run one statement and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def key_values(given: Given, key: str) -> list[Any]:
    """What a row says of the key; empty when it says nothing."""
    columns = POINT_KEYS.get(key)
    if columns is not None:
        found: list[Any] = []
        for each in given.values:
            if each.spec.key in columns:
                found += [pair[:2] for pair in each.value]
        return found
    if key == NAME_CITY:
        name, city = given_name(given), given.of("place", "city")
        return [(search_norm(name), search_norm(city or ""))] if name else []
    said = (
        given.of("id") if key == "id" else given.of("number", key) if key in _NUMBERS else given.of("custom", _own(key))
    )
    return [] if said is None else [said]


_NUMBERS = frozenset(Identifier.Kind.values)


def _own(key: str) -> str:
    return str(id_of(key))


def given_name(given: Given) -> str:
    """The full name that a row gives."""
    parts = [given.of("name", "first_name"), given.of("name", "last_name")]
    joined = " ".join(part for part in parts if part)
    return joined or given.of("name", "name") or ""


class Found:
    """The candidates of each key value; of addresses, those that they identify go before those that share them."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.owners: dict[Any, set[int]] = defaultdict(set)
        self.others: dict[Any, set[int]] = defaultdict(set)

    def candidates(self, values: Iterable[Any], kept: Any) -> list[int]:
        """The customers that a row may mean; kept: those that are not in the trash."""
        listed = list(values)
        if len(listed) == 1:  # as nearly all rows
            value = hashed(listed[0])
            found = [pk for pk in self.owners.get(value, ()) if pk in kept]
            return sorted(found or (pk for pk in self.others.get(value, ()) if pk in kept))
        owners = {pk for value in listed for pk in self.owners.get(hashed(value), ()) if pk in kept}
        if owners:
            return sorted(owners)
        return sorted({pk for value in listed for pk in self.others.get(hashed(value), ()) if pk in kept})

    def every(self) -> set[int]:
        """All customers that may be meant by some row."""
        return {pk for ids in (*self.owners.values(), *self.others.values()) for pk in ids}


def hashed(value: Any) -> Any:
    """A key value as a dictionary may hold it; a protected number by its digest, because its cipher always differs."""
    if isinstance(value, dict) and "digest" in value:
        return value["digest"]
    return json.dumps(value, sort_keys=True) if isinstance(value, (dict, list)) else value


class Points:
    """Whose the addresses are that rows name, read at once: to find by them, to compare, and to know who has them."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self.rows: list[tuple[Any, ...]] = []
        self.of: dict[int, dict[Pair, bool]] = defaultdict(
            dict
        )  # by customer: is no other one the primary of its kind?
        self.owners: dict[Pair, int] = {}
        values = {value for _kind, value in pairs}
        if values:
            self.rows = rows_by_ids(
                "SELECT kind, value, party_id, identifies, is_primary OR NOT EXISTS (SELECT FROM parties_contactpoint o"
                " WHERE o.party_id = c.party_id AND o.kind = c.kind AND o.is_primary)"
                " FROM parties_contactpoint c WHERE value = ANY(%s::varchar[])",
                [array(values)],
            )
        for kind, value, party_id, identifies, is_first in self.rows:
            self.of[party_id][kind, value] = is_first
            if identifies:
                self.owners[kind, value] = party_id


def find(key: str, wanted: Iterable[Sequence[Any]], points: Points) -> Found:
    """Look up the key values of all rows; points: what was read of all addresses that they name."""
    found = Found(key)
    if key in POINT_KEYS:
        _by_points(found, {pair for row in wanted for pair in row}, points)
        return found
    values = list({hashed(value): value for row in wanted for value in row}.values())
    if values:
        _finder(key)(found, values)
    return found


def _finder(key: str) -> Any:
    if key == NAME_CITY:
        return _by_name
    if key == "id":
        return _by_id
    return _by_number if key in _NUMBERS else _by_custom


def _by_points(found: Found, asked: Collection[Pair], points: Points) -> None:
    for kind, value, party_id, identifies, _is_first in points.rows:
        if (kind, value) in asked:
            (found.owners if identifies else found.others)[kind, value].add(party_id)


def _by_id(found: Found, values: list[Any]) -> None:
    moved = survivors_of(values)  # a file that was taken out before a merge names the old number
    for value in values:
        found.owners[value].add(moved.get(value, value))


def _by_number(found: Found, values: list[Any]) -> None:
    digests = {digest_of(found.key, value): value for value in values}
    for digest, party_id in rows_by_ids(
        "SELECT digest, party_id FROM parties_identifier WHERE digest = ANY(%s) AND kind = %s",
        [list(digests), found.key],
    ):
        found.owners[digests[digest]].add(party_id)


def _by_name(found: Found, values: list[Any]) -> None:
    wanted = set(values)
    keys = list({sort_key(name) for name, _city in values})
    for party_id, name, city in rows_by_ids(
        "SELECT id, name, city FROM parties_party WHERE sort_key = ANY(%s) AND deleted_at IS NULL", [keys]
    ):
        pair = (search_norm(name), search_norm(city))
        if pair in wanted:
            found.owners[pair].add(party_id)


def _by_custom(found: Found, values: list[Any]) -> None:
    place = _own(found.key)
    asked = [
        {place: {"digest": value["digest"]} if isinstance(value, dict) and "digest" in value else value}
        for value in values
    ]
    for number, party_id in rows_by_ids(
        "SELECT k.n, p.id FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS k(v, n)"
        " JOIN parties_party p ON p.custom @> k.v AND p.deleted_at IS NULL",
        [json.dumps(asked, ensure_ascii=False)],
    ):
        found.owners[hashed(values[number - 1])].add(party_id)


def organisations_named(names: Iterable[str]) -> dict[str, list[tuple[int, str, int | None, int | None, int]]]:
    """The organisations of these names, by folded name: (id, name, owner, branch, version)."""
    wanted = {search_norm(name) for name in names}
    found: dict[str, list[tuple[int, str, int | None, int | None, int]]] = defaultdict(list)
    keys = list({sort_key(name) for name in names})
    if not keys:
        return found
    for pk, name, owner, branch, version in rows_by_ids(
        "SELECT id, name, owner_id, branch_id, version FROM parties_party"
        " WHERE sort_key = ANY(%s) AND kind = 'organisation' AND deleted_at IS NULL ORDER BY id",
        [keys],
    ):
        if search_norm(name) in wanted:
            found[search_norm(name)].append((pk, name, owner, branch, version))
    return found


def organisations_numbered(values: Iterable[str]) -> dict[str, list[tuple[int, str, int | None, int | None, int]]]:
    """The organisations with these national IDs of legal persons: (id, name, owner, branch, version)."""
    digests = {digest_of("legal_id", value): value for value in values}
    found: dict[str, list[tuple[int, str, int | None, int | None, int]]] = defaultdict(list)
    if not digests:
        return found
    for digest, *row in rows_by_ids(
        "SELECT i.digest, p.id, p.name, p.owner_id, p.branch_id, p.version FROM parties_identifier i"
        " JOIN parties_party p ON p.id = i.party_id AND p.kind = 'organisation' AND p.deleted_at IS NULL"
        " WHERE i.digest = ANY(%s) AND i.kind = 'legal_id' ORDER BY p.id",
        [list(digests)],
    ):
        found[digests[digest]].append((row[0], row[1], row[2], row[3], row[4]))
    return found
