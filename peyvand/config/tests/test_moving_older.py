"""The file of an installation that an older version made, loaded into this one."""

from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from peyvand.config import moving
from peyvand.config.tests.test_moving import CHANGED_ON_PURPOSE, PASSPHRASE, Stage, listed, rewritten, stage
from peyvand.core.moving.opening import Opened

__all__ = ["stage"]  # the fixture


def test_a_file_of_an_older_version_is_brought_up_to_date(stage: Stage) -> None:
    """Its rows go into a database of its own form, and the migrations since then run over them."""
    stage.enter("old")
    path = stage.home / "older.zip"
    path.write_bytes(stage.file.read_bytes())
    columns = _as_before_the_last_migration(path)
    stage.enter("third")
    assert moving.bring_in(path, PASSPHRASE) > 1_000
    executor = MigrationExecutor(connection)
    assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
    for table in ("cartable_answer", "cartable_request", "parties_party", "accounts_user"):
        kept = columns[table] - {column for name, column in CHANGED_ON_PURPOSE if name == table}
        was, now = (
            [{name: row[name] for name in kept} for row in stage.rows(name, table)] for name in ("old", "third")
        )
        assert sorted(map(str, was)) == sorted(map(str, now)), table
    shapes = ([(table, named) for table, named, _definition in stage.shape(name)] for name in ("third", "old"))
    assert next(shapes) == next(shapes)


def _as_before_the_last_migration(path: Path) -> dict[str, set[str]]:
    """Make the file one of the version before the newest migration of the cartable; return its tables."""
    loader = MigrationExecutor(connection).loader
    last = max(node for node in loader.graph.leaf_nodes() if node[0] == "cartable")
    wanted = Opened(path, PASSPHRASE).manifest.migrations - {last}
    state = loader.project_state(moving.targets(wanted))
    columns = {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields}
        for model in state.apps.get_models(include_auto_created=True)
    }
    gone = [part.name for part in Opened(path, PASSPHRASE).manifest.parts if part.table not in columns]

    def change(manifest: dict[str, Any]) -> None:
        manifest["migrations"] = sorted(map(list, wanted))
        manifest["tables"] = {
            table: about | {"columns": [name for name in about["columns"] if name in columns[table]]}
            for table, about in manifest["tables"].items()
            if table in columns
        }
        new = {f"{table}_id_seq" for table in connection.introspection.table_names() if table not in columns}
        manifest["sequences"] = {name: at for name, at in manifest["sequences"].items() if name not in new}
        manifest["parts"] = [part for part in manifest["parts"] if part[0] not in gone]

    listed(path, change)
    rewritten(path, dict.fromkeys(gone))
    return columns
