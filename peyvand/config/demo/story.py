"""One request of the demo company from its first word until now, told with the same rules that the services follow.

A story goes forward in working time and stops where the present is; so recent ones stand in every possible state and
old ones are closed, without a state ever being set by hand.
"""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from peyvand.accounts.models import Department, Post, User
from peyvand.cartable import sla
from peyvand.cartable.models import OPEN_REFERRAL, Answer, Note, Referral, Request, Step
from peyvand.cartable.services.work import Refs
from peyvand.cartable.types import StepKind
from peyvand.channels.models import Message
from peyvand.channels.services import new_message_id
from peyvand.config.demo import texts
from peyvand.config.demo.customers import Customer
from peyvand.config.demo.organisation import Company
from peyvand.core.jalali import format_date
from peyvand.core.working_time import WorkCalendar

S, A, R = Request.Status, Answer.State, Referral.State
BY_HAND = ("phone", "letter", "fax", "visit")
MEDIA = (("mail", 56), ("form", 20), ("phone", 14), ("letter", 3), ("fax", 3), ("visit", 4))
PRIORITIES = (("normal", 76), ("high", 13), ("urgent", 5), ("low", 6))
PACES = ((1.0, 87), (2.5, 10), (8.0, 3))
Target = User | Department | Post


class TheFuture(Exception):
    """The story has reached the present."""


@dataclass(frozen=True, kw_only=True)
class World:
    """What all stories share."""

    dice: random.Random
    company: Company
    calendar: WorkCalendar
    policies: Sequence[sla.Policy]
    now: dt.datetime

    def pick(self, choices: Sequence[tuple[object, int]]) -> object:
        values, weights = zip(*choices, strict=True)
        return self.dice.choices(values, weights)[0]


@dataclass
class Story:
    """A request and everything that hangs on it, as rows that are not stored yet."""

    world: World
    customer: Customer
    kind: str
    at: dt.datetime
    request: Request = field(default_factory=Request)
    messages: list[Message] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    seen: dict[int, dt.datetime] = field(default_factory=dict)  # user id → until when he has read
    pace: float = 1.0
    values: dict[str, str] = field(default_factory=dict)

    # ------------------------------------------------------------------ arriving

    def arrive(self, medium: str, officer: User) -> None:
        """The customer turns to us; what is written down by hand is held by who wrote it."""
        dice, company = self.world.dice, self.world.company
        self.values = texts.facts(dice, self.customer.party.city)
        self.pace = float(str(self.world.pick(PACES)))
        by_hand = medium in BY_HAND
        if by_hand:
            self.at = self.world.calendar.add(self.at, 1)
        place = company.kinds[self.kind].department if self.customer.branch == "tehran" else None
        department = officer.department if by_hand else place or company.departments[self.customer.branch]
        message = self._inbound(medium, texts.subject(dice, self.kind, self.values), self._words(by_hand))
        self.request = Request(
            subject=message.subject,
            kind=company.kinds[self.kind],
            priority=str(self.world.pick(PRIORITIES)),
            status=S.OPEN if by_hand else S.NEW,
            medium=medium,
            channel=message.channel,
            party=self.customer.party,
            matched_by=["person"] if by_hand else ["email" if "@" in message.sender else "mobile"],
            branch=department.branch if department else None,
            department=department,
            officer=officer if by_hand else None,
            assignee=officer if by_hand else None,
            created_by=officer if by_hand else None,
            opened_at=self.at,
            last_activity_at=self.at,
            last_inbound_at=self.at,
            message_count=1,
        )
        policy = sla.choose(self.world.policies, company.kinds[self.kind].pk, self.request.priority)
        due = sla.due_times(self.world.calendar, policy, self.at)
        self.request.first_answer_due, self.request.resolution_due = due.first_answer, due.resolution
        self.request.next_due = min(due.first_answer, due.resolution)
        actor, number = officer if by_hand else None, department.pk if department else None
        refs = Refs(message=message)
        self._step(StepKind.OPENED, actor, refs, counts=False, medium=medium, department=number)

    def _words(self, by_hand: bool) -> str:
        text = texts.letter(self.world.dice, self.kind, self.values, self.customer.name)
        return " ".join(text.split("\n")[1:2]) if by_hand else text

    def _inbound(self, medium: str, subject: str, text: str) -> Message:
        customer, company = self.customer, self.world.company
        channel = {"mail": company.mailboxes[customer.branch], "form": company.form}.get(
            medium, company.registers[customer.branch]
        )
        message = Message(
            channel=channel, direction="in", medium=medium, state=Message.State.PARSED, subject=subject, text=text,
            sender=customer.email or customer.mobile, sender_name=customer.name, occurred_at=self.at, done_at=self.at,
        )  # fmt: skip
        self.messages.append(message)
        return message

    # ------------------------------------------------------------------ steps that services make

    def wait(self, low: int, high: int) -> None:
        """Let working time pass. Raises TheFuture."""
        minutes = int(self.world.dice.randint(low, high) * self.pace)
        self.at = self.world.calendar.add(self.at, max(1, minutes)) + dt.timedelta(
            seconds=self.world.dice.randint(1, 50)
        )
        if self.at >= self.world.now:
            raise TheFuture

    def _step(
        self, kind: StepKind, actor: User | None, refs: Refs | None = None, *, counts: bool = True, **details: object
    ) -> None:
        refs = refs or Refs()
        self.steps.append(
            Step(
                kind=kind,
                actor=actor,
                at=self.at,
                details=details,
                message=refs.message,
                referral=refs.referral,
                answer=refs.answer,
                note=refs.note,
            )  # fmt: skip
        )
        self.request.last_activity_at = self.at
        if counts:
            self.request.version += 1
        if actor is not None and actor.pk:
            self.seen[actor.pk] = self.at

    def hold(self, user: User) -> None:
        self.request.assignee, self.request.post = user, None
        self._place(user.department)

    def _place(self, department: Department | None) -> None:
        if department is not None:
            self.request.department, self.request.branch = department, department.branch

    def take(self, user: User) -> None:
        """Somebody takes the request out of a pool."""
        for referral in self.open_referrals()[-1:]:
            referral.taken_by, referral.state, referral.read_at = user, R.READ, referral.read_at or self.at
        self.hold(user)
        self.request.status = S.OPEN
        if self.request.officer is None and self.world.company.roles[user.username] == "officer":
            self.request.officer = user
        self._step(StepKind.TAKEN, user)

    def open_referrals(self) -> list[Referral]:
        return [referral for referral in self.referrals if referral.state in OPEN_REFERRAL]

    def refer(self, by: User, to: Target, parent: Referral | None = None) -> Referral:
        """Hand the request on with an instruction and, mostly, a deadline."""
        dice = self.world.dice
        due = self.world.calendar.add(self.at, dice.choice((240, 480, 960))) if dice.random() < 0.7 else None
        kind = {User: "user", Post: "post", Department: "department"}[type(to)]
        referral = Referral(
            by=by, parent=parent, instruction=dice.choice(texts.INSTRUCTIONS), due_at=due, created_at=self.at,
            **{f"to_{kind}": to},
        )  # fmt: skip
        self.request.assignee = to if isinstance(to, User) else None
        self.request.post = to if isinstance(to, Post) else None
        self._place(to if isinstance(to, Department) else to.department)
        self.request.status = S.REFERRED
        self.referrals.append(referral)
        refs = Refs(referral=referral)
        self._step(StepKind.REFERRED, by, refs, to=f"{kind}:{to.pk}", instruction=referral.instruction)
        return referral

    def read(self, user: User, referral: Referral) -> None:
        referral.state, referral.read_at = R.READ, self.at
        if referral.to_department is None:
            self.request.status = S.OPEN
        self._step(StepKind.READ, user, Refs(referral=referral))

    def give_back(self, user: User, referral: Referral) -> None:
        remark = self.world.dice.choice(texts.RETURN_REMARKS)
        referral.state, referral.ended_at, referral.remark = R.RETURNED, self.at, remark
        self.hold(referral.by)
        self.request.status = S.OPEN
        self._step(StepKind.RETURNED, user, Refs(referral=referral), remark=remark)

    def note(self, user: User) -> None:
        note = Note(author=user, body=self.world.dice.choice(texts.NOTES), created_at=self.at)
        self.notes.append(note)
        self._step(StepKind.NOTE, user, Refs(note=note))

    def draft(self, author: User, body: str) -> Answer:
        told = not self.customer.email or self.request.medium in ("phone", "visit")
        answer = Answer(
            author=author, body=body, medium="phone" if told else "mail", created_at=self.at, changed_at=self.at,
            recipient="" if told else self.customer.email,
        )  # fmt: skip
        self.answers.append(answer)
        return answer

    def submit(self, answer: Answer, reviewer: User) -> None:
        for referral in self.open_referrals()[-1:]:
            referral.state = R.ANSWERED
        answer.state, answer.reviewer, answer.submitted_at, answer.remark = A.REVIEW, reviewer, self.at, ""
        answer.version += 1
        self.request.status, self.request.assignee, self.request.post = S.REVIEW, reviewer, None
        self._step(StepKind.SUBMITTED, answer.author, Refs(answer=answer), reviewer=reviewer.pk)

    def return_draft(self, answer: Answer, reviewer: User) -> None:
        answer.state, answer.decided_at = A.RETURNED, self.at
        answer.remark = self.world.dice.choice(texts.REVIEW_REMARKS)
        answer.version += 1
        for referral in self.open_referrals()[-1:]:
            referral.state = R.READ
        self.hold(answer.author)
        self.request.status = S.OPEN
        self._step(StepKind.ANSWER_RETURNED, reviewer, Refs(answer=answer), remark=answer.remark)

    def approve(self, answer: Answer, reviewer: User) -> Message:
        """The answer goes out: the clock stands, referrals are done, the officer keeps the request."""
        message = self._outbound(answer, reviewer)
        answer.state, answer.reviewer, answer.decided_at, answer.message = A.APPROVED, reviewer, self.at, message
        answer.version += 1
        for referral in self.open_referrals():
            referral.state, referral.ended_at = R.DONE, self.at
        request = self.request
        request.first_answered_at = request.first_answered_at or self.at
        request.officer = request.officer or reviewer
        request.message_count += 1
        request.status, request.assignee, request.post = S.ANSWERED, request.officer, None
        request.next_due, request.paused_at = None, request.paused_at or self.at
        refs = Refs(answer=answer, message=message)
        self._step(StepKind.APPROVED, reviewer, refs, medium=answer.medium, note="")
        return message

    def sent(self, message: Message) -> None:
        if message.medium == "mail":
            self.at += dt.timedelta(seconds=3)
            self._step(StepKind.SENT, None, Refs(message=message), counts=False)

    def fail(self, message: Message, state: str, error: str) -> None:
        """The answer did not arrive, or nobody knows: the request is work again."""
        self.at += dt.timedelta(minutes=2)
        message.state, message.error = state, error
        kind = StepKind.DELIVERY_FAILED if state == Message.State.FAILED else StepKind.DELIVERY_UNCERTAIN
        self._wake(by_customer=False)
        request = self.request
        request.trouble = Request.Trouble.FAILED if state == Message.State.FAILED else Request.Trouble.UNCERTAIN
        request.first_answered_at = None
        if request.first_answer_due and request.resolution_due:
            request.next_due = min(request.first_answer_due, request.resolution_due)
        self._step(kind, None, Refs(message=message), error=error)

    def _outbound(self, answer: Answer, by: User) -> Message:
        company, branch = self.world.company, self.customer.branch
        is_mail = answer.medium == "mail"
        channel = company.mailboxes[branch] if is_mail else company.registers[branch]
        message = Message(
            channel=channel, direction="out", medium=answer.medium, state=Message.State.SENT, text=answer.body,
            subject=f"Re: {self.request.subject}", sender=channel.address,
            sender_name="آب‌آفرین" if is_mail else str(by),
            recipients={"to": [self.customer.email if is_mail else self.customer.mobile], "cc": []},
            occurred_at=self.at, done_at=self.at, created_by=by,
        )  # fmt: skip
        self.messages.append(message)
        return message

    def write_again(self, text: str) -> None:
        """The customer answers: an answered or closed request becomes work again."""
        last = next((m for m in reversed(self.messages) if m.direction == "out"), None)
        message = self._inbound("mail", f"Re: {self.request.subject}", text)
        if last is not None:
            day = format_date(last.occurred_at, calendar="jalali", lang="fa", style="long")
            message.quoted = texts.QUOTE.format(d=day, a=last.text.replace("\n", "\n> "))
        self.request.message_count += 1
        self.request.last_inbound_at = self.at
        self._step(StepKind.MESSAGE_IN, None, Refs(message=message), by="message_id")
        was = self.request.status
        self._wake(by_customer=True)
        self._step(StepKind.REOPENED, None, by="customer", was=was)

    def _wake(self, *, by_customer: bool) -> None:
        request, calendar = self.request, self.world.calendar
        request.closed_at, request.status = None, S.OPEN
        paused_at, request.paused_at = request.paused_at or self.at, None
        if request.resolution_due is not None:
            if by_customer:
                policy = sla.choose(self.world.policies, request.kind_id, request.priority)
                request.resolution_due = sla.reopened(calendar, request.resolution_due, paused_at, self.at, policy)
            else:
                request.resolution_due = sla.resumed(calendar, request.resolution_due, paused_at, self.at)
            first = request.first_answer_due or request.resolution_due
            request.next_due = sla.next_due(request.first_answered_at, first, request.resolution_due)
        if request.officer is not None:
            self.hold(request.officer)

    def close(self, user: User) -> None:
        request = self.request
        request.status, request.closed_at = S.CLOSED, self.at
        request.next_due, request.paused_at = None, request.paused_at or self.at
        self._step(StepKind.CLOSED, user, remark=self.world.dice.choice(texts.CLOSING_REMARKS))

    # ------------------------------------------------------------------ names that are known once all are in order

    def name(self, code: str, number: int) -> None:
        """Give the request its code, and its messages ids that name it."""
        self.request.code = code
        last = ""
        for position, message in enumerate(self.messages):
            message.external_id = f"demo-{number}-{position}"
            if message.medium != "mail":
                continue
            if message.direction == "out":
                message.message_id = new_message_id(message.channel, code)
                message.external_id = message.message_id[:200]
                if code not in message.subject:
                    message.subject = f"{message.subject} [{code}]"
            else:
                message.message_id = f"demo-{number}-{position}@{self.customer.email.partition('@')[2] or 'x.example'}"
            if last:
                message.in_reply_to, message.references = last, [last]
            last = message.message_id


def departments_for(story: Story) -> list[str]:
    """The departments that may be asked: the kind's own; for a branch itself, sometimes the main house."""
    home = {"service": "service", "invoice": "finance", "complaint": "service"}.get(story.kind, "sales")
    if story.customer.branch == "tehran":
        return [home]
    return [story.customer.branch, story.customer.branch, home]
