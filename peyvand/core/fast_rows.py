"""Rows by the ten thousands: plain tuples in PostgreSQL's binary form, which costs a third of what text does.

For exports and other reading of whole lists. Values are as psycopg has them: JSON as Python objects, moments in UTC.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import psycopg.sql
from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import BooleanField, F, Func, Model, Q, QuerySet, Value


def any_of(name: str, ids: Sequence[int]) -> Q:
    """The condition that a column is one of many numbers, sent as one array instead of thousands of parameters."""
    equals = Func(
        F(name),
        Value("{" + ",".join(map(str, ids)) + "}"),  # as PostgreSQL reads it: a tenth of handing over number by number
        template="%(expressions)s::bigint[])",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    return Q(equals)


def insert(model: type[Model], row: dict[str, Any]) -> None:
    """Insert one row whose bytes go to the server as they are, not twice as long in hexadecimal digits."""
    table = psycopg.sql.Identifier(model._meta.db_table)
    columns = psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, row))
    values = psycopg.sql.SQL(", ").join([psycopg.sql.Placeholder()] * len(row))
    statement = psycopg.sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(table, columns, values)
    connection = connections[router.db_for_write(model)]
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, list(row.values()))


Rows = list[tuple[Any, ...]]


def fast_rows(rows: QuerySet[Any, Any]) -> Rows:
    """Return all rows of a `values_list`, in the connection and transaction that Django has."""
    asked = _asked(rows)
    return asked() if asked else []


def rows_ahead(rows: QuerySet[Any, Any]) -> Callable[[], Rows]:
    """Ask for the rows of a `values_list` and return at once what waits for them: PostgreSQL works meanwhile.

    Call it before the transaction ends. Other statements of this connection wait until these rows are there.
    """
    asked = _asked(rows)
    if asked is None:
        return list
    pool = ThreadPoolExecutor(1)
    found = pool.submit(asked)
    pool.shutdown(wait=False)
    return found.result


def _asked(rows: QuerySet[Any, Any]) -> Callable[[], Rows] | None:
    """What asks for these rows in any thread; None when they are none."""
    try:
        sql, params = rows.query.get_compiler(rows.db).as_sql()
    except EmptyResultSet:
        return None
    connection = connections[rows.db]
    connection.ensure_connection()
    raw = connection.connection
    # Django binds values on the client, so that the server never guesses their types; binary rows need the other cursor
    text = psycopg.ClientCursor(raw).mogrify(sql, params).encode()

    def ask() -> Rows:
        with connection.wrap_database_errors, psycopg.Cursor(raw) as cursor:
            cursor.execute(text, binary=True)
            return cursor.fetchall()

    return ask
