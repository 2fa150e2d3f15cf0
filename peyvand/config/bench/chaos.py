"""Mail comes in and answers go out while processes and the database are killed with SIGKILL at random.

Afterwards every mail that was accepted is one message and one request, none twice; every answer was sent once
or stands visibly as "outcome unknown". `peyvand bench chaos [MESSAGES]`; a smaller run is in tests/chaos.
"""

import asyncio
import contextlib
import os
import random
import signal
import smtplib
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

import psutil
from aiosmtpd.controller import Controller
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Max

from peyvand.accounts.models import Branch, Department
from peyvand.cartable.models import Request, RequestMessage
from peyvand.channels import services
from peyvand.channels.models import Channel, Message
from peyvand.channels.services import delivering
from peyvand.channels.types import Letter
from peyvand.config.bench.stack import process, wait_for_answer
from peyvand.config.installation import is_embedded
from peyvand.core.loopback import free_port
from peyvand.core.models import DeadLetter, OutboxDelivery

SEED = 20261122
SENDERS = 4
KILLED = ("pv-web", "pv-inbound", "pv-interactive", "pv-scheduler", "pv-door", "postgres")
ADDRESS = "chaos@peyvand.localhost"
LONGEST_SETTLING = 150.0
PAUSES = (0.4, 2.0)  # seconds between two kills

T = TypeVar("T")


@dataclass
class Sink:
    """The customers' mail server: counts how often each Message-ID arrived."""

    copies: Counter[str] = field(default_factory=Counter)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.copies[str(message_from_bytes(envelope.content)["Message-ID"]).strip("<> ")] += 1
        await asyncio.sleep(0.02)
        return "250 taken"


def run(messages: int = 1000, *, say: Callable[[str], None]) -> bool:
    """Run the storm; print what was found; True when nothing was lost or doubled."""
    if not is_embedded():
        raise RuntimeError("this benchmark kills its database: it runs on the embedded one only")
    kills = max(8, messages * 3 // 100)
    sink = Sink()
    outside = Controller(sink, hostname="127.0.0.1", port=free_port())
    outside.start()
    port, door = free_port(), free_port()
    mark = f"{time.time_ns():x}"
    try:
        with process("up", PORT=str(port), PEYVAND_SMTP_PORT=str(door), PEYVAND_BASE_URL="", DEMO="0") as supervisor:
            wait_for_answer(port, supervisor)
            storm = Storm(door=door, mark=mark, messages=messages, kills=kills, supervisor=supervisor.pid)
            storm.rage(_mailbox(outside.port), say)
            _settle(storm, say)
            return _insist(lambda: _verdict(storm, sink, say))
    finally:
        outside.stop()


@dataclass(kw_only=True)
class Storm:
    """One run: where the door is, how the mails are marked, how many, and whose children are killed."""

    door: int
    mark: str
    messages: int
    kills: int
    supervisor: int
    before: int = 0  # the last message of earlier runs
    over: threading.Event = field(default_factory=threading.Event)

    def rage(self, channel: Channel, say: Callable[[str], None]) -> None:
        """Send everything, and answer meanwhile, under fire; return when all was accepted."""
        begun = time.monotonic()
        self.before = Message.objects.aggregate(last=Max("pk"))["last"] or 0
        threads = [threading.Thread(target=self._send_part, args=(part,)) for part in range(SENDERS)]
        answering = threading.Thread(target=self._answer, args=(channel,))
        for thread in [*threads, answering]:
            thread.start()
        killed = self._kill()
        for thread in threads:
            thread.join()
        self.over.set()
        answering.join()
        say(f"{self.messages:,} mails accepted in {time.monotonic() - begun:.0f} s; killed: {dict(killed)}")

    def _kill(self) -> Counter[str]:
        dice = random.Random(SEED)  # noqa: S311  # the same storm every time
        killed: Counter[str] = Counter()
        while killed.total() < self.kills:
            time.sleep(dice.uniform(*PAUSES))
            name = dice.choice(KILLED)
            with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):  # it ended by itself meanwhile
                if victims := self._processes(name):
                    os.kill(dice.choice(victims), signal.SIGKILL)
                    killed[name] += 1
        return killed

    def _processes(self, name: str) -> list[int]:
        whole = psutil.Process(self.supervisor)
        family = whole.children(recursive=name != "postgres")  # of the database the postmaster, not a backend
        return sorted(each.pid for each in family if each.status() != psutil.STATUS_ZOMBIE and each.name() == name)

    def _send_part(self, part: int) -> None:
        # As long as the killing lasts there is always mail on its way.
        pause = SENDERS * self.kills * sum(PAUSES) / 2 / self.messages
        for number in range(part, self.messages, SENDERS):
            self._send(number)
            time.sleep(pause * 0.8)

    def _send(self, number: int) -> None:
        """As a mail server does: the same message again until it was accepted."""
        sender = f"s{self.mark}x{number}@storm.example"
        mail = (
            f"From: <{sender}>\r\nTo: {ADDRESS}\r\nSubject: storm {self.mark} {number}\r\n"
            f"Message-ID: <{self.mark}.{number}@storm.example>\r\nDate: Sun, 22 Nov 2026 10:18:00 +0330\r\n"
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nسلام\r\n"
        ).encode()
        while True:
            try:
                with smtplib.SMTP("127.0.0.1", self.door, timeout=20) as client:
                    client.sendmail(sender, [ADDRESS], mail)
                return
            except (OSError, smtplib.SMTPException):
                time.sleep(0.3)

    def _answer(self, channel: Channel) -> None:
        number = 0
        while not self.over.wait(0.3):
            number += 1
            letter = Letter(
                to=[f"s{self.mark}x{number}@storm.example"],
                subject="پاسخ",
                text="سلام",
                thread=f"{self.mark}-{number}",
            )
            _insist(partial(services.send, channel=channel, letter=letter))
        connection.close()


def _mailbox(sink_port: int) -> Channel:
    branch = Branch.objects.first() or Branch.objects.create(name="مرکزی")
    Department.objects.get_or_create(branch=branch, name="پشتیبانی")
    smtp = {"host": "127.0.0.1", "port": sink_port, "security": "none"}
    values = {"name": "توفان", "token": uuid4().hex, "branch": branch, "settings": {"smtp": smtp}}
    return Channel.objects.update_or_create(kind="email", address=ADDRESS, defaults=values)[0]


def _insist(ask: Callable[[], T]) -> T:
    """Ask the database again while it is away."""
    end = time.monotonic() + 90
    while True:
        try:
            return ask()
        except (DatabaseError, InterfaceError):
            connection.close()
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def _settle(storm: Storm, say: Callable[[str], None]) -> None:
    """Wait until all work is done; then let what dead workers claimed be settled now instead of in five minutes."""
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST_SETTLING and not _insist(lambda: _is_done(storm)):
        time.sleep(0.5)
    delivering.STALLED = timedelta(0)
    delivering._database_is_young = lambda: False  # the storm is over: nobody is alive who could still be sending
    _insist(delivering.give_up_stalled)
    while time.monotonic() - begun < LONGEST_SETTLING and _insist(_is_sending):
        time.sleep(0.5)
    say(f"settled {time.monotonic() - begun:.0f} s after the last mail")


def _is_done(storm: Storm) -> bool:
    linked = RequestMessage.objects.filter(message__message_id__startswith=f"{storm.mark}.").count()
    pending = OutboxDelivery.objects.filter(state=OutboxDelivery.State.PENDING).exists()
    queued = Message.objects.filter(state=Message.State.QUEUED).exists()
    return linked >= storm.messages and not pending and not queued


def _is_sending() -> bool:
    return Message.objects.filter(state__in=[Message.State.QUEUED, Message.State.SENDING]).exists()


def _verdict(storm: Storm, sink: Sink, say: Callable[[str], None]) -> bool:
    mine = Message.objects.filter(direction=Message.Direction.IN, message_id__startswith=f"{storm.mark}.")
    links = RequestMessage.objects.filter(message__in=mine)
    found = {
        "messages": mine.count(),
        "different messages": mine.values("message_id").distinct().count(),
        "messages in a request": links.count(),
        "different requests": links.values("request_id").distinct().count(),
        "requests": Request.objects.filter(search__contains=f"storm {storm.mark}").count(),
    }
    say("  ".join(f"{name}: {count:,}" for name, count in found.items()))
    sent = Message.objects.filter(direction=Message.Direction.OUT, pk__gt=storm.before)
    wrong = [m.message_id for m in sent if sink.copies[m.message_id] not in _allowed_copies(m.state)]
    states = Counter(sent.values_list("state", flat=True))
    say(f"answers: {dict(states)}; arrived: {sink.copies.total()}; twice or lost: {len(wrong)}")
    say(f"dead letters: {DeadLetter.objects.count()}")
    return set(found.values()) == {storm.messages} and not wrong and max(sink.copies.values(), default=1) == 1


def _allowed_copies(state: str) -> set[int]:
    """How often a message in that state may have arrived: sent exactly once, unknown at most once, else never."""
    return {Message.State.SENT: {1}, Message.State.UNCERTAIN: {0, 1}}.get(Message.State(state), {0})
