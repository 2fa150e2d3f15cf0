"""A deal under any sequence of acts of anybody: it stands in one stage, its history has no gap, its sums are right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from peyvand.core.errors import PeyvandError
from peyvand.sales import services
from peyvand.sales.models import Deal, DealPassage, DealSpan, LostReason, StageApproval
from peyvand.sales.tests.selling import House, deal, house
from peyvand.sales.types import DealDetails, Loss
from tests.cast import Cast, make_cast

who = st.sampled_from(["alice", "alice", "bob", "bob", "charlie", "olivia"])
stages = st.sampled_from(["first", "need", "offer", "contract", "contact", "lead"])
TOTAL = 1000


class Sale(RuleBasedStateMachine):
    """Everybody tries everything, allowed or not, in any order."""

    cast: Cast

    @initialize()
    def begin(self) -> None:
        self.place: House = house(self.cast)
        deal(self.place, amount=TOTAL)
        self.undo = ""

    def any_deal(self, number: int) -> Deal:
        rows = list(Deal.objects.order_by("pk"))
        return rows[number % len(rows)]

    def tried(self, act: Callable[[], object]) -> object | None:
        before = list(DealSpan.objects.order_by("pk").values_list())
        try:
            with transaction.atomic():
                return act()
        except PeyvandError:
            assert list(DealSpan.objects.order_by("pk").values_list()) == before
            return None

    @rule(name=who, number=st.integers(0, 9), stage=stages, old=st.booleans())
    def move(self, name: str, number: int, stage: str, old: bool) -> None:
        one, actor = self.any_deal(number), getattr(self.cast, name)
        version = one.version - 1 if old else None
        stage_id = self.place.stage(stage).pk
        moved = self.tried(lambda: services.move_deal(actor=actor, deal_id=one.pk, stage_id=stage_id, version=version))
        assert not (old and moved)
        self.undo = moved.undo if isinstance(moved, services.Moved) else self.undo

    @rule(name=who)
    def take_back(self, name: str) -> None:
        self.tried(lambda: services.undo_move(actor=getattr(self.cast, name), token=self.undo))

    @rule(
        name=who,
        number=st.integers(0, 9),
        act=st.sampled_from(["win", "lose", "reopen", "delete", "restore", "separate"]),
    )
    def close(self, name: str, number: int, act: str) -> None:
        one, actor = self.any_deal(number), getattr(self.cast, name)
        loss = Loss(reason_id=LostReason.objects.get().pk)
        acts: dict[str, Callable[[], object]] = {
            "win": lambda: services.win_deal(actor=actor, deal_id=one.pk),
            "lose": lambda: services.lose_deal(actor=actor, deal_id=one.pk, loss=loss),
            "reopen": lambda: services.reopen_deal(actor=actor, deal_id=one.pk),
            "delete": lambda: services.delete_deal(actor=actor, deal_id=one.pk),
            "restore": lambda: services.restore_deal(actor=actor, deal_id=one.pk),
            "separate": lambda: services.separate_deal(actor=actor, deal_id=one.pk),
        }
        self.tried(acts[act])

    @rule(name=who, number=st.integers(0, 9), stage=stages, is_approved=st.booleans())
    def approve(self, name: str, number: int, stage: str, is_approved: bool) -> None:
        one, actor, stage_id = self.any_deal(number), getattr(self.cast, name), self.place.stage(stage).pk
        self.tried(lambda: services.ask_approval(actor=actor, deal_id=one.pk, stage_id=stage_id))
        for waiting in StageApproval.objects.filter(state="waiting"):
            self.tried(
                lambda: services.decide_approval(actor=actor, approval_id=waiting.pk, is_approved=is_approved)  # noqa: B023
            )

    @rule(name=who, number=st.integers(0, 9), amount=st.integers(0, 600))
    def cut(self, name: str, number: int, amount: int) -> None:
        one, actor = self.any_deal(number), getattr(self.cast, name)
        self.tried(lambda: services.split_deal(actor=actor, deal_id=one.pk, name="part", amount=amount))

    @rule(name=who, number=st.integers(0, 9), other=st.integers(0, 9))
    def join(self, name: str, number: int, other: int) -> None:
        one, two, actor = self.any_deal(number), self.any_deal(other), getattr(self.cast, name)
        if one != two:
            self.tried(lambda: services.join_deals(actor=actor, deal_id=one.pk, others=[two.pk]))

    @rule(name=who, number=st.integers(0, 9), owner=who)
    def give(self, name: str, number: int, owner: str) -> None:
        one, actor, to = self.any_deal(number), getattr(self.cast, name), getattr(self.cast, owner).pk
        self.tried(lambda: services.assign_deal(actor=actor, deal_id=one.pk, owner_id=to))

    @rule(name=who, number=st.integers(0, 9))
    def rename(self, name: str, number: int) -> None:
        one, actor = self.any_deal(number), getattr(self.cast, name)
        details = DealDetails(name="نام", amount=one.amount)
        self.tried(lambda: services.change_deal(actor=actor, deal_id=one.pk, details=details))

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "place"):
            return
        counted = Deal.objects.exclude(state="joined").aggregate(total=Sum("amount"))["total"]
        assert counted == TOTAL
        for one in Deal.objects.all():
            spans = list(DealSpan.objects.filter(deal=one).order_by("since", "id"))
            last = spans[-1]
            assert [span.until for span in spans[:-1]] == [span.since for span in spans[1:]] and last.until is None
            assert (last.stage_id, last.state, last.amount) == (one.stage_id, one.state, one.amount)
            assert one.stage.pipeline_id == one.pipeline_id and last.owner_id == one.owner_id
            assert DealPassage.objects.filter(deal=one, ended_at=None, pipeline=one.pipeline_id).count() == 1
            if not one.is_open:
                assert not StageApproval.objects.filter(deal=one, state="waiting").exists()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens within never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_deal_survives_everything(django_db_blocker: object) -> None:
    cast = make_cast()

    class Tried(Sale):
        def __init__(self) -> None:
            super().__init__()
            self.cast = cast
            self.around = undone()
            self.around.__enter__()

        def teardown(self) -> None:
            self.around.__exit__(None, None, None)

    quick = settings(
        max_examples=10,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(Tried, settings=quick)
