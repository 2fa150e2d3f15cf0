"""Looking through a million customers for planted duplicates: how many are found, how many are wrong, how long."""

from __future__ import annotations

import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable

import psutil
from django.db import connection

from peyvand.accounts.models import User
from peyvand.config.bench.duplicates_planted import ALIKE, MODEL, PLANTED, Planted, plant
from peyvand.config.bench.parties_data import fill_parties
from peyvand.core.long_job_slices import run_slice
from peyvand.core.models import LongJob
from peyvand.parties.matching import PROBABLE
from peyvand.parties.models import DuplicatePair, Party
from peyvand.parties.services.duplicates import start_scan

RECALL, PRECISION, SECONDS = 0.95, 0.98, 300.0

Say = Callable[[str], None]


def run(customers: int = 1_000_000, *, say: Say) -> bool:
    """Fill, plant, look through all of them, and compare with what is true; are the budgets kept?"""
    base = int(customers / (1 + PLANTED + ALIKE))
    if Party.objects.exists():
        raise RuntimeError("this benchmark needs an empty database; remove the folder of the benchmark")
    fill_parties(base, say=say)
    planted = plant(base)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) parties_party, parties_contactpoint, parties_profile")
    _tell_model(planted, say)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = _scan(say)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    beside = max((child.memory_info().rss / 1e6 for child in _children()), default=0)
    say(
        f"memory of the worker: {memory / 1024:.0f} MB at most, {before / 1024:.0f} MB before it began;"
        f" the process beside it {beside:.0f} MB at the end"
    )
    recall, precision = _judge(planted, say)
    return recall >= RECALL and precision >= PRECISION and seconds <= SECONDS


def _tell_model(planted: Planted, say: Say) -> None:
    told = Counter(error for errors in planted.errors.values() for error in errors)
    total = len(planted.originals)
    say(f"{total:,} duplicates planted, {planted.alike:,} relatives and colleagues at the phone of another")
    say("errors of the planted ones (several each; one address always stays): " + ", ".join(
        f"{name} {told[name] / total:.0%}" for name in MODEL
    ) + f", none {sum(not errors for errors in planted.errors.values()) / total:.0%}")  # fmt: skip


def _scan(say: Say) -> float:
    actor = User.objects.filter(is_superuser=True).order_by("pk")[0]
    begun, used, served = time.monotonic(), time.process_time(), _server()
    job = start_scan(actor=actor)
    slowest, slices, keys = 0.0, 0, 0.0
    while job.state in (LongJob.State.WAITING, LongJob.State.RUNNING):
        at = time.monotonic()
        run_slice(job.pk, job.attempt, rings=False)
        slowest, slices = max(slowest, time.monotonic() - at), slices + 1
        job.refresh_from_db()
        if job.cursor.get("step") == "pairs" and not keys:
            keys = time.monotonic() - begun
    if job.state != LongJob.State.DONE:
        raise RuntimeError(f"the look through all customers ended as {job.state}: {job.error} {job.result}")
    seconds = time.monotonic() - begun
    say(
        f"{Party.objects.count():,} customers looked through in {seconds:.0f} s (processor: worker"
        f" {time.process_time() - used:.0f} s, process beside it {_beside():.0f} s, PostgreSQL"
        f" {_server() - served:.0f} s; keys after {keys:.0f} s)"
        f" in {slices} slices, the slowest {slowest:.1f} s;"
        f" {job.result.get('compared', 0):,} pairs compared"
    )
    return seconds


def _server() -> float:
    """Seconds of processor that the server process of this connection has used."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        times = psutil.Process(cursor.fetchone()[0]).cpu_times()
    return float(times.user + times.system)


def _beside() -> float:
    """Seconds of processor that the process beside this one has used."""
    return float(sum(sum(child.cpu_times()[:2]) for child in _children()))


def _children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "postgres" not in child.name()]


def _judge(planted: Planted, say: Say) -> tuple[float, float]:
    groups: dict[int, list[int]] = defaultdict(list)
    for copy, original in planted.originals.items():
        groups[original].append(copy)
    group_of = {copy: original for original, copies in groups.items() for copy in (*copies, original)}
    found = set(DuplicatePair.objects.filter(score__gte=PROBABLE).values_list("first_id", "second_id"))
    right = {pair for pair in found if group_of.get(pair[0], -1) == group_of.get(pair[1], -2)}
    truth = {(original, copy) for copy, original in planted.originals.items()}
    missed = truth - found
    recall, precision = 1 - len(missed) / len(truth), len(right) / max(1, len(found))
    possible = DuplicatePair.objects.count()
    say(
        f"recall {recall:.4f}, precision {precision:.4f} at {PROBABLE} points ({len(found):,} pairs; {possible:,} kept)"
    )
    for name in MODEL:
        touched = [pair for pair in truth if name in planted.errors[pair[1]]]
        lost = sum(pair in missed for pair in touched)
        say(f"  with {name}: {1 - lost / max(1, len(touched)):.4f} of {len(touched):,}")
    _examples("missed", sorted(missed), say)
    _examples("wrong", sorted(found - right), say)
    return recall, precision


def _examples(what: str, pairs: list[tuple[int, int]], say: Say) -> None:
    reasons = {(a, b): r for a, b, r in DuplicatePair.objects.values_list("first_id", "second_id", "reasons")}
    for pair in pairs[:: max(1, len(pairs) // 5)][:5]:
        names = dict(Party.objects.filter(pk__in=pair).values_list("pk", "name"))
        told = " + ".join(reasons.get(pair, ["not compared, or below the limit"]))
        say(f"  {what}: {names.get(pair[0])} / {names.get(pair[1])}: {told}")
