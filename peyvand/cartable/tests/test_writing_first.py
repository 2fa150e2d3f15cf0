"""Writing to a customer first: in a new request or in one of his."""

import pytest
from django.test import Client

from peyvand.cartable import services
from peyvand.cartable.errors import NothingWritten
from peyvand.cartable.events import RequestOpened
from peyvand.cartable.models import Answer, Receipt, Request
from peyvand.cartable.services.receipts import acknowledge
from peyvand.cartable.services.writing_first import FirstWords, write_to
from peyvand.cartable.tests.desk import as_actor, mailbox, opened
from peyvand.channels.models import Message
from peyvand.core.errors import NotAllowed, NotFound
from peyvand.parties.models import ContactPoint, Party
from tests.cast import Cast


@pytest.fixture
def party(cast: Cast) -> Party:
    found = Party.objects.create(name="سپیده نیک‌نام", branch=cast.tehran, owner=cast.olivia)
    for number, value in enumerate(("sepideh@arman.example", "office@arman.example")):
        ContactPoint.objects.create(party=found, kind="email", typed=value, value=value, is_primary=number == 0)
    return found


def test_a_first_message_opens_a_request_that_its_writer_holds(cast: Cast, party: Party) -> None:
    mailbox(cast)
    words = FirstWords(party_id=party.pk, subject=" دعوت  به نمایشگاه ", body="سلام", recipient="office@arman.example")
    answer = write_to(actor=as_actor(cast.olivia), words=words)
    request = answer.request
    assert (request.status, request.assignee, request.party, request.subject) == (
        "open", cast.olivia, party, "دعوت به نمایشگاه"
    )  # fmt: skip
    assert request.next_due is not None and request.message_count == 0
    acknowledge([RequestOpened(request_id=request.pk)])
    assert not Receipt.objects.exists()  # nobody wrote to us
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    sent = Message.objects.get(direction="out")
    assert sent.recipients["to"] == ["office@arman.example"] and sent.subject == f"دعوت به نمایشگاه [{request.code}]"
    request.refresh_from_db()
    assert (request.status, request.message_count) == ("answered", 1)


def test_it_joins_a_request_of_the_customer_and_of_nobody_else(cast: Cast, party: Party) -> None:
    request, foreign = opened(mailbox(cast)), opened(mailbox(cast), "other@x.example")
    Request.objects.filter(pk=request.pk).update(party=party)
    answer = write_to(
        actor=as_actor(cast.olivia), words=FirstWords(party_id=party.pk, subject="پیگیری", request_id=request.pk)
    )
    assert answer.request == request and answer.purpose == "new" and Request.objects.count() == 2
    for number in (foreign.pk, 10**9):
        with pytest.raises(NotFound):
            write_to(actor=as_actor(cast.olivia), words=FirstWords(party_id=party.pk, subject="x", request_id=number))


def test_who_may_not_see_the_customer_or_register_a_request_writes_nothing(cast: Cast, party: Party) -> None:
    words = FirstWords(party_id=party.pk, subject="x")
    for user, error in ((cast.charlie, NotFound), (cast.alice, (NotAllowed, NotFound))):
        with pytest.raises(error):
            write_to(actor=as_actor(user), words=words)
    with pytest.raises(NothingWritten):
        write_to(actor=as_actor(cast.olivia), words=FirstWords(party_id=party.pk, subject="  "))
    assert not Request.objects.exists() and not Answer.objects.exists()


def test_the_page_leads_to_the_draft(cast: Cast, party: Party, client: Client) -> None:
    mailbox(cast)
    client.force_login(cast.olivia)
    shown = client.get(f"/cartable/write/{party.pk}/")
    assert shown.status_code == 200 and "office@arman.example" in shown.content.decode()
    form = {"recipient": "office@arman.example", "request": "", "subject": "دعوت", "body": "سلام"}
    made = client.post(f"/cartable/write/{party.pk}/", form)
    answer = Answer.objects.get()
    assert made.status_code == 303 and answer.request.code in made["Location"] and answer.body == "سلام"
    assert client.post(f"/cartable/write/{party.pk}/", form | {"subject": ""}).status_code == 422
