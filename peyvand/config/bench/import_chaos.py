"""A table is read, written and taken back while the database is killed with SIGKILL again and again.

After each kill nothing is half written; each of the three works goes on by itself once the database is back, and at
the end every row was written once and taken back once. `peyvand bench import_chaos [ROWS]`; a smaller run is in
tests/chaos.
"""

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable
from typing import TypeVar

import psutil
from django.apps import apps
from django.db import DatabaseError, InterfaceError, connection

from peyvand.accounts.models import User
from peyvand.config.bench.imports import HOST, csv_of, plan_of
from peyvand.config.bench.stack import process, wait_for_answer
from peyvand.config.installation import is_embedded
from peyvand.core.imports import blocks, services
from peyvand.core.loopback import free_port
from peyvand.core.models import Import, ImportBlock, LongJob
from peyvand.parties.models import ContactPoint, Party, PartyFacts

ROWS = 60_000
KILLS = 3  # in each of reading, writing and taking back
PAUSES = (0.3, 2.0)  # seconds of work before a kill
LONGEST = 240.0  # seconds for one of the three
SEED = 20261130
OPEN = (LongJob.State.WAITING, LongJob.State.RUNNING)

T = TypeVar("T")
Say = Callable[[str], None]


def run(rows: int = ROWS, *, say: Say) -> bool:
    """Import and undo under fire; print what was found; True when nothing was lost, doubled or halved."""
    if not is_embedded():
        raise RuntimeError("this benchmark kills its database: it runs on the embedded one only")
    port, door = free_port(), free_port()
    with process("up", PORT=str(port), PEYVAND_SMTP_PORT=str(door), PEYVAND_BASE_URL="", DEMO="0") as supervisor:
        wait_for_answer(port, supervisor)
        return _Storm(supervisor.pid, rows, say).rage()


class _Storm:
    """One run. said: what did not hold."""

    def __init__(self, supervisor: int, rows: int, say: Say) -> None:
        self.supervisor, self.rows, self.say = supervisor, rows, say
        self.dice = random.Random(SEED)  # noqa: S311  # the same storm every time
        self.said: list[str] = []
        self.before = _insist(Party.objects.count)

    def rage(self) -> bool:
        actor = _insist(_actor)
        data = b"".join(csv_of(self.rows, 0))
        item = _insist(lambda: services.upload(actor=actor, host=HOST, file_name="storm.csv", pieces=[data]))
        self._under_fire("reading", item.read_job_id)
        self._check_read(item.pk)
        _insist(lambda: services.save_plan(actor=actor, import_id=item.pk, plan=plan_of()))
        job = _insist(lambda: services.start_import(actor=actor, import_id=item.pk))
        self._under_fire("writing", job.pk)
        self._check_written(job.pk)
        undo = _insist(lambda: services.start_undo(actor=actor, import_id=item.pk))
        self._under_fire("taking back", undo.pk)
        self._insist_on("every row is gone again", _insist(Party.objects.count) == self.before)
        self._insist_on("its state says so", _insist(lambda: Import.objects.get(pk=item.pk).state) == "undone")
        return not self.said

    def _under_fire(self, what: str, job_id: int | None) -> None:
        """Kill the database while a job runs, then let it come to its end by itself."""
        begun, kills = time.monotonic(), 0
        while _state(job_id) in OPEN and time.monotonic() - begun < LONGEST:
            if kills < KILLS:
                time.sleep(self.dice.uniform(*PAUSES))
                kills += self._kill()
                self._insist_on(f"nothing half written in {what}", _insist(self._is_whole))
            time.sleep(0.2)
        state = _state(job_id)
        self.say(f"{what}: {state} after {kills} kills and {time.monotonic() - begun:.0f} s")
        self._insist_on(f"{what} came to its end", state in {"done", "undone"})
        self._insist_on(f"the database was killed in {what}", kills > 0)

    def _kill(self) -> int:
        """End the postmaster; its backends end with it."""
        for child in psutil.Process(self.supervisor).children():
            if child.name() == "postgres" and child.status() != psutil.STATUS_ZOMBIE:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGKILL)
                    return 1
        return 0

    def _is_whole(self) -> bool:
        """Has every customer his phone, his facts and his row in the history, and are cursor and blocks one?"""
        history = apps.get_model("parties", "PartyEvent")._default_manager
        parties = Party.objects.count()
        made = history.filter(pgh_label="insert").values("pgh_obj_id").distinct().count()
        gone = history.filter(pgh_label="delete").values("pgh_obj_id").distinct().count()
        reached = ContactPoint.objects.filter(kind__in=("mobile", "phone")).values("party_id").distinct().count()
        return bool(reached == parties == PartyFacts.objects.count() == made - gone)

    def _check_read(self, import_id: int) -> None:
        found = _insist(lambda: list(ImportBlock.objects.filter(of=import_id).order_by("number")))
        rows = [row for block in found for row in blocks.cells_of(block.rows)]
        self._insist_on("every row was read", len(rows) == self.rows)
        self._insist_on("and once", len({tuple(row) for row in rows}) == self.rows)

    def _check_written(self, job_id: int) -> None:
        job = _insist(lambda: LongJob.objects.get(pk=job_id))
        self._insist_on("every row is counted", job.result.get("add") == self.rows == job.done)
        self._insist_on("every row was written", _insist(Party.objects.count) == self.before + self.rows)
        once = _insist(lambda: Party.objects.exclude(version=1).count())
        self._insist_on("and once", once == 0)

    def _insist_on(self, what: str, holds: bool) -> None:
        if not holds:
            self.said.append(what)
            self.say(f"does not hold: {what}")


def _actor() -> User:
    """The first administrator, whom the start of an empty installation makes."""
    return User.objects.filter(is_superuser=True).order_by("pk")[0]


def _state(job_id: int | None) -> str:
    return str(_insist(lambda: LongJob.objects.filter(pk=job_id or 0).values_list("state", flat=True)[0]))


def _insist(ask: Callable[[], T]) -> T:
    """Ask the database until it is there again."""
    deadline = time.monotonic() + 90
    while True:
        try:
            return ask()
        except (DatabaseError, InterfaceError):
            connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
