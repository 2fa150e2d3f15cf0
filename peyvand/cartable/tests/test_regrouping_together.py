"""Two people regroup the same requests at the same moment; mail arrives while requests are merged."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, connections

from peyvand.cartable import services
from peyvand.cartable.models import Regrouping, Request, RequestMessage
from peyvand.cartable.tests.desk import as_actor, mail, mailbox, opened
from peyvand.cartable.tests.regrouping import merged
from peyvand.core.errors import Conflict, PeyvandError
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run acts at the same moment, each on a connection of its own; give what each returned or raised."""
    found: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            gate.wait(10)
            found[number] = acts[number]()
        except (PeyvandError, Error) as error:
            found[number] = error
        finally:
            connections.close_all()

    running = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for one in running:
        one.start()
    for one in running:
        one.join(30)
    return found


def test_of_two_merges_of_the_same_requests_one_holds_and_the_other_is_told() -> None:
    cast = make_cast()
    channel = mailbox(cast)
    one, other = opened(channel), opened(channel, "another@else.example")
    found = together(lambda: merged(cast.olivia, one, other), lambda: merged(cast.ada, other, one))
    assert sorted(type(each).__name__ for each in found) == ["MergedAlready", "Regrouping"]
    assert isinstance(next(each for each in found if not isinstance(each, Regrouping)), Conflict)
    assert Regrouping.objects.count() == 1
    assert set(Request.objects.filter(merged_into=None).values_list("message_count", flat=True)) == {2}


def test_mail_that_arrives_while_requests_are_merged_is_in_one_of_them_once() -> None:
    cast = make_cast()
    channel = mailbox(cast)
    one, other = opened(channel), opened(channel, "another@else.example")
    late = [mail(channel, "another@else.example", subject=f"Re: [{other.code}]").pk for _each in range(4)]
    found = together(lambda: merged(cast.olivia, one, other), *(lambda pk=pk: services.take_in([pk]) for pk in late))
    assert not [each for each in found if isinstance(each, Exception)]
    assert RequestMessage.objects.filter(request=one).count() == 6
    assert Request.objects.get(pk=one.pk).message_count == 6


def test_whoever_acts_on_a_request_while_it_is_merged_is_told_where_it_is() -> None:
    cast = make_cast()
    channel = mailbox(cast)
    one, other = opened(channel), opened(channel, "another@else.example")
    olivia = as_actor(cast.olivia)
    found = together(lambda: merged(cast.ada, one, other), lambda: services.close(actor=olivia, request_id=other.pk))
    refused = [each for each in found if isinstance(each, PeyvandError)]
    assert len(refused) <= 1 and all(one.code in each.message for each in refused)
    assert Request.objects.get(pk=other.pk).status == "closed"
