"""One process each, for systemd units and containers (docs/how-to/systemd.md)."""

from __future__ import annotations

from typing import Annotated

import typer

from peyvand.config import installation
from peyvand.config import processes as roles


def worker(name: Annotated[str, typer.Argument(help="interactive, inbound or bulk")]) -> None:
    """Run one worker in the foreground."""
    if name not in roles.WORKERS:
        raise typer.BadParameter(f"there is no worker {name}; write one of {', '.join(roles.WORKERS)}")
    _run(f"worker-{name}")


def scheduler() -> None:
    """Run the scheduler in the foreground."""
    _run("scheduler")


def web() -> None:
    """Run the web server in the foreground."""
    _run("web")


def door() -> None:
    """Run the mail door in the foreground."""
    _run("door")


def run(role: Annotated[str, typer.Argument(help="web, door, scheduler, worker-interactive, …")]) -> None:
    """Run one process by the name of its role, as systemd units do."""
    if role not in roles.ROLES:
        raise typer.BadParameter(f"there is no {role}; write one of {', '.join(roles.ROLES)}")
    _run(role)


def _run(role: str) -> None:
    installation.load_django()
    if role == "web":
        installation.load_pages()
    roles.ROLES[role]()
