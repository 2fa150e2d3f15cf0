"""Tests run on a real PostgreSQL: an embedded cluster, a migrated template, a copy for each process."""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.test import TransactionTestCase
from psycopg import sql

from peyvand.config import installation, ready_database
from peyvand.config.messages import compile_messages
from peyvand.config.postgres import Cluster, from_url
from peyvand.core import custom_fields, known, outbox
from peyvand.core.queue import Queue

pytest_plugins = ["tests.cast"]
WRITTEN_AT_ONCE = {"django_migrations", "django_content_type", "auth_permission"}


def pytest_configure(config: pytest.Config) -> None:
    """Compile changed translations once, before any process of the run reads them."""
    if not hasattr(config, "workerinput"):
        compile_messages()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Give this process its own database, copied from the template; drop it at the end."""
    cluster = Cluster(Path(settings.DATA), name="pg-test", durable=False)
    with cluster.in_use():
        template = _template(cluster, django_db_blocker)
        mine = f"test_{os.getpid()}"
        _maintain(cluster, "DROP DATABASE IF EXISTS {} WITH (FORCE)", mine)
        _maintain(cluster, "CREATE DATABASE {} TEMPLATE {}", mine, template)
        _connect(cluster, mine)
        yield
        with django_db_blocker.unblock():
            connections.close_all()
        _maintain(cluster, "DROP DATABASE IF EXISTS {} WITH (FORCE)", mine)


@pytest.fixture(scope="session", autouse=True)
def quick_emptying() -> Iterator[None]:
    """After a test that committed, only the tables that hold rows are emptied; Django would empty each one of them."""
    case: Any = TransactionTestCase
    before = case._fixture_teardown
    case._fixture_teardown = lambda self: _empty()
    yield
    case._fixture_teardown = before


def _empty() -> None:
    """Take every row away but those that the migrations and their signals wrote."""
    connection = connections["default"]
    names = set(connection.introspection.table_names()) - WRITTEN_AT_ONCE
    question = sql.SQL("SELECT {}, EXISTS (SELECT FROM {})")
    asked = sql.SQL(" UNION ALL ").join(question.format(sql.Literal(name), sql.Identifier(name)) for name in names)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # neither triggers nor keys, in any order
        cursor.execute(asked)
        full = [name for name, has_rows in cursor.fetchall() if has_rows]
        for name in full:
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Forget what the test before has read, whose rows are gone."""
    custom_fields.forget()
    known.forget_all()


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    """No belief of a few seconds (core/known.py) ends meanwhile: for tests that count questions on a slow machine."""
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)


@pytest.fixture
def drain(db: None) -> Callable[[], int]:
    """Run every reaction that is due, and what they lead to, until nothing is left."""

    def run() -> int:
        total = 0
        while done := sum(outbox.drain(queue) for queue in Queue):
            total += done
        return total

    return run


def _template(cluster: Cluster, blocker: Any) -> str:
    """A migrated database, made once for each state of the migrations."""
    name = f"template_{_migrations_hash()}"
    with (cluster.home / "pg-test.template").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
            names = [row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()]
        if name in names:
            return name
        for old in names:
            if old.startswith(("template_", "making")):
                _maintain(cluster, "DROP DATABASE IF EXISTS {} WITH (FORCE)", old)
        _maintain(cluster, "CREATE DATABASE {}", "making")
        _connect(cluster, "making")
        with blocker.unblock():
            installation.migrate()
            connections.close_all()
        _maintain(cluster, "ALTER DATABASE {} RENAME TO {}", "making", name)
    return name


def _migrations_hash() -> str:
    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for file in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    digest.update(ready_database.FILE.read_bytes())
    return digest.hexdigest()[:16]


def _maintain(cluster: Cluster, statement: Any, *names: str) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


def _connect(cluster: Cluster, database: str) -> None:
    """Point Django at another database of the test cluster."""
    place = from_url(cluster.url(database))
    connections["default"].close()
    connections["default"].settings_dict.update(NAME=place["NAME"], HOST=place["HOST"], PORT=place["PORT"])
    connections["default"].settings_dict.update(USER=place["USER"], PASSWORD=place["PASSWORD"])
