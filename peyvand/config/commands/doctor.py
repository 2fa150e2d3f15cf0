"""`peyvand doctor`: looks at the installation and says what to do for every red line."""

from __future__ import annotations

import typer
from rich.console import Console

from peyvand.config import installation

EVERYTHING = "peyvand.config.diagnosis.everything"


def doctor() -> None:
    """Check the installation; the exit code is 0 only when everything is well."""
    installation.load_django()
    console = Console(highlight=False)
    with installation.database():
        checks = installation.call(EVERYTHING)
    for check in checks:
        mark = "[bold green]✓[/]" if check.ok else "[bold red]✗[/]"
        console.print(f"{mark} {check.name:<22} {check.detail}")
        if not check.ok:
            console.print(f"  [yellow]→ {check.advice}[/]", soft_wrap=True)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)
