"""Processes and connections are killed at random moments; afterwards every message is there, and once."""

import asyncio
import os
import random
import signal
import smtplib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from peyvand.channels import selectors, services
from peyvand.channels.doors.run import MailDoor
from peyvand.channels.models import Message
from peyvand.channels.tests.stage import backend_pid, inbound, mail, make_channel, until
from peyvand.core.loopback import free_port
from peyvand.core.models import OutboxEvent

pytestmark = pytest.mark.django_db(transaction=True)

MAILS = 240
SENDERS = 6


def door_process(port: int) -> int:
    """The mail door as a process of its own; its number."""
    connection.close()
    child = os.fork()
    if child:
        return child
    try:
        asyncio.run(MailDoor(bind="127.0.0.1", port=port).serve())
    finally:
        os._exit(0)


def send_until_taken(port: int, address: str, part: int, stop: threading.Event) -> None:
    """What every mail server does: try each mail again until it hears 250."""
    for number in range(part, MAILS, SENDERS):
        while not stop.is_set():
            try:
                with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
                    client.sendmail("a@b.example", [address], mail(number))
                break
            except (OSError, smtplib.SMTPException):
                time.sleep(0.02)


@contextmanager
def senders(port: int, address: str) -> Iterator[list[threading.Thread]]:
    stop = threading.Event()
    threads = [threading.Thread(target=send_until_taken, args=(port, address, n, stop)) for n in range(SENDERS)]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)


def cut_connections() -> None:
    """End every other connection to the database, as its restart would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s",
            [backend_pid()],
        )


def test_every_mail_is_stored_once_whatever_is_killed() -> None:
    channel = make_channel()
    port = free_port()
    dice = random.Random(1405)
    door = door_process(port)
    try:
        with senders(port, channel.address) as threads:
            for turn in range(12):
                reached = (turn + 1) * MAILS // 16
                until(lambda goal=reached: Message.objects.count() >= goal, 60)
                time.sleep(dice.random() / 20)
                if turn % 3 == 2:
                    cut_connections()
                else:
                    os.kill(door, signal.SIGKILL)
                    os.waitpid(door, 0)
                    door = door_process(port)
            for thread in threads:
                thread.join(90)
            assert not any(thread.is_alive() for thread in threads)
    finally:
        os.kill(door, signal.SIGKILL)
        os.waitpid(door, 0)
    assert Message.objects.count() == MAILS
    assert len(set(Message.objects.values_list("message_id", flat=True))) == MAILS
    assert OutboxEvent.objects.filter(name="channels.message_received").count() == MAILS
    ledger = selectors.mailbox_ledger(channel)
    assert ledger.balanced and ledger.stored == MAILS


def test_the_door_ends_in_order_when_asked() -> None:
    channel = make_channel()
    port = free_port()
    door = door_process(port)
    with senders(port, channel.address):
        until(lambda: Message.objects.count() >= 10, 30)
        os.kill(door, signal.SIGTERM)
        _, status = os.waitpid(door, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_readers_killed_in_the_middle_leave_each_message_read_once() -> None:
    channel = make_channel()
    batch = [services.receive_batch([inbound(channel, mail(number))])[0].message_id for number in range(60)]
    for _ in range(5):
        connection.close()
        child = os.fork()
        if not child:
            try:
                for start in range(0, 60, 5):
                    services.parse_pending(batch[start : start + 5])
            finally:
                os._exit(0)
        done = Message.objects.filter(state="parsed").count()
        until(lambda before=done: Message.objects.filter(state="parsed").count() > before or before == 60, 30)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    services.parse_pending(batch)
    assert Message.objects.filter(state="parsed").count() == 60
    parsed = OutboxEvent.objects.filter(name="channels.message_parsed").values_list("payload__message_id", flat=True)
    assert sorted(parsed) == sorted(batch)
