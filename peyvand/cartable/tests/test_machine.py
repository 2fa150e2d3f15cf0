"""A request under any sequence of acts: one holder until it is answered or closed, a step for every change."""

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
from peyvand.accounts.models import Post, Substitution, User, now_running
from peyvand.accounts.services import name_substitute
from peyvand.accounts.types import Leave
from peyvand.cartable import services
from peyvand.cartable.models import ACTIVE, Answer, Referral, Request, RequestMessage, Step
from peyvand.cartable.services import Approval
from peyvand.cartable.tests.desk import as_actor, mail, mailbox, opened
from peyvand.cartable.types import Changes, Copy, Draft, Order, Target, TargetKind
from peyvand.channels.events import MessageFailed, MessageUncertain
from peyvand.channels.models import Message
from peyvand.core.errors import PeyvandError
from tests.cast import Cast, make_cast

PEOPLE = ("olivia", "alice", "bob", "charlie", "ada")
who = st.sampled_from(["holder", "holder", "holder", "olivia", "olivia", "ada", "alice", "bob", "charlie"])
has_referral = precondition(lambda self: Referral.objects.filter(ended_at=None, role="original").exists())
has_copy = precondition(lambda self: Referral.objects.filter(ended_at=None).exclude(role="original").exists())
has_draft = precondition(lambda self: Answer.objects.filter(state__in=["draft", "returned"]).exists())
has_review = precondition(lambda self: Answer.objects.filter(state="review").exists())
has_sent = precondition(lambda self: Message.objects.filter(direction="out").exists())
stands = precondition(lambda self: not Request.objects.get().is_active)
TARGETS = ("alice", "bob", "olivia", "logistics", "sales", "after_sales", "head_of_logistics", "shiraz", "east")


class Desk(RuleBasedStateMachine):
    """Everybody tries everything, allowed or not, in any order."""

    cast: Cast

    @initialize(way=st.sampled_from(["new", "referred", "drafted", "submitted", "submitted"]))
    def open(self, way: str) -> None:
        self.actors: dict[str, Actor] = {name: as_actor(getattr(self.cast, name)) for name in PEOPLE}
        self.request = opened(mailbox(self.cast))
        self.undo = ""
        self.undo_of = self.actors["olivia"]
        if way != "new":
            self.refer("olivia", "alice")
        if way in ("drafted", "submitted"):
            self.draft("alice", "سلام")
        if way == "submitted":
            self.submit("alice")

    @contextmanager
    def trying(self) -> Iterator[None]:
        """An act that may be refused: then nothing at all has changed, else the version and a step say so."""
        before = self.snapshot()
        try:
            with transaction.atomic():
                yield
        except PeyvandError:
            assert self.snapshot() == before

    def snapshot(self) -> list[object]:
        return [
            list(Request.objects.values().order_by("pk")),
            list(Referral.objects.values().order_by("pk")),
            list(Answer.objects.values().order_by("pk")),
            Step.objects.count(),
            Message.objects.count(),
        ]

    def actor(self, name: str) -> Actor:
        """One of the cast; «holder» is whoever holds the request now, so that most acts make sense."""
        if name != "holder":
            return self.actors[name]
        request = Request.objects.select_related("assignee", "post__holder").get()
        pools = {self.cast.logistics.pk: "alice", self.cast.sales.pk: "charlie"}
        pool = pools.get(request.department_id, "olivia")
        holder = request.assignee or (request.post.holder if request.post else None)
        return self.actors[holder.username if holder else pool]

    def target(self, name: str) -> Target:
        thing = getattr(self.cast, name)
        return Target(TargetKind(type(thing).__name__.lower()), thing.pk)

    def latest(self, model: type[Referral] | type[Answer], **fields: object) -> int:
        return model.objects.filter(**fields).order_by("-pk").values_list("pk", flat=True).first() or 0

    @rule(name=who)
    def take(self, name: str) -> None:
        with self.trying():
            actor = self.actor(name)
            done = services.take(actor=actor, request_id=self.request.pk)
            self.undo, self.undo_of = done.undo, actor

    @rule(name=who, to=st.sampled_from(TARGETS))
    def refer(self, name: str, to: str) -> None:
        with self.trying():
            actor = self.actor(name)
            done = services.refer(actor=actor, request_id=self.request.pk, to=self.target(to))
            self.undo, self.undo_of = done.undo, actor

    @rule(name=who, to=st.none() | st.sampled_from(TARGETS), copy=st.sampled_from(TARGETS), blind=st.booleans())
    def refer_to_several(self, name: str, to: str | None, copy: str, blind: bool) -> None:
        before = self.place()
        with self.trying():
            actor = self.actor(name)
            done = services.refer(
                actor=actor,
                request_id=self.request.pk,
                to=self.target(to) if to else None,
                order=Order(keep=blind, tell_when_done=not blind),
                copies=[Copy(to=self.target(copy), blind=blind)],
            )
            self.undo, self.undo_of = done.undo, actor
        assert to is not None or self.place() == before

    @has_copy
    @rule(name=who, end=st.sampled_from(["return", "finish", "recall"]))
    def end_copy(self, name: str, end: str) -> None:
        before = self.place()
        copy = Referral.objects.filter(ended_at=None).exclude(role="original").latest("pk")
        with self.trying():
            receiver = self.actors[copy.to_user.username] if name == "holder" and copy.to_user else self.actor(name)
            if end == "return":
                services.return_referral(actor=receiver, referral_id=copy.pk, remark="نه")
            elif end == "finish":
                services.finish_referral(actor=receiver, referral_id=copy.pk, remark="خوب است")
            else:
                services.recall_referral(actor=self.actor(name), referral_id=copy.pk)
        assert self.place() == before

    def place(self) -> object:
        """Who holds the request: copies never change it."""
        return Request.objects.values("assignee", "post", "department", "status").get()

    @rule(name=who)
    def read(self, name: str) -> None:
        services.read_referral(actor=self.actor(name), request_id=self.request.pk)

    @has_referral
    @rule(name=who, end=st.sampled_from(["return", "finish", "recall"]))
    def end_referral(self, name: str, end: str) -> None:
        with self.trying():
            actor, referral = self.actor(name), self.latest(Referral, ended_at=None, role="original")
            if end == "return":
                services.return_referral(actor=actor, referral_id=referral, remark="نه")
            elif end == "finish":
                services.finish_referral(actor=actor, referral_id=referral)
            else:
                services.recall_referral(actor=actor, referral_id=referral)

    @rule(name=who, body=st.sampled_from(["", "سلام", "فردا می‌رسد", "بله"]))
    def draft(self, name: str, body: str) -> None:
        with self.trying():
            services.save_draft(actor=self.actor(name), request_id=self.request.pk, draft=Draft(body=body))

    @has_draft
    @rule(name=who)
    def submit(self, name: str) -> None:
        answer = Answer.objects.filter(state__in=["draft", "returned"]).select_related("author").latest("pk")
        with self.trying():
            actor = self.actors[answer.author.username] if name == "holder" else self.actor(name)
            services.submit_draft(actor=actor, answer_id=answer.pk)

    @has_review
    @rule(name=who, close=st.booleans(), medium=st.sampled_from(["mail", "phone"]))
    def approve(self, name: str, close: bool, medium: str) -> None:
        with self.trying():
            approval = Approval(close=close, medium=medium)
            services.approve_and_send(
                actor=self.actor(name), answer_id=self.latest(Answer, state="review"), approval=approval
            )

    @has_review
    @rule(name=who)
    def return_draft(self, name: str) -> None:
        with self.trying():
            services.return_answer(
                actor=self.actor(name), answer_id=self.latest(Answer, state="review"), remark="دوباره"
            )

    @rule(name=who)
    def close(self, name: str) -> None:
        with self.trying():
            actor = self.actor(name)
            done = services.close(actor=actor, request_id=self.request.pk)
            self.undo, self.undo_of = done.undo, actor

    @rule(name=who, secret=st.booleans(), people=st.lists(st.sampled_from(PEOPLE), max_size=2))
    def confide(self, name: str, secret: bool, people: list[str]) -> None:
        with self.trying():
            named = [self.actors[each].user.pk for each in people]
            services.confide(actor=self.actor(name), request_id=self.request.pk, confidential=secret, people=named)

    @has_referral
    @rule(to=st.sampled_from(["referrer", "head"]), when=st.sampled_from(["unread", "untouched"]))
    def time_passes(self, to: str, when: str) -> None:
        inner = Referral.objects.filter(ended_at=None, role="original").latest("pk")
        past = timezone.now() - timedelta(minutes=1)
        Referral.objects.filter(pk=inner.pk).update(return_at=past, return_when=when, return_to=to)
        services.return_overdue()
        assert services.return_overdue() == 0

    @rule(name=st.sampled_from(["alice", "bob", "charlie"]))
    def leave(self, name: str) -> None:
        """Somebody loses his access, and the round that looks for abandoned work comes by."""
        User.objects.filter(pk=self.actors[name].user.pk).update(is_active=False)
        Post.objects.filter(holder__is_active=False).update(holder=None)
        services.rescue_abandoned()
        assert services.rescue_abandoned() == 0
        self.actors[name] = as_actor(self.actors[name].user)

    @rule(name=st.sampled_from(["olivia", "alice", "bob"]), substitute=st.sampled_from(PEOPLE), work=st.integers(1, 3))
    def go_on_leave(self, name: str, substitute: str, work: int) -> None:
        """Somebody names a substitute; who may not be one is refused and nothing changes."""
        today, before = timezone.localdate(), Substitution.objects.count()
        people = [self.actors[each].user for each in (name, substitute)]
        try:
            leave = Leave(first_day=today, last_day=today, work=work)
            name_substitute(actor=None, person=people[0], substitute=people[1], leave=leave)
        except PeyvandError:
            assert Substitution.objects.count() == before
        self.actors = {each: as_actor(actor.user) for each, actor in self.actors.items()}

    @rule()
    def leaves_are_over(self) -> None:
        """Everybody is back: what substitutes had taken is with its people again, once."""
        yesterday = timezone.localdate() - timedelta(days=1)
        Substitution.objects.update(first_day=yesterday, last_day=yesterday)
        forget_away()
        services.give_back()
        assert services.give_back() == 0
        self.actors = {each: as_actor(actor.user) for each, actor in self.actors.items()}
        request, last = Request.objects.get(), Step.objects.filter(kind="taken").last()
        if last is not None and last.instead_of and last.instead_of.is_active and request.status in ACTIVE:
            assert request.assignee_id != last.actor_id or Step.objects.filter(pk__gt=last.pk).exists()

    @invariant()
    def nobody_is_at_two_desks_further(self) -> None:
        """A substitute has none himself on the same day, so that no chain and no circle can begin."""
        running = Substitution.objects.filter(now_running())
        assert not running.filter(substitute__in=running.values("person")).exists()

    @rule()
    def come_back(self) -> None:
        User.objects.update(is_active=True)
        Post.objects.update(holder=self.cast.bob)
        self.actors = {name: as_actor(getattr(self.cast, name)) for name in PEOPLE}

    @stands
    @rule(name=who)
    def reopen(self, name: str) -> None:
        with self.trying():
            services.reopen(actor=self.actor(name), request_id=self.request.pk)

    @rule(name=who, priority=st.sampled_from(["low", "urgent"]), move=st.booleans())
    def change(self, name: str, priority: str, move: bool) -> None:
        department = self.cast.logistics.pk if move else None
        with self.trying():
            changes = Changes(priority=priority, department_id=department)
            actor = self.actor(name)
            done = services.change(actor=actor, request_id=self.request.pk, changes=changes)
            self.undo, self.undo_of = done.undo, actor

    @precondition(lambda self: self.undo)
    @rule()
    def take_back(self) -> None:
        with self.trying():
            services.undo(actor=self.undo_of, token=self.undo)

    @rule()
    def customer_writes(self) -> None:
        services.take_in([mail(mailbox(self.cast), subject=self.request.code).pk])

    @has_sent
    @rule(failed=st.booleans())
    def delivery_ends_badly(self, failed: bool) -> None:
        sent = Message.objects.filter(direction="out").order_by("-pk").first()
        if sent is not None and failed:
            services.note_failed(MessageFailed(message_id=sent.pk))
        elif sent is not None:
            services.note_uncertain(MessageUncertain(message_id=sent.pk))

    @invariant()
    def there_is_one_request_with_one_holder(self) -> None:
        request = Request.objects.select_related("assignee", "post__holder").get()
        if request.status in ACTIVE:
            assert not (request.assignee_id and request.post_id)
            holders = User.objects.filter(is_active=True, department=request.department_id)
            assert request.assignee_id or (request.post and request.post.holder_id) or holders.exists()
            assert request.next_due is not None and request.closed_at is None
        else:
            assert request.next_due is None and request.paused_at is not None

    @invariant()
    def whoever_holds_it_sees_it(self) -> None:
        request = Request.objects.select_related("assignee", "post__holder").get()
        holder = request.assignee or (request.post.holder if request.post else None)
        if holder is not None and request.status in ACTIVE:
            assert Request.objects.visible_to(as_actor(holder)).exists()

    @invariant()
    def every_referral_is_open_or_ended_and_the_innermost_names_the_holder(self) -> None:
        request = Request.objects.get()
        chain = list(Referral.objects.filter(ended_at=None, role="original").order_by("-pk"))
        assert not Referral.objects.filter(ended_at=None, state__in=["done", "returned", "recalled"]).exists()
        assert not Referral.objects.exclude(ended_at=None).filter(state__in=["waiting", "read", "answered"]).exists()
        if request.status not in ACTIVE:
            assert not chain
        for child, parent in zip(chain, chain[1:], strict=False):
            assert child.parent_id == parent.pk
        if chain and request.status in ("referred", "open"):
            innermost = chain[0]
            expected = innermost.to_user_id or innermost.taken_by_id
            taken = Step.objects.filter(kind="taken", instead_of=expected, actor=request.assignee_id)
            in_place = expected is not None and taken.exists()
            assert request.assignee_id == expected or in_place
            assert request.post_id in (None, innermost.to_post_id)

    @invariant()
    def review_means_that_a_draft_waits(self) -> None:
        waiting = Answer.objects.filter(state="review").exists()
        assert Request.objects.get().status != "review" or waiting

    @invariant()
    def every_version_has_its_step_and_every_message_its_request(self) -> None:
        request = Request.objects.get()
        steps = Step.objects.exclude(kind__in=["message_in", "sent"]).count()
        joined = Step.objects.filter(kind="message_in").count()
        assert request.version == steps + joined
        assert RequestMessage.objects.count() == Message.objects.count() == request.message_count

    @invariant()
    def an_answer_is_sent_once(self) -> None:
        approved = Answer.objects.filter(state="approved")
        assert approved.count() == Message.objects.filter(direction="out").count()
        assert not approved.filter(message=None).exists()


@pytest.mark.django_db
def test_a_request_keeps_its_promises_under_any_sequence_of_acts() -> None:
    everybody = make_cast()

    class Rolled(Desk):
        """Every run starts with the cast alone."""

        cast = everybody

        def __init__(self) -> None:
            self.frame = transaction.atomic()
            self.frame.__enter__()
            super().__init__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    run_state_machine_as_test(
        Rolled,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
