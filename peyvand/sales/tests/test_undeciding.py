"""A decision about a registration is taken back whole or not at all; merges and separations know partners."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.channels.models import Channel, Message
from peyvand.core.errors import Invalid, NotFound
from peyvand.parties.services.merging import merge_parties, undo_merge
from peyvand.parties.tests.merging import differences, everything
from peyvand.sales import services
from peyvand.sales.channel_types import PartnerDetails, Verdict
from peyvand.sales.errors import AlreadyDecided, NotTakenBack, PartnersMeet
from peyvand.sales.models import Deal, DealPartner, DealRegistration, LostReason
from peyvand.sales.selectors.commissions import month_of
from peyvand.sales.services.registrations import shares_in
from peyvand.sales.tests.partnering import Two, register, stored, two_partners
from peyvand.sales.tests.selling import customer, deal, house
from peyvand.sales.tests.test_commissions import earned, rule
from peyvand.sales.types import Loss
from tests.cast import Cast

Drain = Callable[[], int]
Login = Callable[[User], Client]
State = DealRegistration.State
SEEN = ("state", "party_id", "deal_id", "rival_id", "rival_deal_id", "exclusive_until", "remark", "decided_at")


@pytest.fixture
def two(cast: Cast) -> Two:
    return two_partners(house(cast))


def conflict(two: Two) -> tuple[DealRegistration, DealRegistration]:
    return stored(register(two.negar)), stored(register(two.saman))


def decide(two: Two, one: DealRegistration, answer: str, **more: int) -> DealRegistration:
    verdict = Verdict(answer=answer, remark="دلیل", **more)
    return services.decide_registration(actor=two.house.cast.bob, registration_id=one.pk, verdict=verdict)


def take_back(two: Two, one: DealRegistration) -> DealRegistration:
    return services.take_decision_back(actor=two.house.cast.bob, registration_id=one.pk)


def seen() -> list[tuple[object, ...]]:
    claims = list(DealRegistration.objects.order_by("pk").values_list(*SEEN))
    shares = list(DealPartner.objects.order_by("deal", "partner").values_list("deal", "partner", "percent"))
    return [*claims, *shares, *Deal.objects.filter(deleted_at=None).values_list("pk", "partner", "channel", "state")]


@pytest.mark.parametrize("answer", ["accept", "refuse", "share"])
def test_everybody_has_again_what_he_had_and_it_can_be_decided_anew(two: Two, answer: str) -> None:
    _first, second = conflict(two)
    before = seen()
    decide(two, second, answer)
    assert seen() != before
    assert take_back(two, second).state == State.CONFLICT
    assert seen() == before
    with pytest.raises(NotTakenBack):
        take_back(two, second)
    assert decide(two, second, "accept").state == State.ACCEPTED


def test_a_deal_that_the_decision_opened_goes_to_the_trash_while_it_is_open(two: Two) -> None:
    two.channel.accepts_itself = False
    two.channel.save()
    one = stored(register(two.negar))
    made = decide(two, one, "accept").deal
    assert made is not None
    services.lose_deal(actor=two.house.cast.alice, deal_id=made.pk, loss=Loss(reason_id=LostReason.objects.get().pk))
    with pytest.raises(NotTakenBack):
        take_back(two, one)
    services.reopen_deal(actor=two.house.cast.alice, deal_id=made.pk)
    back = take_back(two, one)
    assert (back.state, back.deal, back.party) == (State.SUBMITTED, None, None)
    assert Deal.objects.get(pk=made.pk).deleted_at is not None


def test_a_deal_that_another_shares_by_now_is_not_thrown_away(two: Two) -> None:
    two.channel.accepts_itself = False
    two.channel.save()
    first = stored(register(two.negar))
    made = decide(two, first, "accept").deal
    assert made is not None
    second = stored(register(two.saman))
    decide(two, second, "share", percent=30)
    before = seen()
    with pytest.raises(NotTakenBack):
        take_back(two, first)
    assert seen() == before and Deal.objects.get(pk=made.pk).deleted_at is None
    take_back(two, second)
    assert take_back(two, first).state == State.SUBMITTED


def test_a_customer_who_was_merged_since_is_not_brought_back_by_it(two: Two) -> None:
    _first, second = conflict(two)
    decide(two, second, "refuse")
    second.refresh_from_db()
    assert second.party_id is not None
    into = customer("البرز", two.house.cast.alice)
    merge_parties(actor=None, survivor_id=into.pk, party_ids=[second.party_id])
    assert take_back(two, second).party_id == into.pk


def test_what_went_on_since_is_not_overwritten(two: Two) -> None:
    first, second = conflict(two)
    decide(two, second, "share", percent=30)
    shares = {two.nour.pk: 50, two.sahand.pk: 50}
    services.set_deal_partners(actor=two.house.cast.bob, deal_id=first.deal_id or 0, partners=shares)
    with pytest.raises(NotTakenBack):
        take_back(two, second)
    assert dict(DealPartner.objects.values_list("partner", "percent")) == shares
    refused = stored(register(two.saman, product="دیگر"))
    decide(two, refused, "refuse")
    assert register(two.saman, product="دیگر").is_new
    with pytest.raises(NotTakenBack):
        take_back(two, refused)


def test_a_claim_that_was_refused_beside_another_comes_back_with_it_alone(two: Two) -> None:
    first, second = conflict(two)
    decide(two, second, "accept")
    with pytest.raises(NotTakenBack):
        take_back(two, first)
    take_back(two, second)
    first.refresh_from_db()
    assert (first.state, first.remark, first.decided_at) == (State.ACCEPTED, "", None)


def test_a_confirmed_statement_holds_it_and_an_open_month_is_counted_anew(two: Two, drain: Drain) -> None:
    rule()
    first, second = conflict(two)
    decide(two, second, "share", percent=40)
    bob, month = two.house.cast.bob, month_of(timezone.localdate())
    services.win_deal(actor=bob, deal_id=first.deal_id or 0)
    drain()
    assert (earned(two.nour), earned(two.sahand)) == (3_000_000, 2_000_000)
    services.confirm_statement(actor=bob, partner_id=two.nour.pk, month=month)
    with pytest.raises(NotTakenBack):
        take_back(two, second)
    services.unconfirm_statement(actor=bob, partner_id=two.nour.pk, month=month)
    take_back(two, second)
    drain()
    assert (earned(two.nour), earned(two.sahand)) == (5_000_000, 0)


def test_two_weeks_later_and_by_strangers_nothing_is_taken_back(two: Two) -> None:
    _first, second = conflict(two)
    with pytest.raises(NotTakenBack):
        take_back(two, second)
    decide(two, second, "refuse")
    for actor in (two.house.cast.alice, two.house.cast.charlie):
        with pytest.raises(NotFound):
            services.take_decision_back(actor=actor, registration_id=second.pk)
    DealRegistration.objects.update(decided_at=timezone.now() - timedelta(days=15))
    with pytest.raises(NotTakenBack):
        take_back(two, second)


def test_the_page_offers_it_and_both_partners_are_told(two: Two, logged_in: Login, drain: Drain) -> None:
    Channel.objects.create(
        kind="email", name="m", address="us@company.example", token="t", branch=two.house.cast.tehran,
        settings={"smtp": {"host": "localhost", "port": 25}},
    )  # fmt: skip
    _first, second = conflict(two)
    decide(two, second, "accept")
    drain()
    bob, page = logged_in(two.house.cast.bob), reverse("sales:registrations")
    Message.objects.all().delete()
    assert "برگرداندن تصمیم" in bob.get(page).text
    undo, fetched = reverse("sales:undo_decision", args=[second.pk]), {"X-Requested-With": "fetch"}
    assert bob.post(undo, headers=fetched).status_code == 204
    assert bob.post(undo, headers=fetched).status_code == 409 and bob.post(undo).status_code == 303
    drain()
    assert "برگرداندن تصمیم" not in bob.get(page).text
    told = {message.recipients["to"][0]: message.text for message in Message.objects.filter(direction="out")}
    assert "برگردانده شد" in told["saman@sahand.example"] and "پابرجاست" in told["negar@nour.example"]
    assert "نور گستر" not in told["saman@sahand.example"]


def test_two_that_decide_at_once_are_one(two: Two) -> None:
    _first, second = conflict(two)
    version = second.version
    decide(two, second, "accept")
    verdict = Verdict(answer="refuse", remark="نه")
    with pytest.raises(AlreadyDecided):
        services.decide_registration(
            actor=two.house.cast.bob, registration_id=second.pk, verdict=verdict, version=version
        )


def test_customers_who_both_sell_for_us_are_not_merged_until_one_has_ended(two: Two) -> None:
    one = stored(register(two.negar))
    before = everything()
    with pytest.raises(PartnersMeet, match="نور گستر.*سهند تجارت"):
        merge_parties(actor=None, survivor_id=two.nour.party_id, party_ids=[two.sahand.party_id])
    assert differences(before, everything()) == {}
    details = PartnerDetails(channel_id=two.channel.pk, owner_id=two.house.cast.alice.pk, is_active=False)
    services.save_partner(actor=None, details=details, partner_id=two.sahand.pk)
    before = everything()
    merge = merge_parties(actor=None, survivor_id=two.nour.party_id, party_ids=[two.sahand.party_id])
    two.sahand.refresh_from_db()
    one.refresh_from_db()
    assert two.sahand.party_id == two.nour.party_id and not two.sahand.is_active and one.partner == two.nour
    undo_merge(actor=None, merge=merge)
    assert differences(before, everything()) == {}


def test_a_partner_leaves_with_the_joined_deal_that_brought_him(two: Two) -> None:
    alice, claim = two.house.cast.alice, stored(register(two.negar))
    theirs = claim.deal
    assert theirs is not None
    ours, again = (deal(two.house, party_id=theirs.party_id, amount=10) for _n in range(2))
    services.set_deal_partners(actor=two.house.cast.bob, deal_id=again.pk, partners={two.nour.pk: 70})
    services.set_deal_partners(actor=two.house.cast.bob, deal_id=ours.pk, partners={two.sahand.pk: 25})
    with pytest.raises(Invalid):
        services.join_deals(actor=alice, deal_id=ours.pk, others=[theirs.pk])
    services.set_deal_partners(actor=two.house.cast.bob, deal_id=theirs.pk, partners={two.nour.pk: 70})
    services.join_deals(actor=alice, deal_id=ours.pk, others=[theirs.pk, again.pk])
    claim.refresh_from_db()
    assert shares_in(Deal.objects.get(pk=ours.pk)) == [[two.sahand.pk, 25], [two.nour.pk, 70]]
    assert claim.deal == ours
    services.separate_deal(actor=alice, deal_id=theirs.pk)
    claim.refresh_from_db()
    assert claim.deal == theirs and claim.came_with is None
    assert shares_in(Deal.objects.get(pk=ours.pk)) == [[two.sahand.pk, 25], [two.nour.pk, 70]]  # the other one has him
    services.separate_deal(actor=alice, deal_id=again.pk)
    left = Deal.objects.get(pk=ours.pk)
    assert shares_in(left) == [[two.sahand.pk, 25]] and (left.partner, left.channel) == (two.sahand, "partner")
    assert shares_in(Deal.objects.get(pk=theirs.pk)) == shares_in(Deal.objects.get(pk=again.pk)) == [[two.nour.pk, 70]]


def test_a_deal_of_our_own_is_direct_again_when_the_joined_one_leaves(two: Two) -> None:
    alice, theirs = two.house.cast.alice, stored(register(two.negar)).deal
    assert theirs is not None
    inner, outer = (deal(two.house, party_id=theirs.party_id) for _n in range(2))
    services.join_deals(actor=alice, deal_id=inner.pk, others=[theirs.pk])
    services.join_deals(actor=alice, deal_id=outer.pk, others=[inner.pk])
    assert DealRegistration.objects.get().deal == outer
    services.separate_deal(actor=alice, deal_id=inner.pk)
    outer.refresh_from_db()
    assert (outer.partner, outer.channel) == (None, "direct") and DealRegistration.objects.get().deal == inner
    services.separate_deal(actor=alice, deal_id=theirs.pk)
    inner.refresh_from_db()
    assert (inner.partner, inner.channel) == (None, "direct") and DealRegistration.objects.get().deal == theirs
