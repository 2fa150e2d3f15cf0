"""Run a pure function on hostile bytes in a child process that may burn only so much.

A message of 250 KB can keep a parser busy for minutes or make it recurse until the interpreter ends. So what strangers
sent is taken apart in a child: it has not imported Django, holds no secret in its environment, cannot write a file
and is limited in processor time, memory and wall time. One payload that exceeds a limit costs its child and itself;
the other payloads of the batch go on in a fresh child. A child stays warm for the next call, so a payload costs about
a tenth of a millisecond besides the work itself.

What is too large for one payload is read by a `Session`: an object lives in a child of its own and is called again
and again, so that it takes a file piece by piece and neither side ever holds the whole.

The parent speaks to the child over a socket pair in frames: a length, then the bytes. Run as a program, this module
is the child; it therefore imports nothing outside the standard library.
"""

from __future__ import annotations

import atexit
import importlib
import json
import math
import os
import resource
import socket
import struct
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

FRAME = struct.Struct("!BI")
MAX_CHILDREN = 4
PAYLOADS_PER_CHILD = 2_000
ALLOWED_PREFIX = "peyvand."
START_SECONDS = 20.0

OK, FAILED, FAILED_AND_SPENT, OK_BYTES = 0, 1, 2, 3


@dataclass(frozen=True)
class Result:
    """The outcome for one payload: `value` when `ok`, otherwise `error`, which begins with a stable word.

    The words: `time` (processor or wall time), `memory`, `crashed` (the child ended by itself), `failed` (an
    exception).
    """

    ok: bool
    value: Any = None
    error: str = ""


@dataclass(frozen=True)
class Limits:
    """What one payload may use."""

    cpu_seconds: int
    memory_mb: int
    wall_seconds: float


class _ChildEndedError(Exception):
    """The child closed its end of the socket."""


def run(
    task_name: str,
    payloads: list[bytes],
    *,
    cpu_seconds: int = 5,
    memory_mb: int = 512,
    wall_seconds: float = 10,
) -> list[Result]:
    """Apply the pure function `task_name` ("peyvand.package.module.function", bytes → JSON-able) to every payload.

    Gives one Result per payload, in order, and never raises for what a payload does. Limits count per payload:
    processor time in whole seconds, address space in megabytes, wall time in seconds. May be called from any thread
    or forked worker.
    """
    if not task_name.startswith(ALLOWED_PREFIX):
        raise ValueError(f"{task_name!r} is not a function of this program")
    limits = Limits(cpu_seconds=cpu_seconds, memory_mb=memory_mb, wall_seconds=wall_seconds)
    results: list[Result] = []
    pool = _pool
    with pool.slots:
        child: _Child | None = None
        try:
            for payload in payloads:
                child = child or pool.take(memory_mb)
                result, usable = child.call({"task": task_name}, payload, limits)
                results.append(result)
                if not usable:
                    child.end()
                    child = None
        except BaseException:
            if child is not None:
                child.end()
            raise
        if child is not None:
            pool.give_back(child)
    return results


class Session:
    """An object in a child of its own, which keeps what it was told from call to call.

    factory: "peyvand.package.module.Class", made from `options` (JSON-able); its methods take bytes and return bytes
    or what JSON can say. Limits count per call, memory for the whole. Whoever opens a session ends it. A session may
    be used by one thread at a time; in a forked process it is closed.
    """

    def __init__(self, factory: str, options: Any, *, cpu_seconds: int, memory_mb: int, wall_seconds: float) -> None:
        if not factory.startswith(ALLOWED_PREFIX):
            raise ValueError(f"{factory!r} is not a class of this program")
        self._limits = Limits(cpu_seconds=cpu_seconds, memory_mb=memory_mb, wall_seconds=wall_seconds)
        self._child: _Child | None = _Child(memory_mb)
        _sessions.add(self)
        self._opened = self._ask({"hold": factory}, json.dumps(options).encode())

    def call(self, method: str, payload: bytes = b"") -> Result:
        """Call a method of the object. Never raises for what the payload does; after a failure the session is over."""
        return self._ask({"call": method}, payload) if self._opened.ok else self._opened

    def _ask(self, order: dict[str, Any], payload: bytes) -> Result:
        if self._child is None:
            return Result(ok=False, error="crashed: the session is over")
        result, _usable = self._child.call(order, payload, self._limits)
        if not result.ok:
            self.end()
        return result

    def end(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def forget(self) -> None:
        """In a forked process: the child belongs to the process that started it."""
        child, self._child = self._child, None
        if child is not None:
            child.disown()


_sessions: weakref.WeakSet[Session] = weakref.WeakSet()


def close() -> None:
    """End all idle children and all sessions of this process."""
    _pool.close()
    for session in list(_sessions):
        session.end()


class _Child:
    """A warm interpreter at the other end of a socket."""

    def __init__(self, memory_mb: int) -> None:
        self.memory_mb = memory_mb
        self.done = 0
        ours, theirs = socket.socketpair()
        self.socket = ours
        paths = [path or os.getcwd() for path in sys.path]
        start = f"from peyvand.core import jail; jail.serve({theirs.fileno()}, {memory_mb})"
        code = f"import sys; sys.path[:] = {paths!r}; {start}"
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own text
                [sys.executable, "-I", "-S", "-B", "-c", code],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            )

    def call(self, what: dict[str, Any], payload: bytes, limits: Limits) -> tuple[Result, bool]:
        """The result, and whether the child may be used again."""
        began = time.monotonic()
        allowance = limits.wall_seconds + (START_SECONDS if self.done == 0 else 0.0)
        order = json.dumps(what | {"cpu": limits.cpu_seconds}).encode()
        try:
            self._send(0, order, began + allowance)
            self._send(0, payload, began + allowance)
            status, answer = _receive(self.socket, began + allowance)
        except TimeoutError:
            return Result(ok=False, error=f"time: no answer in {limits.wall_seconds} s"), False
        except (_ChildEndedError, OSError):
            return Result(ok=False, error=self._cause_of_death(limits)), False
        self.done += 1
        if status == OK_BYTES:
            return Result(ok=True, value=answer), self.done < PAYLOADS_PER_CHILD
        if status == OK:
            return Result(ok=True, value=json.loads(answer)), self.done < PAYLOADS_PER_CHILD
        return Result(ok=False, error=answer.decode("utf-8", "replace")), status != FAILED_AND_SPENT

    def _send(self, status: int, data: bytes, deadline: float) -> None:
        _set_timeout(self.socket, deadline)
        self.socket.sendall(FRAME.pack(status, len(data)))
        _set_timeout(self.socket, deadline)
        self.socket.sendall(data)

    def _cause_of_death(self, limits: Limits) -> str:
        try:
            code = self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "crashed: the child stopped answering"
        if code in (-24, -9):  # SIGXCPU; SIGKILL is what the kernel sends at the hard limit or when memory is short
            return f"time: more than {limits.cpu_seconds} s of processor time" if code == -24 else "memory: killed"
        return f"crashed: the child ended with {code}"

    def end(self) -> None:
        self.socket.close()
        self.process.kill()
        self.process.wait()

    def disown(self) -> None:
        self.socket.close()
        self.process.returncode = 0  # so that Popen does not warn about or wait for a process that is not ours


class _Pool:
    """The children of this process. After a fork the new process starts with none."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.slots = threading.BoundedSemaphore(MAX_CHILDREN)
        self.idle: list[_Child] = []

    def take(self, memory_mb: int) -> _Child:
        with self.lock:
            for child in self.idle:
                if child.memory_mb == memory_mb and child.process.poll() is None:
                    self.idle.remove(child)
                    return child
            spare = self.idle.pop() if len(self.idle) >= MAX_CHILDREN else None
        if spare is not None:
            spare.end()
        return _Child(memory_mb)

    def give_back(self, child: _Child) -> None:
        with self.lock:
            self.idle.append(child)

    def close(self) -> None:
        with self.lock:
            children, self.idle = self.idle, []
        for child in children:
            child.end()

    def forget(self) -> None:
        """In a forked process.

        Close our copies of the sockets; the children belong to the process that started them.
        """
        for child in self.idle:
            child.disown()


_pool = _Pool()


def _after_fork() -> None:
    global _pool
    for session in list(_sessions):
        session.forget()
    _pool.forget()
    _pool = _Pool()


os.register_at_fork(after_in_child=_after_fork)
atexit.register(close)


def _set_timeout(sock: socket.socket, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    sock.settimeout(left)


def _read(sock: socket.socket, size: int, deadline: float | None) -> bytearray:
    data = bytearray(size)
    view = memoryview(data)
    have = 0
    while have < size:
        if deadline is not None:
            _set_timeout(sock, deadline)
        got = sock.recv_into(view[have:])
        if not got:
            raise _ChildEndedError
        have += got
    return data


def _receive(sock: socket.socket, deadline: float | None = None) -> tuple[int, bytes]:
    status, size = FRAME.unpack(_read(sock, FRAME.size, deadline))
    return status, bytes(_read(sock, size, deadline))


# ---- the child -------------------------------------------------------------------------------------------------------


def serve(descriptor: int, memory_mb: int) -> None:
    """The child's whole life: take an order and a payload, answer, until the parent closes the socket."""
    sock = socket.socket(fileno=descriptor)
    memory = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    work = _Work()
    while True:
        try:
            order = json.loads(_receive(sock)[1])
            payload = _receive(sock)[1]
        except (_ChildEndedError, OSError):
            return
        _allow_processor_time(int(order["cpu"]))
        status, answer = _answer(work, order, payload)
        sock.sendall(FRAME.pack(status, len(answer)))
        sock.sendall(answer)


class _Work:
    """The functions that this child has met, and the object that a session holds."""

    def __init__(self) -> None:
        self.known: dict[str, Callable[..., Any]] = {}
        self.held: Any = None

    def do(self, order: dict[str, Any], payload: bytes) -> Any:
        if "call" in order:
            return getattr(self.held, order["call"])(payload)
        if "hold" in order:
            self.held = self._named(order["hold"])(json.loads(payload))
            return None
        return self._named(order["task"])(payload)

    def _named(self, path: str) -> Callable[..., Any]:
        if path not in self.known:
            module, _, name = path.rpartition(".")
            self.known[path] = getattr(importlib.import_module(module), name)
        return self.known[path]


def _answer(work: _Work, order: dict[str, Any], payload: bytes) -> tuple[int, bytes]:
    try:
        value = work.do(order, payload)
        if isinstance(value, bytes):
            return OK_BYTES, value
        return OK, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    except MemoryError:
        return FAILED_AND_SPENT, b"memory: the limit was reached"
    except RecursionError:
        return FAILED_AND_SPENT, b"failed: RecursionError"
    except Exception as error:  # noqa: BLE001 - whatever hostile bytes provoke is this payload's result
        return FAILED, f"failed: {type(error).__name__}: {error}"[:500].encode("utf-8", "replace")


def _allow_processor_time(seconds: int) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = math.ceil(usage.ru_utime + usage.ru_stime)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))
