"""How the embedded PostgreSQL is set: what is the same everywhere, and what follows from the machine."""

import contextlib
import os
from pathlib import Path

SETTINGS = {
    "max_connections": "100",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "random_page_cost": "1.1",
    "wal_buffers": "16MB",
    "checkpoint_timeout": "15min",
    "io_method": "sync",
    "jit": "off",
    "max_parallel_workers": "2",
    "max_logical_replication_workers": "0",
    "autovacuum_naptime": "20s",
    "autovacuum_max_workers": "2",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "",
    "log_min_duration_statement": "2000",
    "log_parameter_max_length": "0",
    "log_checkpoints": "off",
    "unix_socket_permissions": "0700",
}
# For throw-away clusters of tests: a crash of the machine may lose them.
NOT_DURABLE = SETTINGS | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
}
MEGABYTE = 1024**2


def sizes(memory: int, free: int) -> dict[str, str]:
    """What follows from the machine: a quarter of its memory for pages, a fifth of the free disk for the log.

    Pages that were never read cost nothing, so a small base stays small. A long log spares writing whole pages again
    and again while much is written: an import of a million rows into a million had four checkpoints, and each wrote a
    gigabyte of pages and made as much log. After a crash it is read through, about 200 MB in a second.

    memory, free: bytes of the machine's memory, and of free space where the data lies.
    """
    pages = min(max(memory // 4 // MEGABYTE, 64), 4096)
    log = min(max(free // 5 // MEGABYTE, 256), 8192)
    return {"shared_buffers": f"{pages}MB", "max_wal_size": f"{log}MB"}


def memory() -> int:
    """Bytes of memory that this machine, or the container we are in, has."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):
        return min(whole, int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    return whole


def settings_of(free: int) -> dict[str, str]:
    """The settings of a cluster on this machine, with so many bytes of free space where its data lies."""
    return SETTINGS | sizes(memory(), free)
