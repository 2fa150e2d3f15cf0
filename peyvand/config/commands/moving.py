"""Commands that move a whole installation: export, load."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.progress import Progress

from peyvand.config import installation

TAKE_OUT = "peyvand.config.moving.take_out"
BRING_IN = "peyvand.config.moving.bring_in"
FROM_FILE = "a file whose first line is the passphrase; asked for when it is left out"
PassphraseFile = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help=FROM_FILE)]


def export(
    file: Annotated[Path, typer.Argument(help="the zip to write; it must not be there yet")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write the whole installation into one file, while it goes on working."""
    if file.exists():
        raise typer.BadParameter(f"{file} is there already")
    passphrase = _passphrase(passphrase_file, confirm=True)
    installation.load_django()
    with installation.database(), Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("Writing")
        rows = installation.call(
            TAKE_OUT, file, passphrase, say=lambda done, of: progress.update(task, completed=done, total=max(done, of))
        )
    Console(highlight=False).print(f"{file}: {rows:,} rows. Keep the passphrase: without it the file cannot be loaded.")


def load(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="a file that `peyvand export` wrote")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Load the file of a whole installation into this empty one; Peyvand must not be running here."""
    passphrase = _passphrase(passphrase_file, confirm=False)
    installation.load_django()
    with installation.database(), installation.only_one(Path(settings.DATA)):
        with Progress(console=Console(stderr=True)) as progress:
            task = progress.add_task("Loading")
            rows = installation.call(
                BRING_IN, file, passphrase, say=lambda done, of: progress.update(task, completed=done, total=of)
            )
    console = Console(highlight=False)
    console.print(f"{rows:,} rows are here. Everybody signs in as before; sessions did not come along.")
    console.print("Two installations with the same channels would both answer: stop the other one before `peyvand up`.")


def _passphrase(path: Path | None, *, confirm: bool) -> str:
    if path is not None:
        return path.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm))
