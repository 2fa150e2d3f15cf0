"""What goes with a merged request besides its messages: tags, what people had put aside, who is named."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peyvand.accounts.models import Notification
from peyvand.cartable import services
from peyvand.cartable.errors import WouldWiden
from peyvand.cartable.models import Confidant, Referral, Request, Snooze
from peyvand.cartable.services import telling
from peyvand.cartable.tests.desk import as_actor, mail, mailbox, opened, request_of
from peyvand.cartable.tests.regrouping import everything, merged, moved, taken_back
from peyvand.parties.models import Tag
from tests.cast import Cast, make_user


def test_tags_and_snoozes_go_with_the_work_and_come_back_with_it(cast: Cast) -> None:
    channel, olivia = mailbox(cast), as_actor(cast.olivia)
    survivor, source = opened(channel), opened(channel, "second@arman.example")
    first, second = (Tag.objects.create(name=name, norm=name) for name in ("فوری", "پیگیری"))
    services.tag(actor=olivia, request_id=survivor.pk, add=[first.pk])
    services.tag(actor=olivia, request_id=source.pk, add=[first.pk, second.pk])
    services.take(actor=olivia, request_id=source.pk)
    services.snooze(actor=olivia, request_id=source.pk, until=timezone.now() + timedelta(hours=2))
    before = everything()
    made = merged(cast.olivia, survivor, source)
    survivor.refresh_from_db()
    assert survivor.tag_ids == [first.pk, second.pk]
    assert list(Snooze.objects.values_list("request", "user")) == [(survivor.pk, cast.olivia.pk)]
    taken_back(cast.olivia, made)
    assert everything() == before


def test_of_two_moments_the_earlier_counts_and_work_that_lies_open_stays_open(cast: Cast) -> None:
    channel, olivia = mailbox(cast), as_actor(cast.olivia)
    now = timezone.now()
    one, two, three = (opened(channel, f"{number}@arman.example") for number in range(3))
    for request, hours in ((one, 9), (two, 2), (three, None)):
        services.take(actor=olivia, request_id=request.pk)
        if hours:
            services.snooze(actor=olivia, request_id=request.pk, until=now + timedelta(hours=hours))
    merged(cast.olivia, one, two)
    assert Snooze.objects.get().request == one and Snooze.objects.get().until == now + timedelta(hours=2)
    made = merged(cast.olivia, three, one)
    assert not Snooze.objects.exists()
    services.snooze(actor=olivia, request_id=three.pk, until=now + timedelta(hours=5))
    taken_back(cast.olivia, made)
    assert dict(Snooze.objects.values_list("request", "until")) == {
        one.pk: now + timedelta(hours=2), three.pk: now + timedelta(hours=5)
    }  # fmt: skip


def test_a_tag_put_on_by_hand_since_the_merge_stays_and_removed_ones_do_not_come_back(cast: Cast) -> None:
    channel, olivia = mailbox(cast), as_actor(cast.olivia)
    survivor, source = opened(channel), opened(channel, "second@arman.example")
    theirs, own = (Tag.objects.create(name=name, norm=name) for name in ("فوری", "پیگیری"))
    services.tag(actor=olivia, request_id=source.pk, add=[theirs.pk])
    made = merged(cast.olivia, survivor, source)
    services.tag(actor=olivia, request_id=survivor.pk, add=[own.pk])
    taken_back(cast.olivia, made)
    survivor.refresh_from_db()
    source.refresh_from_db()
    assert (survivor.tag_ids, source.tag_ids) == ([own.pk], [theirs.pk])


def test_whoever_is_named_on_a_confidential_request_is_named_where_its_words_go(cast: Cast) -> None:
    channel, olivia = mailbox(cast), as_actor(cast.olivia)
    survivor, source = opened(channel), opened(channel, "second@arman.example")
    services.take(actor=olivia, request_id=survivor.pk)
    services.confide(actor=olivia, request_id=source.pk, confidential=True, people=[cast.charlie.pk])
    before = everything()
    with pytest.raises(WouldWiden) as told:
        merged(cast.olivia, survivor, source, agreed=False)
    assert str(cast.charlie) in str(told.value)
    made = merged(cast.olivia, survivor, source)
    named = Confidant.objects.filter(request=survivor).order_by("user")
    assert sorted(named.values_list("user", flat=True)) == sorted([cast.charlie.pk, cast.olivia.pk])
    assert Request.objects.visible_to(as_actor(cast.charlie)).filter(pk=survivor.pk).exists()
    taken_back(cast.olivia, made)
    assert everything() == before


def test_what_stays_confidential_by_a_later_merge_is_not_opened_by_taking_an_earlier_one_back(cast: Cast) -> None:
    """Two confidential requests went into an open one: it is open again once both are out."""
    channel, olivia = mailbox(cast), as_actor(cast.olivia)
    survivor, first, second = (opened(channel, f"{number}@arman.example") for number in range(3))
    services.take(actor=olivia, request_id=survivor.pk)
    services.confide(actor=olivia, request_id=first.pk, confidential=True, people=[cast.bob.pk, cast.charlie.pk])
    services.confide(actor=olivia, request_id=second.pk, confidential=True, people=[cast.charlie.pk])
    made = [merged(cast.olivia, survivor, one) for one in (first, second)]
    taken_back(cast.olivia, made[0])
    survivor.refresh_from_db()
    assert survivor.confidential
    named = Confidant.objects.filter(request=survivor).values_list("user", flat=True)
    assert sorted(named) == sorted([cast.charlie.pk, cast.olivia.pk])
    taken_back(cast.olivia, made[1])
    survivor.refresh_from_db()
    assert not survivor.confidential and not Confidant.objects.filter(request=survivor).exists()


def test_a_move_that_makes_a_request_confidential_clears_bells_and_keeps_it_in_the_movers_sight(cast: Cast) -> None:
    channel, olivia, far = mailbox(cast), as_actor(cast.olivia), "second@arman.example"
    sara = make_user("sara", department=cast.customer_relations, roles=[cast.roles["officer"]])
    target, secret = opened(channel), opened(channel, far)
    second = mail(channel, far, subject=f"Re: [{secret.code}]")
    services.take_in([second.pk])
    services.confide(actor=olivia, request_id=secret.pk, confidential=True)
    services.take(actor=as_actor(sara), request_id=target.pk)
    for user in (cast.ada, sara):
        telling.tell(user, target, telling.SENTENCES[Referral.State.DONE], who="x")
    made = moved(cast.olivia, secret, target, second.pk)
    assert Request.objects.get(pk=target.pk).confidential
    assert list(Notification.objects.values_list("user", flat=True)) == [sara.pk]
    assert Request.objects.visible_to(as_actor(cast.olivia)).filter(pk=target.pk).exists()
    taken_back(cast.olivia, made)
    assert not Request.objects.get(pk=target.pk).confidential and request_of(second) == secret
    assert not Confidant.objects.filter(request=target).exists()
