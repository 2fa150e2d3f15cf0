"""A small import under fire on a private installation; `peyvand bench import_chaos` is the large one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROWS = 6_000


@pytest.mark.timeout(420)
def test_the_database_killed_in_reading_writing_and_undo_leaves_nothing_half_done_and_the_work_goes_on(
    tmp_path: Path,
) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEMO"}}
    environment["PEYVAND_DATA"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "peyvand.config.cli", "bench", "import_chaos", str(ROWS)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
