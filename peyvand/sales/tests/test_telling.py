"""Who hears of approvals and of deals that became his, and what a customer's file tells of deals."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from peyvand.accounts.models import Notification, User
from peyvand.accounts.policies import asked_by
from peyvand.core.record_fields import Op, fields_of
from peyvand.parties import timeline
from peyvand.parties.models import Party
from peyvand.parties.segments.conditions import Compiler
from peyvand.parties.segments.rules import read
from peyvand.sales import services
from peyvand.sales.models import LostReason
from peyvand.sales.selectors.approvals import approvals_for
from peyvand.sales.services import telling
from peyvand.sales.tests.selling import MILLION, House, allow, customer, deal, house
from peyvand.sales.types import DealDetails, Loss
from tests.cast import Cast

Login = Callable[[User], Client]
Drain = Callable[[], int]


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user, kind=telling.KIND).order_by("pk").values_list("text", flat=True))


def test_an_asked_approval_reaches_those_who_may_decide_it_and_nobody_else(
    place: House, drain: Drain, logged_in: Login
) -> None:
    cast, one = place.cast, deal(place, amount=MILLION)
    asked = services.ask_approval(actor=cast.alice, deal_id=one.pk, stage_id=place.stage("offer").pk)
    drain()
    assert told(cast.bob) == [telling.ASKED] and told(cast.alice) == told(cast.charlie) == told(cast.olivia) == []
    assert [row.pk for row in approvals_for(cast.bob)] == [asked.pk]
    assert not approvals_for(cast.alice).exists() and not approvals_for(cast.charlie).exists()
    bob = logged_in(cast.bob)
    news = Notification.objects.get(user=cast.bob)
    opened = bob.post(reverse("notifications:open", args=[news.pk]), follow=True)
    assert opened.redirect_chain[-1][0] == reverse("sales:deal", args=[one.pk])
    for name in ("sales:approvals", "sales:waiting"):
        assert one.name in bob.get(reverse(name)).content.decode()
    assert reverse("sales:waiting") in bob.get("/cartable/mine/").content.decode()


def test_a_decision_is_told_to_who_asked_and_takes_the_question_from_the_other_bells(
    place: House, drain: Drain
) -> None:
    cast, one = place.cast, deal(place, amount=MILLION)
    allow(cast.olivia, "sales.view", "sales.approve")
    asked = services.ask_approval(actor=cast.alice, deal_id=one.pk, stage_id=place.stage("offer").pk)
    drain()
    assert told(cast.olivia) == [telling.ASKED]
    services.decide_approval(actor=cast.bob, approval_id=asked.pk, is_approved=False)
    drain()
    assert told(cast.olivia) == told(cast.bob) == []
    assert told(cast.alice) == [telling.DECIDED[asked.State.REFUSED]]


def test_a_deal_that_became_mine_is_told_to_me_once_and_not_what_i_took_myself(place: House, drain: Drain) -> None:
    cast = place.cast
    one = services.open_deal(
        actor=cast.bob, party_id=place.party.pk, stage_id=place.stage("contact").pk, details=DealDetails(name="سرنخ")
    )
    drain()
    assert told(cast.bob) == []
    services.assign_deal(actor=cast.bob, deal_id=one.pk, owner_id=cast.alice.pk)
    drain()
    assert told(cast.alice) == ["A lead became yours: %(deal)s"]


def test_the_timeline_of_a_customer_has_what_was_opened_won_and_lost(place: House) -> None:
    cast = place.cast
    won, lost = deal(place, "برد", amount=5 * MILLION), deal(place, "باخت")
    services.win_deal(actor=cast.alice, deal_id=won.pk)
    loss = Loss(reason_id=LostReason.objects.get().pk, competitor="رقیب")
    services.lose_deal(actor=cast.alice, deal_id=lost.pk, loss=loss)
    titles = [str(entry.title) for entry in timeline.read(cast.alice, place.party, only="deals").entries]
    assert titles == ["باخته: باخت", "برده: برد", "معامله: باخت", "معامله: برد"]
    assert timeline.read(cast.charlie, place.party, only="deals").entries == []


def test_customers_are_found_by_their_deals(place: House) -> None:
    cast, other = place.cast, customer("دیگری", place.cast.alice)
    for amount in (3 * MILLION, 4 * MILLION):
        one = deal(place, amount=amount)
        services.win_deal(actor=cast.alice, deal_id=one.pk)
    deal(place, "باز", party_id=other.pk)
    asked = asked_by(cast.ada)
    fields = fields_of("parties.Party")

    def found(key: str, op: Op, value: object) -> set[Party]:
        condition = fields[key].condition
        assert condition is not None
        return set(Party.objects.filter(condition(op, value, asked)))

    assert found("sales.won_sum", Op.MORE, 6 * MILLION) == {place.party}
    assert found("sales.won_sum", Op.LESS, 6 * MILLION) == {other}
    assert found("sales.won_sum", Op.BETWEEN, [0, 8 * MILLION]) == {place.party, other}
    assert found("sales.open_deals", Op.IS, 1) == {other}
    assert found("sales.last_won", Op.LAST_DAYS, 3) == {place.party}
    rows = {row.pk: row for row in fields["sales.won_sum"].load(Party.objects.all())}  # type: ignore[misc]
    shown = fields["sales.won_sum"].read
    assert (shown(rows[place.party.pk]), shown(rows[other.pk])) == (7 * MILLION, 0)
    rule = read({"rules": [{"aggregate": "sales.won", "op": "more", "values": ["1"], "days": 30}]})
    assert set(Party.objects.filter(Compiler(asked).checked(rule))) == {place.party}
