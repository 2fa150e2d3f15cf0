"""Reply, reply to all, forward, new message: who gets it, and who never does."""

import pytest
from django.test import Client

from peyvand.cartable import recipients, services
from peyvand.cartable.errors import NoAddress, TooManyAddresses
from peyvand.cartable.models import Answer, Request
from peyvand.cartable.tests.desk import as_actor, drafted, mail, mailbox, opened, request_of
from peyvand.channels.models import Attachment, Message
from peyvand.core import blobs
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.models import File
from tests.cast import Cast

OURS = frozenset({"support@company.example", "sales@company.example"})


def test_lists_are_read_as_people_type_them() -> None:
    assert recipients.listed("a@x.example، Ali <b@x.example>; c@x.example\nd@x.example e@x.example, ") == [
        "a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example"
    ]  # fmt: skip
    assert recipients.listed(" ,;، ") == []


def test_no_address_and_our_own_mailboxes_are_refused_with_a_word() -> None:
    assert recipients.checked(["A@X.example", "a@x.example"], OURS, name="cc") == ["a@x.example"]
    for typed in ("nobody", "support@company.example", "Support+r-1.ab@company.example", "a@@b", "a b@x.example"):
        with pytest.raises(Invalid) as caught:
            recipients.checked([typed], OURS, name="cc")
        assert caught.value.fields == {"cc": typed}


def test_an_answer_to_all_leaves_out_us_machines_and_the_sender_twice() -> None:
    named = [
        "support@company.example", "support+r-1405.abc@company.example", "NEGAR@arman.example", "ali@arman.example",
        "no-reply@arman.example", "mailer-daemon@arman.example", "ali@ARMAN.example", "broken",
    ]  # fmt: skip
    assert recipients.for_all("negar@arman.example", named, OURS) == ["ali@arman.example"]


@pytest.fixture
def thread(cast: Cast) -> tuple[Request, Message]:
    """A mail to us and to others."""
    channel = mailbox(cast)
    message = mail(
        channel,
        recipients={
            "to": ["support@company.example", "ali@arman.example"],
            "cc": ["noreply@arman.example", "sara@arman.example"],
        },
        details={"reply_to": ["desk@arman.example"]},
    )
    services.take_in([message.pk])
    return request_of(message), message


def test_reply_and_reply_to_all_keep_what_was_written(cast: Cast, thread: tuple[Request, Message]) -> None:
    request, message = thread
    olivia = as_actor(cast.olivia)
    drafted(cast.olivia, request, "سلام")
    one = services.address(actor=olivia, request_id=request.pk, how="reply", message_id=message.pk)
    assert (one.body, one.recipient, one.cc, one.about, one.purpose) == (
        "سلام",
        "desk@arman.example",
        [],
        message,
        "reply",
    )
    everybody = services.address(actor=olivia, request_id=request.pk, how="all", message_id=message.pk)
    assert everybody.pk == one.pk and everybody.recipient == "desk@arman.example"
    assert everybody.cc == ["negar@arman.example", "ali@arman.example", "sara@arman.example"]
    services.approve_and_send(actor=olivia, answer_id=one.pk)
    sent = Message.objects.get(direction="out")
    assert (
        sent.recipients["envelope"] == ["desk@arman.example", *everybody.cc] and sent.in_reply_to == message.message_id
    )


def test_blind_copies_are_in_the_envelope_and_not_in_the_mail(cast: Cast, thread: tuple[Request, Message]) -> None:
    request, _message = thread
    answer = drafted(
        cast.olivia, request, "سلام", cc=["ali@arman.example"], bcc=["boss@arman.example", "ali@arman.example"]
    )
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    sent = Message.objects.get(direction="out")
    assert sent.recipients["bcc"] == ["boss@arman.example"]
    assert set(sent.recipients["envelope"]) == {"negar@arman.example", "ali@arman.example", "boss@arman.example"}
    raw = blobs.get(str(sent.raw_id))
    assert b"ali@arman.example" in raw and b"boss@arman.example" not in raw


def test_a_wrong_address_stops_the_sending_and_loses_no_text(cast: Cast, thread: tuple[Request, Message]) -> None:
    request, _message = thread
    answer = drafted(cast.olivia, request, "سلام", cc=["نادرست"])
    for act in (services.approve_and_send, services.submit_draft):
        with pytest.raises(Invalid):
            act(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    assert (answer.state, answer.body, answer.cc) == ("draft", "سلام", ["نادرست"])
    many = drafted(cast.olivia, request, "سلام", cc=[f"a{n}@x.example" for n in range(60)])
    with pytest.raises(TooManyAddresses):
        services.approve_and_send(actor=as_actor(cast.olivia), answer_id=many.pk)


def test_forwarding_quotes_the_message_takes_its_files_and_answers_nobody(
    cast: Cast, thread: tuple[Request, Message]
) -> None:
    request, message = thread
    blob = blobs.put(b"%PDF-1.4")
    file = File.objects.create(blob=blob, name="سفارش.pdf", content_type="application/pdf", size=8)
    Attachment.objects.create(message=message, file=file, position=0)
    olivia = as_actor(cast.olivia)
    drafted(cast.olivia, request, "لطفاً بررسی کنید.")
    answer = services.address(actor=olivia, request_id=request.pk, how="forward", message_id=message.pk)
    assert (
        answer.body.startswith("لطفاً بررسی کنید.")
        and message.text in answer.body
        and "negar@arman.example" in answer.body
    )
    assert list(answer.files.all()) == [file]
    with pytest.raises(NoAddress):
        services.approve_and_send(actor=olivia, answer_id=answer.pk)
    drafted(cast.olivia, request, answer.body, recipient="factory@maker.example")
    before = Request.objects.get(pk=request.pk)
    services.approve_and_send(actor=olivia, answer_id=answer.pk)
    after, sent = Request.objects.get(pk=request.pk), Message.objects.get(direction="out")
    assert (after.status, after.next_due, after.first_answered_at) == (before.status, before.next_due, None)
    assert sent.subject.startswith("Fwd: ") and request.code in sent.subject and sent.in_reply_to == ""
    assert sent.recipients["envelope"] == ["factory@maker.example"] and sent.attachments.count() == 1
    assert after.steps.filter(kind="forwarded").exists() and not after.steps.filter(kind="approved").exists()
    services.take_back(actor=olivia, answer_id=answer.pk)
    answer.refresh_from_db()
    assert (answer.state, answer.purpose, answer.recipient) == ("draft", "forward", "factory@maker.example")


def test_a_new_message_goes_to_the_customer_on_a_thread_of_its_own(cast: Cast, thread: tuple[Request, Message]) -> None:
    request, _message = thread
    olivia = as_actor(cast.olivia)
    answer = services.address(actor=olivia, request_id=request.pk, how="new")
    drafted(cast.olivia, request, "خبر تازه", subject="نمایشگاه")
    services.approve_and_send(actor=olivia, answer_id=answer.pk)
    sent = Message.objects.get(direction="out")
    assert sent.subject == f"نمایشگاه [{request.code}]" and sent.in_reply_to == "" and sent.references == []
    assert sent.recipients["to"] == ["negar@arman.example"]


def test_only_a_message_of_this_request_is_answered(cast: Cast, thread: tuple[Request, Message]) -> None:
    request, _message = thread
    foreign = opened(mailbox(cast), "other@x.example")
    strange = foreign.thread.get().message_id
    for how in ("reply", "all", "forward"):
        with pytest.raises(NotFound):
            services.address(actor=as_actor(cast.olivia), request_id=request.pk, how=how, message_id=strange)
    with pytest.raises(NotFound):
        services.address(actor=as_actor(cast.charlie), request_id=request.pk, how="new")
    assert not Answer.objects.exists()


def test_several_addresses_stand_on_the_to_line(cast: Cast, client: Client) -> None:
    request = opened(mailbox(cast))
    client.force_login(cast.olivia)
    services.address(actor=as_actor(cast.olivia), request_id=request.pk, how="new")
    several = "Negar <negar@arman.example>، ali@arman.example; ALI@arman.example"
    form = {"body": "سلام", "to": "mail:negar@arman.example", "recipient": several, "cc": "ali@arman.example"}
    client.post(f"/cartable/{request.code}/draft/", form)
    page = client.get(f"/cartable/{request.code}/", follow=True).content.decode()
    assert "ali@arman.example; ALI@arman.example" in page
    answer = Answer.objects.get()
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    message = Message.objects.get(direction="out")
    assert message.recipients["to"] == ["negar@arman.example", "ali@arman.example"] and not message.recipients["cc"]
    assert message.recipients["envelope"] == ["negar@arman.example", "ali@arman.example"]


@pytest.mark.parametrize("typed", ["a@b.example, نادرست", "a@b.example, support@company.example"])
def test_one_wrong_address_of_several_is_named(cast: Cast, typed: str) -> None:
    answer = drafted(cast.olivia, opened(mailbox(cast)), recipient=typed)
    with pytest.raises(Invalid):
        services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    assert not Message.objects.filter(direction="out").exists()
