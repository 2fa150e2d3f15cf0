"""Taking a list of customers out as a file: rows a second, processor time, and the memory while it is written.

`peyvand bench export [ROWS]`: a database that was filled before is used again as it is.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil
from django.db import connection

from peyvand.accounts.models import User
from peyvand.config.bench.parties_data import fill_parties
from peyvand.core import exports, long_job_files
from peyvand.core.list_selection import Selection
from peyvand.core.list_state import ListState
from peyvand.core.long_job_slices import run_slice
from peyvand.core.models import LongJob
from peyvand.core.sheets import Format
from peyvand.parties.services import exporting

LEAST = 30_000  # rows a second, of CSV
MOST_GROWTH = 60.0  # MB that memory may grow after the first slices
LONGEST_SLICE = 3.5  # seconds
FIRST = 3  # slices until everything is loaded

Say = Callable[[str], None]


@dataclass
class Run:
    """One export as it was measured."""

    rows: int
    seconds: float = 0.0
    python: float = 0.0
    database: float = 0.0
    longest: float = 0.0
    memory: list[float] = field(default_factory=list)


def run(customers: int = 1_000_000, *, say: Say) -> bool:
    """Fill, write the list in each format, take the file; return whether CSV is within its budgets."""
    fill_parties(customers, say=say)
    csv = _measured(Format.CSV, say)
    for kind in (Format.XLSX, Format.JSONL, Format.VCARD4) if customers <= 100_000 else ():
        _measured(kind, say)
    growth = max(csv.memory[FIRST:], default=0) - min(csv.memory[:FIRST])
    say(f"memory grew by {growth:.0f} MB after the first {FIRST} slices (budget {MOST_GROWTH:.0f})")
    rate = csv.rows / csv.seconds
    say(f"CSV: {rate:,.0f} rows/s (budget {LEAST:,}), the longest slice {csv.longest:.1f} s (budget {LONGEST_SLICE})")
    return rate >= LEAST and growth <= MOST_GROWTH and csv.longest <= LONGEST_SLICE


def _measured(kind: Format, say: Say) -> Run:
    user = User.objects.get(username="bench1")
    export = exporting.wanted(Selection(state=ListState()), columns=exporting.COLUMNS, format=kind)
    job = exports.start_export(actor=user, export=export)
    made = _written(job)
    begun = time.perf_counter()
    taken = long_job_files.take(job=job, user=user)
    size = sum(len(chunk) for chunk in taken.chunks)
    read = time.perf_counter() - begun
    processor = f"processor: Python {made.python:.1f} s, PostgreSQL {made.database:.1f} s"
    say(
        f"{kind.value}: {made.rows:,} rows of {len(export.columns)} columns in {made.seconds:.1f} s,"
        f" {made.rows / made.seconds:,.0f} rows/s; {processor}; {size / 1e6:.0f} MB, read again in {read:.1f} s"
    )
    say("  memory after each slice, MB: " + " ".join(f"{each:.0f}" for each in made.memory))
    job.delete()
    return made


def _written(job: LongJob) -> Run:
    """Run the slices one after the other, as a worker does."""
    ours, theirs = psutil.Process(), _backend()
    made = Run(rows=0)
    before = sum(ours.cpu_times()[:2]), sum(theirs.cpu_times()[:2])
    begun = time.perf_counter()
    while job.state in (LongJob.State.WAITING, LongJob.State.RUNNING):
        start = time.perf_counter()
        run_slice(job.pk, job.attempt)
        made.longest = max(made.longest, time.perf_counter() - start)
        job.refresh_from_db()
        made.memory.append(ours.memory_info().rss / 1e6)
    made.seconds = time.perf_counter() - begun
    made.rows = job.done
    made.python = sum(ours.cpu_times()[:2]) - before[0]
    made.database = sum(theirs.cpu_times()[:2]) - before[1]
    if job.state != LongJob.State.DONE:
        raise RuntimeError(f"the export ended as {job.state}: {job.error}")
    return made


def _backend() -> psutil.Process:
    """The process of the database that serves us; ourselves where it runs on another machine."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return psutil.Process(pid) if psutil.pid_exists(pid) else psutil.Process(os.getpid())
