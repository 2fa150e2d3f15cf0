"""The listener, spoken to by a real SMTP client over a real socket."""

import random
import smtplib
import socket
import threading
from typing import Any

import pytest
from django.db import OperationalError

from peyvand.channels import selectors
from peyvand.channels.doors import run as run_module
from peyvand.channels.doors import smtp as door_module
from peyvand.channels.doors.unknown import NETWORKS, UnknownAddresses, network_of
from peyvand.channels.models import Channel, Message, Sighting
from peyvand.channels.tests.stage import mail, make_channel, open_door, until
from peyvand.core import blobs

pytestmark = pytest.mark.django_db(transaction=True)


def client(port: int) -> smtplib.SMTP:
    return smtplib.SMTP("127.0.0.1", port, timeout=20)


def skips() -> dict[str, Any]:
    return dict(Sighting.objects.filter(outcome="skipped").values_list("reason", "details"))


def talk(port: int, *lines: bytes) -> list[bytes]:
    """Send lines one by one and collect the answers, as no decent client would."""
    answers = []
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        file = connection.makefile("rwb")
        file.readline()
        for line in lines:
            file.write(line)
            file.flush()
            answer = file.readline()
            while answer[3:4] == b"-":
                answer = file.readline()
            answers.append(answer)
    return answers


def test_250_means_that_the_bytes_are_committed() -> None:
    channel = make_channel()
    raw = mail(1, body="سلام\r\n.نقطه\r\n..دو نقطه\r\n.".encode(), to=channel.address)
    with open_door() as door, client(door.port) as smtp:
        smtp.sendmail("sara@customer.example", [channel.address], raw)
        message = Message.objects.get()
    assert blobs.get(str(message.raw_id)) == raw
    assert message.sender == "sara@customer.example"
    assert message.recipients == {"envelope": [channel.address]}


def test_our_plus_addresses_and_letter_case_are_ours_and_others_are_not() -> None:
    channel = make_channel()
    local, _, domain = channel.address.partition("@")
    with open_door() as door, client(door.port) as smtp:
        smtp.ehlo()
        smtp.mail("a@b.example")
        assert smtp.rcpt(f"{local}+r-1405-000123-4.0011223344556677@{domain}")[0] == 250
        assert smtp.rcpt(channel.address.upper())[0] == 250
        assert smtp.rcpt("somebody@else.example") == (550, b"5.1.1 No such address here")
        assert smtp.rcpt(f"{local}@else.example")[0] == 550


def test_a_bounce_with_an_empty_sender_is_taken() -> None:
    channel = make_channel()
    with open_door() as door, client(door.port) as smtp:
        smtp.sendmail("", [channel.address], mail(1))
    assert Message.objects.get().details["envelope_from"] == ""


def test_several_of_our_addresses_each_get_their_copy() -> None:
    one, two = make_channel(), make_channel()
    with open_door() as door, client(door.port) as smtp:
        smtp.sendmail("a@b.example", [one.address, two.address], mail(1))
    assert {message.channel_id for message in Message.objects.all()} == {one.pk, two.pk}


def test_what_we_never_take_is_refused_with_a_reason_and_recorded() -> None:
    channel = make_channel()
    with open_door() as door:
        with client(door.port) as smtp, pytest.raises(smtplib.SMTPException) as refused:
            smtp.sendmail("a@b.example", [channel.address], mail(1, body=b"x" * 60_000_000))
        assert refused.value.smtp_code == 552
        with client(door.port) as smtp:
            smtp.ehlo()
            smtp.mail("a@b.example")
            smtp.rcpt(channel.address)
            assert smtp.data(mail(2, body=(b"x" * 990 + b"\r\n") * 30_000))[0] == 552  # its size was not announced
            for raw, reason in (
                (mail(3, body=b"a\0b"), "NUL"),
                (mail(4, extra=b"X-A: " + b"a" * 1_000_000 + b"\r\n"), "header"),
            ):
                smtp.mail("a@b.example")
                smtp.rcpt(channel.address)
                code, answer = smtp.data(raw)
                assert code == 554 and reason in answer.decode()
    assert set(skips()) == {"too_large", "nul", "header_too_large"}
    assert skips()["nul"]["from"] == "a@b.example"
    assert Message.objects.count() == 0
    ledger = selectors.mailbox_ledger(channel)
    assert ledger.balanced and sum(ledger.skipped.values()) + selectors.refused_at_the_door().get("too_large", 0) == 4


def test_ten_thousand_recipients_are_refused_and_recorded_once() -> None:
    channel = make_channel()
    local, _, domain = channel.address.partition("@")
    with open_door() as door, client(door.port) as smtp:
        smtp.ehlo()
        smtp.mail("a@b.example")
        codes = [smtp.rcpt(f"{local}+{number}@{domain}")[0] for number in range(10_000)]
        assert codes[:100] == [250] * 100 and set(codes[100:]) == {550}
        assert smtp.data(mail(1))[0] == 554
    assert "too_many_recipients" in skips()
    assert Message.objects.count() == 0


def test_lines_may_be_long_and_commands_may_be_pipelined() -> None:
    channel = make_channel()
    raw = mail(1, body=b"x" * 500_000)
    with open_door() as door:
        to = channel.address.encode()
        with socket.create_connection(("127.0.0.1", door.port), timeout=20) as connection:
            file = connection.makefile("rwb")
            file.write(b"EHLO x\r\n")
            for number in (1, 2):
                file.write(b"MAIL FROM:<a@b.example>\r\nRCPT TO:<" + to + b">\r\nDATA\r\n" + mail(number) + b".\r\n")
            file.write(
                b"MAIL FROM:<a@b.example>\r\nRCPT TO:<" + to + b">\r\nDATA\r\n" + raw[:-7].replace(b"m1@", b"m3@")
            )
            file.flush()
            file.write(raw[-7:] + b".\r\nQUIT\r\n")
            file.flush()
            answers = file.read().split(b"\r\n")
    assert sum(answer.startswith(b"250 2.0.0 Stored") for answer in answers) == 3
    assert Message.objects.count() == 3


def test_only_a_dot_between_real_line_ends_ends_the_text() -> None:
    channel = make_channel()
    to = channel.address.encode()
    smuggled = mail(1, body=b"a\n.\nMAIL FROM:<evil@b>\n.\r\nRCPT TO:<x>\r.\r\nb")
    with open_door() as door:
        answers = talk(
            door.port,
            b"EHLO x\r\n",
            b"MAIL FROM:<a@b.example>\r\n",
            b"RCPT TO:<" + to + b">\r\n",
            b"DATA\r\n",
            smuggled + b".\r\n",
        )
    assert answers[-1].startswith(b"250 2.0.0 Stored")
    assert blobs.get(str(Message.objects.get().raw_id)) == smuggled


def test_while_the_database_is_away_the_sender_is_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = make_channel()
    away = True
    real = door_module.GroupWriter.store.__globals__["services"].receive_batch

    def receive_batch(inbounds: Any) -> Any:
        if away:
            raise OperationalError("connection refused")
        return real(inbounds)

    monkeypatch.setattr("peyvand.channels.services.receive_batch", receive_batch)
    with open_door() as door, client(door.port) as smtp:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            smtp.sendmail("a@b.example", [channel.address], mail(1))
        assert refused.value.smtp_code == 451
        away = False
        smtp.sendmail("a@b.example", [channel.address], mail(1))
    assert Message.objects.count() == 1


def test_a_door_that_never_saw_the_channels_sends_nobody_away(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = make_channel()
    monkeypatch.setattr("peyvand.channels.doors.run._read_channels", lambda: None)
    with open_door() as door, client(door.port) as smtp:
        smtp.ehlo()
        smtp.mail("a@b.example")
        assert smtp.rcpt(channel.address)[0] == 451


def test_one_message_that_cannot_be_stored_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = make_channel()
    real = door_module.GroupWriter.store.__globals__["services"].receive_batch

    def receive_batch(inbounds: Any) -> Any:
        if any(b"poison" in one.raw for one in inbounds):
            raise ValueError("poison")
        return real(inbounds)

    monkeypatch.setattr("peyvand.channels.services.receive_batch", receive_batch)
    codes: dict[int, int] = {}

    def send(port: int, number: int) -> None:
        with client(port) as smtp:
            smtp.ehlo()
            smtp.mail("a@b.example")
            smtp.rcpt(channel.address)
            codes[number] = smtp.data(mail(number, body=b"poison" if number == 3 else b"fine"))[0]

    with open_door() as door:
        threads = [threading.Thread(target=send, args=(door.port, number)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert codes == {number: 554 if number == 3 else 250 for number in range(8)}
    assert Message.objects.count() == 7


def test_many_sessions_share_their_commits_and_nothing_is_lost() -> None:
    channel = make_channel()

    def send(port: int, part: int) -> None:
        with client(port) as smtp:
            for number in range(part, 400, 8):
                body = random.Random(number).randbytes(30).hex().encode() * (200 if number % 50 == 0 else 5)
                smtp.sendmail("a@b.example", [channel.address], mail(number, body=body))

    with open_door() as door:
        threads = [threading.Thread(target=send, args=(door.port, part)) for part in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert Message.objects.count() == 400
    assert selectors.mailbox_ledger(channel).stored == 400


def test_lmtp_answers_for_each_recipient(tmp_path: Any) -> None:
    one, two = make_channel(), make_channel()
    path = str(tmp_path / "lmtp")
    with open_door(lmtp_path=path), smtplib.LMTP(path) as lmtp:
        lmtp.ehlo()
        lmtp.mail("a@b.example")
        lmtp.rcpt(one.address)
        lmtp.rcpt(two.address)
        assert lmtp.data(mail(1))[0] == 250
        assert lmtp.getreply()[0] == 250
    assert Message.objects.count() == 2


def test_a_new_channel_is_served_without_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peyvand.channels.doors.run.REFRESH_SECONDS", 0.1)
    with open_door() as door, client(door.port) as smtp:
        channel = make_channel()
        smtp.ehlo()

        def accepted() -> bool:
            smtp.rset()
            smtp.mail("a@b.example")
            return smtp.rcpt(channel.address)[0] == 250

        until(accepted)
        Channel.objects.update(is_active=False)
        until(lambda: not accepted())


def test_a_promise_of_too_much_at_once_is_put_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peyvand.channels.doors.smtp.PROMISED_BYTES", 30_000_000)
    make_channel()
    with open_door() as door, client(door.port) as first, client(door.port) as second:
        first.ehlo()
        second.ehlo()
        assert first.mail("a@b.example", ["SIZE=20000000"])[0] == 250
        assert second.mail("a@b.example", ["SIZE=20000000"])[0] == 452
        first.quit()
        until(lambda: second.mail("a@b.example", ["SIZE=20000000"])[0] == 250)


def test_a_sender_that_leaves_in_the_middle_leaves_nothing() -> None:
    channel = make_channel()
    to = channel.address.encode()
    with open_door() as door:
        talk(door.port, b"EHLO x\r\n", b"MAIL FROM:<a@b.example>\r\n", b"RCPT TO:<" + to + b">\r\n", b"DATA\r\n")
        with client(door.port) as smtp:
            smtp.sendmail("a@b.example", [channel.address], mail(9))
        until(lambda: not door.handler.peers or sum(door.handler.peers.values()) == 0)
    assert Message.objects.count() == 1


def test_a_mailbox_made_a_moment_ago_is_known_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "READ_AGAIN_SECONDS", 0.0)
    with open_door() as door, client(door.port) as smtp:
        channel = make_channel()
        smtp.ehlo()
        smtp.mail("a@b.example")
        assert smtp.rcpt(channel.address)[0] == 250


def test_unknown_addresses_read_the_channels_once_a_second_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []
    read_channels = run_module._read_channels
    monkeypatch.setattr(run_module, "READ_AGAIN_SECONDS", 3600.0)
    monkeypatch.setattr(run_module, "_read_channels", lambda: reads.append(1) or read_channels())
    with open_door() as door, client(door.port) as smtp:
        smtp.ehlo()
        smtp.mail("a@b.example")
        assert {smtp.rcpt(f"nobody{number}@else.example")[0] for number in range(50)} == {550}
    assert len(reads) < 5  # at the start, and every ten seconds


def test_an_installation_opens_the_socket_that_its_settings_name(settings: Any, tmp_path: Any) -> None:
    settings.LMTP_SOCKET = str(tmp_path / "peyvand.lmtp")
    assert run_module.door_of_settings().lmtp_path == settings.LMTP_SOCKET


def test_addresses_that_nobody_has_are_counted_in_one_line_of_the_day() -> None:
    make_channel()
    for _ in range(2):
        with open_door() as door, client(door.port) as smtp:
            smtp.ehlo()
            smtp.mail("a@b.example")
            for number in range(60):
                assert smtp.rcpt(f"nobody{number}@else.example")[0] == 550
    line = Sighting.objects.get(reason="unknown_recipient")
    assert (line.channel, line.outcome, line.details["count"]) == (None, "skipped", 120)
    assert line.uid.endswith(" 127.0.0.0/24") and line.details["last"] == "nobody59@else.example"
    assert selectors.refused_at_the_door()["unknown_recipient"] == 120


def test_a_scanner_of_many_networks_fills_no_table() -> None:
    tried = UnknownAddresses()
    for number in range(NETWORKS * 2):
        tried.note((f"10.{number // 256}.{number % 256}.9", 25), "x\n@y")
    tried.note(("2001:db8::1", 25, 0, 0), "x")
    tried.note("", "x")
    counts = tried.take()
    assert len(counts) == NETWORKS + 1 and sum(count for count, _ in counts.values()) == NETWORKS * 2 + 2
    tried.give_back(counts)
    assert tried.take() == counts and tried.take() == {}


@pytest.mark.parametrize(
    ("peer", "network"),
    [
        (("192.0.2.7", 1), "192.0.2.0/24"),
        (("::ffff:192.0.2.7", 1, 0, 0), "192.0.2.0/24"),
        (("2001:db8::7", 1, 0, 0), "2001:db8::/64"),
        ("", "local"),
        (None, "local"),
    ],
)
def test_a_peer_is_counted_with_its_network(peer: object, network: str) -> None:
    assert network_of(peer) == network
