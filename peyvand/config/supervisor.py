"""Runs the processes of an installation: starts them by fork, shows their log, restarts what ends.

Django is loaded once before the first fork, so its memory is shared. A child that ends is started again
whatever its exit code, with a growing pause when it ends at once. Children die with the supervisor, even
when that is killed (PR_SET_PDEATHSIG).
"""

from __future__ import annotations

import contextlib
import gc
import os
import random
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from peyvand.config.postgres import call_this_process, die_with_parent

SHORT_LIFE = 10.0  # a child that ended sooner is started again later and later
LONGEST_PAUSE = 20.0
LONGEST_LINE = 4_000  # letters of a log line that are shown


@dataclass(kw_only=True, eq=False)
class Child:
    """A process to keep alive. `stage`: children of a lower one are stopped first, with `grace` seconds.

    run: what the forked process does; or start: makes a subprocess (the database).
    """

    name: str
    colour: str
    stage: int
    grace: float
    run: Callable[[], None] | None = None
    start: Callable[[int], subprocess.Popen[bytes]] | None = None
    stop_signal: int = signal.SIGTERM
    pid: int | None = None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    failures: int = 0
    rest: bytes = b""


@dataclass(kw_only=True, eq=False)
class Supervisor:
    """Keeps its children alive until it is told to stop; then stops them stage by stage."""

    console: Console
    children: list[Child] = field(default_factory=list)
    stopping: bool = False
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    _wake: tuple[int, int] = field(default_factory=os.pipe)

    def __post_init__(self) -> None:
        for end in self._wake:
            os.set_blocking(end, False)
        self._selector.register(self._wake[0], selectors.EVENT_READ)
        signal.set_wakeup_fd(self._wake[1], warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._told_to_stop)

    def _told_to_stop(self, *_: object) -> None:
        self.stopping = True

    def add(self, child: Child) -> None:
        self.children.append(child)
        self._start(child)

    def run(self) -> None:
        """Watch until a signal says stop; then stop everything."""
        while not self.stopping:
            self.turn(0.5)
        self.stop()

    def turn(self, seconds: float) -> None:
        """One round: pass log lines on, collect the dead, start again what is due."""
        for key, _ in self._selector.select(seconds):
            if key.fd == self._wake[0]:
                with contextlib.suppress(BlockingIOError):
                    os.read(key.fd, 4096)
            else:
                self._read(key.data, key.fd)
        for child in self.children:
            self._collect(child)
            if child.pid is None and not self.stopping and time.monotonic() >= child.start_again_at:
                self._start(child)

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Pass log lines on while this thread does something long; a child that nobody reads stands still.

        The thread that reads is gone before this one goes on, because a process with threads must not fork.
        """
        over = threading.Event()
        reader = threading.Thread(target=self._listen, args=(over,), name="log-lines")
        reader.start()
        try:
            yield
        finally:
            over.set()
            reader.join()

    def _listen(self, over: threading.Event) -> None:
        while not over.is_set():
            for key, _ in self._selector.select(0.1):
                if key.fd != self._wake[0]:
                    self._read(key.data, key.fd)
                else:
                    over.wait(0.1)  # a signal waits for `turn`

    @contextlib.contextmanager
    def aside(self, run: Callable[[], None]) -> Iterator[None]:
        """Do something once in a process of its own, while this one does something else, and wait for it at the end.

        What it needed is gone with it; a process that is forked later does not inherit its memory. SystemExit when it
        failed; a signal that says stop ends it.
        """
        parent = os.getpid()
        pid, code = self._fork(lambda: run() if self._part(parent) else None), None
        try:
            yield
            while code is None and not self.stopping:
                self.turn(0.05)
                code = _ended(pid)
        finally:
            if code is None:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
        if code:
            raise SystemExit(1)

    def stop(self) -> None:
        """Stop all children, stage by stage; kill what does not end in time."""
        self.stopping = True
        for stage in sorted({child.stage for child in self.children}):
            group = [child for child in self.children if child.stage == stage]
            for child in group:
                self._signal(child, child.stop_signal)
            end = time.monotonic() + max(child.grace for child in group)
            while any(child.pid for child in group) and time.monotonic() < end:
                self.turn(0.05)
            for child in group:
                self._signal(child, signal.SIGKILL)
            while any(child.pid for child in group):
                self.turn(0.05)

    # One child
    def _start(self, child: Child) -> None:
        read, write = os.pipe()
        child.started_at = time.monotonic()
        if child.start is not None:
            child.process = child.start(write)
            child.pid = child.process.pid
        else:
            parent = os.getpid()
            child.pid = self._fork(lambda: self._become(child, write, parent))
        os.close(write)
        os.set_blocking(read, False)
        self._selector.register(read, selectors.EVENT_READ, child)

    def _fork(self, run: Callable[[], None]) -> int:
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            run()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:  # noqa: BLE001 -- the fork must never return into the supervisor's code
            Console(stderr=True).print_exception()
        finally:
            os._exit(code)

    def _become(self, child: Child, output: int, parent: int) -> None:
        os.setpgid(0, 0)
        if not self._part(parent):
            return
        call_this_process(f"pv-{child.name.removeprefix('worker-')}")
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        self._selector.close()
        os.closerange(3, 256)
        random.seed()
        gc.enable()
        if child.run is not None:
            child.run()

    @staticmethod
    def _part(parent: int) -> bool:
        """In a fork: die with the parent, and do not answer signals as it does; False when it is gone already."""
        die_with_parent(signal.SIGKILL)
        signal.set_wakeup_fd(-1)
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(name, signal.SIG_DFL)
        return os.getppid() == parent

    def _collect(self, child: Child) -> None:
        code = self._exit_code(child)
        if code is None:
            return
        pid, child.pid, child.process = child.pid, None, None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid or 0, signal.SIGKILL)  # what it left behind
        if self.stopping:
            return
        lived = time.monotonic() - child.started_at
        child.failures = child.failures + 1 if lived < SHORT_LIFE else 0
        pause = min(LONGEST_PAUSE, 0.2 * 2**child.failures) if child.failures else 0.0
        child.start_again_at = time.monotonic() + pause
        how = f"signal {-code}" if code < 0 else f"code {code}"
        self.say(child, f"ended ({how}) after {lived:.0f} s; starting it again", style="bold red")

    def _exit_code(self, child: Child) -> int | None:
        if child.pid is None:
            return None
        if child.process is not None:
            return child.process.poll()
        return _ended(child.pid)

    def _signal(self, child: Child, number: int) -> None:
        if child.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                (os.killpg if number == signal.SIGKILL else os.kill)(child.pid, number)

    # Log lines
    def _read(self, child: Child, end: int) -> None:
        try:
            data = os.read(end, 65536)
        except BlockingIOError:
            return
        if not data:
            self._selector.unregister(end)
            os.close(end)
        *lines, child.rest = (child.rest + data).split(b"\n")
        for line in lines:
            self.say(child, line.decode("utf-8", errors="replace"))

    def say(self, child: Child, line: str, *, style: str = "") -> None:
        """Print one line with the child's name before it."""
        if line.strip():
            line = line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} … ({len(line):,} letters)"
            prefix = Text(f"{child.name:<18} │ ", style=child.colour)
            self.console.print(prefix + Text(line, style=style or _style_of(line)), soft_wrap=True)


def _ended(pid: int) -> int | None:
    """How a forked process ended, minus the number of the signal that killed it; None while it runs."""
    ended, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def _style_of(line: str) -> str:
    head = line[:12]
    if head.startswith(("ERROR", "CRITICAL", "FATAL", "PANIC")):
        return "red"
    return "yellow" if head.startswith("WARNING") else ""


def share_memory() -> None:
    """Keep what is loaded so far out of the collector's hands, so that forks go on sharing its pages."""
    gc.collect()
    gc.freeze()
