"""What the cartable adds to a customer's file: only what the reader may see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.cartable import code, customer_file
from peyvand.cartable.models import Kind, Request, RequestMessage
from peyvand.channels.models import Channel, Message
from peyvand.parties import timeline
from peyvand.parties.models import Party
from tests.cast import Cast


@pytest.fixture
def party(cast: Cast) -> Party:
    return Party.objects.create(name="نگار رستمی", branch=cast.tehran, owner=cast.olivia)


@pytest.fixture
def request_(cast: Cast, party: Party) -> Request:
    now = timezone.now()
    kind = Kind.objects.create(code="complaint", name_fa="شکایت", name_en="Complaint")
    return Request.objects.create(
        code=code.make(1405, 1), subject="تأخیر در تحویل", medium=Message.Medium.MAIL, party=party, kind=kind,
        branch=cast.tehran, department=cast.logistics, assignee=cast.alice, opened_at=now - timedelta(hours=3),
        next_due=now - timedelta(hours=1), last_activity_at=now,
    )  # fmt: skip


def message(request: Request, number: int) -> RequestMessage:
    channel, _new = Channel.objects.get_or_create(kind="manual", name="m", token="m", branch=request.branch)
    one = Message.objects.create(
        channel=channel, direction="in", medium="sms", state="parsed", external_id=f"m-{number}",
        text=f"words {number}", occurred_at=timezone.now() - timedelta(minutes=number),
    )  # fmt: skip
    return RequestMessage.objects.create(request=request, message=one)


def keys(who: User, party: Party) -> list[str]:
    return [entry.source for entry in timeline.read(who, party).entries]


def test_a_request_and_its_later_messages_are_entries(cast: Cast, party: Party, request_: Request) -> None:
    for number in (3, 2, 1):
        message(request_, number)
    page = timeline.read(cast.olivia, party)
    assert [entry.source for entry in page.entries] == ["messages", "messages", "requests"]
    assert page.entries[-1].text == "words 3", "the first message opened the request"


def test_a_code_keeps_its_direction_in_a_persian_line(cast: Cast, party: Party, request_: Request) -> None:
    message(request_, 2), message(request_, 1)
    later = timeline.read(cast.olivia, party).entries[0]
    assert f"\u2066{request_.code}\u2069" in later.text


def test_who_may_not_see_the_request_sees_no_word_of_it(cast: Cast, party: Party, request_: Request) -> None:
    message(request_, 2), message(request_, 1)
    assert keys(cast.alice, party) == ["messages", "requests"]
    assert keys(cast.charlie, party) == []
    assert customer_file.open_requests(cast.charlie, party).count == 0


def test_messages_follow_the_request_to_another_customer(cast: Cast, party: Party, request_: Request) -> None:
    message(request_, 2), message(request_, 1)
    other = Party.objects.create(name="دیگری", branch=cast.tehran)
    Request.objects.filter(pk=request_.pk).update(party=other)
    assert (keys(cast.olivia, party), len(keys(cast.olivia, other))) == ([], 2)


def test_the_figures_say_what_waits(cast: Cast, party: Party, request_: Request) -> None:
    found = customer_file.open_requests(cast.olivia, party)
    assert (found.count, found.late, found.complaints) == (1, 1, 1)
    assert customer_file.duration(timedelta(minutes=59))[0] in {"59", "۵۹"}
