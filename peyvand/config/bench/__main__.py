"""One benchmark in its own process: `python -m peyvand.config.bench NAME [SIZE]`, started by `peyvand bench`."""

import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.utils.module_loading import import_string
from rich.console import Console

from peyvand.config.env import Env
from peyvand.config.messages import compile_messages
from peyvand.config.postgres import Cluster

STARTS_ITS_DATABASE = {"memory", "chaos", "import_chaos"}


def main(name: str, *size: str) -> int:
    """Run one benchmark on a database of its own; return 1 when a budget is broken."""
    console = Console(highlight=False)
    compile_messages()  # the words of choices are read in both languages
    cluster = None if name in STARTS_ITS_DATABASE else Cluster(Env().folder("PEYVAND_DATA", Path("var")))
    if cluster:
        cluster.start()
        cluster.ensure_database()
    try:
        django.setup()
        if cluster:
            call_command("migrate", verbosity=0)
        # By its name, after django.setup(): the benchmarks import models.
        run = import_string(f"peyvand.config.bench.{name}.run")
        within = run(*map(int, size), say=lambda line: console.print(line, markup=False, soft_wrap=True))
    finally:
        if cluster:
            cluster.stop()
    console.print("within the budget" if within else "over the budget", style="green" if within else "red")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
