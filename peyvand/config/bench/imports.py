"""A table of a million rows into a base of a million customers: read, matched, written, and taken back.

`peyvand bench import [ROWS] [CUSTOMERS]`; a data folder that holds customers already is used as it is,
so that a loaded million serves many runs. The file follows from its numbers and is the same each time.
"""

import io
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import psutil
from django.db import connection

from peyvand.accounts.models import User
from peyvand.config.bench.parties_data import fill_parties
from peyvand.config.bench.parties_people import Customer, customer, dice, points_of
from peyvand.core import sheets
from peyvand.core.imports import services
from peyvand.core.imports.types import ColumnPlan, FieldRule, Mode, Plan
from peyvand.core.long_job_slices import OPEN, run_slice
from peyvand.core.models import Import, LongJob
from peyvand.parties.importing import importer
from peyvand.parties.models import Party

HOST = importer.IMPORTER.host
Say = Callable[[str], None]
ROWS, CUSTOMERS, SHEET_ROWS = 1_000_000, 1_000_000, 200_000
BUDGET, SHEET_BUDGET, UNDO_SECONDS, MEMORY = 10_000, 4_000, 300, 400
UNCHANGED, CHANGED = 70, 90  # of a hundred rows: known and as they are, known with other cells; the rest are new
HEADS = ("نام و نام خانوادگی", "تلفن", "ایمیل", "شهر", "سمت", "وضعیت")
FIELDS = ("name", "phone", "email", "city", "job_title", "life_cycle")
_STAGES = {"potential": "بالقوه", "current": "فعلی", "dissatisfied": "ناراضی", "lost": "ازدست‌رفته"}


@dataclass
class _Meter:
    """Wall time, processor time of this process and its children, and of the server."""

    wall: float = field(default_factory=time.monotonic)
    own: float = field(default_factory=lambda: _own())
    server: float = field(default_factory=lambda: _server())

    def told(self, what: str, rows: int) -> tuple[str, float]:
        wall, own, server = time.monotonic() - self.wall, _own() - self.own, _server() - self.server
        rate = rows / max(wall, 0.001)
        spent = f"Python {own:.1f} s, PostgreSQL {server:.1f} s"
        return f"{what}: {rows:,} rows in {wall:.1f} s ({rate:,.0f} rows/s; {spent})", rate


def _lanes() -> list[psutil.Process]:
    """The processes beside this one that write blocks or read files."""
    return [child for child in psutil.Process().children(recursive=True) if child.name() != "postgres"]


def _spent(process: psutil.Process) -> float:
    """Processor seconds of a process; none when it has ended meanwhile."""
    with suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0


def _own() -> float:
    """Processor seconds of this process, of children that ended, and of those that work."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime + sum(map(_spent, _lanes()))


def _server() -> float:
    """Processor seconds of all processes of the server, because lanes have connections of their own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0]).parent()
    if server is None:
        raise RuntimeError("the server is on another machine")
    ended = server.cpu_times()
    return float(ended.children_user + ended.children_system) + sum(map(_spent, [server, *server.children()]))


def _memory() -> float:
    """Megabytes that this process and its children hold now."""
    held = 0
    for process in [psutil.Process(), *_lanes()]:
        with suppress(psutil.NoSuchProcess):
            held += process.memory_info().rss
    return held / 1024**2


def run(rows: int = ROWS, customers: int = CUSTOMERS, *, say: Say) -> bool:
    """Fill, import three tables and take each back; return whether all are within their budgets."""
    fill_parties(customers, say=say)
    known = Party.objects.filter(pk__lte=customers).count()
    actor = User.objects.filter(is_superuser=True).order_by("pk")[0]
    say(f"{known:,} customers; of 100 rows 70 are known and as they are, 20 known with other cells, 10 new")
    sheet = min(rows, SHEET_ROWS)
    made = _measure(actor, say, ("mixed CSV", rows, BUDGET), csv_of(rows, known))
    made &= _measure(actor, say, ("CSV of new rows", rows // 5, 0), csv_of(rows // 5, 0, salt=rows))
    return made & _measure(actor, say, ("mixed XLSX", sheet, SHEET_BUDGET), xlsx_of(sheet, known))


def _measure(actor: User, say: Say, task: tuple[str, int, int], pieces: Iterator[bytes]) -> bool:
    what, rows, budget = task
    name = "customers.xlsx" if "XLSX" in what else "customers.csv"
    meter = _Meter()
    item = services.upload(actor=actor, host=HOST, file_name=name, pieces=pieces)
    say(meter.told(f"{what}, uploaded", rows)[0])
    whole = _Meter()
    meter = _Meter()
    _work(item.read_job)
    say(meter.told(f"{what}, read", rows)[0])
    item.refresh_from_db()
    if item.state != Import.State.READY:
        raise RuntimeError(f"the file was refused: {item.error}")
    item = services.save_plan(actor=actor, import_id=item.pk, plan=plan_of())
    meter = _Meter()
    job = services.start_import(actor=actor, import_id=item.pk)
    curve = _work(job)
    say(meter.told(f"{what}, matched and written", rows)[0])
    text, rate = whole.told(f"{what}, read to searchable", rows)
    say(f"{text}, budget {budget:,}" if budget else text)
    result = LongJob.objects.get(pk=job.pk).result
    if result.get("refuse", 0) > rows // 100:
        raise RuntimeError(f"{result['refuse']:,} rows were refused: this measures nothing")
    say(
        f"{what}: " + ", ".join(f"{name} {count:,}" for name, count in sorted(result.items()) if isinstance(count, int))
    )
    say(f"{what}, memory over the run: " + " ".join(f"{each:.0f}" for each in curve) + f" MB (budget {MEMORY})")
    meter = _Meter()
    _work(services.start_undo(actor=actor, import_id=item.pk))
    text, _rate = meter.told(f"{what}, taken back", rows)
    taken = time.monotonic() - meter.wall
    say(f"{text}, budget {UNDO_SECONDS} s for {ROWS:,}")
    Import.objects.filter(pk=item.pk).delete()
    return rate >= budget and max(curve) <= MEMORY and taken <= UNDO_SECONDS * max(0.2, rows / ROWS)


def _work(job: LongJob | None) -> list[float]:
    """Run the slices of a job one after the other; return the memory about ten times on the way."""
    if job is None:
        raise ValueError("there is no such work")
    curve: list[float] = []
    job.refresh_from_db()
    while job.state in OPEN:
        before = job.attempt
        run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
        curve.append(_memory())
        if job.attempt == before and job.state in OPEN:
            raise RuntimeError(f"a slice of {job.kind} failed")
    if job.state != LongJob.State.DONE:
        raise RuntimeError(f"{job.kind} ended as {job.state}: {job.error} {job.result.get('fault', '')}")
    step = max(1, len(curve) // 10)
    return curve[::step]


def plan_of() -> Plan:
    """All columns written over, found by phone."""
    columns = [
        ColumnPlan(index=at, field=name, header=HEADS[at], rule=FieldRule.OVERWRITE) for at, name in enumerate(FIELDS)
    ]
    return Plan(mode=Mode.BOTH, key="phone", columns=columns, quiet=True)


def rows_of(count: int, known: int, *, salt: int = 0) -> Iterator[tuple[str, ...]]:
    """The rows of the file, over the known customers in an order that looks like chance."""
    step = _coprime(known) if known else 1
    for number in range(count):
        place = number % 100
        if known and place < CHANGED:
            someone = customer(1 + (number * step) % known, known)
            yield _row_of(someone, number, is_changed=place >= UNCHANGED)
        else:
            yield _new_row(number, salt)


def _coprime(known: int) -> int:
    """A step by which all customers are met once; 611 and its like share nothing with round numbers."""
    return next(step for step in (611_953, 7_919, 104_729) if known % step)


def _spelled(value: str, number: int) -> str:
    national = value[3:]
    return (f"0{national}", national, f"+98{national}", f"0{national[:3]} {national[3:6]} {national[6:]}")[number % 4]


def _row_of(someone: Customer, number: int, *, is_changed: bool) -> tuple[str, ...]:
    points = points_of(someone)
    first = next(value for kind, value in points if kind in {"mobile", "phone"})
    mails = [value for kind, value in points if kind == "email"]
    name = " ".join(each.shown for each in someone.name)
    job, city, mail = someone.job.shown, someone.city[0].shown, mails[0] if mails else ""
    if is_changed and number % 2:
        job = f"{job or 'کارشناس'} {number % 7 + 1}"
    elif is_changed:
        job, mail = f"مدیر {number % 9 + 1}", mail or f"row{number}.of{someone.n}@filled.example"
    return name, _spelled(first, number), mail, city, job, _STAGES[someone.cycle]


def _new_row(number: int, salt: int) -> tuple[str, ...]:
    n = 5_000_000 + salt + number
    someone = customer(n, n)
    name = " ".join(each.shown for each in someone.name)
    value = f"+989{400_000_000 + (salt + number) * 7_368_787 % 500_000_000}"
    return (name, _spelled(value, number), f"new{n}@row.example" if dice(n, 7) % 2 else "", someone.city[0].shown,
            someone.job.shown, _STAGES[someone.cycle])  # fmt: skip


def csv_of(count: int, known: int, *, salt: int = 0) -> Iterator[bytes]:
    """The file in pieces of about a megabyte, as a spreadsheet writes it."""
    buffer = io.StringIO()
    buffer.write("\ufeff" + ",".join(HEADS) + "\r\n")
    for row in rows_of(count, known, salt=salt):
        buffer.write(",".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\r\n")
        if buffer.tell() > 600_000:
            yield buffer.getvalue().encode()
            buffer = io.StringIO()
    yield buffer.getvalue().encode()


def xlsx_of(count: int, known: int) -> Iterator[bytes]:
    """The same rows as a workbook."""
    return sheets.whole(sheets.Format.XLSX, [HEADS, *rows_of(count, known)])
