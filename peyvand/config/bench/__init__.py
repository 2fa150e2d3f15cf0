"""`peyvand bench`: the project's own measurements, as ratios within one run on one machine.

Every benchmark lives in a data folder of its own (`<data>/bench`), never in the installation's database.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from peyvand.config.env import Env

NAMES = (
    "cartable",
    "parties",
    "sales",
    "import",
    "duplicates",
    "merge",
    "export",
    "ingest",
    "memory",
    "servers",
    "chaos",
    "import_chaos",
)
MODULES = {"import": "imports"}  # whose name no module can have


def run(arguments: Sequence[str]) -> None:
    """Run `NAME [SIZE]` in a process and a data folder of its own; the exit code tells whether the budget held."""
    if not arguments or arguments[0] not in NAMES:
        raise typer.BadParameter(f"name one of {', '.join(NAMES)}, and a size if you like")
    env = Env()
    home = env.folder("PEYVAND_DATA", Path("var")) / "bench"
    kept = {name: value for name, value in env.values.items() if name not in {"DATABASE_URL", "DEMO"}}
    settings = {"PEYVAND_DATA": str(home), "DJANGO_SETTINGS_MODULE": "peyvand.config.bench.settings"}
    command = [sys.executable, "-m", "peyvand.config.bench", MODULES.get(arguments[0], arguments[0]), *arguments[1:]]
    done = subprocess.run(command, env={**os.environ, **kept, **settings}, check=False)  # noqa: S603  # ourselves
    raise typer.Exit(done.returncode)
