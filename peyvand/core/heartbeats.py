"""Each process says every few seconds that it is alive; whoever is silent or dead is found by it."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from peyvand.core.models import Heartbeat

logger = logging.getLogger(__name__)

EVERY = 5.0  # seconds between two beats
SILENT = timedelta(seconds=60)
FORGOTTEN = timedelta(days=1)


@cache
def this_machine() -> str:
    """A name that changes with every start of the computer and differs between containers on it."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()[:13]
        return f"{socket.gethostname()[:60]}:{boot}:{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return socket.gethostname()[:60]


def is_running(pid: int) -> bool:
    """Does a process with this number exist here (and is not a corpse that nobody collected)?"""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] not in {"Z", "X"}


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """One process as others see it; `age` in seconds since it was last heard."""

    process: str
    role: str
    started_at: datetime
    age: float

    @property
    def alive(self) -> bool:
        return self.age < SILENT.total_seconds()


class Heart(threading.Thread):
    """Beats in its own thread, on a connection opened for the moment only.

    worker: answers the process's number in the queue once it has one;
    check: raises when the process does not do its work any more; then it ends, to be started anew.
    """

    def __init__(
        self, *, role: str, worker: Callable[[], int | None] = lambda: None, check: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(name="heart", daemon=True)
        self.role = role
        self.worker = worker
        self.check = check
        self.started_at = timezone.now()
        self.process = f"{role}@{socket.gethostname()[:60]}:{os.getpid()}"
        self._stopped = threading.Event()

    def run(self) -> None:
        wait = 0.2
        while not self._stopped.wait(wait):
            try:
                self.check()
            except Exception:
                logger.exception("%s hangs and is ended", self.process)
                os._exit(70)
            self.beat()
            wait = EVERY if self.role.startswith("worker") is (self.worker() is not None) else 0.2

    def beat(self) -> None:
        try:
            Heartbeat.objects.update_or_create(
                process=self.process,
                defaults={
                    "role": self.role,
                    "machine": this_machine(),
                    "pid": os.getpid(),
                    "worker": self.worker(),
                    "started_at": self.started_at,
                    "beat_at": timezone.now(),
                },
            )
        except (DatabaseError, InterfaceError) as error:
            logger.warning("no heartbeat could be written: %s", str(error).strip())
        finally:
            connection.close()

    def stop(self) -> None:
        """The process ends on purpose: take its row away."""
        self._stopped.set()
        self.join(timeout=2)
        try:
            Heartbeat.objects.filter(process=self.process).delete()
        except (DatabaseError, InterfaceError):
            pass
        finally:
            connection.close()


def pulses() -> list[Pulse]:
    """Every process heard within a day, by role."""
    now = timezone.now()
    rows = Heartbeat.objects.filter(beat_at__gt=now - FORGOTTEN).order_by("role", "process")
    return [
        Pulse(process=row.process, role=row.role, started_at=row.started_at, age=(now - row.beat_at).total_seconds())
        for row in rows
    ]


def bury_dead() -> list[int]:
    """Delete the rows of processes of this machine that do not exist any more; return their queue numbers."""
    dead = [row for row in Heartbeat.objects.filter(machine=this_machine()) if not is_running(row.pid)]
    Heartbeat.objects.filter(process__in=[row.process for row in dead]).delete()
    Heartbeat.objects.filter(beat_at__lt=timezone.now() - FORGOTTEN).delete()
    return [row.worker for row in dead if row.worker is not None]
