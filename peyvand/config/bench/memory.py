"""The memory of everything at rest: `peyvand up` with the demo company, two minutes after its start."""

import time
from collections.abc import Callable

import psutil

from peyvand.config.bench.load import Client
from peyvand.config.bench.stack import process, wait_for_answer
from peyvand.core.loopback import free_port

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
        family = [(p.name(), p.memory_full_info()) for p in _family(supervisor.pid)]
    for name, used in sorted(family, key=lambda row: -row[1].pss):
        say(f"  {used.pss / 1e6:6.1f} MB of its own and its share, {used.rss / 1e6:6.1f} MB in sight  {name}")
    whole = sum(used.pss for _, used in family) / 1e6
    web = max(used.rss for name, used in family if "postgres" not in name) / 1e6
    say(f"everything at rest: {whole:.0f} MB, shared pages counted once (budget {WHOLE:.0f})")
    say(f"the largest process of ours, shared pages and all: {web:.0f} MB (budget of a web worker {WEB:.0f})")
    return whole <= WHOLE and web <= WEB


def _family(pid: int) -> list[psutil.Process]:
    whole = psutil.Process(pid)
    return [whole, *whole.children(recursive=True)]
