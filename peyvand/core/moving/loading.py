"""Loading a whole installation into an empty one: all of it in one transaction, or nothing.

Foreign keys, indexes and our triggers are taken off first and put back last, so that rows come in any order, nothing is
noted twice in the history, and every reference is checked anew over all rows. Owning the tables is right enough.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from psycopg.sql import SQL, Composable, Identifier

from peyvand.core.moving.errors import Damaged
from peyvand.core.moving.opening import Opened, Part
from peyvand.core.moving.registry import instead, left_out, statements
from peyvand.core.moving.sealing import adopt_keys

BATCH = 4_000_000  # bytes of rows that one statement brings
Say = Callable[[int], None]
FOREIGN = """
    SELECT c.relname, f.conname, pg_get_constraintdef(f.oid) FROM pg_constraint f
    JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE f.contype = 'f' AND n.nspname = current_schema() AND c.relkind = 'r' ORDER BY 1, 2
"""
INDEXES = """
    SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname = ANY(%s) AND NOT x.indisprimary
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))
    ORDER BY 1
"""
COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname = %s AND a.attnum > 0 AND NOT a.attisdropped
"""


def load(opened: Opened, *, say: Say = lambda rows: None) -> int:
    """Bring every row in and return how many there are; say(rows) is told after each part. Raises Damaged.

    The caller has seen that the installation is empty and that the database knows the migrations of the file.
    """
    with transaction.atomic():
        tables = _tables(opened)
        with _bare(tables):
            done = 0
            for table, parts in groupby(opened.manifest.parts, key=lambda part: part.table):
                for part in parts:
                    _rows(opened, part, tables[table])
                    done += part.rows
                    say(done)
            _check_counts(opened)
            for statement in statements().values():
                _run(statement)
        _set_sequences(opened)
        adopt_keys(opened.seal, opened.keys)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return done


def _tables(opened: Opened) -> dict[str, dict[str, tuple[str, bool]]]:
    """The columns of each table of the file as they are here: type, and whether it must have a value.

    Raises Damaged when the file speaks of what is not here.
    """
    found = {}
    for table, about in opened.manifest.tables.items():
        columns = {name: (kind, bool(needed)) for name, kind, needed in _run(COLUMNS, table)}
        if table in left_out() or not set(about["columns"]) or not set(about["columns"]) <= columns.keys():
            raise Damaged
        found[table] = {name: columns[name] for name in about["columns"]}
    if not {part.table for part in opened.manifest.parts} <= found.keys():
        raise Damaged
    return found


@contextmanager
def _bare(tables: dict[str, Any]) -> Iterator[None]:
    """Empty the tables and take off what would hinder; put it back, which checks every row."""
    foreign, indexes = _run(FOREIGN), _run(INDEXES, list(tables))
    for table, name, _definition in foreign:
        _run(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    every = [*tables, *(table for table in left_out() if table in _here() and not _is_apart(table))]
    _run("TRUNCATE " + ", ".join(f'"{table}"' for table in every))
    for table in tables:
        _run(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    for name, _definition in indexes:
        _run(f'DROP INDEX "{name}"')
    yield
    for _name, definition in indexes:
        _run(definition)
    for table in tables:
        _run(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
    for table, name, definition in foreign:
        _run(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')


def _here() -> set[str]:
    return {name for (name,) in _run("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}


def _is_apart(table: str) -> bool:
    """Does it belong to the database or to the queue, and stay as it is?"""
    return table == "django_migrations" or table.startswith("procrastinate_")


def _rows(opened: Opened, part: Part, columns: dict[str, tuple[str, bool]]) -> None:
    """Insert the rows of a part, some megabytes at a time."""
    batch: list[bytes] = []
    size = 0
    statement = _insert(part.table, columns)
    for line in opened.lines(part):
        batch.append(line)
        size += len(line)
        if size > BATCH:
            _run(statement, b",".join(batch).decode())
            batch, size = [], 0
    if batch:
        _run(statement, b",".join(batch).decode())


def _insert(table: str, columns: dict[str, tuple[str, bool]]) -> Composable:
    named = SQL(", ").join(map(Identifier, columns))
    typed = SQL(", ").join(SQL("{} {}").format(Identifier(name), SQL(kind)) for name, (kind, _) in columns.items())
    values = SQL(", ").join(_value(table, name, about) for name, about in columns.items())
    return SQL(
        "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE"
        " SELECT {} FROM json_to_recordset(('[' || %s || ']')::json) AS t({})"
    ).format(Identifier(table), named, values, typed)


def _value(table: str, name: str, about: tuple[str, bool]) -> Composable:
    """What stands for a column: its value; a JSON null where a value must be; or what the registry says."""
    if (table, name) in instead():
        return SQL(instead()[table, name])
    if about == ("jsonb", True):
        return SQL("coalesce({}, 'null'::jsonb)").format(Identifier(name))
    return Identifier(name)


def _check_counts(opened: Opened) -> None:
    for table, about in opened.manifest.tables.items():
        if _run(SQL("SELECT count(*) FROM {}").format(Identifier(table)))[0][0] != about["rows"]:
            raise Damaged


def _set_sequences(opened: Opened) -> None:
    """Let every sequence go on after its last number; one that only the other installation had is made."""
    here = {name for (name,) in _run("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()")}
    for name, last in opened.manifest.sequences.items():
        if not name.replace("_", "").isalnum():
            raise Damaged
        if name not in here:
            _run(f'CREATE SEQUENCE "{name}"')
        if last is not None:
            _run("SELECT setval(format('%%I', %s::text)::regclass, %s)", name, last)


def _run(statement: str | Composable, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values) if values else None)
        return list(cursor.fetchall()) if cursor.description else []
