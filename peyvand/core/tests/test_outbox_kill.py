"""A worker killed at any moment: every effect happens exactly once."""

import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.db import connection, connections, transaction

from peyvand.core import events, outbox
from peyvand.core.events import Event, Reaction, publish_many
from peyvand.core.models import OutboxDelivery
from peyvand.core.queue import Queue

HERE = "peyvand.core.tests.test_outbox_kill"
EVENTS = 400


@dataclass(frozen=True, kw_only=True)
class Counted(Event):
    name: ClassVar[str] = "tests.counted"
    number: int


def count(event: Counted) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kill_effects VALUES (%s, 'one')", [event.number])


def count_many(batch: list[Counted]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO kill_effects VALUES (%s, 'many')", [[event.number] for event in batch])


@pytest.fixture
def effects(transactional_db) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kill_effects (number int, reaction text)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE kill_effects")


def drain_in_a_process_and_kill_it(after: float) -> None:
    connections.close_all()
    pid = os.fork()
    if not pid:
        try:
            while outbox.drain(Queue.INBOUND):
                pass
        finally:
            os._exit(0)
    time.sleep(after)  # the moment of the kill, not a wait for something
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def test_every_effect_happens_once_though_workers_are_killed(effects, monkeypatch: pytest.MonkeyPatch) -> None:
    events.reaction_at.cache_clear()
    table = {Counted: [Reaction(f"{HERE}.count"), Reaction(f"{HERE}.count_many", batch=20)]}
    monkeypatch.setattr(events, "reactions", lambda: table)
    monkeypatch.setattr(outbox, "LEASE", 0.2)
    monkeypatch.setattr(outbox, "MAX_ATTEMPTS", 1000)
    with transaction.atomic():
        publish_many(Counted(number=number) for number in range(EVENTS))
    chance = random.Random(20261122)
    for _ in range(12):
        drain_in_a_process_and_kill_it(chance.uniform(0.01, 0.12))
    deadline = time.monotonic() + 60
    while OutboxDelivery.objects.exclude(state="done").exists() and time.monotonic() < deadline:
        outbox.drain(Queue.INBOUND)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reaction, count(*), count(DISTINCT number) FROM kill_effects GROUP BY reaction")
        assert sorted(cursor.fetchall()) == [("many", EVENTS, EVENTS), ("one", EVENTS, EVENTS)]
    events.reaction_at.cache_clear()
