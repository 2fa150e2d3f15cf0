"""Links between requests, and one answer to everybody whom an incident has hit."""

import pytest

from peyvand.cartable import services
from peyvand.cartable.errors import NothingWritten, TiedAlready, ToItself
from peyvand.cartable.models import Answer, Request, Tie
from peyvand.cartable.services.incidents import answer_all
from peyvand.cartable.services.tying import tie, untie
from peyvand.cartable.tests.desk import as_actor, drafted, mailbox, opened, referred, user_target
from peyvand.cartable.tests.regrouping import everything, merged
from peyvand.channels.models import Message
from peyvand.core.errors import Invalid, NotFound
from tests.cast import Cast

SENDERS = ("negar@arman.example", "another@else.example", "third@else.example")


@pytest.fixture
def three(cast: Cast) -> list[Request]:
    channel = mailbox(cast)
    return [opened(channel, sender) for sender in SENDERS]


def incident(cast: Cast, requests: list[Request]) -> None:
    for one in requests[1:]:
        tie(actor=as_actor(cast.olivia), request_id=one.pk, other_id=requests[0].pk, kind="incident")


def test_a_link_stands_in_both_histories_and_goes_again(cast: Cast, three: list[Request]) -> None:
    one, other, _third = three
    before = everything()
    made = tie(actor=as_actor(cast.olivia), request_id=one.pk, other_id=other.pk, kind="duplicate")
    for each, kin in ((one, other), (other, one)):
        each.refresh_from_db()
        assert each.tied and each.steps.get(kind="tied").details["code"] == kin.code
    with pytest.raises(TiedAlready):
        tie(actor=as_actor(cast.olivia), request_id=one.pk, other_id=other.pk, kind="duplicate")
    untie(actor=as_actor(cast.olivia), request_id=other.pk, tie_id=made.pk)
    assert everything() == before
    with pytest.raises(NotFound):
        untie(actor=as_actor(cast.olivia), request_id=other.pk, tie_id=made.pk)


def test_related_has_no_direction(cast: Cast, three: list[Request]) -> None:
    one, other, _third = three
    tie(actor=as_actor(cast.olivia), request_id=other.pk, other_id=one.pk, kind="related")
    with pytest.raises(TiedAlready):
        tie(actor=as_actor(cast.olivia), request_id=one.pk, other_id=other.pk, kind="related")
    assert Tie.objects.get().source == one


def test_one_links_only_what_one_sees(cast: Cast, three: list[Request]) -> None:
    one, other, _third = three
    referred(cast.olivia, one, user_target(cast.alice))
    with pytest.raises(NotFound):
        tie(actor=as_actor(cast.alice), request_id=one.pk, other_id=other.pk, kind="related")
    with pytest.raises(ToItself):
        tie(actor=as_actor(cast.alice), request_id=one.pk, other_id=one.pk, kind="related")
    with pytest.raises(Invalid):
        tie(actor=as_actor(cast.olivia), request_id=one.pk, other_id=other.pk, kind="x")


def test_one_answer_goes_to_everybody_of_an_incident_once(cast: Cast, three: list[Request]) -> None:
    incident(cast, three)
    done = answer_all(actor=as_actor(cast.olivia), request_id=three[0].pk, body="برق وصل شد.", close=True)
    assert [one.pk for one in done.sent] == [one.pk for one in three] and not done.left
    sent = Message.objects.filter(direction="out").order_by("pk")
    assert [message.recipients["to"] for message in sent] == [[sender] for sender in SENDERS]
    assert set(Request.objects.values_list("status", flat=True)) == {"closed"}
    again = answer_all(actor=as_actor(cast.olivia), request_id=three[0].pk, body="باز هم", close=True)
    assert not again.sent and len(again.left) == 3


def test_who_is_left_out_is_named_with_the_reason_and_loses_no_words(cast: Cast, three: list[Request]) -> None:
    incident(cast, three)
    drafted(cast.olivia, three[1], "نیمه‌کاره")
    services.close(actor=as_actor(cast.olivia), request_id=three[2].pk)
    done = answer_all(actor=as_actor(cast.olivia), request_id=three[0].pk, body="برق وصل شد.")
    assert [one.pk for one in done.sent] == [three[0].pk]
    assert [one.pk for one, _why in done.left] == [three[1].pk, three[2].pk]
    assert Answer.objects.get(request=three[1]).body == "نیمه‌کاره"
    with pytest.raises(NothingWritten):
        answer_all(actor=as_actor(cast.olivia), request_id=three[0].pk, body=" ")


def test_a_merged_member_is_answered_where_it_lives_on(cast: Cast, three: list[Request]) -> None:
    incident(cast, three)
    merged(cast.olivia, three[1], three[2])
    done = answer_all(actor=as_actor(cast.olivia), request_id=three[0].pk, body="برق وصل شد.")
    assert [one.pk for one in done.sent] == [three[0].pk, three[1].pk]
