"""A small storm on a private installation; `peyvand bench chaos` is the large one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MESSAGES = 200


@pytest.mark.timeout(420)
def test_nothing_is_lost_or_doubled_while_processes_and_database_are_killed(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEMO"}}
    environment["PEYVAND_DATA"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "peyvand.config.cli", "bench", "chaos", str(MESSAGES)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
