"""The whole product as a user starts it: `peyvand up` in a data folder of its own, and peers of real mail."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from aiosmtpd.controller import Controller

from peyvand.core.loopback import free_port

T = TypeVar("T")
ROOT = Path(__file__).parents[2]


def eventually(question: Callable[[], T], *, seconds: float, what: str) -> T:
    """Ask until the answer is truthy; fail with `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {seconds} s")


class Sink:
    """A real SMTP server that keeps what it is given: the customer's mailbox."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if address in str(mail["To"])]


@dataclass
class Stack:
    """One running Peyvand; `environment` reaches its commands and the script that makes the company."""

    data: Path
    port: int = field(default_factory=free_port)
    smtp_port: int = field(default_factory=free_port)
    demo: bool = False
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        mine = {
            "PEYVAND_DATA": str(self.data),
            "PORT": str(self.port),
            "PEYVAND_SMTP_PORT": str(self.smtp_port),
            "PEYVAND_BASE_URL": self.url,
            "DEMO": "1" if self.demo else "0",
            "DJANGO_SETTINGS_MODULE": "peyvand.config.settings",
        }
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PEYVAND_") and k != "DATABASE_URL"}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        return {**kept, **mine}

    def start(self) -> None:
        """Start everything and wait until it can work."""
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "peyvand.config.cli", "up"],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        eventually(self.is_ready, seconds=240, what=f"the start of {self.url}, see {self.data}/up.log,")

    @property
    def admin_password(self) -> str:
        """The first administrator's, as the first start showed it."""
        found = re.search(r"^  password  (\S+)$", (self.data / "up.log").read_text(), re.MULTILINE)
        assert found, "the first administrator's password is not in the log"
        return found[1]

    def is_ready(self) -> bool:
        assert self.process and self.process.poll() is None, (self.data / "up.log").read_text()[-4000:]
        try:
            with urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (HTTPError, URLError, OSError):
            return False

    def stop(self) -> None:
        """Stop as Ctrl-C does; everything must be gone within half a minute."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(40)

    def run(self, *arguments: str) -> str:
        """Run a script of the project inside this installation and return what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, capture_output=True, text=True, check=False, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def make_company(self, **settings: str | int) -> None:
        """Fill it with the small company of the journeys (company.py)."""
        call = f"import django; django.setup(); from tests.journeys.company import make; make(**{settings!r})"
        self.run("-c", call)
