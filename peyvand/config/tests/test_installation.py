"""Settings that are named when they are wrong, translations that are compiled, an installation that is diagnosed."""

import os
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.db import OperationalError

from peyvand.accounts.services import create_user, ensure_first_department
from peyvand.accounts.types import UserDetails
from peyvand.config import health as doors
from peyvand.config import installation
from peyvand.config.env import BadSetting, Env
from peyvand.config.messages import compile_messages
from peyvand.config.postgres import database_settings, from_url
from peyvand.core import health

BAD = [
    ("PORT", "80a"),
    ("DEMO", "maybe"),
    ("PEYVAND_TIME_ZONE", "Mars/Olympus"),
    ("PEYVAND_COLOUR", "blue"),
    ("DATABASE_URL", "mysql://x/y"),
    ("DATABASE_URL", "postgresql://sara:secret@[::1/crm"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_setting_is_named_in_one_sentence(name: str, value: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "peyvand.config.cli", "doctor"]
    environment = {**os.environ, "PEYVAND_DATA": str(tmp_path), name: value}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert name in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert "secret" not in done.stderr


def test_a_database_url_is_taken_apart() -> None:
    found = from_url("postgresql://sara:p%40ss@%2Ftmp%2Fpg.run:5433/crm?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("sara", "p@ss", "/tmp/pg.run")
    assert (found["PORT"], found["NAME"], found["OPTIONS"]["sslmode"]) == ("5433", "crm", "require")


@pytest.mark.parametrize(
    "end", ["localhost", "localhost:x/crm", "localhost/crm?colour=blue", "localhost/%zz", "[::1/crm"]
)
def test_a_database_url_that_is_none_is_named_without_its_password(end: str) -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL") as caught:
        database_settings(env=Env({"DATABASE_URL": f"postgresql://sara:secret@{end}"}), data=Path("/nowhere"))
    assert "secret" not in str(caught.value)


def test_only_changed_translations_are_compiled(tmp_path: Path) -> None:
    folder = tmp_path / "app/locale/fa/LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="Refer", msgstr="ارجاع"))
    catalogue.save(str(folder / "django.po"))
    assert compile_messages(tmp_path) == 1
    assert compile_messages(tmp_path) == 0
    assert polib.mofile(str(folder / "django.mo"))[0].msgstr == "ارجاع"


def test_a_healthy_database_is_green(db) -> None:
    checks = health.ask(
        health.database, health.extensions, health.persian_text, health.migrations, health.queue, health.clock
    )
    assert [check.name for check in checks if not check.ok] == []


def test_a_process_that_was_never_heard_is_red_and_says_what_to_do(db) -> None:
    (check,) = health.processes(["worker-inbound"])
    assert not check.ok
    assert "peyvand up" in check.advice


def test_ready_says_503_while_the_database_is_away(client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> health.Check:
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "readiness", lambda: health.ask(away))
    monkeypatch.setattr(doors, "_last", {})
    monkeypatch.setattr(health.connection, "close", lambda: None)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"away": "connection refused"}


def test_only_an_untouched_installation_takes_the_demo_company(db) -> None:
    installation.first_administrator()
    ensure_first_department()
    assert installation.is_empty()
    create_user(actor=None, details=UserDetails(username="sara", full_name="سارا"), password="correct-horse-battery")
    assert not installation.is_empty()
