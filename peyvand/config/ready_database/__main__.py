"""Write `empty.sql` anew from all migrations there are: `python -m peyvand.config.ready_database`."""

import os
import re
import subprocess
import sys
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from psycopg import sql

from peyvand.config import ready_database
from peyvand.config.postgres import Cluster, from_url

MIGRATED, READ = "ready_migrated", "ready_read"
LEFT_OUT = re.compile(r"^(?:--.*|\\.*|SET .*;|SELECT pg_catalog\.set_config\('search_path'.*)\n", re.MULTILINE)
APPLIED = re.compile(rf"({ready_database.ROW.pattern})'[^']*'", re.MULTILINE)
# PostgreSQL reads its own writing of `state IN ('done', 'missed')` as something else that means the same.
CHOICE = re.compile(r"\((\w+)\)::text = ANY \(\(ARRAY\[((?:'[^']*'::character varying(?:, )?)+)\]\)::text\[\]\)")
MOMENT = re.compile(r"^INSERT INTO .*'20\d\d-\d\d-\d\d.*$", re.MULTILINE)
BEGIN = """-- PostgreSQL {version}
-- migrations {fingerprint}
-- Written by `python -m peyvand.config.ready_database`; never edited.
SET LOCAL check_function_bodies = false;
SET LOCAL search_path = '';
SET LOCAL client_min_messages = warning;
"""
END = "SET LOCAL search_path = DEFAULT;\n"


class NotEqual(Exception):
    """What was read from the text differs from what the migrations make."""


def _new(cluster: Cluster, name: str) -> None:
    """Make an empty database and point Django at it."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    connection.close()
    connection.settings_dict.update(from_url(cluster.url(name)))


def _dump(cluster: Cluster, name: str) -> str:
    """The whole database as SQL, without what changes from one writing to the next."""
    options = ["--no-owner", "--no-privileges", "--no-comments", "--inserts", f"--dbname={cluster.url(name)}"]
    done = subprocess.run(  # noqa: S603 -- a fixed list of our own arguments
        [cluster.binary("pg_dump"), *options], capture_output=True, text=True, check=True
    )
    bare = re.sub(r"\n{2,}", "\n", LEFT_OUT.sub("", done.stdout))
    return APPLIED.sub(r"\1now()", bare).lstrip("\n")


def _as_first_said(body: str) -> str:
    return CHOICE.sub(lambda found: f"{found[1]} IN ({found[2].replace('::character varying', '')})", body)


def _version(cluster: Cluster) -> int:
    with psycopg.connect(cluster.url("postgres")) as server:
        return server.info.server_version // 10000


def write() -> None:
    """Make the text and hold it against the migrations; raises NotEqual and leaves the old one."""
    cluster = Cluster(Path(settings.DATA), name="pg-test", durable=False)
    with cluster.in_use():
        _new(cluster, MIGRATED)
        call_command("migrate", verbosity=0, interactive=False)
        body = _dump(cluster, MIGRATED)
        if moments := MOMENT.findall(body):
            raise NotEqual(f"a row carries the moment of its writing: {moments[0]}")
        names = frozenset((app, name) for app, name in ready_database.ROW.findall(body))
        begin = BEGIN.format(version=_version(cluster), fingerprint=ready_database.fingerprint(names))
        part = ready_database.FILE.with_suffix(".part")
        part.write_text(begin + _as_first_said(body) + END, encoding="utf-8")
        _new(cluster, READ)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(part.read_text(encoding="utf-8"))
        if _dump(cluster, READ) != body:
            raise NotEqual(f"{part} gives another database than the migrations")
        connection.close()
        part.replace(ready_database.FILE)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peyvand.config.settings")
    django.setup()
    write()
    sys.stdout.write(f"{ready_database.FILE}\n")
