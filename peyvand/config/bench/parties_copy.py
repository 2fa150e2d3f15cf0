"""Loading rows in bulk: COPY from text, indexes dropped before and built after, two processes at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model
from psycopg.conninfo import make_conninfo

BLOCK = 4000  # customers in one go
PIECE = 10_000  # rows in one piece of COPY
MEMORY = "384MB"  # of each of the two connections that build indexes


def escaped(text: str) -> str:
    """Write text as COPY wants it."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _constant(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, (list, dict)):
        return "{}"
    return escaped(str(value))


def load(cursor: Any, model: type[Model], given: str, rows: Iterable[str]) -> None:
    """COPY rows of tab-separated values of the columns `given`; all other columns take the model's default."""
    wanted = given.split()
    others = [field for field in model._meta.concrete_fields if field.column not in wanted]
    tail = "".join("\t" + _constant(field.get_default()) for field in others) + "\n"
    columns = ", ".join(f'"{name}"' for name in (*wanted, *(field.column for field in others)))
    rest = iter(rows)
    with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
        while block := list(islice(rest, PIECE)):
            copy.write((tail.join(block) + tail).encode())


def own_address() -> str:
    """The database of this process as psycopg's `connect` takes it."""
    parameters = connection.get_connection_params()
    kept = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if parameters.get(name)}
    return make_conninfo(**kept)


def copies(model: type[Model], count: int, computed: Mapping[str, str]) -> str:
    """The statement that multiplies the first row of a table to `count` rows.

    computed: SQL of the columns that differ, from the number `i` of a row and the number `N` of them all.
    """
    table = model._meta.db_table
    columns = [str(field.column) for field in model._meta.concrete_fields if field.column != "id"]
    values = [re.sub(r"\bN\b", str(count), computed[c]) if c in computed else f'first."{c}"' for c in columns]
    return f"""
        INSERT INTO {table} (id, {", ".join(f'"{c}"' for c in columns)})
        SELECT i, {", ".join(values)}
        FROM generate_series(2, {count}) AS copies (i), {table} AS first WHERE first.id = (SELECT min(id) FROM {table})
    """  # noqa: S608  # names of our own models, no word from outside


def restart_sequences(models: Iterable[type[Model]]) -> None:
    """Let the next row of each table get the number after the last."""
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 1)) FROM {table}"  # noqa: S608
            )


_INDEXES = """
SELECT t.relname, x.relname, pg_get_indexdef(i.indexrelid), c.conname
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'u'
WHERE t.relname = ANY(%s) AND NOT i.indisprimary ORDER BY pg_relation_size(i.indrelid) DESC, x.relname
"""


@contextmanager
def without_indexes(
    models: Iterable[type[Model]], *, address: str, beside: Sequence[Callable[[], None]] = ()
) -> Iterator[None]:
    """Drop all indexes of some tables but the primary keys, and build them again at the end over two connections.

    beside: what else is done meanwhile, each over a connection of its own.
    """
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
        for table, name, _definition, constraint in indexes:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}" if constraint else f"DROP INDEX {name}")
    yield
    heavy, light = ([partial(_run, address, index[2]) for index in part] for part in _by_weight(indexes))
    tasks: list[Callable[[], None]] = [*heavy, *beside, *light]
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(task) for task in tasks]:
            done.result()
    with connection.cursor() as cursor:
        for table, name, _definition, constraint in indexes:
            if constraint:
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} UNIQUE USING INDEX {name}")


Index = tuple[str, str, str, str | None]


def _by_weight(indexes: Sequence[Index]) -> tuple[list[Index], list[Index]]:
    """Those of many words for each row, of which the largest comes first, and the others."""
    heavy = [index for index in indexes if " gin " in index[2].lower()]
    heavy.sort(key=lambda index: "trgm" not in index[2] and "lexemes" not in index[2])
    return heavy, [index for index in indexes if index not in heavy]


def side_by_side(address: str, statements: Iterable[str]) -> None:
    """Run statements that need no transaction, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(partial(_run, address), statements))


def _run(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as own:
        own.execute(f"SET maintenance_work_mem = '{MEMORY}'")
        own.execute("SET max_parallel_maintenance_workers = 0")
        own.execute(statement)


@contextmanager
def roomy_log(address: str) -> Iterator[None]:
    """Let the server write its log without checkpoints in between, for the time of the load."""
    with psycopg.connect(address, autocommit=True) as own:
        own.execute("ALTER SYSTEM SET max_wal_size = '8GB'")
        own.execute("ALTER SYSTEM SET autovacuum = off")
        own.execute("SELECT pg_reload_conf()")
    yield
    with psycopg.connect(address, autocommit=True) as own:
        own.execute("ALTER SYSTEM RESET max_wal_size")
        own.execute("ALTER SYSTEM RESET autovacuum")
        own.execute("SELECT pg_reload_conf()")
