"""Moving a whole installation: the file from this one, and a file into this one; `peyvand export`, `peyvand load`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor

from peyvand.config import installation, ready_database
from peyvand.core.moving.errors import FromNewerVersion, FromOlderVersion, NotEmpty
from peyvand.core.moving.loading import load
from peyvand.core.moving.opening import Opened
from peyvand.core.moving.sealing import Seal
from peyvand.core.moving.snapshot import own_snapshot
from peyvand.core.moving.taking import Taking

Say = Callable[[int, int], None]


def take_out(path: Path, passphrase: str, *, say: Say = lambda done, of: None) -> int:
    """Write the whole installation to `path` from one snapshot, beside the work that goes on; return the rows.

    say(done, of): rows written and about how many there are. Raises WeakPassphrase, FileExistsError.
    """
    seal = Seal.of(passphrase)
    part = path.with_name(f"{path.name}.part")
    if path.exists():
        raise FileExistsError(f"{path} is there already")
    part.touch(mode=0o600)
    with own_snapshot() as reader, part.open("wb") as file:
        taking = Taking(reader, seal)
        of = taking.expected()
        for piece in taking.pieces():
            file.write(piece)
            say(taking.state.done, of)
    part.replace(path)
    return taking.state.done


def bring_in(path: Path, passphrase: str, *, say: Say = lambda done, of: None) -> int:
    """Load the file into this empty installation and return the rows; nothing is loaded when anything is wrong.

    Raises NotOurs, WrongPassphrase, Damaged, FromNewerVersion, FromOlderVersion, NotEmpty.
    """
    opened = Opened(path, passphrase)
    wanted = opened.manifest.migrations
    if unknown(wanted):
        raise FromNewerVersion
    _prepare(wanted)
    if not installation.is_empty():
        raise NotEmpty
    rows = load(opened, say=lambda done: say(done, opened.manifest.rows))
    call_command("migrate", verbosity=0, interactive=False)
    return rows


def unknown(wanted: frozenset[tuple[str, str]]) -> set[tuple[str, str]]:
    """The migrations of a file that this version does not have."""
    return set(wanted) - set(MigrationExecutor(connection).loader.graph.nodes)


def targets(wanted: frozenset[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last migration of each app among those of a file."""
    graph = MigrationExecutor(connection).loader.graph

    def is_last(node: tuple[str, str]) -> bool:
        return not any(child.key in wanted and child.key[0] == node[0] for child in graph.node_map[node].children)

    return sorted(node for node in wanted if is_last(node))


def _prepare(wanted: frozenset[tuple[str, str]]) -> None:
    """Bring an empty database to exactly the migrations of the file, back where that is possible."""
    if ready_database.names() <= wanted:
        ready_database.load()
    executor = MigrationExecutor(connection)
    applied = set(executor.loader.applied_migrations)
    if applied == wanted:
        return
    if applied and not installation.is_empty():
        raise NotEmpty
    try:
        back = [(app, None) for app in {app for app, _name in applied} - {app for app, _name in wanted}]
        executor.migrate([*targets(wanted), *back])
    except IrreversibleError as error:
        raise FromOlderVersion from error
    if set(MigrationExecutor(connection).loader.applied_migrations) != wanted:
        raise FromOlderVersion
