"""Mailboxes on a real Dovecot: everything once, nothing lost, the books always right."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from peyvand.channels import selectors, services
from peyvand.channels.adapters.email.imap import connect
from peyvand.channels.doors import imap
from peyvand.channels.doors.imap import Folder, MailboxReader
from peyvand.channels.models import Channel, Mailbox, Message, Sighting
from peyvand.channels.services.servers import imap_server
from peyvand.channels.tests.dovecot import Dovecot, open_dovecot
from peyvand.channels.tests.stage import mail, make_channel, open_door, unfit_mails, until
from peyvand.core import blobs, secrets
from peyvand.core.outgoing import HostRefused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    home = Path(tempfile.mkdtemp(prefix="pvdv"))
    try:
        with open_dovecot(home) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "FIRST_WAIT", 0.05)
    monkeypatch.setattr(imap, "LONGEST_WAIT", 0.2)


def mailbox(server: Dovecot, *, password: str = "secret", **changes: Any) -> tuple[str, Channel]:
    user = f"u{uuid4().hex[:10]}"
    server.add_user(user)
    given = {"host": "127.0.0.1", "port": server.port, "security": "none", "user": user, "import_existing": True}
    channel = make_channel(incoming="imap", imap=given | changes)
    channel.secrets = secrets.encrypt(json.dumps({"imap_password": password}))
    channel.save()
    return user, channel


def look(channel: Channel, *, reconcile: bool = False) -> int:
    """One visit, in this thread."""
    server = imap_server(channel)
    with connect(server) as box:
        folder = Folder(box, channel, server.folder)
        return folder.reconcile() if reconcile else folder.take_new()


def test_mail_is_stored_then_marked_as_read(dovecot: Dovecot) -> None:
    user, channel = mailbox(dovecot)
    for number in range(3):
        dovecot.deliver(user, mail(number))
    assert look(channel) == 3
    assert look(channel) == 0
    assert Message.objects.count() == 3
    assert b"m0@customer.example" in blobs.get(str(Message.objects.order_by("pk")[0].raw_id))
    assert dovecot.flags(user) == ["S", "S", "S"]
    ledger = selectors.mailbox_ledger(channel)
    assert (ledger.seen, ledger.stored, ledger.balanced) == (3, 3, True)


def test_idle_brings_new_mail_at_once_through_the_whole_door(dovecot: Dovecot) -> None:
    user, channel = mailbox(dovecot)
    with open_door():
        until(lambda: Mailbox.objects.filter(channel=channel).exists())
        dovecot.deliver(user, mail(1))
        until(lambda: Message.objects.filter(channel=channel).count() == 1, 8)
        dovecot.deliver(user, mail(2))
        until(
            lambda: Message.objects.filter(channel=channel).count() == 2, 8
        )  # far less than IDLE_SECONDS: the server told us
    assert Mailbox.objects.get(channel=channel).error == ""


def test_a_crash_between_store_and_mark_makes_no_second_message(
    dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, channel = mailbox(dovecot)
    dovecot.deliver(user, mail(1))

    class Crash(Exception):
        pass

    def crash(self: Any, waiting: Any) -> int:
        services.receive_batch(waiting)
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "_keep", crash)
        with pytest.raises(Crash):
            look(channel)
    assert dovecot.flags(user) == [""]
    assert look(channel, reconcile=True) == 0
    assert Message.objects.count() == 1


def test_a_crash_between_note_and_fetch_is_found_by_the_reconciliation(
    dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, channel = mailbox(dovecot)
    for number in range(3):
        dovecot.deliver(user, mail(number))
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "_fetch", lambda self, uids: 0)
        look(channel)
    assert Sighting.objects.filter(outcome="seen").count() == 3
    assert look(channel) == 0
    assert look(channel, reconcile=True) == 3
    assert Message.objects.count() == 3
    assert selectors.mailbox_ledger(channel).balanced
    assert Mailbox.objects.get().missing == 0


def test_what_was_there_before_us_is_left_alone_unless_asked_for(dovecot: Dovecot) -> None:
    user, channel = mailbox(dovecot, import_existing=False)
    dovecot.deliver(user, mail(1))
    assert look(channel) == 0
    dovecot.deliver(user, mail(2))
    assert look(channel) == 1
    assert look(channel, reconcile=True) == 0
    assert Message.objects.get().message_id == "m2@customer.example"


def test_a_mail_of_60_mb_is_skipped_with_its_reason_and_the_others_are_read(dovecot: Dovecot) -> None:
    user, channel = mailbox(dovecot)
    dovecot.deliver(user, mail(1, body=(b"x" * 70 + b"\r\n") * 850_000))
    dovecot.deliver(user, mail(2))
    look(channel)
    ledger = selectors.mailbox_ledger(channel)
    assert dict(ledger.skipped) == {"too_large": 1} and ledger.stored == 1 and ledger.balanced
    assert Sighting.objects.get(outcome="skipped").details["size"] > 60_000_000


def test_what_no_door_takes_is_skipped_with_its_reason(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dovecot gives no NUL byte away, other servers do."""
    user, channel = mailbox(dovecot)
    unfit = unfit_mails()
    for raw in (*unfit.values(), mail(1)):
        dovecot.deliver(user, raw)
    fetched = Folder._raw
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "_raw", lambda self, uid: (fetched(self, uid) or b"").replace(b"\x80", b"\0"))
        look(channel)
        assert look(channel, reconcile=True) == 0
    ledger = selectors.mailbox_ledger(channel)
    assert dict(ledger.skipped) == dict.fromkeys(unfit, 1) and ledger.stored == 1 and ledger.balanced
    assert Message.objects.get().message_id == "m1@customer.example"


def test_the_same_mail_by_two_ways_is_one_message(dovecot: Dovecot) -> None:
    user, channel = mailbox(dovecot)
    dovecot.deliver(user, mail(1))
    dovecot.deliver(user, b"Received: by another way\r\n" + mail(1))
    look(channel)
    ledger = selectors.mailbox_ledger(channel)
    assert (ledger.stored, ledger.repeated, ledger.balanced) == (1, 1, True)


def test_a_renewed_mailbox_is_read_again_without_doubles(dovecot: Dovecot) -> None:
    user, channel = mailbox(dovecot, import_existing=False)
    look(channel)
    dovecot.deliver(user, mail(1))
    look(channel)
    Mailbox.objects.update(uid_validity=1)
    Sighting.objects.update(place="imap:INBOX:1")
    dovecot.deliver(user, mail(2))
    look(channel)
    assert Message.objects.count() == 2
    assert selectors.mailbox_ledger(channel).repeated == 1


def test_a_wrong_password_is_said_and_retried_until_it_is_right(dovecot: Dovecot) -> None:
    user, channel = mailbox(dovecot, password="wrong")
    dovecot.deliver(user, mail(1))
    reader = MailboxReader(channel.pk, idle_seconds=1)
    reader.start()
    try:
        until(lambda: "password" in selectors.mailbox_ledger(channel).error, 20)
        channel.secrets = secrets.encrypt(json.dumps({"imap_password": "secret"}))
        channel.save()
        until(lambda: Message.objects.count() == 1, 20)
        until(lambda: selectors.mailbox_ledger(channel).error == "")
    finally:
        reader.stop()
        reader.join(10)


def test_a_server_that_comes_back_is_read_on() -> None:
    home = Path(tempfile.mkdtemp(prefix="pvdv"))
    try:
        with open_dovecot(home) as server:
            user, channel = mailbox(server)
            port = server.port
            reader = MailboxReader(channel.pk, idle_seconds=1)
            server.deliver(user, mail(1))
            reader.start()
            until(lambda: Message.objects.count() == 1, 20)
        with open_dovecot(home, port) as server:
            server.deliver(user, mail(2))
            until(lambda: Message.objects.count() == 2, 20)
            reader.stop()
            reader.join(10)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def test_an_inner_mail_server_must_be_allowed(dovecot: Dovecot, settings: Any) -> None:
    _, channel = mailbox(dovecot)
    settings.ALLOWED_PRIVATE_HOSTS = []
    with pytest.raises(HostRefused):
        imap_server(channel)


def test_the_doctor_knows_which_mailbox_cannot_be_opened(dovecot: Dovecot) -> None:
    _, good = mailbox(dovecot)
    _, bad = mailbox(dovecot, password="wrong")
    problems = {name: problem for name, problem, _ in services.credential_checks()}
    assert problems[f"{good.address} imap"] == ""
    assert problems[f"{bad.address} imap"] != ""
