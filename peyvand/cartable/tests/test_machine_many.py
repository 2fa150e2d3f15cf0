"""Several requests under any sequence of acts: many at once, put aside, merged, split, approved by two, stood in for.

Until it is closed each has exactly one responsible holder; every referral is open, done, returned or recalled.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from peyvand.accounts.context import Actor
from peyvand.accounts.leave import forget_away
from peyvand.accounts.models import Post, Substitution, User
from peyvand.accounts.services import name_substitute
from peyvand.accounts.types import Leave
from peyvand.cartable import services
from peyvand.cartable.models import (
    ACTIVE,
    Answer,
    Endorsement,
    Referral,
    Regrouping,
    Request,
    RequestMessage,
    Snooze,
    Step,
)
from peyvand.cartable.selectors import Folder, counts, folders_of, in_folder
from peyvand.cartable.services import bulk
from peyvand.cartable.services.approval_rules import RuleDetails, save_approval_rule
from peyvand.cartable.services.bulk import Change, How
from peyvand.cartable.services.regrouping import merge, move_messages, split_off, undo_regrouping
from peyvand.cartable.tests.desk import as_actor, drafted, mail, mailbox, opened
from peyvand.cartable.types import Copy, Order, Target, TargetKind
from peyvand.channels.models import Message
from peyvand.core.errors import PeyvandError
from peyvand.core.list_selection import Selection
from peyvand.core.models import LongJob
from peyvand.parties.models import Tag
from tests.cast import Cast, make_cast

PEOPLE = ("olivia", "alice", "bob", "charlie", "ada")
TARGETS = ("alice", "bob", "olivia", "charlie", "logistics", "sales", "head_of_logistics", "shiraz")
OPEN, ENDED = {"waiting", "read", "answered"}, {"done", "returned", "recalled"}
who = st.sampled_from(["holder", "holder", "holder", "olivia", "olivia", "ada", "alice", "bob", "charlie"])
which = st.integers(0, 5)
targets = st.sampled_from(TARGETS)


class Desks(RuleBasedStateMachine):
    """Everybody tries everything with any of the requests, allowed or not, in any order."""

    cast: Cast

    @initialize(approvals=st.sampled_from(["none", "order", "any"]))
    def open(self, approvals: str) -> None:
        self.jobs: list[tuple[LongJob, str]] = []
        self.tag = Tag.objects.create(name="فوری", norm="فوری").pk
        if approvals != "none":
            people = [Target(TargetKind.USER, one.pk) for one in (self.cast.bob, self.cast.olivia, self.cast.ada)]
            details = RuleDetails(name="چند امضا", approvers=people, in_order=approvals == "order", needed=2)
            save_approval_rule(actor=self.cast.ada, rule=None, details=details)
        for number in range(3):
            opened(mailbox(self.cast), f"{number}@arman.example", subject=f"موضوع {number}")

    @contextmanager
    def trying(self) -> Iterator[None]:
        """An act that may be refused: then nothing at all has changed."""
        before = self.snapshot()
        try:
            with transaction.atomic():
                yield
        except PeyvandError:
            assert self.snapshot() == before

    def snapshot(self) -> list[object]:
        models = (Request, Referral, Answer, Endorsement, Snooze, RequestMessage)
        return [*(list(model.objects.values().order_by("pk")) for model in models), Step.objects.count()]

    def request(self, number: int) -> Request:
        rows = list(Request.objects.select_related("assignee", "post__holder").order_by("pk"))
        return rows[number % len(rows)]

    def actor(self, name: str, request: Request) -> Actor:
        """One of the cast; «holder» is whoever holds the request now, so that most acts make sense."""
        if name != "holder":
            return as_actor(getattr(self.cast, name))
        holder = request.assignee or (request.post.holder if request.post else None)
        colleague = User.objects.filter(department=request.department_id, is_active=True).order_by("pk").first()
        return as_actor(holder or colleague or self.cast.olivia)

    def target(self, name: str) -> Target:
        thing = getattr(self.cast, name)
        return Target(TargetKind(type(thing).__name__.lower()), thing.pk)

    # ---- one request -------------------------------------------------------------------------------------------------

    @rule(number=which, name=who, act=st.sampled_from(["take", "close", "reopen", "snooze", "unsnooze"]))
    def act(self, number: int, name: str, act: str) -> None:
        request = self.request(number)
        with self.trying():
            actor = self.actor(name, request)
            if act == "snooze":
                services.snooze(actor=actor, request_id=request.pk, until=timezone.now() + timedelta(hours=number + 1))
            else:
                getattr(services, act)(actor=actor, request_id=request.pk)

    @rule(number=which, name=who, to=targets, copy=targets, blind=st.booleans(), keep=st.booleans())
    def refer(self, number: int, name: str, to: str, copy: str, blind: bool, keep: bool) -> None:
        request = self.request(number)
        with self.trying():
            services.refer(
                actor=self.actor(name, request), request_id=request.pk, to=self.target(to), order=Order(keep=keep),
                copies=[Copy(to=self.target(copy), blind=blind)] if blind or keep else [],
            )  # fmt: skip

    @rule(number=which, name=who, to=st.sampled_from(PEOPLE))
    def assign(self, number: int, name: str, to: str) -> None:
        request, user = self.request(number), getattr(self.cast, to)
        with self.trying():
            services.assign(actor=self.actor(name, request), request_id=request.pk, user_id=user.pk)

    @precondition(lambda self: Referral.objects.filter(ended_at=None).exists())
    @rule(number=which, name=who, end=st.sampled_from(["return", "finish", "recall"]))
    def end_referral(self, number: int, name: str, end: str) -> None:
        rows = list(Referral.objects.filter(ended_at=None).order_by("-pk"))
        referral = rows[number % len(rows)]
        with self.trying():
            actor = self.actor(
                name, Request.objects.select_related("assignee", "post__holder").get(pk=referral.request_id)
            )
            if end == "return":
                services.return_referral(actor=actor, referral_id=referral.pk, remark="نه")
            elif end == "finish":
                services.finish_referral(actor=actor, referral_id=referral.pk)
            else:
                services.recall_referral(actor=actor, referral_id=referral.pk)

    @rule(number=which, name=who)
    def draft_and_submit(self, number: int, name: str) -> None:
        request = self.request(number)
        with self.trying():
            actor = self.actor(name, request)
            answer = drafted(actor.user, request, "فردا می‌رسد.")
            services.submit_draft(actor=actor, answer_id=answer.pk)

    @precondition(lambda self: Answer.objects.filter(state="review").exists())
    @rule(number=which, name=st.sampled_from(["bob", "olivia", "ada", "alice"]), back=st.booleans(), edit=st.booleans())
    def decide(self, number: int, name: str, back: bool, edit: bool) -> None:
        rows = list(Answer.objects.filter(state="review").order_by("pk"))
        answer = rows[number % len(rows)]
        with self.trying():
            actor = as_actor(getattr(self.cast, name))
            if back:
                services.return_answer(actor=actor, answer_id=answer.pk, remark="دوباره")
            else:
                approval = services.Approval(body="متن دیگر" if edit else None)
                services.approve_and_send(actor=actor, answer_id=answer.pk, approval=approval)

    # ---- several -----------------------------------------------------------------------------------------------------

    @rule(how=st.sampled_from(list(How)), name=st.sampled_from(["olivia", "ada", "alice"]), to=st.sampled_from(PEOPLE))
    def do_to_many(self, how: How, name: str, to: str) -> None:
        until = timezone.now() + timedelta(hours=5)
        change = Change(how=how, to=f"user:{getattr(self.cast, to).pk}", tag=self.tag, until=until.isoformat())
        chosen = Selection(ids=tuple(Request.objects.values_list("pk", flat=True)))
        user, before = as_actor(getattr(self.cast, name)).user, self.snapshot()
        try:
            shown, plan = bulk.preview(actor=user, selection=chosen, change=change)
            assert self.snapshot() == before, "a preview changes nothing"
            job = bulk.run(actor=user, plan=plan)
        except PeyvandError:
            assert self.snapshot() == before
            return
        assert (job.result["changed"], job.result["refused"]) == (shown.changed, shown.refused)
        self.jobs.append((job, name))

    @precondition(lambda self: self.jobs)
    @rule()
    def undo_many(self) -> None:
        job, name = self.jobs.pop()
        with self.trying():
            bulk.undo(actor=as_actor(getattr(self.cast, name)).user, job=LongJob.objects.get(pk=job.pk))

    @rule(number=which, other=which, name=who)
    def merge_two(self, number: int, other: int, name: str) -> None:
        one, two = self.request(number), self.request(other)
        with self.trying():
            merge(actor=self.actor(name, one), survivor_id=one.pk, request_ids=[two.pk], agreed=True)

    @rule(number=which, other=which, name=who, split=st.booleans())
    def split_or_move(self, number: int, other: int, name: str, split: bool) -> None:
        request, to = self.request(number), self.request(other)
        message = request.thread.order_by("-pk").values_list("message_id", flat=True).first() or 0
        with self.trying():
            actor = self.actor(name, request)
            if split:
                split_off(actor=actor, request_id=request.pk, message_ids=[message])
            else:
                move_messages(actor=actor, request_id=request.pk, message_ids=[message], to_id=to.pk, agreed=True)

    @precondition(lambda self: Regrouping.objects.standing().exists())
    @rule(name=st.sampled_from(["olivia", "ada", "alice"]))
    def take_regrouping_back(self, name: str) -> None:
        made = Regrouping.objects.standing().order_by("-pk")[0]
        with self.trying():
            undo_regrouping(actor=as_actor(getattr(self.cast, name)), regrouping_id=made.pk)

    # ---- what happens by itself --------------------------------------------------------------------------------------

    @rule(number=which)
    def customer_writes(self, number: int) -> None:
        services.take_in(
            [mail(mailbox(self.cast), f"{number % 3}@arman.example", subject=self.request(number).code).pk]
        )

    @rule(name=st.sampled_from(["alice", "bob", "charlie"]))
    def leave_the_house(self, name: str) -> None:
        """Somebody loses his access, and the round that looks for abandoned work comes by."""
        User.objects.filter(pk=getattr(self.cast, name).pk).update(is_active=False)
        Post.objects.filter(holder__is_active=False).update(holder=None)
        services.rescue_abandoned()
        assert services.rescue_abandoned() == 0

    @rule()
    def come_back(self) -> None:
        User.objects.update(is_active=True)
        Post.objects.update(holder=self.cast.bob)

    @rule(name=st.sampled_from(["olivia", "alice", "bob"]), substitute=st.sampled_from(PEOPLE), work=st.integers(1, 3))
    def go_on_leave(self, name: str, substitute: str, work: int) -> None:
        today = timezone.localdate()
        try:
            with transaction.atomic():
                name_substitute(
                    actor=None, person=as_actor(getattr(self.cast, name)).user,
                    substitute=as_actor(getattr(self.cast, substitute)).user,
                    leave=Leave(first_day=today, last_day=today, work=work),
                )  # fmt: skip
        except PeyvandError:
            pass

    @rule()
    def leaves_are_over(self) -> None:
        yesterday = timezone.localdate() - timedelta(days=1)
        Substitution.objects.update(first_day=yesterday, last_day=yesterday)
        forget_away()
        services.give_back()

    @rule()
    def time_passes(self) -> None:
        """What was put aside until now comes back; timers of referrals run out."""
        past = timezone.now() - timedelta(minutes=1)
        Snooze.objects.update(until=past)
        services.wake_due()
        newest = (
            Referral.objects.filter(ended_at=None, role="original").order_by("-pk").values_list("pk", flat=True)[:1]
        )
        Referral.objects.filter(pk__in=list(newest)).update(
            return_at=past, return_when="untouched", return_to="referrer"
        )
        services.return_overdue()
        assert not Snooze.objects.exists()

    # ---- what is always true -----------------------------------------------------------------------------------------

    @invariant()
    def until_closed_there_is_exactly_one_responsible_holder(self) -> None:
        for request in Request.objects.select_related("assignee", "post__holder"):
            if request.status not in ACTIVE:
                assert request.next_due is None and request.paused_at is not None
                continue
            assert request.merged_into_id is None and request.next_due is not None
            assert not (request.assignee_id and request.post_id)
            pool = User.objects.filter(is_active=True, department=request.department_id)
            holder = request.assignee or (request.post.holder if request.post else None)
            assert holder is not None or (request.post_id is None and pool.exists())
            if holder is not None and holder.is_active:
                assert Request.objects.visible_to(as_actor(holder)).filter(pk=request.pk).exists()

    @invariant()
    def every_referral_is_open_done_returned_or_recalled(self) -> None:
        for state, ended in Referral.objects.values_list("state", "ended_at"):
            assert state in (OPEN if ended is None else ENDED)
        for request in Request.objects.all():
            chain = list(request.referrals.filter(ended_at=None, role="original").order_by("-pk"))
            assert request.status in ACTIVE or not chain
            assert [one.parent_id for one in chain[:-1]] == [one.pk for one in chain[1:]]

    @invariant()
    def every_message_is_in_one_request_and_merged_ones_are_empty(self) -> None:
        assert RequestMessage.objects.count() == Message.objects.count()
        for request in Request.objects.all():
            assert request.message_count == request.thread.exclude(message__state="cancelled").count()
            if request.merged_into_id is not None:
                assert request.status == "closed" and not request.message_count
                assert not request.referrals.filter(ended_at=None).exists()
                assert not request.snoozes.exists() and not request.answers.filter(state="review").exists()

    @invariant()
    def an_answer_is_sent_once_and_what_waits_for_approval_waits_for_somebody(self) -> None:
        approved = Answer.objects.filter(state="approved")
        assert approved.count() == Message.objects.filter(direction="out").count()
        assert not approved.filter(message=None).exists()
        for answer in Answer.objects.filter(state="review"):
            given = answer.endorsements.filter(state="given").count()
            assert not answer.endorsements.exists() or given < answer.needed <= answer.endorsements.count()
        for request in Request.objects.filter(status="review"):
            assert request.answers.filter(state="review").exists()

    def folders_hold_what_their_reader_may_see_and_are_counted_right(self) -> None:
        for name in ("olivia", "alice"):
            reader = as_actor(getattr(self.cast, name))
            seen = set(Request.objects.visible_to(reader).values_list("pk", flat=True))
            counted = counts(reader).folders if reader.user.is_active else {}
            for folder in folders_of(reader) if reader.user.is_active else ():
                inside = set(in_folder(reader, Folder(folder)).values_list("pk", flat=True))
                assert inside <= seen and counted.get(folder, len(inside)) == len(inside)


@pytest.mark.django_db
@pytest.mark.timeout(900)
def test_several_requests_keep_their_promises_under_any_sequence_of_acts() -> None:
    everybody = make_cast()

    class Rolled(Desks):
        """Every run starts with the cast alone."""

        cast = everybody

        def __init__(self) -> None:
            self.frame = transaction.atomic()
            self.frame.__enter__()
            super().__init__()
            self.jobs: list[tuple[LongJob, str]] = []

        def teardown(self) -> None:
            try:
                self.folders_hold_what_their_reader_may_see_and_are_counted_right()
            finally:
                transaction.set_rollback(True)
                self.frame.__exit__(None, None, None)

    run_state_machine_as_test(
        Rolled,
        settings=settings(
            max_examples=10,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
