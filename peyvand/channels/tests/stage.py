"""What the tests of channels stand on: a channel, a mail, servers on free ports, and waiting with a deadline."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import uvloop
from django.db import connection

from peyvand.accounts.models import Branch
from peyvand.channels.doors.run import MailDoor
from peyvand.channels.models import Channel
from peyvand.channels.types import Inbound


def until(true: Callable[[], Any], seconds: float = 10) -> Any:
    """Look every few milliseconds until `true` gives something; fail after the deadline."""
    end = time.monotonic() + seconds
    while True:
        found = true()
        if found:
            return found
        assert time.monotonic() < end, f"not within {seconds} s: {true}"
        time.sleep(0.02)


def make_channel(address: str = "", **settings: Any) -> Channel:
    """A mailbox of a branch of its own."""
    token = uuid4().hex
    branch = Branch.objects.create(name=f"branch {token[:8]}", path=f"/{token[:8]}/")
    return Channel.objects.create(
        kind="email", name="پشتیبانی", address=address or f"support-{token[:8]}@peyvand.example",
        token=token, branch=branch, settings=settings,
    )  # fmt: skip


def mail(number: int = 0, *, body: bytes = b"salam", extra: bytes = b"", to: str = "support@peyvand.example") -> bytes:
    """A small mail with an id of its own."""
    head = f"Message-ID: <m{number}@customer.example>\r\nFrom: Sara <sara@customer.example>\r\nTo: {to}\r\n".encode()
    return head + b"Subject: order\r\nDate: Sun, 22 Nov 2026 06:00:00 +0000\r\n" + extra + b"\r\n" + body + b"\r\n"


def unfit_mails() -> dict[str, bytes]:
    """What no door takes, by the reason that its ledger shows."""
    crowd = b",\r\n ".join(b"u%d@b.example" % number for number in range(10_000))
    return {
        "too_large": mail(body=b"x" * 26_300_000),
        "nul": mail(body=b"a\0b"),
        "header_too_large": mail(extra=b"X-A: " + b"a" * 1_000_000 + b"\r\n"),
        "too_many_recipients": mail(extra=b"Cc: " + crowd + b"\r\n"),
    }


def inbound(channel: Channel, raw: bytes, **values: Any) -> Inbound:
    return Inbound(**({"channel_id": channel.pk, "raw": raw, "place": "smtp", "uid": uuid4().hex} | values))


@contextmanager
def open_door(**options: Any) -> Iterator[MailDoor]:
    """The real mail door on a free port, in a thread of its own."""
    door = MailDoor(bind="127.0.0.1", port=0, **options)
    loop = uvloop.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(door.start(), loop).result(30)
        yield door
    finally:
        asyncio.run_coroutine_threadsafe(door.stop(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def backend_pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])
