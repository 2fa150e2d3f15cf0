"""Three ways to serve pages, measured in one run: WSGI threads, Django's ASGI handler, our bridge.

`peyvand bench servers [REQUESTS [ROUNDS]]`; the decision is docs/adr/0002-asgi-or-wsgi.md.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from typing import Any

from django.core.asgi import get_asgi_application
from django.db import connection, connections
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import Interfaces, Loops

from peyvand.accounts.models import User
from peyvand.accounts.services import create_first_admin
from peyvand.config.bench.load import Client, Times
from peyvand.config.bench.stack import memory_of
from peyvand.core.loopback import free_port

PAGE = "/profile/"
CLIENTS = 8
fork = multiprocessing.get_context("fork")

WAYS: dict[str, tuple[Interfaces, Callable[[], Any]]] = {
    "WSGI, 4 threads": (Interfaces.WSGI, lambda: import_string("peyvand.config.wsgi.application")),
    "Django's ASGI handler": (Interfaces.ASGINL, get_asgi_application),
    "bridge, 4 threads": (Interfaces.ASGINL, lambda: import_string("peyvand.config.asgi.application")),
}


def run(requests: int = 240, rounds: int = 3, *, say: Callable[[str], None]) -> bool:
    """Measure each way `rounds` times, in turn, so that the machine's moods meet all; keep the best round of each."""
    create_first_admin()
    user = User.objects.order_by("pk").first()
    best: dict[str, tuple[float, Times, float, int]] = {}
    for number in range(rounds):
        for name in WAYS:
            found = _measure(name, user, requests)
            say(f"round {number + 1} of {rounds}, {name}: {found[0]:.0f} pages/s")
            if name not in best or found[0] > best[name][0]:
                best[name] = found
    say(f"{'':<24}{'pages/s':>9}{'p50 ms':>9}{'p95 ms':>9}{'MB PSS':>9}{'db conns':>9}")
    for name, (rate, times, memory, backends) in best.items():
        say(f"{name:<24}{rate:>9.0f}{times.median:>9.1f}{times.p95:>9.1f}{memory:>9.0f}{backends:>9}")
    return True


def _measure(name: str, user: User | None, requests: int) -> tuple[float, Times, float, int]:
    port = free_port()
    connections.close_all()
    server = fork.Process(target=_serve, args=(name, port))
    server.start()
    _wait(port)
    begun = time.perf_counter()
    with fork.Pool(CLIENTS) as pool:
        parts = pool.starmap(_ask, [(port, user, requests // CLIENTS)] * CLIENTS)
    rate = requests / (time.perf_counter() - begun)
    memory = memory_of(server.pid or 0)
    backends = _backends()
    os.kill(server.pid or 0, signal.SIGTERM)
    server.join(20)
    if server.is_alive():
        server.kill()
    return rate, Times.of([seconds for part in parts for seconds in part]), memory, backends


def _serve(name: str, port: int) -> None:
    logging.disable(logging.WARNING)
    interface, load = WAYS[name]
    if load is get_asgi_application:  # a thread per request: kept connections would fill the database
        connections["default"].settings_dict["CONN_MAX_AGE"] = 0
    options: dict[str, Any] = {"blocking_threads": 4} if interface == Interfaces.WSGI else {"loop": Loops.uvloop}
    Granian("x:y", address="127.0.0.1", port=port, interface=interface, log_enabled=False, **options).serve(
        target_loader=load, wrap_loader=False
    )


def _ask(port: int, user: User | None, count: int) -> list[float]:
    client = Client(port=port, user=user)
    connections.close_all()
    return [client.get(PAGE) for _ in range(count)]


def _wait(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            Client(port=port, user=None).get("/healthz")
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"nothing answers on port {port}")


def _backends() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])
