"""Numbers for follow-up codes: one PostgreSQL sequence per Jalali year, so that writers never wait for one another."""

from datetime import datetime

from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg.errors import UndefinedTable

from peyvand.cartable import code
from peyvand.core.jalali import to_jalali

YEARS_LOCK = 7_140_500  # advisory lock under which the first request of a year makes its sequence


def new_codes(count: int, at: datetime) -> list[str]:
    """Return `count` fresh codes of the Jalali year of `at`. Numbers are not given back by a rollback."""
    if not count:
        return []
    year = to_jalali(at).year
    try:
        with transaction.atomic():
            numbers = _take(year, count)
    except ProgrammingError as problem:
        if not isinstance(problem.__cause__, UndefinedTable):
            raise
        ensure_year(year)
        numbers = _take(year, count)
    return [code.make(year, number) for number in numbers]


def _take(year: int, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [_name(year), count])
        return [row[0] for row in cursor.fetchall()]


def ensure_year(year: int) -> None:
    """Make the sequence of a Jalali year beforehand, for who is about to give many codes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [YEARS_LOCK])
        # A plain string, because pghistory reads every statement of a web request as text; the name is ours.
        cursor.execute(f'CREATE SEQUENCE IF NOT EXISTS "{_name(year)}"')


def _name(year: int) -> str:
    return f"cartable_code_{year:04d}"
