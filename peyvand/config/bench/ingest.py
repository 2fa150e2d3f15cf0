"""Mail through the real SMTP door to identified requests in the cartable: messages a second, memory of each process."""

import random
import smtplib
import threading
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

from peyvand.accounts.models import Branch, Department
from peyvand.cartable.models import Request, RequestMessage, RoutingRule
from peyvand.channels.models import Channel
from peyvand.config.bench.data import fill
from peyvand.config.bench.stack import memory_of, process
from peyvand.core.loopback import free_port

BUDGET = 100.0  # messages a second, sustained
ADDRESS = "ingest@peyvand.localhost"
SENDERS = 4  # connections that send at the same time


WORDS = [f"{first}{last}" for first in ("سفارش", "فاکتور", "تعمیر", "گارانتی") for last in ("لا", "مو", "نی", "تک")]


def run(messages: int = 10_000, rules: int = 0, *, say: Callable[[str], None]) -> bool:
    """Send, wait until every mail is a request with a party, print the figures.

    rules: how many routing rules are asked for each mail; the last of them takes it and shares it out by turns.
    """
    fill(requests=2000, say=say)
    _mailbox()
    _rules(rules)
    port = free_port()
    before = RequestMessage.objects.count()
    with process("door", PEYVAND_SMTP_PORT=str(port)) as door, process("worker", "inbound") as worker:
        _wait_for_door(port)
        begun = time.monotonic()
        sending = [threading.Thread(target=_send, args=(port, n, messages)) for n in range(SENDERS)]
        for thread in sending:
            thread.start()
        samples = list(_progress(before + messages, lambda: (memory_of(door.pid), memory_of(worker.pid)), say))
        taken = time.monotonic() - begun
        for thread in sending:
            thread.join()
    rate = messages / taken
    first, last = samples[len(samples) // 5], samples[-1]
    say(f"{messages:,} mails in {taken:.0f} s, {rules} rules: {rate:.0f} messages/s to identified requests")
    say(f"memory, MB: door {first[0]:.0f} at a fifth, {last[0]:.0f} at the end; worker {first[1]:.0f}, {last[1]:.0f}")
    unknown = Request.objects.filter(party__isnull=True, channel__address=ADDRESS).count()
    say(f"requests without a party: {unknown}")
    if rules:
        shared = Request.objects.filter(routed__rule_id__isnull=False, channel__address=ADDRESS, assignee__isnull=False)
        say(f"given to somebody by a rule: {shared.count():,}")
    return rate >= BUDGET and unknown == 0 and all(b < a * 1.25 + 20 for a, b in zip(first, last, strict=True))


def _mailbox() -> None:
    Channel.objects.get_or_create(
        kind="email",
        address=ADDRESS,
        defaults={"name": "ورودی", "token": uuid4().hex, "branch": Branch.objects.earliest("pk")},
    )


def _rules(number: int) -> None:
    """Rules of eight words that no mail has, and a last one that takes every mail and gives it to who is next."""
    RoutingRule.objects.update(is_active=False)  # those of an earlier run stay: requests say that they decided
    dice, department = random.Random(number), Department.objects.earliest("pk")  # noqa: S311  # not a secret
    last = number - 1
    RoutingRule.objects.bulk_create(
        RoutingRule(
            name=f"rule {n}",
            position=n,
            is_active=True,
            conditions={"words": ["سفارش"] if n == last else dice.sample(WORDS, 8), "mediums": ["mail"]},
            outcome={"to": f"department:{department.pk}", "share": "turns" if n == last else ""},
        )
        for n in range(number)
    )


def _wait_for_door(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the mail door did not open within 30 s")


def _mails(part: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Mixed sizes: most of 2 KB, some of 30 KB, a few with an attachment of 300 KB; a third of known senders."""
    dice = random.Random(part)  # noqa: S311  # deterministic data, not a secret
    run = time.time_ns()
    for i in range(part, count, SENDERS):
        sender = f"p{dice.randint(1, 500)}@bench.example" if i % 3 == 0 else f"new{run}x{i}@bench.example"
        size = 300_000 if i % 200 == 0 else 30_000 if i % 20 == 0 else 1_500
        text = ("سلام، سفارش ما هنوز نرسیده است. لطفاً بررسی کنید. " * (size // 90 + 1)).encode()
        head = (
            f"From: =?utf-8?b?2YbZgtin2LE=?= <{sender}>\r\nTo: {ADDRESS}\r\nSubject: order {run} {i}\r\n"
            f"Message-ID: <{run}.{i}@bench.example>\r\nDate: Sun, 22 Nov 2026 10:18:00 +0330\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        )
        lines = b"\r\n".join(text[k : k + 900] for k in range(0, len(text), 900))
        yield sender, head.encode() + lines


def _send(port: int, part: int, count: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
        for sender, mail in _mails(part, count):
            client.sendmail(sender, [ADDRESS], mail)


def _progress(
    goal: int, sample: Callable[[], tuple[float, float]], say: Callable[[str], None]
) -> Iterator[tuple[float, float]]:
    deadline = time.monotonic() + 1800
    last_said = 0.0
    while time.monotonic() < deadline:
        now = RequestMessage.objects.count()  # some mails join a request that is open
        yield sample()
        if now >= goal:
            return
        if time.monotonic() - last_said > 10:
            say(f"  {goal - now:,} to go")
            last_said = time.monotonic()
        time.sleep(0.5)
    raise RuntimeError("not every mail became a request within half an hour")
