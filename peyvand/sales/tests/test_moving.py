"""Moving deals over the stages: conditions, approvals, places in a column, undo, two at once."""

import pytest
from django.utils import timezone

from peyvand.core.errors import Conflict, NotAllowed, NotFound
from peyvand.sales import services
from peyvand.sales.errors import (
    AlreadyDecided,
    ApprovalNeeded,
    ApprovalWaits,
    DealChanged,
    MoveBlocked,
    NotOpen,
    StageGone,
)
from peyvand.sales.models import Deal, DealPassage, DealSpan, StageApproval
from peyvand.sales.services import holding
from peyvand.sales.tests.selling import MILLION, House, allow, deal, house
from peyvand.sales.types import DealDetails, Loss
from tests.cast import Cast


@pytest.fixture
def place(cast: Cast) -> House:
    return house(cast)


def column(place: House, stage: str) -> list[str]:
    rows = Deal.objects.filter(stage=place.stage(stage), state="open", deleted_at=None)
    return list(rows.order_by("rank", "id").values_list("name", flat=True))


def test_a_move_says_what_is_missing_and_changes_nothing(place: House) -> None:
    one = deal(place)
    with pytest.raises(MoveBlocked, match="مبلغ"):
        services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=place.stage("need").pk)
    one.refresh_from_db()
    assert one.stage.name == "first" and one.version == 1 and DealSpan.objects.count() == 1


def test_a_move_over_stages_asks_the_conditions_of_all_of_them(place: House) -> None:
    allow(place.cast.alice, "sales.approve")
    one = deal(place, close_on=timezone.localdate())
    with pytest.raises(MoveBlocked, match="مبلغ"):
        services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=place.stage("contract").pk)


def test_the_way_back_is_always_free(place: House) -> None:
    one = deal(place, stage="contract")
    services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=place.stage("need").pk)
    assert column(place, "need") == ["خط دوم"]


def test_who_may_not_approve_asks_and_the_approved_deal_moves_by_itself(place: House) -> None:
    one, offer = deal(place, amount=MILLION), place.stage("offer")
    alice, bob = place.cast.alice, place.cast.bob
    with pytest.raises(ApprovalNeeded):
        services.move_deal(actor=alice, deal_id=one.pk, stage_id=offer.pk)
    asked = services.ask_approval(actor=alice, deal_id=one.pk, stage_id=offer.pk)
    with pytest.raises(ApprovalWaits):
        services.ask_approval(actor=alice, deal_id=one.pk, stage_id=offer.pk)
    with pytest.raises(NotAllowed):
        services.decide_approval(actor=alice, approval_id=asked.pk, is_approved=True)
    services.decide_approval(actor=bob, approval_id=asked.pk, is_approved=True, remark="خوب")
    one.refresh_from_db()
    assert one.stage == offer
    with pytest.raises(AlreadyDecided):
        services.decide_approval(actor=bob, approval_id=asked.pk, is_approved=False)
    services.move_deal(actor=alice, deal_id=one.pk, stage_id=place.stage("first").pk)
    with pytest.raises(ApprovalNeeded):  # one approval is good for one move
        services.move_deal(actor=alice, deal_id=one.pk, stage_id=offer.pk)


def test_a_refusal_leaves_the_deal_and_a_closed_deal_asks_no_more(place: House) -> None:
    one, other = deal(place, amount=MILLION), deal(place, "دیگری", amount=MILLION)
    offer = place.stage("offer")
    asked = services.ask_approval(actor=place.cast.alice, deal_id=one.pk, stage_id=offer.pk)
    services.decide_approval(actor=place.cast.bob, approval_id=asked.pk, is_approved=False, remark="نه")
    one.refresh_from_db()
    assert one.stage.name == "first"
    waiting = services.ask_approval(actor=place.cast.alice, deal_id=other.pk, stage_id=offer.pk)
    services.win_deal(actor=place.cast.alice, deal_id=other.pk)
    waiting.refresh_from_db()
    assert waiting.state == StageApproval.State.OVERTAKEN


def test_a_card_keeps_the_place_between_two_others_however_often(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "GAP", 2)
    names = [deal(place, name).name for name in "dcba"]
    assert column(place, "first") == list("abcd") and names == list("dcba")
    by_name = {each.name: each.pk for each in Deal.objects.all()}
    first = place.stage("first").pk
    expected = list("abcd")
    for name, below in ["da", "ca", "ba", "da", "ca", "ba", "da", "ca", "ba", "db"] * 3:
        services.move_deal(actor=place.cast.alice, deal_id=by_name[name], stage_id=first, below_id=by_name[below])
        expected.remove(name)
        expected.insert(expected.index(below) + 1, name)
        assert column(place, "first") == expected
    assert DealSpan.objects.filter(until=None).count() == 4 == DealSpan.objects.count()


def test_undo_puts_a_card_back_where_it_was_and_not_over_somebody_elses_change(place: House) -> None:
    one, two = deal(place, "یک", amount=1), deal(place, "دو", amount=1)
    assert column(place, "first") == ["دو", "یک"]
    since = one.stage_since
    moved = services.move_deal(actor=place.cast.alice, deal_id=two.pk, stage_id=place.stage("need").pk)
    back = services.undo_move(actor=place.cast.alice, token=moved.undo)
    assert column(place, "first") == ["دو", "یک"] and back.stage_since == two.stage_since and since
    with pytest.raises(DealChanged):
        services.undo_move(actor=place.cast.alice, token=moved.undo)
    with pytest.raises(Conflict):
        services.undo_move(actor=place.cast.alice, token="made-up")
    assert one.is_open


def test_the_second_of_two_people_is_told(place: House) -> None:
    one = deal(place, amount=1)
    services.move_deal(actor=place.cast.bob, deal_id=one.pk, stage_id=place.stage("need").pk, version=1)
    with pytest.raises(DealChanged):
        services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=place.stage("need").pk, version=1)


def test_nobody_moves_what_is_closed_or_into_a_stage_that_is_gone(place: House) -> None:
    one, two = deal(place, amount=1), deal(place, "دو", amount=1)
    reason = services.add_lost_reason(actor=None, name="زمان")
    services.lose_deal(actor=place.cast.alice, deal_id=one.pk, loss=Loss(reason_id=reason.pk, competitor="رقیب"))
    with pytest.raises(NotOpen):
        services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=place.stage("need").pk)
    gone = place.stage("need")
    gone.deleted_at = timezone.now()
    gone.save()
    with pytest.raises(StageGone):
        services.move_deal(actor=place.cast.alice, deal_id=two.pk, stage_id=gone.pk)


def test_a_lead_goes_on_as_a_deal_with_all_its_history(place: House) -> None:
    one = deal(place, stage="contact")
    with pytest.raises(MoveBlocked, match="تلفن"):
        services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=place.stage("lead").pk)
    services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=place.stage("first").pk)
    passages = DealPassage.objects.filter(deal=one).order_by("id")
    assert [(each.pipeline_id, each.ended_at is None) for each in passages] == [
        (place.leads.pk, False),
        (place.deals.pk, True),
    ]


def test_a_colleague_of_elsewhere_neither_sees_nor_moves_it(place: House) -> None:
    one = deal(place)
    with pytest.raises(NotFound):
        services.move_deal(actor=place.cast.charlie, deal_id=one.pk, stage_id=place.stage("need").pk)
    services.set_shares(actor=place.cast.alice, deal_id=one.pk, shares={place.cast.charlie.pk: 20})
    services.change_deal(actor=place.cast.charlie, deal_id=one.pk, details=DealDetails(name="با هم", amount=5))
    one.refresh_from_db()
    assert one.name == "با هم" and one.amount == 5


def test_the_history_has_no_gaps(place: House) -> None:
    one = deal(place, amount=1)
    services.move_deal(actor=place.cast.alice, deal_id=one.pk, stage_id=place.stage("need").pk)
    services.win_deal(actor=place.cast.alice, deal_id=one.pk)
    services.reopen_deal(actor=place.cast.alice, deal_id=one.pk)
    spans = list(DealSpan.objects.filter(deal=one).order_by("since", "id"))
    assert [each.state for each in spans] == ["open", "open", "won", "open"]
    assert all(a.until == b.since for a, b in zip(spans, spans[1:], strict=False)) and spans[-1].until is None
