"""Writing many rows of a table in one statement, from JSON, so that each of the importer's tables is written one way.

Every value gets the type of its column; triggers of history and facts run as for any write. What all rows say alike is
handed over once: reading a customer from JSON costs PostgreSQL as much as finding him, value by value.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

Row = dict[str, Any]
PARTY = "parties_party"
PROFILE = "parties_profile"
# The tables that an import writes besides the party, in an order in which their rows may be made.
CHILDREN = (
    "parties_contactpoint", "parties_address", "parties_identifier", PROFILE, "parties_partyrole", "parties_consent",
    "parties_partynote", "parties_relation",
)  # fmt: skip
# Customers by their ids, one value: an array as text. Not `id = ANY(…)`: where many customers are of one instant (after
# an import), PostgreSQL 18 believes that any index which has the id behind that instant finds them as well, and reads
# it from end to end.
BY_IDS = "FROM unnest(%s::bigint[]) AS wanted(wanted_id) JOIN parties_party ON id = wanted_id"


def key_of(table: str) -> str:
    """The name of the primary key."""
    return "party_id" if table == PROFILE else "id"


def run(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run one statement; return its rows, if it gives any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchall() if cursor.description else []


def dumps(rows: Iterable[Mapping[str, Any]]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"))


def array(values: Iterable[object]) -> str:
    """Write an array as PostgreSQL reads it, which costs a tenth of handing it over value by value."""
    texts = [str(value) for value in values]
    plain = "".join(texts)
    if plain.isalnum() or not any(letter in plain for letter in _SIGNS):
        return "{" + ",".join(f'"{text}"' for text in texts) + "}"
    return "{" + ",".join('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts) + "}"


_SIGNS = frozenset('"\\')


def next_ids(table: str, count: int) -> list[int]:
    """Take numbers for new rows."""
    if not count:
        return []
    found = run(
        "SELECT nextval(s.name) FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) s,"
        " generate_series(1, %s)",
        [table, count],
    )
    return [row[0] for row in found]


_types: dict[str, dict[str, str]] = {}  # of columns, by table


def types_of(table: str) -> dict[str, str]:
    """The types of a table's columns, as this process has read them once."""
    if table not in _types:
        _types[table] = dict(
            run(
                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
                [table],
            )
        )
    return _types[table]


def _alike(rows: Sequence[Row]) -> Row:
    """The columns in which all rows say the same; not objects, because what is equal in Python may differ in JSON."""
    plain = {name: value for name, value in rows[0].items() if not value or not isinstance(value, dict)}
    return {name: value for name, value in plain.items() if all(row[name] == value for row in rows)}


def _from(table: str, names: Iterable[str], alias: str) -> str:
    """Rows of JSON as a table with these columns."""
    types = types_of(table)
    listed = ", ".join(f'"{name}" {types[name]}' for name in names)
    return f"json_to_recordset(%s::json) AS {alias} ({listed})"


def _inserting(table: str, rows: Sequence[Row]) -> tuple[str, list[str]]:
    """The statement that adds rows of the same columns, and its values."""
    alike = _alike(rows) if len(rows) > 1 else {}
    differ = [name for name in rows[0] if name not in alike]  # the key at least
    columns = ", ".join(f'"{name}"' for name in (*differ, *alike))
    sources, values = [_from(table, differ, "n")], [dumps({name: row[name] for name in differ} for row in rows)]
    if alike:
        sources.append(_from(table, alike, "k"))
        values.append(dumps([alike]))
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {', '.join(sources)}", values  # noqa: S608


def insert(table: str, rows: Sequence[Row]) -> None:
    """Add rows that all have the same columns."""
    if rows:
        run(*_inserting(table, rows))


def insert_free(table: str, rows: Sequence[Row]) -> set[int]:
    """Add the rows that no unique constraint refuses, in the order of the constraint; return the ids of the others."""
    if not rows:
        return set()
    statement, values = _inserting(table, rows)
    made = run(f"{statement} ON CONFLICT DO NOTHING RETURNING id", values)
    return {row["id"] for row in rows} - {pk for (pk,) in made}


def update(table: str, rows: Sequence[Row], *, also: str = "", values: Sequence[Any] = ()) -> None:
    """Change rows by their key, a statement for each set of columns. also: a further assignment with its values."""
    key = key_of(table)
    for names, group in by_columns(rows, key).items():
        sets = [f'"{name}" = n."{name}"' for name in names] + ([also] if also else [])
        if sets:
            given = _from(table, (key, *names), "n")
            run(
                f"UPDATE {table} t SET {', '.join(sets)} FROM {given} WHERE t.{key} = n.{key}",  # noqa: S608
                [*values, dumps(group)] if also else [dumps(group)],
            )


def by_columns(rows: Iterable[Row], key: str) -> dict[tuple[str, ...], list[Row]]:
    """Group rows by the columns they have besides the key."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(sorted(name for name in row if name != key))].append(row)
    return groups


def delete(table: str, ids: Iterable[int]) -> None:
    """Take rows away by their key."""
    listed = sorted(ids)
    if listed:
        run(f"DELETE FROM {table} WHERE {key_of(table)} = ANY(%s)", [listed])  # noqa: S608
