"""From received mail to requests."""

import threading as threads
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from peyvand.cartable import code, services
from peyvand.cartable.errors import NoContinuation
from peyvand.cartable.models import Kind, Request, RequestMessage, Step
from peyvand.cartable.services import intake, joining
from peyvand.cartable.tests.desk import as_actor, drafted, mail, mailbox, opened, request_of
from peyvand.channels.events import MessageBounced, MessageFailed, MessageParsed, MessageSent, MessageUncertain
from peyvand.channels.models import Message
from peyvand.channels.services.tokens import new_message_id, reply_token
from peyvand.core.errors import NotAllowed, NotFound
from peyvand.core.events import publish
from peyvand.core.models import OutboxDelivery, OutboxEvent
from peyvand.parties.models import ContactPoint, Party
from tests.cast import Cast, make_cast


def kinds_of(request: Request) -> list[str]:
    return list(request.steps.order_by("id").values_list("kind", flat=True))


def test_a_mail_opens_a_request_with_a_customer_a_code_and_a_clock(cast: Cast) -> None:
    Kind.objects.create(code="complaint", name_fa="شکایت", name_en="Complaint", words=["شکایت"])
    request = opened(mailbox(cast), subject="شکایت از تأخیر")
    assert code.parse(request.code) == request.code
    assert (request.status, request.department, request.branch) == ("new", cast.customer_relations, cast.tehran)
    assert request.kind is not None and request.kind.code == "complaint"
    assert request.party is not None and request.party.name == "نگار رستمی" and request.matched_by == []
    assert request.next_due == request.first_answer_due and request.resolution_due > request.first_answer_due
    assert kinds_of(request) == ["opened"]
    assert OutboxEvent.objects.filter(name="cartable.request_opened", payload={"request_id": request.pk}).exists()


def test_a_known_customer_is_recognised_by_the_address(cast: Cast) -> None:
    first = opened(mailbox(cast), "Negar@Arman.example")
    services.close(actor=as_actor(cast.olivia), request_id=first.pk)
    second = opened(mailbox(cast), "negar@arman.example", subject="چیز دیگر")
    assert second.pk != first.pk and second.party_id == first.party_id and second.matched_by == ["email"]


def test_a_repeated_event_changes_nothing(cast: Cast) -> None:
    message = mail(mailbox(cast))
    for _again in range(2):
        services.open_from_messages([MessageParsed(message_id=message.pk), MessageParsed(message_id=message.pk)])
    assert Request.objects.count() == RequestMessage.objects.count() == Step.objects.count() == 1


def test_a_batch_costs_about_as_many_statements_as_one(cast: Cast, django_assert_max_num_queries: Callable) -> None:
    channel = mailbox(cast)
    opened(channel, "warm@up.example")
    messages = [mail(channel, f"person{number}@many.example") for number in range(40)]
    with django_assert_max_num_queries(40):
        services.take_in([message.pk for message in messages])
    assert Request.objects.count() == 41


def test_two_mails_of_one_sender_in_one_batch_are_one_request(cast: Cast) -> None:
    channel = mailbox(cast)
    first, second = mail(channel), mail(channel, subject="Re: تأخیر")
    services.take_in([first.pk, second.pk])
    request = request_of(first)
    assert request_of(second) == request and request.message_count == 2
    assert kinds_of(request) == ["opened", "message_in"]


def test_an_answer_in_the_same_batch_finds_its_thread_by_message_id(cast: Cast) -> None:
    channel = mailbox(cast)
    first = mail(channel)
    other = mail(channel, "other@arman.example", in_reply_to=first.message_id)
    services.take_in([first.pk, other.pk])
    assert request_of(other) != request_of(first)  # known id, but no participant


def test_the_signed_message_id_brings_an_answer_home(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    signed = new_message_id(channel, request.code)
    pieces = signed.partition("@")[0].split(".")[1:]
    answer = mail(channel, in_reply_to=signed, details={"thread": {"signed": [pieces]}})
    services.take_in([answer.pk])
    assert RequestMessage.objects.get(message=answer).matched_by == "message_id"
    assert request_of(answer) == request


def test_the_reply_address_brings_an_answer_home(cast: Cast) -> None:
    channel = mailbox(cast)
    request, other = opened(channel), opened(channel, "someone@else.example")
    token = reply_token(request.code).split(".")
    answer = mail(channel, details={"thread": {"addresses": [token]}}, subject=f"درباره {other.code}")
    services.take_in([answer.pk])
    assert request_of(answer) == request


def test_a_forged_signature_is_worth_nothing(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    pieces = [request.code, "abcdefabcdef", "0" * 20]
    answer = mail(channel, "thief@evil.example", details={"thread": {"signed": [pieces]}})
    services.take_in([answer.pk])
    assert request_of(answer) != request and request_of(answer).perhaps_of is None


def test_a_stranger_with_the_code_opens_his_own_request_that_perhaps_belongs(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    stranger = opened(channel, "thief@evil.example", subject=f"Re: [{request.code}]")
    assert stranger != request and stranger.perhaps_of == request
    assert kinds_of(stranger) == ["opened", "perhaps_of"]


def test_the_customer_with_the_code_in_the_subject_joins(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    second = mail(channel, subject=f"پیگیری {request.code}")
    services.take_in([second.pk])
    assert request_of(second) == request and RequestMessage.objects.get(message=second).matched_by == "code"


def test_our_own_address_in_a_thread_lets_nobody_in(cast: Cast) -> None:
    channel = mailbox(cast)
    first = mail(channel, recipients={"to": ["support@company.example", "support+r-x.y@company.example"]})
    services.take_in([first.pk])
    spoofed = mail(channel, "support@company.example", in_reply_to=first.message_id)
    services.take_in([spoofed.pk])
    assert request_of(spoofed) != request_of(first)


def test_a_colleague_in_copy_takes_part(cast: Cast) -> None:
    channel = mailbox(cast)
    first = mail(channel, recipients={"to": ["support@company.example"], "cc": ["boss@arman.example"]})
    services.take_in([first.pk])
    answer = mail(channel, "boss@arman.example", references=[first.message_id])
    services.take_in([answer.pk])
    assert request_of(answer) == request_of(first)


def test_with_several_open_requests_a_person_decides(cast: Cast) -> None:
    channel = mailbox(cast)
    first = opened(channel)
    other = opened(channel, "other@arman.example")
    Request.objects.filter(pk=other.pk).update(party=first.party)
    third = opened(channel, subject="موضوع تازه")
    assert third.pk not in (first.pk, other.pk) and third.perhaps_of_id in (first.pk, other.pk)


@pytest.mark.parametrize("automatic", ["reply", "bounce", "loop", "receipt", "complaint"])
def test_machines_never_open_a_request(cast: Cast, automatic: str) -> None:
    services.take_in([mail(mailbox(cast), automatic=automatic).pk])
    assert not Request.objects.exists() and not Party.objects.exists()


def test_a_list_mail_may_come_from_a_person(cast: Cast) -> None:
    assert opened(mailbox(cast), automatic="list").status == "new"


def test_an_unreadable_message_is_a_request_that_an_officer_of_any_branch_may_open(cast: Cast) -> None:
    channel = mailbox(cast)
    message = mail(channel, "", state=Message.State.NEEDS_REVIEW, subject="", text="", sender_name="")
    services.take_in([message.pk])
    request = request_of(message)
    assert request.needs_review and request.party is None and request.subject
    assert Request.objects.visible_to(as_actor(cast.olivia)).filter(pk=request.pk).exists()
    assert not Request.objects.visible_to(as_actor(cast.charlie)).filter(pk=request.pk).exists()
    services.mark_reviewed(actor=as_actor(cast.olivia), request_id=request.pk)
    assert not Request.objects.get().needs_review


def test_a_message_that_is_not_read_yet_waits(cast: Cast) -> None:
    services.take_in([mail(mailbox(cast), state=Message.State.STORED).pk])
    assert not Request.objects.exists()


def test_a_form_with_a_phone_number_finds_the_customer_by_it(cast: Cast) -> None:
    request = opened(mailbox(cast), "0912 345 6789", medium=Message.Medium.FORM, message_id="")
    assert ContactPoint.objects.get(party=request.party).value == "+989123456789"


def test_a_customer_who_writes_again_wakes_an_answered_and_a_closed_request(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    services.close(actor=as_actor(cast.olivia), request_id=request.pk)
    services.take_in([mail(channel, subject=f"Re: {request.code}").pk])
    request.refresh_from_db()
    assert (request.status, request.closed_at, request.message_count) == ("new", None, 2)
    assert request.next_due is not None
    assert kinds_of(request)[-2:] == ["message_in", "reopened"]


def test_it_wakes_on_the_desk_of_its_officer(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    services.take(actor=as_actor(cast.olivia), request_id=request.pk)
    services.close(actor=as_actor(cast.olivia), request_id=request.pk)
    services.take_in([mail(channel, subject=f"Re: {request.code}").pk])
    request.refresh_from_db()
    assert (request.status, request.assignee) == ("open", cast.olivia)


def test_an_officer_confirms_a_continuation_and_later_mail_follows(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    stranger = opened(channel, "husband@home.example", subject=f"Re: [{request.code}]")
    olivia = as_actor(cast.olivia)
    done = services.confirm_continuation(actor=olivia, request_id=stranger.pk)
    assert done.request_id == request.pk
    request.refresh_from_db()
    stranger.refresh_from_db()
    assert (request.message_count, stranger.message_count) == (2, 0)
    assert (stranger.status, stranger.merged_into) == ("closed", request)
    later = mail(channel, "husband@home.example", subject=f"Re: {stranger.code}")
    services.take_in([later.pk])
    assert request_of(later) == request


def test_an_officer_rejects_a_continuation(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    stranger = opened(channel, "thief@evil.example", subject=f"Re: [{request.code}]")
    services.reject_continuation(actor=as_actor(cast.olivia), request_id=stranger.pk)
    stranger.refresh_from_db()
    assert stranger.perhaps_of is None and stranger.is_active


def test_who_may_not_handle_may_not_confirm(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    stranger = opened(channel, "thief@evil.example", subject=f"Re: [{request.code}]")
    Request.objects.filter(pk=stranger.pk).update(department=cast.logistics)
    Request.objects.filter(pk=request.pk).update(department=cast.logistics, assignee=cast.bob)
    with pytest.raises(NotAllowed):
        services.confirm_continuation(actor=as_actor(cast.alice), request_id=stranger.pk)
    stranger.refresh_from_db()
    assert stranger.merged_into is None


def answered(cast: Cast) -> tuple[Request, Message]:
    request = opened(mailbox(cast))
    answer = drafted(cast.olivia, request)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    request.refresh_from_db()
    assert answer.message is not None
    return request, answer.message


def test_delivery_is_noted_in_the_history_once(cast: Cast) -> None:
    request, message = answered(cast)
    for _again in range(2):
        services.note_sent(MessageSent(message_id=message.pk))
    assert kinds_of(request).count("sent") == 1


@pytest.mark.parametrize(
    ("event", "trouble", "kind"),
    [
        (lambda pk: services.note_failed(MessageFailed(message_id=pk)), "failed", "delivery_failed"),
        (lambda pk: services.note_uncertain(MessageUncertain(message_id=pk)), "uncertain", "delivery_uncertain"),
    ],
)
def test_a_failed_delivery_is_work_again(cast: Cast, event: Callable[[int], None], trouble: str, kind: str) -> None:
    request, message = answered(cast)
    assert request.status == "answered"
    event(message.pk)
    event(message.pk)
    request.refresh_from_db()
    assert (request.status, request.trouble, request.assignee) == ("open", trouble, cast.olivia)
    assert request.first_answered_at is None and request.next_due == request.first_answer_due
    assert kinds_of(request).count(kind) == 1


def test_a_bounce_of_our_answer_is_work_and_stands_in_the_thread(cast: Cast) -> None:
    request, message = answered(cast)
    report = mail(message.channel, "mailer-daemon@arman.example", automatic="bounce")
    services.take_in([report.pk])
    services.note_bounced(
        MessageBounced(message_id=message.pk, bounce_id=report.pk, address="negar@arman.example", permanent=True)
    )
    request.refresh_from_db()
    assert (request.trouble, request.status) == ("bounced", "open")
    assert request_of(report) == request


def test_an_automatic_reply_to_our_answer_joins_quietly(cast: Cast) -> None:
    request, message = answered(cast)
    services.take_in([mail(message.channel, automatic="reply", in_reply_to=message.message_id).pk])
    request.refresh_from_db()
    assert request.status == "answered" and RequestMessage.objects.filter(request=request).count() == 3


def test_the_table_of_reactions_carries_a_mail_into_the_cartable(cast: Cast, drain: Callable[[], int]) -> None:
    message = mail(mailbox(cast))
    publish(MessageParsed(message_id=message.pk))
    drain()
    assert request_of(message).status == "new"


def test_one_bad_message_does_not_hold_up_the_others(
    cast: Cast, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = mailbox(cast)
    messages = [mail(channel, f"p{number}@many.example", subject=f"{number}") for number in range(5)]

    def fails(message: Message) -> str:
        if message.subject == "3":
            raise ZeroDivisionError
        return ""

    monkeypatch.setattr(intake, "words_of", fails)
    for message in messages:
        publish(MessageParsed(message_id=message.pk))
    drain()
    assert Request.objects.count() == 4
    waiting = OutboxDelivery.objects.get(state="pending")
    assert waiting.event.payload == {"message_id": messages[3].pk} and "ZeroDivisionError" in waiting.error


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_the_same_messages_open_one_request() -> None:
    cast = make_cast()
    channel = mailbox(cast)
    messages = [mail(channel, f"one{number % 3}@twice.example") for number in range(9)]
    barrier = threads.Barrier(4)
    errors: list[Exception] = []

    def work(ids: list[int]) -> None:
        try:
            barrier.wait(10)
            services.take_in(ids)
        except Exception as error:  # noqa: BLE001 -- told by the main thread
            errors.append(error)
        finally:
            connection.close()

    ids = [message.pk for message in messages]
    parts = [ids, ids, ids[::2], ids[1::2]]
    running = [threads.Thread(target=work, args=(part,)) for part in parts]
    for one in running:
        one.start()
    for one in running:
        one.join(30)
    assert not errors
    assert RequestMessage.objects.count() == 9
    assert Request.objects.count() == Party.objects.count() == 3


def test_an_address_typed_into_a_form_proves_nothing(cast: Cast) -> None:
    """Anybody can type a customer's address, with her follow-up code: a person decides, and the code stays secret."""
    channel = mailbox(cast)
    hers = opened(channel)
    for subject in ("سلام", f"Re: {hers.code}"):
        typed = opened(channel, subject=subject, medium=Message.Medium.FORM, message_id="")
        assert (typed.code != hers.code, typed.perhaps_of_id) == (True, hers.pk)


def test_a_second_failure_after_a_person_s_retry_is_work_again(cast: Cast) -> None:
    request = opened(mailbox(cast))
    answer = drafted(cast.olivia, request)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    assert answer.message is not None
    Message.objects.filter(pk=answer.message_id).update(state="failed", attempt=1)
    failed = MessageFailed(message_id=answer.message.pk, reason="550")
    services.note_failed(failed)
    services.note_failed(failed)
    services.close(actor=as_actor(cast.olivia), request_id=request.pk)
    Message.objects.filter(pk=answer.message_id).update(attempt=2)
    services.note_failed(failed)
    request.refresh_from_db()
    assert request.is_active and request.trouble == "failed"
    assert kinds_of(request).count("delivery_failed") == 2


def test_a_mail_that_was_on_its_way_into_a_request_follows_it_into_another(cast: Cast) -> None:
    """The officer joins two requests between the decision about a mail and its arrival."""
    channel = mailbox(cast)
    origin = opened(channel)
    later = opened(channel, "other@else.example", subject=f"Re: {origin.code}")
    late = mail(channel, "other@else.example")
    services.confirm_continuation(actor=as_actor(cast.olivia), request_id=later.pk)
    joining.join({later.pk: [joining.Joined(message=late, by="recent")]}, timezone.now())
    assert request_of(late) == origin
    later.refresh_from_db()
    assert later.status == "closed"


def test_a_request_that_one_may_not_see_says_nothing_of_what_it_continues(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    with pytest.raises(NotFound):
        services.confirm_continuation(actor=as_actor(cast.charlie), request_id=request.pk)
    with pytest.raises(NoContinuation):
        services.confirm_continuation(actor=as_actor(cast.olivia), request_id=request.pk)
