"""The memory of everything at rest: `peyvand up` with the demo company, two minutes after its start."""

import time
from collections.abc import Callable

import psutil

from peyvand.config.bench.load import Client
from peyvand.config.bench.stack import free_port, process, wait_for_answer

WHOLE, WEB = 700.0, 200.0  # MB
REST = 60  # seconds


def run(*, say: Callable[[str], None]) -> bool:
    """Start everything, ask some pages, let it rest, add up the proportional memory of all processes."""
    port = free_port()
    with process("up", PORT=str(port), PEYVAND_SMTP_PORT=str(free_port()), PEYVAND_BASE_URL="") as supervisor:
        wait_for_answer(port, supervisor)
        client = Client(port=port, user=None)
        for _ in range(200):
            client.get("/accounts/login/")
        time.sleep(REST)
        sizes = [(_name(p), p.memory_full_info().pss / 1e6) for p in _family(supervisor.pid)]
    for name, size in sorted(sizes, key=lambda row: -row[1]):
        say(f"  {size:6.1f} MB  {name}")
    whole = sum(size for _, size in sizes)
    web = max(size for name, size in sizes if "granian" in name or "web" in name)
    say(f"everything at rest: {whole:.0f} MB (budget {WHOLE:.0f}); the web worker: {web:.0f} MB (budget {WEB:.0f})")
    return whole <= WHOLE and web <= WEB


def _family(pid: int) -> list[psutil.Process]:
    whole = psutil.Process(pid)
    return [whole, *whole.children(recursive=True)]


def _name(process: psutil.Process) -> str:
    return " ".join(process.cmdline())[-70:] or process.name()
