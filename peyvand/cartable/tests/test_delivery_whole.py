"""From the answer that goes out to the bounce that comes back as work, through real mail; and no way pretends."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from peyvand.accounts.models import Notification, User
from peyvand.accounts.services.tokens import create_token
from peyvand.cartable import selectors, services
from peyvand.cartable.answer_ways import AnswerWays
from peyvand.cartable.models import Answer, Receipt, Request
from peyvand.cartable.selectors import Folder
from peyvand.cartable.services import Approval
from peyvand.cartable.services.configuring import change_answer_ways
from peyvand.cartable.tests.desk import as_actor, drafted, mailbox, opened
from peyvand.channels import services as channels
from peyvand.channels.models import Channel, Message
from peyvand.channels.services.delivering import deliver
from peyvand.channels.tests.sink import Sink, open_sink
from peyvand.channels.tests.stage import inbound
from peyvand.channels.tests.test_email_parse import FIXTURES
from tests.cast import Cast, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "gone@example.com"
Drain = Callable[[], int]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with open_sink() as found:
        yield found


@pytest.fixture
def channel(cast: Cast, sink: Sink) -> Channel:
    change_answer_ways(actor=cast.ada, wanted=AnswerWays(undo_seconds=0))
    return mailbox(cast, smtp={"host": "127.0.0.1", "port": sink.port, "security": "none"})


@pytest.fixture
def sender(cast: Cast) -> User:
    """An officer who sends an answer in a request that another is the officer of."""
    return make_user("farid", department=cast.customer_relations, roles=[cast.roles["officer"]])


def answered(sender: User, channel: Channel) -> Answer:
    answer = drafted(sender, opened(channel, ADDRESS))
    services.approve_and_send(actor=as_actor(sender), answer_id=answer.pk, approval=Approval())
    answer.refresh_from_db()
    return answer


def in_mine(user: User) -> list[int]:
    return list(selectors.in_folder(as_actor(user), Folder.MINE).values_list("pk", flat=True))


def test_a_bounced_mail_is_work_of_its_sender_again(
    cast: Cast, channel: Channel, sender: User, sink: Sink, drain: Drain, client: Client
) -> None:
    answer = answered(sender, channel)
    request, message_id = answer.request, answer.message_id or 0
    assert deliver(message_id=message_id) == "sent" and len(sink.taken) == 1
    drain()
    request.refresh_from_db()
    assert request.status == "answered" and in_mine(sender) == []
    sent = Message.objects.get(pk=message_id)
    report = (FIXTURES / "persian" / "bounce.eml").read_bytes()
    report = report.replace(b"pv.1405-000123-4.2f.abcdef0123@peyvand.example", sent.message_id.encode())
    for _again in range(2):
        got = channels.receive_batch([inbound(channel, report)])
        channels.parse_pending([one.message_id for one in got])
        drain()
    request.refresh_from_db()
    sent.refresh_from_db()
    assert (request.status, request.trouble, request.assignee) == ("open", "bounced", sender)
    assert in_mine(sender) == [request.pk] and sent.outcome == "bounced" and len(sink.taken) == 1
    assert request.first_answered_at is None and request.next_due is not None
    assert Notification.objects.filter(user=sender, kind="delivery").count() == 1
    assert request.steps.filter(kind="bounced").count() == 1 and Request.objects.count() == 1
    client.force_login(sender)
    page = client.get(f"/cartable/mine/{request.code}/").content.decode()
    assert 'data-s="bounced"' in page and f"/message/{message_id}/elsewhere/" in page


def test_a_mail_that_the_server_refuses_is_work_again_too(
    channel: Channel, sender: User, sink: Sink, drain: Drain, client: Client
) -> None:
    sink.on_rcpt = lambda address: "550 no such box"
    answer = answered(sender, channel)
    assert deliver(message_id=answer.message_id or 0) == "failed"
    drain()
    request = Request.objects.get(pk=answer.request_id)
    assert (request.trouble, request.assignee) == ("failed", sender) and in_mine(sender) == [request.pk]
    client.force_login(sender)
    assert 'data-s="failed"' in client.get(f"/cartable/mine/{request.code}/").content.decode()


@pytest.mark.parametrize("medium", ["phone", "letter", "fax", "visit"])
def test_what_is_told_by_hand_says_so(cast: Cast, channel: Channel, medium: str) -> None:
    answer = drafted(cast.olivia, opened(channel), medium=medium, recipient="+982112345678")
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk, approval=Approval(note="گفتم"))
    answer.refresh_from_db()
    assert answer.message is not None
    assert (answer.message.medium, answer.message.outcome, answer.message.created_by) == (medium, "sent", cast.olivia)


def test_nothing_pretends_that_a_text_message_went_out(cast: Cast, channel: Channel, drain: Drain) -> None:
    request = opened(channel)
    answer = drafted(cast.olivia, request, medium="sms")
    assert answer.medium == "mail"
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk, approval=Approval(medium="sms"))
    _row, key = create_token(actor=cast.olivia, user=cast.olivia, name="t", scopes=["cartable.view", "cartable.draft"])
    path, headers = (
        f"/api/v1/requests/{opened(channel, 'b@arman.example').pk}/draft",
        {"Authorization": f"Bearer {key}"},
    )
    refused = Client().put(path, {"body": "x", "medium": "sms"}, content_type="application/json", headers=headers)
    assert refused.status_code == 422
    drain()
    assert not Message.objects.filter(medium="sms").exists()
    assert not Receipt.objects.exclude(message=None).exclude(message__medium="mail").exists()
