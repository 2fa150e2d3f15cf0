"""One benchmark in its own process: `python -m peyvand.config.bench NAME [SIZE]`, started by `peyvand bench`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import django
from django.core.management import call_command
from rich.console import Console

from peyvand.config.env import Env
from peyvand.config.postgres import Cluster

NAMES = ("cartable", "ingest")


def main(name: str, size: int | None) -> int:
    """Run one benchmark on a database of its own; return 1 when a budget is broken."""
    console = Console(highlight=False)
    home = Env().folder("PEYVAND_DATA", Path("var"))
    cluster = Cluster(home)
    cluster.start()
    try:
        cluster.ensure_database()
        django.setup()
        call_command("migrate", verbosity=0)
        within = _run(name, size, lambda line: console.print(line, markup=False))
    finally:
        cluster.stop()
    console.print("within the budget" if within else "over the budget", style="green" if within else "red")
    return 0 if within else 1


def _run(name: str, size: int | None, say: Callable[[str], None]) -> bool:
    # Django is set up by now: these modules hold models.
    from peyvand.config.bench import cartable, ingest  # noqa: PLC0415  # models need django.setup() first

    if name == "cartable":
        return cartable.run(requests=size or 200_000, rounds=200, say=say)
    return ingest.run(messages=size or 10_000, say=say)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "peyvand.config.bench.settings"
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else None))
