"""Loading rows in bulk: COPY from text, indexes dropped before and built after, two processes at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model

BLOCK = 4000  # rows in one piece of COPY
MEMORY = "384MB"  # of each of the two connections that build indexes

Rows = Iterable[str]


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


def load(cursor: Any, model: type[Model], given: str, rows: Rows) -> None:
    """COPY rows of tab-separated values of the columns `given`; all other columns take the model's default."""
    wanted = given.split()
    others = [field for field in model._meta.concrete_fields if field.column not in wanted]
    tail = "".join("\t" + _constant(field.get_default()) for field in others) + "\n"
    columns = ", ".join(f'"{name}"' for name in (*wanted, *(field.column for field in others)))
    rows = iter(rows)
    with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
        while block := list(islice(rows, BLOCK)):
            copy.write((tail.join(block) + tail).encode())


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
def without_indexes(models: Iterable[type[Model]], *, address: str) -> Iterator[None]:
    """Drop all indexes of some tables but the primary keys, and build them again at the end over two connections."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
        for table, name, _definition, constraint in indexes:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}" if constraint else f"DROP INDEX {name}")
    yield
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda index: _build(address, index[2]), _heavy_first(indexes)))
    with connection.cursor() as cursor:
        for table, name, _definition, constraint in indexes:
            if constraint:
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} UNIQUE USING INDEX {name}")


def _heavy_first(indexes: list[tuple[str, str, str, str | None]]) -> list[tuple[str, str, str, str | None]]:
    return sorted(indexes, key=lambda index: " gin " not in index[2].lower())


def _build(address: str, definition: str) -> None:
    with psycopg.connect(address, autocommit=True) as own:
        own.execute(f"SET maintenance_work_mem = '{MEMORY}'")
        own.execute("SET max_parallel_maintenance_workers = 0")
        own.execute(definition)


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


Step = Callable[[Any], None]
