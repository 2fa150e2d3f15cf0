"""Taking in, reading, and the ledger."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from peyvand.channels import selectors, services
from peyvand.channels.events import MessageBounced
from peyvand.channels.models import Attachment, Message, Sighting
from peyvand.channels.tests.stage import inbound, mail, make_channel
from peyvand.channels.tests.test_email_hostile import HOSTILE, zipped
from peyvand.channels.tests.test_email_parse import FIXTURES
from peyvand.channels.types import Letter, Submission
from peyvand.core import blobs
from peyvand.core.models import OutboxEvent


def events(name: str) -> list[dict[str, Any]]:
    return list(OutboxEvent.objects.filter(name=name).order_by("pk").values_list("payload", flat=True))


@pytest.mark.django_db
def test_a_message_is_stored_raw_with_its_event_and_its_line_in_the_ledger() -> None:
    channel = make_channel()
    received = services.receive(inbound(channel, mail(1), envelope_from="sara@customer.example", envelope_to=["s@p"]))
    message = Message.objects.get(pk=received.message_id)
    assert blobs.get(str(message.raw_id)) == mail(1)
    assert (message.state, message.message_id, message.sender) == (
        "stored",
        "m1@customer.example",
        "sara@customer.example",
    )
    assert message.recipients == {"envelope": ["s@p"]}
    assert events("channels.message_received") == [{"message_id": message.pk}]
    assert Sighting.objects.get().message_id == message.pk


@pytest.mark.django_db
def test_a_repeated_message_changes_nothing_but_the_ledger() -> None:
    channel = make_channel()
    first = services.receive(inbound(channel, mail(1)))
    travelled = b"Received: from elsewhere\r\n" + mail(1)
    again = services.receive_batch([inbound(channel, travelled), inbound(channel, mail(1))])
    assert [one.message_id for one in again] == [first.message_id] * 2
    assert all(one.repeated for one in again)
    assert len(events("channels.message_received")) == 1
    ledger = selectors.mailbox_ledger(channel)
    assert (ledger.seen, ledger.stored, ledger.repeated, ledger.balanced) == (3, 1, 2, True)


@pytest.mark.django_db
def test_the_same_id_with_another_body_is_another_message() -> None:
    channel = make_channel()
    ids = {services.receive(inbound(channel, mail(1, body=body))).message_id for body in (b"a", b"b")}
    assert len(ids) == 2


@pytest.mark.django_db
def test_two_channels_each_keep_their_own_copy() -> None:
    one, two = make_channel(), make_channel()
    results = services.receive_batch([inbound(one, mail(1)), inbound(two, mail(1))])
    assert results[0].message_id != results[1].message_id


@pytest.mark.django_db
def test_a_batch_costs_the_same_number_of_statements_however_large(django_assert_max_num_queries: Any) -> None:
    channel = make_channel()
    with django_assert_max_num_queries(9):
        services.receive_batch([inbound(channel, mail(number)) for number in range(200)])
    assert Message.objects.count() == 200


@pytest.mark.django_db(transaction=True)
def test_many_at_once_store_one_message_once() -> None:
    channel = make_channel()
    results: list[int] = []

    def work() -> None:
        batch = [inbound(channel, mail(number)) for number in range(20)]
        results.extend(one.message_id for one in services.receive_batch(batch))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == 120 and len(set(results)) == 20
    assert Message.objects.count() == 20


@pytest.mark.django_db
def test_a_persian_reply_is_read_into_its_fields() -> None:
    channel = make_channel()
    raw = (FIXTURES / "persian" / "gmail-reply.eml").read_bytes()
    received = services.receive(inbound(channel, raw, envelope_from="sara.ahmadi@example.com"))
    assert services.parse_pending([received.message_id]) == 1
    message = Message.objects.get(pk=received.message_id)
    assert (message.state, message.sender, message.sender_name) == ("parsed", "sara.ahmadi@example.com", "سارا احمدی")
    assert message.text == "سلام،\n\nهنوز خبری نشده است."
    assert "در حال بررسی" in message.quoted
    assert "هنوز خبری" in message.html and "در حال بررسی" in message.details["html_quote"]
    assert message.in_reply_to == "pv.1405-000123-4.2f.abcdef0123@peyvand.example"
    assert message.occurred_at.isoformat() == "2026-11-22T05:45:00+00:00"
    assert events("channels.message_parsed") == [{"message_id": message.pk}]


@pytest.mark.django_db
def test_reading_twice_changes_nothing() -> None:
    channel = make_channel()
    received = services.receive(inbound(channel, mail(1)))
    assert services.parse_pending([received.message_id]) == 1
    assert services.parse_pending([received.message_id]) == 0
    assert len(events("channels.message_parsed")) == 1


@pytest.mark.django_db
def test_attachments_become_files_and_bombs_do_not() -> None:
    channel = make_channel()
    raw = (FIXTURES / "persian" / "rfc2231-names.eml").read_bytes()
    many = zipped({str(number): b"" for number in range(10_500)})
    bomb = mail(
        2, extra=b"Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: binary\r\n", body=many
    )
    ids = [one.message_id for one in services.receive_batch([inbound(channel, raw), inbound(channel, bomb)])]
    services.parse_pending(ids)
    kept = Attachment.objects.filter(message_id=ids[0]).order_by("position")
    assert [one.file.name for one in kept] == ["فاکتور آذر ۱۴۰۵.pdf", "فاکتور آذر ۱۴۰۵.pdf", "htaccess.txt"]
    assert blobs.get(str(kept[0].file.blob_id)) == b"%PDF-1.4\n"
    assert not Attachment.objects.filter(message_id=ids[1]).exists()
    assert Message.objects.get(pk=ids[1]).details["blocked"][0]["reason"] == "too many files in the archive"


@pytest.mark.django_db
def test_what_cannot_be_read_waits_for_a_person() -> None:
    channel = make_channel()
    ids = [one.message_id for one in services.receive_batch([inbound(channel, b"\0\r\n"), inbound(channel, mail(2))])]
    services.parse_pending(ids)
    states = dict(Message.objects.values_list("pk", "state"))
    assert [states[pk] for pk in ids] == ["needs_review", "parsed"]
    assert "unparseable" in Message.objects.get(pk=ids[0]).error
    assert len(events("channels.message_parsed")) == 2
    services.read_again(message_id=ids[0])
    assert Message.objects.get(pk=ids[0]).state == "stored"


@pytest.mark.django_db
def test_a_message_beyond_the_limits_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peyvand.channels.services.reading.PARSE", "peyvand.core.tests.jail_tasks.missing")
    channel = make_channel()
    received = services.receive(inbound(channel, mail(1)))
    services.parse_pending([received.message_id])
    message = Message.objects.get(pk=received.message_id)
    assert (message.state, message.sender, message.subject) == ("needs_review", "sara@customer.example", "order")
    assert message.text == "salam"


@pytest.mark.django_db
def test_hostile_mail_neither_raises_nor_is_lost() -> None:
    channel = make_channel()
    names = ["to 16 KB", "4,000 parameters", "nested 1,000 deep", "50,000 div", "NUL", "120,000 headers"]
    ids = [one.message_id for one in services.receive_batch([inbound(channel, HOSTILE[name]) for name in names])]
    services.parse_pending(ids, seconds=60)
    assert Message.objects.filter(pk__in=ids, state="parsed").count() == len(names)


@pytest.mark.django_db
def test_what_the_slice_has_no_time_for_is_put_back() -> None:
    channel = make_channel()
    ids = [one.message_id for one in services.receive_batch([inbound(channel, mail(number)) for number in range(25)])]
    OutboxEvent.objects.all().delete()
    assert services.parse_pending(ids, seconds=0) == 1
    assert sorted(event["message_id"] for event in events("channels.message_received")) == sorted(ids)[1:]


@pytest.mark.django_db
def test_an_empty_envelope_sender_means_a_machine() -> None:
    channel = make_channel()
    received = services.receive(inbound(channel, mail(1), envelope_from=""))
    services.parse_pending([received.message_id])
    assert Message.objects.get(pk=received.message_id).automatic == "reply"


@pytest.mark.django_db
def test_our_own_message_that_comes_back_is_a_loop() -> None:
    channel, other = make_channel(smtp={"host": "localhost", "port": 2}), make_channel()
    sent = services.send(
        channel=channel, letter=Letter(to=[other.address], subject="x", text="y", thread="1405-000123-4")
    )
    received = services.receive(inbound(other, blobs.get(str(sent.raw_id)), envelope_from=channel.address))
    services.parse_pending([received.message_id])
    assert Message.objects.get(pk=received.message_id).automatic == "loop"


@pytest.mark.django_db
def test_a_bounce_counts_only_for_what_we_really_sent_there() -> None:
    channel = make_channel(smtp={"host": "localhost", "port": 2})
    sent = services.send(
        channel=channel, letter=Letter(to=["gone@example.com"], subject="x", text="y", thread="1405-000123-4")
    )
    template = (FIXTURES / "persian" / "bounce.eml").read_bytes()
    ours = template.replace(b"pv.1405-000123-4.2f.abcdef0123@peyvand.example", sent.message_id.encode())
    forged = template.replace(b"<dsn@", b"<dsn2@")
    ids = [one.message_id for one in services.receive_batch([inbound(channel, forged), inbound(channel, ours)])]
    services.parse_pending(ids)
    bounced = events(MessageBounced.name)
    assert bounced == [{"message_id": sent.pk, "bounce_id": ids[1], "address": "gone@example.com", "permanent": True}]


@pytest.mark.django_db
def test_a_form_or_a_call_needs_no_parsing_and_is_kept_once() -> None:
    channel = make_channel()
    submission = Submission(
        medium="phone",
        external_id="call-1",
        subject="تماس",
        text="شرح",
        occurred_at=timezone.now(),
        sender="+982112345678",
    )
    first = services.receive_submission(channel=channel, submission=submission)
    again = services.receive_submission(channel=channel, submission=submission)
    assert first.pk == again.pk and first.state == "parsed"
    assert events("channels.message_parsed") == [{"message_id": first.pk}]


@pytest.mark.django_db
def test_the_ledger_is_red_while_something_seen_is_neither_stored_nor_skipped() -> None:
    channel = make_channel()
    services.record_skip(channel_id=channel.pk, place="imap:INBOX:1", uid="1", reason="too_large", details={"size": 60})
    Sighting.objects.create(channel=channel, place="imap:INBOX:1", uid="2", outcome="seen")
    assert selectors.mailbox_ledger(channel).balanced
    Sighting.objects.filter(uid="2").update(seen_at=timezone.now() - selectors.PATIENCE * 2)
    assert not selectors.mailbox_ledger(channel).balanced
    services.receive(inbound(channel, mail(2), place="imap:INBOX:1", uid="2"))
    ledger = selectors.mailbox_ledger(channel)
    assert ledger.balanced and (ledger.seen, ledger.stored, dict(ledger.skipped)) == (2, 1, {"too_large": 1})
    services.record_skip(channel_id=channel.pk, place="imap:INBOX:1", uid="2", reason="later")
    assert selectors.mailbox_ledger(channel).stored == 1


@pytest.mark.django_db
def test_only_our_own_signature_names_a_correspondence() -> None:
    channel = make_channel()
    token = services.reply_token("1405-000123-4")
    thread, _, mac = token.partition(".")
    assert services.check_reply_token(thread, mac)
    assert not services.check_reply_token("1405-000124-4", mac)
    own = services.new_message_id(channel, "1405-000123-4").partition("@")[0].split(".")[1:]
    forged = ["1405-000123-4", own[1], "0" * 20]
    assert services.threads_named({"signed": [forged], "addresses": []}) == []
    assert services.threads_named({"signed": [own], "addresses": [[thread, mac]]}) == ["1405-000123-4"]
    assert services.reply_address(channel, "1405-000123-4").startswith(channel.address.partition("@")[0] + "+r-")


@pytest.mark.django_db
def test_a_nul_byte_in_a_message_id_does_not_hold_up_the_neighbours() -> None:
    channel = make_channel()
    hostile = b"Message-ID: <a\0b@customer.example>\r\nFrom: sara@customer.example\r\n\r\nhello\r\n"
    results = services.receive_batch([inbound(channel, mail(1)), inbound(channel, hostile, uid="u\udcff\0")])
    assert Message.objects.count() == 2
    assert Message.objects.get(pk=results[1].message_id).message_id == "a?b@customer.example"
    assert blobs.get(str(Message.objects.get(pk=results[1].message_id).raw_id)) == hostile
    services.record_skip(channel_id=channel.pk, place="file", uid="bad\udcff\0name", reason="too_large")


@pytest.mark.django_db
def test_a_mail_that_its_own_domain_disowns_is_marked_and_a_claimed_pass_is_not_believed() -> None:
    channel = make_channel()
    results = {
        b"mx.peyvand.example; spf=pass; dmarc=fail (p=reject) header.from=customer.example": "fail",
        b"mx.peyvand.example; dmarc=pass": "",
        b"mx.peyvand.example; xdmarc=fail": "",
    }
    for number, (text, wanted) in enumerate(results.items()):
        raw = mail(number, extra=b"Authentication-Results: " + text + b"\r\nAuthentication-Results: x; dmarc=none\r\n")
        received = services.receive(inbound(channel, raw))
        services.parse_pending([received.message_id])
        assert Message.objects.get(pk=received.message_id).details["dmarc"] == wanted
