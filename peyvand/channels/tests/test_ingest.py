"""Stored mail is taken in like new mail, and a second time not at all."""

import mailbox
from pathlib import Path

import pytest

from peyvand.channels import selectors
from peyvand.channels.doors.ingest import ingest, messages_in
from peyvand.channels.models import Message
from peyvand.channels.tests.stage import mail, make_channel, unfit_mails
from peyvand.channels.tests.test_email_parse import FIXTURES
from peyvand.core.errors import NotFound

pytestmark = pytest.mark.django_db


def test_one_file(tmp_path: Path) -> None:
    channel = make_channel()
    (tmp_path / "a.eml").write_bytes(mail(1))
    assert ingest(tmp_path / "a.eml").stored == 1
    assert Message.objects.get().channel_id == channel.pk


def test_a_folder_is_resumed_where_it_was_left(tmp_path: Path) -> None:
    channel = make_channel()
    for number in range(5):
        (tmp_path / f"{number}.eml").write_bytes(mail(number))
    assert ingest(tmp_path, channel).stored == 5
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "6.eml").write_bytes(mail(6))
    tally = ingest(tmp_path, channel)
    assert (tally.stored, tally.repeated) == (1, 5)
    assert selectors.mailbox_ledger(channel).balanced


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_an_mbox_gives_the_messages_that_were_put_in(tmp_path: Path, ending: bytes) -> None:
    channel = make_channel()
    box = mailbox.mbox(tmp_path / "box")
    for number in range(30):
        box.add(mail(number, body=b"one\r\n\r\nFrom here on it is text\r\nFrom: quoted").replace(b"\r\n", b"\n"))
    box.close()
    path = tmp_path / "box"
    if ending == b"\r\n":
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert ingest(path, channel).stored == 30
    assert ingest(path, channel).repeated == 30
    first = next(raw for _, raw in messages_in(path)).replace(b"\r\n", b"\n")
    assert (
        first.rstrip()
        == mail(0, body=b"one\r\n\r\nFrom here on it is text\r\nFrom: quoted").replace(b"\r\n", b"\n").rstrip()
    )


def test_each_message_goes_to_the_channel_it_was_addressed_to(tmp_path: Path) -> None:
    first, second = make_channel(), make_channel()
    (tmp_path / "1").write_bytes(mail(1, to=second.address.replace("@", "+x@")))
    (tmp_path / "2").write_bytes(mail(2, to="nobody@else.example"))
    ingest(tmp_path)
    assert dict(Message.objects.values_list("message_id", "channel_id")) == {
        "m1@customer.example": second.pk,
        "m2@customer.example": first.pk,
    }


def test_every_fixture_of_the_standard_library_is_taken(tmp_path: Path) -> None:
    channel = make_channel()
    tally = ingest(FIXTURES / "cpython", channel)
    assert tally.seen == len(list((FIXTURES / "cpython").iterdir()))
    assert tally.skipped == {}


def test_what_no_door_takes_is_skipped_with_its_reason(tmp_path: Path) -> None:
    channel = make_channel()
    unfit = unfit_mails()
    for reason, raw in unfit.items():
        (tmp_path / reason).write_bytes(raw)
    (tmp_path / "fine").write_bytes(mail(1))
    for _ in range(2):
        assert ingest(tmp_path).skipped == dict.fromkeys(unfit, 1)
    ledger = selectors.mailbox_ledger(channel)
    assert dict(ledger.skipped) == dict.fromkeys(unfit, 1) and ledger.balanced
    assert Message.objects.get().message_id == "m1@customer.example"


def test_without_a_channel_nothing_is_taken(tmp_path: Path) -> None:
    (tmp_path / "1").write_bytes(mail(1))
    with pytest.raises(NotFound):
        ingest(tmp_path)


def test_two_mailboxes_of_one_name_are_told_apart_and_one_that_was_filled_anew_too(tmp_path: Path) -> None:
    channel = make_channel()
    for number, folder in enumerate(("ali", "sara")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Inbox").write_bytes(b"From a Sun Nov 22 06:00:00 2026\r\n" + mail(number))
    assert ingest(tmp_path, channel).stored == 2
    (tmp_path / "ali" / "Inbox").write_bytes(b"From a Sun Nov 22 07:00:00 2026\r\n" + mail(7))
    tally = ingest(tmp_path, channel)
    assert (tally.stored, tally.repeated) == (1, 1)
    ledger = selectors.mailbox_ledger(channel)
    assert (ledger.seen, ledger.stored, ledger.balanced) == (3, 3, True)
