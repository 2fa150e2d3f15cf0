"""The supervisor: restarts whatever ends, stops in order, and takes everybody along when it is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = """
import sys, time
from rich.console import Console
from peyvand.config.supervisor import Child, Supervisor

def forever():
    print("alive", flush=True)
    time.sleep(600)

def ends():
    print("done", flush=True)

supervisor = Supervisor(console=Console(width=200))
supervisor.add(Child(name="first", colour="red", stage=1, grace=5, run=forever))
supervisor.add(Child(name="second", colour="red", stage=2, grace=5, run=forever))
supervisor.add(Child(name="ends", colour="red", stage=1, grace=5, run=ends))
print("children", *[child.pid for child in supervisor.children if child.name != "ends"], flush=True)
supervisor.run()
"""


class Run:
    """A supervisor in its own process, its output in a file."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=log, stderr=log)

    def text(self) -> str:
        return self.log.read_text()

    def children(self) -> list[int]:
        line = next(line for line in self.text().splitlines() if line.startswith("children"))
        return [int(pid) for pid in line.split()[1:]]


def wait_until(true: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@pytest.fixture
def run(tmp_path: Path):
    made = Run(tmp_path)
    wait_until(lambda: made.text().count("alive") >= 2 and "children" in made.text())
    yield made
    if made.process.poll() is None:
        made.process.kill()
        made.process.wait()


def test_a_child_that_ended_with_zero_or_was_killed_is_started_again(run: Run) -> None:
    os.kill(run.children()[0], signal.SIGKILL)
    wait_until(lambda: run.text().count("alive") >= 3 and run.text().count("done") >= 2)
    assert "ended (signal 9)" in run.text()
    assert "ended (code 0)" in run.text()


def test_a_signal_stops_everybody(run: Run) -> None:
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(20) == 0
    assert not any(is_alive(pid) for pid in run.children())


def test_nobody_is_left_when_the_supervisor_is_killed(run: Run) -> None:
    run.process.kill()
    run.process.wait()
    wait_until(lambda: not any(is_alive(pid) for pid in run.children()))


TALKER = """
import os, sys, threading, time
from rich.console import Console
from peyvand.config.supervisor import Child, Supervisor

def talks():
    sys.stdout.write("x" * 1_000_000 + chr(10))
    print("it is said", flush=True)
    time.sleep(600)

supervisor = Supervisor(console=Console(width=200))
supervisor.add(Child(name="talker", colour="red", stage=1, grace=1, run=talks))
with supervisor.listening():
    time.sleep(float(sys.argv[1]))
print("threads", threading.active_count(), flush=True)
supervisor.stop()
"""


def test_a_child_that_says_much_during_long_work_does_not_stand_still() -> None:
    done = subprocess.run([sys.executable, "-c", TALKER, "1.5"], capture_output=True, text=True, timeout=60, check=True)
    assert "it is said" in done.stdout
    assert "1,000,000 letters" in done.stdout and len(done.stdout) < 10_000
    assert "threads 1" in done.stdout


ASIDE = """
import os, sys, time
from rich.console import Console
from peyvand.config.supervisor import Supervisor

def works():
    os.write(1, b"beside\\n")
    time.sleep(float(sys.argv[1]))
    kept.append("much")
    if len(sys.argv) > 2:
        raise LookupError("it failed")

kept = []
supervisor = Supervisor(console=Console(width=200))
with supervisor.aside(works):
    os.write(1, b"meanwhile\\n")
print("after", kept, flush=True)
supervisor.stop()
"""


def test_what_is_done_aside_is_waited_for_and_leaves_nothing_in_memory() -> None:
    done = subprocess.run([sys.executable, "-c", ASIDE, "0.2"], capture_output=True, text=True, timeout=60, check=True)
    said = done.stdout.partition("after []")
    assert {word for word in ("beside", "meanwhile") if word in said[0]} == {"beside", "meanwhile"} and said[1]


def test_what_fails_aside_ends_the_start() -> None:
    done = subprocess.run([sys.executable, "-c", ASIDE, "0", "fails"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "it failed" in done.stderr and "after" not in done.stdout


def test_a_signal_ends_what_is_done_aside() -> None:
    process = subprocess.Popen([sys.executable, "-c", ASIDE, "600"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and {process.stdout.readline(), process.stdout.readline()} == {
        "beside\n",
        "meanwhile\n",
    }
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    process.stdout.close()
