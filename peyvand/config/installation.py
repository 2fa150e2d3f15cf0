"""What an installation needs before its processes start: files, database, first administrator, demo data."""

from __future__ import annotations

import contextlib
import fcntl
import importlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from peyvand.config import ready_database
from peyvand.config.postgres import Cluster

ADMINISTRATOR = "peyvand.accounts.services.create_first_admin"
STARTERS = (
    "peyvand.activities.services.ensure_starter_outcomes",
    "peyvand.cartable.services.ensure_starter_kinds",
    "peyvand.sales.services.ensure_starter_pipelines",
    "peyvand.parties.services.relations.ensure_relation_types",
)
ERASURES = "peyvand.parties.services.erasing.repeat_erasures"
FIRST_USERNAME = "admin"
WORK = ("peyvand.parties.models.Party", "peyvand.cartable.models.Request")
DEMO = "peyvand.config.demo.load"


class InUse(Exception):
    """Another process works in this data folder already."""


def load_settings() -> None:
    """Read the settings, so that a bad one is named before anything is started."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peyvand.config.settings")
    settings.DATA  # noqa: B018 -- the first look at a setting reads them all


def load_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peyvand.config.settings")
    django.setup()


def load_pages() -> None:
    """Import everything that a request needs, so that it is in memory before the processes part."""
    importlib.import_module(settings.ROOT_URLCONF)
    importlib.import_module("peyvand.config.asgi")


def call(path: str, *args: Any, **kwargs: Any) -> Any:
    """Call a function by its dotted name, after Django is loaded."""
    function: Callable[..., Any] = import_string(path)
    return function(*args, **kwargs)


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL", "").strip()


def cluster() -> Cluster:
    return Cluster(Path(settings.DATA))


@contextlib.contextmanager
def database() -> Iterator[None]:
    """Have the database running for one command; the embedded one is started when it is not."""
    if not is_embedded():
        yield
        return
    mine = cluster()
    with mine.in_use():
        mine.ensure_database()
        yield
        connections.close_all()


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder for ourselves; raises InUse when another `peyvand up` has it."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "up.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(f"another Peyvand is running with the data folder {data}; stop it first") from None
        with cluster().held():
            yield


def migrate() -> bool:
    """Apply what is missing, to nothing the ready database first; return whether there was anything."""
    begun = ready_database.load()
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return begun
    call_command("migrate", verbosity=0, interactive=False)
    return True


def first_administrator() -> str | None:
    """Make the first administrator when there is no user yet; return the password to show once.

    The kinds of requests and of relations that everybody starts with are made at the same moment.
    """
    for starter in STARTERS:
        call(starter)
    password: str | None = call(ADMINISTRATOR)
    return password


def demo_is_wanted() -> bool:
    return bool(settings.DEMO)


def is_empty() -> bool:
    """Has nobody worked with this installation yet? (No customer, no request, nobody but the first administrator.)"""
    worked = any(import_string(model).objects.exists() for model in WORK)
    return not worked and import_string("peyvand.accounts.models.User").objects.count() <= 1
