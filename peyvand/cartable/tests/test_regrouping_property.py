"""Whatever the requests are made of and however they are regrouped: taken back in turn, the database is the same."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from peyvand.cartable import services
from peyvand.cartable.models import Regrouping, Request, RequestMessage
from peyvand.cartable.selectors.folders import is_in_own_work
from peyvand.cartable.services.regrouping import journal
from peyvand.cartable.tests.desk import as_actor, drafted, mail, mailbox, opened, user_target
from peyvand.cartable.tests.regrouping import everything, merged, moved, taken_back
from peyvand.cartable.types import Copy
from peyvand.core.errors import PeyvandError
from peyvand.parties.models import Tag
from tests.cast import Cast

MANY = settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
SENDERS = ("negar@arman.example", "another@else.example", "third@else.example")


def furnished(cast: Cast, dice: Random, number: int) -> Request:
    """A request with whatever the dice says: messages, notes, answers in every state, referrals, secrecy, an end."""
    channel = mailbox(cast)
    request = opened(channel, f"{number}-{dice.choice(SENDERS)}", subject=f"موضوع {number}")
    olivia = as_actor(cast.olivia)
    for _each in range(dice.randrange(3)):
        sender = request.thread.get(opens=True).message.sender
        services.take_in([mail(channel, sender, subject=f"Re: [{request.code}]").pk])
    if dice.random() < 0.5:
        services.add_note(actor=olivia, request_id=request.pk, body=f"یادداشت برای @{cast.bob.full_name}")
    if dice.random() < 0.5:
        services.take(actor=olivia, request_id=request.pk)
    if dice.random() < 0.4:
        copies = [Copy(to=user_target(cast.bob))] if dice.random() < 0.5 else []
        services.refer(actor=olivia, request_id=request.pk, to=user_target(cast.alice), copies=copies)
    _answered(cast, dice, request)
    _marked(cast, dice, request)
    if dice.random() < 0.3:
        services.confide(actor=olivia, request_id=request.pk, confidential=True)
    if dice.random() < 0.3:
        try:
            services.close(actor=olivia, request_id=request.pk)
        except PeyvandError:
            pass
    return Request.objects.get(pk=request.pk)


def _marked(cast: Cast, dice: Random, request: Request) -> None:
    """Tags, and put aside by who holds it."""
    tags = [Tag.objects.get_or_create(name=name, norm=name)[0].pk for name in ("فوری", "پیگیری", "ارشد")]
    services.tag(actor=as_actor(cast.olivia), request_id=request.pk, add=dice.sample(tags, dice.randrange(3)))
    for person in (cast.olivia, cast.alice):
        if dice.random() < 0.5 and is_in_own_work(as_actor(person), request.pk):
            until = timezone.now() + timedelta(hours=dice.randrange(1, 9))
            services.snooze(actor=as_actor(person), request_id=request.pk, until=until)


def _answered(cast: Cast, dice: Random, request: Request) -> None:
    what = dice.choice(["nothing", "draft", "review", "sent"])
    if what == "nothing":
        return
    answer = drafted(cast.olivia, request, recipient="negar@arman.example")
    if what == "review":
        services.submit_draft(actor=as_actor(cast.olivia), answer_id=answer.pk)
    elif what == "sent":
        services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)


def regrouped(cast: Cast, dice: Random, requests: list[Request]) -> Regrouping | None:
    """Merge some of them, or move a message; None when the dice asked for what is not allowed."""
    dice.shuffle(requests)
    try:
        if dice.random() < 0.7:
            return merged(cast.olivia, requests[0], *requests[1 : dice.randrange(2, len(requests) + 1)])
        thread = list(RequestMessage.objects.filter(request=requests[0]).values_list("message_id", flat=True))
        return moved(cast.olivia, requests[0], requests[1], *dice.sample(thread, min(1, len(thread))))
    except PeyvandError:
        return None


@pytest.mark.django_db
def test_regrouping_and_taking_back_gives_the_same_database(cast: Cast) -> None:
    worked = []

    @MANY
    @given(dice=st.randoms(use_true_random=False), count=st.integers(2, 4))
    def prove(dice: Random, count: int) -> None:
        with transaction.atomic():
            requests = [furnished(cast, dice, number) for number in range(count)]
            before = everything()
            done = [made for _each in range(3) if (made := regrouped(cast, dice, requests)) is not None]
            for made in reversed(done):
                taken_back(cast.olivia, made)
            after = everything()
            differing = {name: (set(before[name]) ^ set(after[name])) for name in after if before[name] != after[name]}
            assert differing == {}
            worked.extend(done)
            transaction.set_rollback(True)

    prove()
    assert len(worked) >= 5


@pytest.mark.django_db
def test_merges_taken_back_in_any_order_give_the_request_back_what_it_was(cast: Cast) -> None:
    differed = []

    @MANY
    @given(dice=st.randoms(use_true_random=False), count=st.integers(3, 4))
    def prove(dice: Random, count: int) -> None:
        with transaction.atomic():
            survivor, *others = dice.sample([furnished(cast, dice, each) for each in range(count)], count)
            before = journal.snapshot([survivor.pk])
            done = [merged(cast.olivia, survivor, one) for one in others]
            differed.append(journal.snapshot([survivor.pk]) != before)
            for made in dice.sample(done, len(done)):
                taken_back(cast.olivia, made)
            assert journal.snapshot([survivor.pk]) == before
            transaction.set_rollback(True)

    prove()
    assert any(differed)


@pytest.mark.django_db
def test_of_two_merges_the_first_is_taken_back_and_the_last_word_is_of_those_that_are_left(cast: Cast) -> None:
    requests = [
        opened(mailbox(cast), f"{number}-negar@arman.example", subject=f"موضوع {number}") for number in range(3)
    ]
    days = [timezone.now() - timedelta(days=number) for number in (9, 1, 5)]
    for request, day in zip(requests, days, strict=True):
        Request.objects.filter(pk=request.pk).update(last_inbound_at=day)
    first, second = (merged(cast.olivia, requests[0], one) for one in requests[1:])
    taken_back(cast.olivia, first)
    assert Request.objects.get(pk=requests[0].pk).last_inbound_at == days[2]
    taken_back(cast.olivia, second)
    assert Request.objects.get(pk=requests[0].pk).last_inbound_at == days[0]


@pytest.mark.django_db
def test_of_two_moves_out_of_a_request_the_first_is_taken_back_and_the_last_word_is_of_what_hangs_there(
    cast: Cast,
) -> None:
    channel = mailbox(cast)
    source, *others = (opened(channel, f"{number}-negar@arman.example", subject=f"موضوع {number}") for number in "123")
    sender = source.thread.get(opens=True).message.sender
    services.take_in([mail(channel, sender, subject=f"Re: [{source.code}]").pk for _each in range(2)])
    days = [timezone.now() - timedelta(days=number) for number in (9, 5, 1)]
    rows = list(RequestMessage.objects.filter(request=source).order_by("pk"))
    for row, day in zip(rows, days, strict=True):
        RequestMessage.objects.filter(pk=row.pk).update(at=day)
    Request.objects.filter(pk=source.pk).update(last_inbound_at=days[2])
    first = moved(cast.olivia, source, others[0], rows[2].message_id)
    second = moved(cast.olivia, source, others[1], rows[1].message_id)
    assert Request.objects.get(pk=source.pk).last_inbound_at == days[0]
    for made in (first, second):
        taken_back(cast.olivia, made)
        assert Request.objects.get(pk=source.pk).last_inbound_at == days[2]
