"""Commands about data: migrate, demo, ingest, tokens, benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.core.management import execute_from_command_line
from rich.console import Console

from peyvand.config import installation

INGEST = "peyvand.channels.doors.ingest.ingest"
CREATE_TOKEN = "peyvand.api.scopes.create_token_for"  # noqa: S105 -- the name of a function
BENCH = "peyvand.config.bench.run"
BRING_IN = "peyvand.config.bringing.bring_in"

token = typer.Typer(no_args_is_help=True, help="Keys for programs that use the API.")


def migrate() -> None:
    """Bring the database up to date."""
    installation.load_django()
    with installation.database():
        done = installation.migrate()
        Console().print("The database is up to date." if done else "Nothing to do.")


def demo() -> None:
    """Load the demo company into an empty installation."""
    installation.load_django()
    with installation.database():
        installation.migrate()
        installation.first_administrator()
        if not installation.is_empty():
            raise typer.BadParameter("there are data already; the demo company needs an empty installation")
        installation.call(installation.DEMO)


def ingest(
    path: Annotated[Path, typer.Argument(exists=True, help="a message, a folder of messages, or an mbox file")],
) -> None:
    """Read stored mail as if it came in now."""
    installation.load_django()
    with installation.database():
        tally = installation.call(INGEST, path)
    console = Console(highlight=False)
    console.print(f"{tally.seen} seen = {tally.stored} stored + {tally.repeated} known before", end="")
    console.print("".join(f" + {count} skipped ({reason})" for reason, count in tally.skipped.items()))


def bring_in(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX, XLS, vCard or JSON lines")],
    user: Annotated[str, typer.Option(help="who brings it in: a user name")],
    type: Annotated[str, typer.Option(help="the kind of record")] = "customers",
    mapping: Annotated[str, typer.Option(help="a saved mapping; else the one that fits the headers")] = "",
    check: Annotated[bool, typer.Option("--check", help="say what would happen, write nothing")] = False,
) -> None:
    """Bring a file of records in, as on the page «Import»; refused rows are written beside it."""
    installation.load_django()
    with installation.database():
        tally = installation.call(BRING_IN, path, user=user, kind=type, mapping=mapping, only_check=check)
    console = Console(highlight=False)
    parts = ", ".join(f"{count} {action}" for action, count in tally.actions.items() if count)
    console.print(f"{tally.rows} rows: {parts or 'nothing'}" + ("" if tally.is_written else " (nothing is written)"))
    if tally.rejected:
        console.print(f"the refused rows are in {tally.rejected}")


@token.command()
def create(
    user: Annotated[str, typer.Option(help="user name or e-mail address")],
    scope: Annotated[list[str], typer.Option(help="a permission, as cartable.view; may be given several times")],
    name: Annotated[str, typer.Option(help="what it is for")] = "command line",
) -> None:
    """Make an API token and print it once."""
    installation.load_django()
    with installation.database():
        Console().print(installation.call(CREATE_TOKEN, user=user, scopes=scope, name=name))


def bench(context: typer.Context) -> None:
    """Measure this installation's speed; see docs/benchmarks.md."""
    installation.call(BENCH, context.args)


def manage(context: typer.Context) -> None:
    """Run a management command of Django."""
    installation.load_django()
    with installation.database():
        execute_from_command_line(["peyvand manage", *context.args])
