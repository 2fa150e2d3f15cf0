"""An empty database, ready made: what the migrations it names give from nothing, as one SQL text.

Migrating an empty database step by step takes a minute of processor; reading the same from `empty.sql` takes a second.
Migrations that came later run after it, as everywhere. The text is written by
`python -m peyvand.config.ready_database`, which migrates a database from nothing, reads the text into a second one and
refuses to write it unless the two are equal. `fingerprint` holds it to the very files it was made of.
"""

from __future__ import annotations

import hashlib
import re
import sys
from functools import cache
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

FILE = Path(__file__).with_name("empty.sql")
HEAD = re.compile(r"-- PostgreSQL (?P<version>\d+)\n-- migrations (?P<fingerprint>[0-9a-f]{64})\n")
ROW = re.compile(r"^INSERT INTO public\.django_migrations VALUES \(\d+, '([^']+)', '([^']+)', ", re.MULTILINE)
SCHEMA = "public"
# On a slow machine the server would write the whole text into its log, as a statement that took long.
QUIETLY = """
    SELECT set_config('log_min_duration_statement', '-1', true)
    WHERE has_parameter_privilege('log_min_duration_statement', 'SET')
"""

Name = tuple[str, str]


def load() -> bool:
    """Read the ready database into this one when it holds nothing yet; return whether that was done."""
    if not _fits():
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(QUIETLY)
        cursor.execute(text())
    return True


@cache
def text() -> str:
    return FILE.read_text(encoding="utf-8")


def names() -> frozenset[Name]:
    """The migrations whose work the ready database holds, as app and name."""
    return frozenset((app, name) for app, name in ROW.findall(text()))


def written_fingerprint() -> str:
    found = HEAD.match(text())
    return found["fingerprint"] if found else ""


def fingerprint(migrations: frozenset[Name]) -> str:
    """What distinguishes the files of these migrations from all others; KeyError when one is not there."""
    known = MigrationLoader(None).disk_migrations
    digest = hashlib.sha256()
    for key in sorted(migrations):
        file = sys.modules[known[key].__module__].__file__
        digest.update("/".join(key).encode())
        digest.update(Path(str(file)).read_bytes())
    return digest.hexdigest()


def _fits() -> bool:
    """Is this database empty, in the usual schema, and its server not older than the one the text was written by?"""
    found = HEAD.match(text())
    if found is None or not names() <= set(MigrationLoader(None).disk_migrations):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_setting('server_version_num')::integer / 10000")
        schema, version = cursor.fetchone()
        cursor.execute("SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = %s::regnamespace)", [SCHEMA])
        [is_used] = cursor.fetchone()
    return schema == SCHEMA and version >= int(found["version"]) and not is_used
