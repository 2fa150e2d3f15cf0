"""Requests of customers that are merged: they move with their messages, and come back to whose they were."""

from peyvand.cartable.models import Request, RequestMessage
from peyvand.cartable.selectors.owners import place_requests
from peyvand.cartable.tests.desk import mailbox, opened
from peyvand.parties.models import Party
from peyvand.parties.services.merging import merge_parties, undo_merge
from peyvand.parties.services.merging.later import later_rows
from tests.cast import Cast

SARA, SORAYA = "sara@arman.example", "soraya@arman.example"


def party_of(request: Request) -> Party:
    party = Party.objects.get(pk=request.party_id)
    return party


def test_requests_and_their_messages_move_and_come_back(cast: Cast) -> None:
    channel = mailbox(cast)
    hers, others = opened(channel, SARA), opened(channel, SORAYA)
    sara, soraya = party_of(hers), party_of(others)
    made = merge_parties(actor=cast.ada, survivor_id=sara.pk, party_ids=[soraya.pk])
    assert set(Request.objects.values_list("party", flat=True)) == {sara.pk}
    assert set(RequestMessage.objects.values_list("party", flat=True)) == {sara.pk}
    assert made.counts["cartable.Request"] == {"moved": 1, "folded": 0}
    undo_merge(actor=cast.ada, merge=made)
    others.refresh_from_db()
    assert others.party == soraya
    assert RequestMessage.objects.get(request=others).party_id == soraya.pk


def test_mail_to_an_old_address_finds_the_survivor_and_goes_home_when_the_merge_is_undone(cast: Cast) -> None:
    channel = mailbox(cast)
    first, second = opened(channel, SARA), opened(channel, SORAYA)
    sara, soraya = party_of(first), party_of(second)
    made = merge_parties(actor=cast.ada, survivor_id=sara.pk, party_ids=[soraya.pk])
    later = opened(channel, SORAYA, subject="سفارش تازه", text="چیز دیگری")
    again = opened(channel, SARA, subject="قرارداد تازه", text="چیز سوم")
    assert later.party_id == again.party_id == sara.pk
    asked = {row.row: row.proposed for row in later_rows(made) if row.reference.model == "cartable.Request"}
    wanted = {later.pk: soraya.pk, again.pk: sara.pk}
    assert asked == {pk: wanted[pk] for pk in asked} and later.pk in {*asked, second.pk}
    undo_merge(actor=cast.ada, merge=made)
    later.refresh_from_db()
    again.refresh_from_db()
    assert later.party == soraya and again.party == sara


def test_a_request_of_an_unknown_sender_has_no_proposal(cast: Cast) -> None:
    request = opened(mailbox(cast), SARA)
    assert place_requests([request.pk], {("email", SORAYA): 1}) == {}
    assert place_requests([request.pk], {("email", SARA): 7}) == {request.pk: 7}
