"""Of several merges any may be taken back: the request is then what those that are left would have made of it alone."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from peyvand.cartable import services
from peyvand.cartable.models import Confidant, Regrouping, Request
from peyvand.cartable.services.regrouping import journal
from peyvand.cartable.tests.desk import as_actor, mailbox, opened
from peyvand.cartable.tests.regrouping import merged, taken_back
from tests.cast import Cast

MANY = settings(
    max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
NOW = timezone.now()


@dataclass
class Told:
    """What the test knows of the survivor: as it was, which merges stand, and what somebody said by hand since."""

    survivor: Request
    before: dict[str, object]
    secret: bool
    standing: list[tuple[Regrouping, Request]] = field(default_factory=list)
    said_after: int = 0  # the number of the last merge before somebody said who may see it
    touched: bool = False

    @property
    def brought(self) -> list[Request]:
        return [self.survivor, *(one for _made, one in self.standing)]

    def is_secret(self) -> bool:
        return self.secret or any(one.confidential for made, one in self.standing if made.pk > self.said_after)

    def last_word(self) -> datetime | None:
        return max((one.last_inbound_at for one in self.brought if one.last_inbound_at), default=None)


def furnish(requests: list[Request], dice: Random) -> None:
    """Each is open or at rest, secret or not, in trouble or not, with words and deadlines of its own."""
    for request in requests:
        request.confidential = dice.random() < 0.4
        request.trouble = dice.choice(["", "", "bounced", "too_big"])
        request.last_inbound_at = dice.choice([None, NOW - timedelta(hours=dice.randrange(99))])
        request.first_answer_due = NOW + timedelta(hours=dice.randrange(99))
        request.resolution_due = NOW + timedelta(hours=dice.randrange(99))
        request.next_due = min(request.first_answer_due, request.resolution_due)
        if dice.random() < 0.5:
            request.status, request.closed_at, request.paused_at = "closed", NOW, NOW
            request.next_due = None
        request.save()


def check(told: Told) -> None:
    now = Request.objects.get(pk=told.survivor.pk)
    assert now.confidential == told.is_secret()
    assert now.last_inbound_at == told.last_word()
    assert now.trouble == next((one.trouble for one in told.brought if one.trouble), "")
    live = [one for one in told.brought if one.is_active]
    assert now.is_active == bool(live)
    assert (now.closed_at is None, now.next_due is not None) == (now.is_active, now.is_active)
    if told.survivor.is_active:
        assert now.resolution_due == min(one.resolution_due for one in live if one.resolution_due)


def step(cast: Cast, dice: Random, told: Told, others: list[Request]) -> None:
    olivia = as_actor(cast.olivia)
    act = dice.choice(["merge", "merge", "back", "back", "confide"])
    if act == "confide" and dice.random() < 0.4:
        told.secret = dice.random() < 0.5
        services.confide(actor=olivia, request_id=told.survivor.pk, confidential=told.secret)
        told.said_after = max([told.said_after, *(made.pk for made, _one in told.standing)])
        told.touched = True
    elif act == "merge" and others:
        one = others.pop()
        told.standing.append((merged(cast.olivia, told.survivor, one), one))
    elif told.standing:
        made, one = told.standing.pop(dice.randrange(len(told.standing)))
        taken_back(cast.olivia, made)
        others.insert(0, one)


@pytest.mark.django_db
def test_a_request_is_what_the_merges_that_stand_make_of_it(cast: Cast) -> None:
    channel = mailbox(cast)
    requests = [opened(channel, f"{number}@arman.example", subject=f"موضوع {number}") for number in range(4)]
    Confidant.objects.bulk_create(Confidant(request=one, user=cast.olivia, by=cast.olivia) for one in requests)
    backs = []

    @MANY
    @given(dice=st.randoms(use_true_random=False))
    def prove(dice: Random) -> None:
        with transaction.atomic():
            survivor, *others = fresh = list(Request.objects.filter(pk__in=[one.pk for one in requests]))
            furnish(fresh, dice)
            told = Told(survivor, journal.snapshot([survivor.pk])[survivor.pk], survivor.confidential)
            for _each in range(7):
                step(cast, dice, told, others)
                check(told)
            for made, one in dice.sample(told.standing, len(told.standing)):
                told.standing.remove((made, one))
                taken_back(cast.olivia, made)
                check(told)
                backs.append(made)
            now = journal.snapshot([survivor.pk])[survivor.pk]
            assert {**now, "confidential": 0} == {**told.before, "confidential": 0}
            assert told.touched or now["confidential"] == told.before["confidential"]
            transaction.set_rollback(True)

    prove()
    assert backs
