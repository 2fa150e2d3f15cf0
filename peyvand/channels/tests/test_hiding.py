"""A link that lets in goes out in the mail and stands nowhere else: not in the stored copy, its bytes or a log."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest
from django.core import serializers
from django.db import connection
from django.utils import timezone

from peyvand.channels import services
from peyvand.channels.adapters.email.parse import parse
from peyvand.channels.adapters.email.send import _envelope
from peyvand.channels.models import HiddenWords, Message
from peyvand.channels.services.erasing import erase_messages
from peyvand.channels.tests.sink import open_sink
from peyvand.channels.tests.test_delivering import channel_to, letter
from peyvand.core import blobs
from peyvand.core.loopback import free_port

pytestmark = pytest.mark.django_db(transaction=True)
LINK = "https://crm.example/partner/enter/s3cret-Word_43?a=1&b=2"


def hidden(**more: Any) -> Any:
    return letter(text=f"این نشانی را باز کنید.\n\n{LINK}\n\nبا سپاس", hidden=[LINK], **more)


def tables_with(word: str) -> list[str]:
    """The tables of the whole database in which a word stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        found = []
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}" AS one WHERE one::text LIKE %s', [f"%{word}%"])
            found += [name] if (cursor.fetchone() or [0])[0] else []
    return found


def test_the_receiver_gets_the_link_and_nothing_that_is_stored_has_it(caplog: pytest.LogCaptureFixture) -> None:
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=hidden(in_reply_to="a@customer.example"))
        assert tables_with("s3cret") == []
        raw = blobs.get(str(message.raw_id))
        assert services.deliver(message_id=message.pk) == "sent"
    read, stored = parse(sink.taken[0]), parse(raw)
    assert LINK in read["text"] and "پنهان است" not in read["text"]
    assert (
        LINK.replace("&", "&amp;") in message_from_bytes(sink.taken[0], policy=SMTP).get_body(("html",)).get_content()
    )
    assert "s3cret" not in stored["text"] + stored["html"] and "[پیوند پنهان است]" in stored["text"]
    for same in ("message_id", "references", "subject", "from", "to", "reply_to", "date"):
        assert read[same] == stored[same]
    message.refresh_from_db()
    assert "s3cret" not in serializers.serialize("json", [message]) and "[پیوند پنهان است]" in message.text
    assert not HiddenWords.objects.exists() and tables_with("s3cret") == []
    assert "s3cret" not in caplog.text


def test_a_link_that_is_over_is_not_sent_and_its_words_are_dropped() -> None:
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=hidden(hidden_until=timezone.now()))
        assert services.deliver(message_id=message.pk) == "failed"
        assert not sink.taken
    assert services.forget_expired() == 1 and services.forget_expired() == 0
    assert Message.objects.get().error.startswith("پیوند این پیام")


def test_a_server_that_comes_back_in_time_gets_it_whole() -> None:
    message = services.send(channel=channel_to(free_port()), letter=hidden())
    assert services.deliver(message_id=message.pk) == "queued" and HiddenWords.objects.exists()
    with open_sink() as sink:
        message.channel.settings["smtp"]["port"] = sink.port
        message.channel.save()
        Message.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        assert services.deliver(message_id=message.pk) == "sent"
    assert LINK in parse(sink.taken[0])["text"]


def test_what_cannot_be_put_in_is_never_sent_without_it() -> None:
    with open_sink() as sink:
        message = services.send(channel=channel_to(sink.port), letter=hidden())
        HiddenWords.objects.update(words="k1:broken")
        assert services.deliver(message_id=message.pk) == "failed"
        assert not sink.taken
    erase_messages([message.pk])
    assert not HiddenWords.objects.exists()


@pytest.mark.parametrize("is_secret", [True, False])
def test_a_secret_mail_that_comes_back_is_asked_to_come_without_its_text(is_secret: bool) -> None:
    asked: list[object] = []

    class Client:
        def has_extn(self, name: str) -> bool:
            return name == "dsn"

        def mail(self, sender: str, options: object) -> tuple[int, bytes]:
            asked.append(options)
            return 250, b"OK"

        def rcpt(self, *_words: object) -> tuple[int, bytes]:
            return 250, b"OK"

        def putcmd(self, _word: str) -> None: ...

        def getreply(self) -> tuple[int, bytes]:
            return 354, b"go on"

    _envelope(Client(), "a@b.example", ["c@d.example"], is_secret=is_secret)  # type: ignore[arg-type]
    assert asked == [["RET=HDRS"] if is_secret else []]
