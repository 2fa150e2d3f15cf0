"""The real parts that a benchmark runs against: server processes on the benchmark's own database."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import psutil

LONGEST_START = 600  # seconds, of a machine that does other things as well


@contextmanager
def process(*command: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a `peyvand` command beside us and stop it cleanly at the end."""
    started = subprocess.Popen(  # noqa: S603  # our own command line, nothing from outside
        [sys.executable, "-m", "peyvand.config.cli", *command], env={**os.environ, **environment}
    )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(30)
        except subprocess.TimeoutExpired:
            started.kill()


@contextmanager
def web_server(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the product's web server on `port` and wait until it answers."""
    with process("web", PORT=str(port), PEYVAND_BIND="127.0.0.1") as server:
        wait_for_answer(port, server)
        yield server


def wait_for_answer(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the web server answers; RuntimeError when it ends before, or after ten minutes."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
    if server.poll() is not None:
        raise RuntimeError(f"the web server ended with {server.returncode} before it answered")
    raise RuntimeError("the web server did not answer within ten minutes")


def memory_of(pid: int) -> float:
    """Return the proportional memory (PSS) of a process and its children in MB."""
    whole = psutil.Process(pid)
    return sum(p.memory_full_info().pss for p in [whole, *whole.children(recursive=True)]) / 1e6
