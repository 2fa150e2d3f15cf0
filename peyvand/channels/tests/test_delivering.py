"""Sending: once, with the fence; a death at any moment leaves either a message to send or a question for a person."""

import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from peyvand.channels import services
from peyvand.channels.adapters.email.parse import parse
from peyvand.channels.errors import AddressUnusable, ChannelCannotSend, NotUncertain
from peyvand.channels.models import Channel, Message
from peyvand.channels.services import delivering
from peyvand.channels.tests.sink import open_sink
from peyvand.channels.tests.stage import make_channel
from peyvand.channels.types import Letter
from peyvand.core import blobs, files
from peyvand.core.errors import TooLarge
from peyvand.core.loopback import free_port
from peyvand.core.models import OutboxEvent

pytestmark = pytest.mark.django_db(transaction=True)


def channel_to(port: int) -> Channel:
    return make_channel(smtp={"host": "127.0.0.1", "port": port, "security": "none"}, display_name="پشتیبانی پیوند")


def letter(**changes: Any) -> Letter:
    values: dict[str, Any] = {
        "to": ["sara@customer.example"],
        "subject": "پاسخ: سفارش",
        "text": "سلام\n\nسفارش شما فرستاده شد.",
        "thread": "1405-000123-4",
    }
    return Letter(**(values | changes))


def happened(name: str) -> list[dict[str, Any]]:
    return list(OutboxEvent.objects.filter(name=f"channels.message_{name}").values_list("payload", flat=True))


def as_if_long_ago(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(claimed_at=timezone.now() - timedelta(hours=1))


def in_another_process(run: Callable[[], object]) -> int:
    """Run in a forked process with a database connection of its own; its number."""
    connection.close()
    child = os.fork()
    if child:
        return child
    try:
        run()
    finally:
        os._exit(0)


@pytest.fixture(autouse=True)
def old_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "_database_is_young", lambda: False)


def test_an_answer_reaches_the_server_with_its_threading() -> None:
    with open_sink() as sink:
        channel = channel_to(sink.port)
        file = files.store(data=b"%PDF-1.4", name="فاکتور.pdf")
        message = services.send(
            channel=channel,
            letter=letter(in_reply_to="a@customer.example", references=["z@customer.example"], file_ids=[file.pk]),
        )
        assert message.state == "queued" and not sink.taken
        assert services.deliver(message_id=message.pk) == "sent"
    read = parse(sink.taken[0])
    assert read["message_id"] == message.message_id
    assert read["references"] == ["z@customer.example", "a@customer.example"]
    assert read["subject"] == "پاسخ: سفارش" and read["text"] == "سلام\n\nسفارش شما فرستاده شد."
    assert read["attachments"][0]["name"] == "فاکتور.pdf"
    assert read["from"] == [{"name": "پشتیبانی پیوند", "address": channel.address}]
    assert read["reply_to"][0]["address"] == services.reply_address(channel, "1405-000123-4") != channel.address
    assert read["automatic"] == ""
    assert happened("sent") == [{"message_id": message.pk}]
    assert Message.objects.get().details["answer"].startswith("250")


def test_what_is_stored_is_what_is_sent_byte_for_byte() -> None:
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=letter(text=".\r\n..\n.x\nپایان"))
        services.deliver(message_id=message.pk)
    assert sink.taken[0] == blobs.get(str(message.raw_id))


def test_two_workers_send_once() -> None:
    with open_sink() as sink:
        channel = channel_to(sink.port)
        for _ in range(5):
            message = services.send(channel=channel, letter=letter())
            before = len(sink.taken)

            def work(pk: int = message.pk) -> None:
                services.deliver(message_id=pk)
                connection.close()

            threads = [threading.Thread(target=work) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(30)
            assert len(sink.taken) == before + 1
        assert services.deliver(message_id=message.pk) == "sent"
        assert len(sink.taken) == 5
    assert len(happened("sent")) == 5


def test_a_worker_killed_after_the_server_took_it_leaves_a_question() -> None:
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=letter())
        sink.hold.clear()
        child = in_another_process(lambda: services.deliver(message_id=message.pk))
        assert sink.has_text.wait(20)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        sink.hold.set()
        assert Message.objects.get().state == "sending"
        assert services.deliver(message_id=message.pk) == "sending"
        assert services.give_up_stalled() == 0
        as_if_long_ago(message)
        assert services.give_up_stalled() == 1
        assert Message.objects.get().state == "uncertain"
        assert services.deliver(message_id=message.pk) == "uncertain"
        assert len(sink.taken) == 1
        assert happened("uncertain") == [{"message_id": message.pk}]
        services.resolve_uncertain(message_id=message.pk, outcome="resend", by=None)
        assert services.deliver(message_id=message.pk) == "sent"
        assert sink.taken[0] == sink.taken[1]
    with pytest.raises(NotUncertain):
        services.resolve_uncertain(message_id=message.pk, outcome="sent", by=None)


def test_a_worker_killed_before_the_text_left_is_simply_replaced() -> None:
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=letter())
        sink.hold_rcpt.clear()
        child = in_another_process(lambda: services.deliver(message_id=message.pk))
        assert sink.has_rcpt.wait(20)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        sink.hold_rcpt.set()
        as_if_long_ago(message)
        assert services.give_up_stalled() == 1
        assert Message.objects.get().state == "queued"
        Message.objects.update(due_at=timezone.now())
        assert services.deliver(message_id=message.pk) == "sent"
        assert len(sink.taken) == 1
    assert happened("uncertain") == []


def test_a_worker_that_lost_its_claim_sends_nothing() -> None:
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=letter())
        sink.hold_rcpt.clear()
        slow = threading.Thread(target=lambda: (services.deliver(message_id=message.pk), connection.close()))
        slow.start()
        assert sink.has_rcpt.wait(20)
        as_if_long_ago(message)
        services.give_up_stalled()
        Message.objects.update(due_at=timezone.now() + timedelta(hours=1))
        sink.hold_rcpt.set()
        slow.join(30)
        assert sink.taken == []
        Message.objects.update(due_at=timezone.now())
        assert services.deliver(message_id=message.pk) == "sent"
    assert len(sink.taken) == 1


def test_a_worker_that_begins_while_it_is_given_up_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was slow and not dead: its text began between the look of the sweep and its write."""
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=letter())
        sink.hold_rcpt.clear()
        sink.hold.clear()
        slow = threading.Thread(target=lambda: (services.deliver(message_id=message.pk), connection.close()))
        slow.start()
        assert sink.has_rcpt.wait(20)
        as_if_long_ago(message)
        later = delivering._later

        def meanwhile(*given: Any, **more: Any) -> bool:
            sink.hold_rcpt.set()
            assert sink.has_text.wait(20)
            return later(*given, **more)

        monkeypatch.setattr(delivering, "_later", meanwhile)
        assert services.give_up_stalled() == 0
        sink.hold.set()
        slow.join(30)
        assert Message.objects.get().state == "sent" and len(sink.taken) == 1


def test_a_late_answer_settles_what_the_sweep_called_uncertain() -> None:
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=letter())
        sink.hold.clear()
        slow = threading.Thread(target=lambda: (services.deliver(message_id=message.pk), connection.close()))
        slow.start()
        assert sink.has_text.wait(20)
        as_if_long_ago(message)
        services.give_up_stalled()
        assert Message.objects.get().state == "uncertain"
        sink.hold.set()
        slow.join(30)
    assert Message.objects.get().state == "sent"
    assert len(sink.taken) == 1


def test_a_server_that_never_answers_leaves_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peyvand.channels.adapters.email.send.ANSWER_SECONDS", 0.3)
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=letter())
        sink.hold.clear()
        assert services.deliver(message_id=message.pk) == "uncertain"
    services.resolve_uncertain(message_id=message.pk, outcome="sent", by=None)
    assert Message.objects.get().state == "sent"


@pytest.mark.parametrize(
    ("where", "answer", "state"),
    [
        ("rcpt", "550 no such user", "failed"),
        ("rcpt", "450 mailbox busy", "queued"),
        ("data", "554 spam", "failed"),
        ("data", "451 try later", "queued"),
    ],
)
def test_the_servers_word_decides(where: str, answer: str, state: str) -> None:
    with open_sink() as sink:
        setattr(sink, f"on_{where}", lambda _: answer)
        message = services.send(channel=channel_to(sink.port), letter=letter())
        assert services.deliver(message_id=message.pk) == state
    message.refresh_from_db()
    assert answer[4:] in message.error
    assert [event["reason"][:3] for event in happened("failed")] == ([answer[:3]] if state == "failed" else [])
    if state == "queued":
        assert message.due_at and message.due_at > timezone.now()


def test_one_refused_recipient_does_not_keep_the_others_from_it() -> None:
    with open_sink() as sink:
        sink.on_rcpt = lambda address: "550 gone" if address.startswith("gone") else None
        message = services.send(channel=channel_to(sink.port), letter=letter(cc=["gone@customer.example"]))
        assert services.deliver(message_id=message.pk) == "sent"
    assert sink.recipients == [["sara@customer.example"]]
    assert Message.objects.get().details["refused"] == {"gone@customer.example": "550 gone"}


def test_a_server_that_is_away_is_tried_again_and_at_last_given_up() -> None:
    message = services.send(channel=channel_to(free_port()), letter=letter())
    assert services.deliver(message_id=message.pk) == "queued"
    assert services.deliver(message_id=message.pk) == "queued"  # not due yet
    assert Message.objects.get().attempt == 1
    Message.objects.update(attempt=delivering.MAX_ATTEMPTS - 1, due_at=timezone.now())
    assert services.deliver(message_id=message.pk) == "failed"
    assert happened("failed")[0]["message_id"] == message.pk


def test_an_inner_host_is_not_connected_to(settings: Any) -> None:
    settings.ALLOWED_PRIVATE_HOSTS = []
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=letter())
        assert services.deliver(message_id=message.pk) == "failed"
    assert sink.taken == []


def test_a_lost_doorbell_is_rung_again() -> None:
    message = services.send(channel=channel_to(free_port()), letter=letter())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        Message.objects.update(due_at=timezone.now() - timedelta(minutes=5))
        assert services.ring_overdue() == 1
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'channels.deliver'")
        assert [str(message.pk) in str(row[0]) for row in cursor.fetchall()] == [True]


def test_deliver_refuses_to_work_inside_a_transaction() -> None:
    message = services.send(channel=channel_to(free_port()), letter=letter())
    with pytest.raises(RuntimeError), transaction.atomic():
        services.deliver(message_id=message.pk)


def test_an_address_that_cannot_be_written_to_is_told_at_once() -> None:
    channel = channel_to(free_port())
    for to in (["x"], [], ["a@b\r\nBcc: c@d"], ["سارا@example.com"]):
        with pytest.raises(AddressUnusable):
            services.send(channel=channel, letter=letter(to=to))
    with pytest.raises(ChannelCannotSend):
        services.send(channel=make_channel(), letter=letter())
    assert Message.objects.count() == 0


def test_an_acknowledgement_says_that_nobody_wrote_it() -> None:
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=letter(acknowledgement=True))
        services.deliver(message_id=message.pk)
    assert b"\r\nAuto-Submitted: auto-replied\r\n" in sink.taken[0]


def test_a_server_that_hangs_up_at_the_greeting_is_tried_again() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        closing = threading.Thread(target=lambda: listener.accept()[0].close())
        closing.start()
        message = services.send(channel=channel_to(listener.getsockname()[1]), letter=letter())
        assert services.deliver(message_id=message.pk) == "queued"
        closing.join(10)


def test_a_worker_killed_between_the_server_s_word_and_our_note_leaves_a_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever is written down in between, the text has left: nobody may send it again by himself."""

    def killed(*_arguments: object) -> bool:
        raise SystemExit

    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=letter())
        with monkeypatch.context() as dying:
            dying.setattr(delivering, "_settle", killed)
            with pytest.raises(SystemExit):
                services.deliver(message_id=message.pk)
        as_if_long_ago(message)
        assert services.give_up_stalled() == 1
        assert Message.objects.get().state == "uncertain"
        assert len(sink.taken) == 1


def test_attachments_that_no_server_would_take_are_refused_before_they_are_composed() -> None:
    channel = channel_to(free_port())
    ids = [files.store(data=bytes([number]) * 10_000_000, name="a.bin").pk for number in (1, 2)]
    with pytest.raises(TooLarge):
        services.send(channel=channel, letter=letter(file_ids=ids))
    assert not Message.objects.exists()
