"""`peyvand up`: everything that an installation needs, under one supervisor."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connections
from rich.console import Console

from peyvand.config import installation, processes
from peyvand.config.messages import compile_messages
from peyvand.config.postgres import PostgresProblem
from peyvand.config.supervisor import Child, Supervisor, share_memory
from peyvand.web.build import build

# Intake stops first, then the work, the database last.
DOORS, WORK, DATABASE = 1, 2, 3
FIRST_DEPARTMENT = "peyvand.accounts.services.ensure_first_department"
COLOURS = {"web": "cyan", "door": "magenta", "scheduler": "blue"}


def up() -> None:
    """Start the whole installation here and stay with it until Ctrl-C."""
    console = Console(highlight=False)
    begun = time.monotonic()
    installation.load_settings()
    with installation.only_one(Path(settings.DATA)):
        supervisor = Supervisor(console=console)
        try:
            _start(supervisor, console, begun)
            supervisor.run()
        except PostgresProblem:
            supervisor.stop()
            raise
        finally:
            if not supervisor.stopping:
                supervisor.stop()
        console.print("[dim]Stopped.[/]")


def _start(supervisor: Supervisor, console: Console, begun: float) -> None:
    if build():
        console.print("[dim]The front end is built.[/]")
    compile_messages()
    if installation.is_embedded():
        _start_database(supervisor)
    installation.load_django()
    _wait_for_database(supervisor)
    with supervisor.aside(lambda: _prepare(console)), supervisor.listening():
        installation.load_pages()
    connections.close_all()
    if supervisor.stopping:
        return
    share_memory()
    for role, run in processes.ROLES.items():
        if role != "door" or processes.is_here(processes.DOOR):
            stage, grace = (DOORS, 10) if role in {"web", "door"} else (WORK, 24)
            supervisor.add(Child(name=role, colour=COLOURS.get(role, "green"), stage=stage, grace=grace, run=run))
    console.print(f"[bold green]Peyvand is at {settings.BASE_URL}[/]  [dim]({time.monotonic() - begun:.1f} s)[/]")


def _prepare(console: Console) -> None:
    """Bring the database up to date and fill an empty one, in a process of its own: it takes much memory once."""
    if installation.migrate():
        console.print("[dim]The database is up to date.[/]")
    if erased := installation.call(installation.ERASURES):
        console.print(f"[yellow]{erased} customers of a restored backup were erased again.[/]")
    _greet_first_administrator(console)
    _load_demo(console)
    installation.call(FIRST_DEPARTMENT)


def _start_database(supervisor: Supervisor) -> None:
    cluster = installation.cluster()
    cluster.stop()  # one that a killed command left behind
    supervisor.add(
        Child(
            name="postgres",
            colour="yellow",
            stage=DATABASE,
            grace=8,
            start=lambda output: cluster.spawn(output=output),
            stop_signal=2,
        )
    )


def _wait_for_database(supervisor: Supervisor) -> None:
    if not installation.is_embedded():
        return
    cluster = installation.cluster()
    end = time.monotonic() + 60
    while not cluster.is_ready():
        supervisor.turn(0.02)
        if supervisor.stopping or time.monotonic() > end:
            raise PostgresProblem("PostgreSQL did not start within a minute; its lines above say why")
    cluster.ensure_database()


def _greet_first_administrator(console: Console) -> None:
    password = installation.first_administrator()
    if password:
        console.print("\n[bold]The first administrator[/] (shown only once)")
        console.print(f"  name      [bold]{installation.FIRST_USERNAME}[/]\n  password  [bold]{password}[/]\n")


def _load_demo(console: Console) -> None:
    if installation.demo_is_wanted() and processes.is_here(installation.DEMO) and installation.is_empty():
        with console.status("Loading the demo company …"):
            installation.call(installation.DEMO)
        console.print("[dim]The demo company is loaded (DEMO=0 leaves it out).[/]")


def memory_of_children() -> float:
    """MB of memory of this process and all below it, shared pages counted once (PSS)."""
    whole = psutil.Process()
    return float(sum(each.memory_full_info().pss for each in [whole, *whole.children(recursive=True)]) / 1e6)
