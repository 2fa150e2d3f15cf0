"""What a taken back merge leaves behind: no secret where it does not belong, no unheard word in a closed request."""

from collections.abc import Callable

import pytest

from peyvand.cartable import services
from peyvand.cartable.models import Answer, Confidant, Referral, Regrouping, Request
from peyvand.cartable.services.delivery import note_failed
from peyvand.cartable.tests.desk import as_actor, drafted, mail, mailbox, opened, request_of, user_target
from peyvand.cartable.tests.regrouping import merged, moved, split, taken_back
from peyvand.cartable.types import Copy
from peyvand.channels.events import MessageFailed
from peyvand.channels.models import Message
from tests.cast import Cast

FAR = "another@else.example"
Out = Callable[[Cast, Request, Message], Regrouping]


def by_moving(cast: Cast, request: Request, message: Message) -> Regrouping:
    return moved(cast.olivia, request, opened(mailbox(cast), "third@else.example"), message.pk)


def by_splitting(cast: Cast, request: Request, message: Message) -> Regrouping:
    return split(cast.olivia, request, message.pk)


@pytest.mark.parametrize("out", [by_moving, by_splitting])
def test_a_secret_that_was_taken_out_of_the_survivor_comes_home_to_its_own_request(cast: Cast, out: Out) -> None:
    channel = mailbox(cast)
    survivor, secret = opened(channel), opened(channel, FAR)
    second = mail(channel, FAR, subject=f"Re: [{secret.code}]")
    services.take_in([second.pk])
    services.confide(actor=as_actor(cast.olivia), request_id=secret.pk, confidential=True)
    merge = merged(cast.olivia, survivor, secret)
    taken_out = out(cast, Request.objects.get(pk=survivor.pk), second)
    taken_back(cast.olivia, merge)
    assert not Request.objects.get(pk=survivor.pk).confidential and request_of(second).confidential
    taken_back(cast.olivia, taken_out)
    assert request_of(second) == secret
    assert Request.objects.get(pk=secret.pk).message_count == 2
    assert Request.objects.get(pk=survivor.pk).message_count == 1


@pytest.mark.parametrize("is_written", [False, True])
def test_what_colleagues_wrote_while_it_was_confidential_is_not_opened_by_taking_the_merge_back(
    cast: Cast, is_written: bool
) -> None:
    survivor, secret = opened(mailbox(cast)), opened(mailbox(cast), FAR)
    services.add_note(actor=as_actor(cast.olivia), request_id=survivor.pk, body="پیش از آن")
    services.confide(actor=as_actor(cast.olivia), request_id=secret.pk, confidential=True, people=[cast.charlie.pk])
    made = merged(cast.olivia, survivor, secret)
    if is_written:
        services.add_note(actor=as_actor(cast.olivia), request_id=survivor.pk, body="میان ما بماند")
    taken_back(cast.olivia, made)
    assert Request.objects.get(pk=survivor.pk).confidential == is_written
    assert Request.objects.visible_to(as_actor(cast.ada)).filter(pk=survivor.pk).exists() != is_written
    assert Confidant.objects.filter(request=survivor, user=cast.charlie).exists() == is_written


def closed(cast: Cast, *senders: str) -> list[Request]:
    found = [opened(mailbox(cast), sender) for sender in senders]
    services.close(actor=as_actor(cast.olivia), request_id=found[0].pk)
    return found


def test_a_closed_survivor_in_which_the_customer_has_written_since_stays_work(cast: Cast) -> None:
    survivor, other = closed(cast, "negar@arman.example", FAR)
    made = merged(cast.olivia, survivor, other)
    later = mail(mailbox(cast), subject=f"Re: [{survivor.code}]")
    services.take_in([later.pk])
    taken_back(cast.olivia, made)
    found = request_of(later)
    assert found == survivor and found.is_active and found.closed_at is None and found.next_due is not None


def test_a_survivor_that_is_closed_again_has_no_open_copies(cast: Cast) -> None:
    survivor, other = closed(cast, "negar@arman.example", FAR)
    made = merged(cast.olivia, survivor, other)
    services.refer(
        actor=as_actor(cast.olivia), request_id=survivor.pk, to=None, copies=[Copy(to=user_target(cast.alice))]
    )
    taken_back(cast.olivia, made)
    assert Request.objects.get(pk=survivor.pk).status == "closed"
    assert list(Referral.objects.filter(request=survivor).values_list("state", flat=True)) == ["recalled"]


def test_a_closed_source_to_which_a_later_message_goes_home_is_work(cast: Cast) -> None:
    source, survivor = closed(cast, FAR, "negar@arman.example")
    made = merged(cast.olivia, survivor, source)
    later = mail(mailbox(cast), FAR, subject=f"Re: [{source.code}]")
    services.take_in([later.pk])
    taken_back(cast.olivia, made)
    assert request_of(later) == source and Request.objects.get(pk=source.pk).is_active


def test_what_was_closed_with_the_message_wakes_nothing(cast: Cast) -> None:
    source, survivor = closed(cast, FAR, "negar@arman.example")
    made = merged(cast.olivia, survivor, source)
    later = mail(mailbox(cast), FAR, subject=f"Re: [{source.code}]")
    services.take_in([later.pk])
    services.close(actor=as_actor(cast.olivia), request_id=survivor.pk)
    taken_back(cast.olivia, made)
    assert request_of(later) == source
    assert {one.status for one in Request.objects.all()} == {"closed"}


def test_a_closed_request_to_which_a_message_was_moved_keeps_what_the_customer_wrote_to_it_since(cast: Cast) -> None:
    right, wrong = closed(cast, "negar@arman.example", FAR)
    second = mail(mailbox(cast), FAR)
    services.take_in([second.pk])
    made = moved(cast.olivia, wrong, right, second.pk)
    later = mail(mailbox(cast), FAR, in_reply_to=second.message_id)
    services.take_in([later.pk])
    taken_back(cast.olivia, made)
    assert request_of(later) == right and Request.objects.get(pk=right.pk).is_active


def take_back(cast: Cast, answer: Answer) -> None:
    services.take_back(actor=as_actor(cast.olivia), answer_id=answer.pk)


def fail(cast: Cast, answer: Answer) -> None:
    Message.objects.filter(pk=answer.message_id).update(state="failed")
    note_failed(MessageFailed(message_id=answer.message_id or 0))


@pytest.mark.parametrize("lose", [take_back, fail])
def test_an_answered_request_whose_answer_was_lost_while_it_was_merged_is_work(
    cast: Cast, lose: Callable[[Cast, Answer], None]
) -> None:
    survivor, source = opened(mailbox(cast)), opened(mailbox(cast), FAR)
    answer = drafted(cast.olivia, source)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    made = merged(cast.olivia, survivor, source)
    answer.refresh_from_db()
    lose(cast, answer)
    taken_back(cast.olivia, made)
    source.refresh_from_db()
    answer.refresh_from_db()
    assert source.is_active and source.next_due is not None and answer.request == source
