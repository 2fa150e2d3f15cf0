"""The `peyvand` command line."""

import os
import sys

import typer
from django.core.exceptions import ImproperlyConfigured
from rich.console import Console

from peyvand.config.commands import data, doctor, moving, processes, up
from peyvand.config.env import BadSetting
from peyvand.config.installation import InUse
from peyvand.config.postgres import PostgresProblem
from peyvand.core.errors import PeyvandError
from peyvand.web.build import BuildFailed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peyvand.config.settings")

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Peyvand: customers, messages and requests.",
)
cli.command()(up.up)
cli.command()(doctor.doctor)
cli.command()(processes.run)
cli.command()(processes.worker)
cli.command()(processes.scheduler)
cli.command()(processes.web)
cli.command()(processes.door)
cli.command()(data.migrate)
cli.command()(data.demo)
cli.command()(data.ingest)
cli.command(name="import")(data.bring_in)
cli.command()(moving.export)
cli.command()(moving.load)
cli.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(data.bench)
cli.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(data.manage)
cli.add_typer(data.token, name="token")


def main() -> None:
    """Run a command; what the person can mend is said in one sentence, without a traceback."""
    try:
        cli()
    except (BadSetting, InUse, PostgresProblem, BuildFailed, PeyvandError, ImproperlyConfigured) as error:
        Console(stderr=True).print(f"[bold red]✗[/] {error}", highlight=False, soft_wrap=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
