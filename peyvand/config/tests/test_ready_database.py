"""The ready database is what the migrations make: the same files, the same tables, and later migrations after it."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from peyvand.config import installation, ready_database
from peyvand.parties.models import Party


@pytest.fixture
def nothing(db: None) -> None:
    """An empty database, in a transaction that is taken back."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def test_the_files_it_was_made_of_are_those_that_are_here() -> None:
    """Whoever writes it proves that it is equal to what they make (`python -m peyvand.config.ready_database`)."""
    assert ready_database.names() <= set(MigrationLoader(None).disk_migrations)
    assert ready_database.fingerprint(ready_database.names()) == ready_database.written_fingerprint()


def test_it_spares_a_first_start_nearly_all_migrations() -> None:
    """A new migration needs no new text; after some thirty the first start is slow enough to write it anew."""
    loader = MigrationLoader(None)
    assert len(set(loader.disk_migrations) - ready_database.names()) <= 30


def test_an_empty_database_is_filled_and_brought_up_to_date(nothing: None) -> None:
    assert installation.migrate()
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert not Party.objects.exists()
    assert not installation.migrate()


def test_the_text_is_not_written_into_the_log_of_a_slow_machine(nothing: None) -> None:
    assert ready_database.load()
    with connection.cursor() as cursor:
        cursor.execute("SHOW log_min_duration_statement")
        assert cursor.fetchone() == ("-1",)  # until the end of the transaction


def test_a_database_that_is_in_use_is_left_alone(db: None) -> None:
    assert not ready_database.load()


@pytest.mark.parametrize("begin", ["", "-- PostgreSQL 99\n"])
def test_a_text_that_does_not_fit_is_not_read(
    nothing: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, begin: str
) -> None:
    changed = begin + ready_database.text().partition("\n")[2]
    monkeypatch.setattr(ready_database, "text", lambda: changed)
    assert not ready_database.load()
