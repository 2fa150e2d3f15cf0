"""What `peyvand doctor` finds out."""

from django.utils import timezone

from peyvand.channels.models import Mailbox, Message
from peyvand.channels.tests.stage import make_channel
from peyvand.config import diagnosis


def test_the_doctor_sees_books_that_do_not_balance_and_answers_of_unknown_outcome(db) -> None:
    channel = make_channel()
    assert all(check.ok for check in diagnosis.books())
    Mailbox.objects.create(channel=channel, folder="INBOX", uid_validity=1, missing=3)
    Message.objects.create(
        channel=channel, direction="out", medium="mail", state="uncertain", external_id="1", occurred_at=timezone.now()
    )
    red = [check for check in diagnosis.books() if not check.ok]
    assert len(red) == 2 and all(check.advice for check in red)
    assert channel.address in red[0].name and "3" in red[0].detail
