"""A PostgreSQL of a test's own, which it may kill."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connections

from peyvand.config.postgres import Cluster, from_url

NAME = "copy"
PLACE = ("NAME", "HOST", "PORT", "USER", "PASSWORD")


class Killable:
    """A durable server with a copy of the test's database, to which Django is connected."""

    def __init__(self, data: Path) -> None:
        self.cluster = Cluster(data, name="pg-kill")
        self.process: subprocess.Popen[bytes] | None = None

    def kill(self) -> None:
        """Kill the server with SIGKILL: nothing is flushed, no client is told."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def start(self) -> None:
        """Start it again, as the supervisor does, once what the dead one left is gone; it recovers by its log."""
        connections["default"].close()
        end = time.monotonic() + 30
        self.cluster.prepare()
        while self.process is None or self.process.poll() is not None:
            assert time.monotonic() < end, self.cluster.log.read_text()[-2000:]
            self.process = self.cluster.spawn(output=subprocess.DEVNULL)
            self.cluster.wait_ready(seconds=20, alive=lambda: self.process is not None and self.process.poll() is None)

    def stop(self) -> None:
        """End it and take its files away."""
        if self.process is not None and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.cluster.home, ignore_errors=True)


@contextlib.contextmanager
def killable(data: Path) -> Iterator[Killable]:
    """Connect Django to a copy of its database on a server of its own for this block."""
    kept: dict[str, Any] = {key: connections["default"].settings_dict[key] for key in PLACE}
    server = Killable(data)
    server.start()
    try:
        server.cluster.ensure_database(NAME)
        _copy(kept, server.cluster)
        _point(from_url(server.cluster.url(NAME)))
        yield server
    finally:
        _point(kept)
        server.stop()


def _copy(source: dict[str, Any], cluster: Cluster) -> None:
    """The whole database as SQL from one server into the other."""
    address = f"host={source['HOST']} port={source['PORT'] or 5432} dbname={source['NAME']} user={source['USER']}"
    dump = subprocess.run(  # our own arguments
        [cluster.binary("pg_dump"), "--no-owner", address],
        env=os.environ | {"PGPASSWORD": source["PASSWORD"]}, check=True, capture_output=True,
    )  # fmt: skip
    subprocess.run(
        [cluster.binary("psql"), "--quiet", "--set=ON_ERROR_STOP=1", cluster.url(NAME)],
        input=dump.stdout, check=True, capture_output=True,
    )  # fmt: skip


def _point(place: dict[str, Any]) -> None:
    connections["default"].close()
    connections["default"].settings_dict.update({key: place[key] for key in PLACE})
