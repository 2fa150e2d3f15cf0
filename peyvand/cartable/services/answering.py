"""Answers: drafted, submitted, returned. Approving and sending them is `approving`."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from peyvand.accounts import policies as access
from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable import policies
from peyvand.cartable.errors import (
    AlreadyClosed,
    AnswerAwaitsReview,
    AnswerDecided,
    AnsweredMeanwhile,
    DraftChanged,
    NobodyThere,
)
from peyvand.cartable.events import AnswerReturned, AnswerSubmitted
from peyvand.cartable.models import Answer, Referral, Request, Step
from peyvand.cartable.recipients import LONGEST, LONGEST_LINE, MOST
from peyvand.cartable.selectors import approvals
from peyvand.cartable.services import clock, endorsing, holding
from peyvand.cartable.services.attaching import own_files
from peyvand.cartable.services.finishing import refuse_unfinished
from peyvand.cartable.services.sending import check_recipients
from peyvand.cartable.services.work import Refs, Work, lock
from peyvand.cartable.types import Draft, StepKind, Undoable
from peyvand.channels.models import Message
from peyvand.core.errors import NotAllowed, NotFound

A = Answer.State
S = Request.Status
ANSWERED_BY = frozenset(
    {Message.Medium.MAIL, Message.Medium.PHONE, Message.Medium.LETTER, Message.Medium.FAX, Message.Medium.VISIT}
)
WRITABLE = (A.DRAFT, A.RETURNED)
ANSWERING = (StepKind.SUBMITTED, StepKind.APPROVED)


@transaction.atomic
def save_draft(*, actor: Actor, request_id: int, draft: Draft, expected_version: int | None = None) -> Answer:
    """Save the actor's one draft for a request; called every few seconds while he writes.

    expected_version: the draft's version that he started from (0 for a new one). Raises DraftChanged with the stored
    draft when another window saved in between, AnswerAwaitsReview while his last one is being reviewed, AlreadyClosed.
    """
    request = Request.objects.visible_to(actor).select_for_update().filter(pk=request_id).first()
    if request is None:
        raise NotFound
    if not policies.may_act(actor, "cartable.draft", request):
        raise NotAllowed
    if request.status == S.CLOSED:
        raise AlreadyClosed
    answer = own_draft(actor, request)
    if expected_version is not None and (answer.version if answer.pk else 0) != expected_version:
        raise DraftChanged(answer)
    answer.version = answer.version + 1 if answer.pk else 1
    fill(answer, draft)
    answer.save()
    if draft.file_ids is not None:
        answer.files.set(own_files(actor, draft.file_ids, already=answer.files.all()))
    return answer


@transaction.atomic
def add_to_draft(*, actor: Actor, request_id: int, text: str) -> Answer:
    """Write a ready text below what the actor has drafted for a request. Raises what `save_draft` raises."""
    request = Request.objects.visible_to(actor).select_for_update().filter(pk=request_id).first()
    if request is None:
        raise NotFound
    written = own_draft(actor, request)
    body = "\n\n".join(part for part in (written.body.rstrip(), text) if part)
    draft = Draft(body=body, medium=written.medium, recipient=written.recipient)
    return save_draft(actor=actor, request_id=request_id, draft=draft)


def fill(answer: Answer, draft: Draft) -> None:
    """Write what was typed into an answer; addresses are kept as typed, so that nothing is lost while writing."""
    answer.body, answer.medium, answer.recipient = (
        draft.body,
        medium_of(draft.medium),
        draft.recipient.strip()[:LONGEST_LINE],
    )
    for name in ("cc", "bcc"):
        typed: Sequence[str] | None = getattr(draft, name)
        if typed is not None:
            setattr(answer, name, [one.strip()[:LONGEST] for one in typed if one.strip()][: 2 * MOST])
    if draft.subject is not None:
        answer.subject = draft.subject.strip()[:300]


def own_draft(actor: Actor, request: Request) -> Answer:
    """The actor's one draft, stored or new. Raises AnswerAwaitsReview while his last one is being reviewed."""
    mine = Answer.objects.select_for_update().filter(request=request, author=actor.user)
    answer = mine.filter(state__in=WRITABLE).first()
    if answer is None and mine.filter(state=A.REVIEW).exists():
        raise AnswerAwaitsReview
    return answer or Answer(request=request, author=actor.user)


def medium_of(name: str) -> str:
    """A way by which an answer can go or be told; mail for any other: no text message goes out without a gateway."""
    return name if name in ANSWERED_BY else Message.Medium.MAIL


@transaction.atomic
def discard_draft(*, actor: Actor, answer_id: int) -> None:
    """Throw one's own draft away; the row stays, so that nothing is lost by mistake."""
    changed = Answer.objects.filter(pk=answer_id, author=actor.user, state__in=WRITABLE).update(
        state=A.DISCARDED, decided_at=timezone.now()
    )
    if not changed:
        raise NotFound


def lock_answer(actor: Actor, answer_id: int, permission: str, expected_version: int | None) -> tuple[Work, Answer]:
    """Lock an answer's request, then the answer. Raises NotFound for one that may not be seen."""
    request_id = Answer.objects.filter(pk=answer_id).values_list("request_id", flat=True).first()
    if request_id is None:
        raise NotFound
    request = lock(actor, request_id, permission)
    answer = Answer.objects.select_for_update().get(pk=answer_id)
    if expected_version is not None and answer.version != expected_version:
        raise DraftChanged(answer)
    return Work(actor, request), answer


def check_unanswered(work: Work, answer: Answer, seen_step: int | None) -> None:
    """Nobody else has answered the customer since the step that the actor saw last. Raises AnsweredMeanwhile."""
    if seen_step is None:
        return
    steps = Step.objects.filter(request=work.request, pk__gt=seen_step, kind__in=ANSWERING, answer__isnull=False)
    others = steps.exclude(answer=answer).exclude(answer__author=work.user)
    others = others.exclude(answer__purpose=Answer.Purpose.FORWARD)
    found = others.select_related("answer__author").order_by("-pk").first()
    if found is not None and found.answer is not None:
        raise AnsweredMeanwhile(found.answer, found.pk)


@transaction.atomic
def submit_draft(
    *,
    actor: Actor,
    answer_id: int,
    reviewer_id: int | None = None,
    expected_version: int | None = None,
    seen_step: int | None = None,
) -> Undoable:
    """Give one's draft to its reviewer: the one named, else the request's officer, else who referred it.

    Where a rule asks for several approvals, its approvers are asked, whoever was named. expected_version: of the
    answer; seen_step: the newest line of the history that the author saw. Raises NothingWritten, AnswerDecided,
    AlreadyClosed, DraftChanged, AnsweredMeanwhile, NobodyApproves, NoAddress, Invalid (an address).
    """
    work, answer = lock_answer(actor, answer_id, "cartable.draft", expected_version)
    request = work.request
    if answer.author_id != actor.user.pk:
        raise NotAllowed
    if answer.state not in WRITABLE:
        raise AnswerDecided
    if request.status == S.CLOSED:
        raise AlreadyClosed
    refuse_unfinished(answer.body)
    check_recipients(request, answer)
    check_unanswered(work, answer, seen_step)
    chain = holding.open_chain(request)
    for referral in chain[:1]:
        if policies.is_addressee(actor, referral):
            state, read_at = Referral.State.ANSWERED, referral.read_at or work.now
            taken_by = None if referral.to_user_id else work.owner_id
            work.change_referral(referral, state=state, read_at=read_at, taken_by_id=taken_by)
    rule = approvals.rule_for(request, answer.body)
    reviewer = endorsing.ask(work, answer, rule) if rule else _reviewer(request, chain, reviewer_id)
    answer.state, answer.reviewer, answer.submitted_at, answer.remark = A.REVIEW, reviewer, work.now, ""
    answer.version += 1
    answer.save()
    if not request.is_active:
        clock.resume(request, work.now, by_customer=False)
    request.status, request.assignee, request.post = S.REVIEW, reviewer, None
    return work.done(
        StepKind.SUBMITTED,
        events=[AnswerSubmitted(request_id=request.pk, answer_id=answer.pk)],
        details={"reviewer": reviewer.pk if reviewer else None} | ({"remark": rule.name} if rule else {}),
        refs=Refs(answer=answer),
    )


def _reviewer(request: Request, chain: Sequence[Referral], asked: int | None) -> User | None:
    """Who reads this answer; None leaves it to any officer of the department."""
    if asked is not None:
        user = User.objects.filter(pk=asked, is_active=True).first()
        if user is None or not access.may(user, "cartable.approve"):
            raise NobodyThere
        return user
    candidates = [request.officer, *(referral.owner for referral in reversed(chain))]
    return next((one for one in candidates if one and one.is_active and access.may(one, "cartable.approve")), None)


@transaction.atomic
def return_answer(*, actor: Actor, answer_id: int, remark: str, expected_version: int | None = None) -> Undoable:
    """The reviewer gives a draft back to its author with a remark.

    The request goes down again: to whom the innermost open referral names, else to the author. What another was asked
    for meanwhile stays with him.
    """
    work, answer = lock_answer(actor, answer_id, "cartable.view", expected_version)
    if answer.state != A.REVIEW:
        raise AnswerDecided
    if endorsing.check_turn(work, answer) is None and not policies.may_act(actor, "cartable.approve", work.request):
        raise NotAllowed
    endorsing.drop(work, answer)
    answer.state, answer.remark, answer.decided_at = A.RETURNED, remark.strip(), work.now
    answer.version += 1
    answer.save()
    request = work.request
    if request.status == S.REVIEW:
        holding.hand_down(work, answer.author)
        holding.back_to_review(request)
    return work.done(
        StepKind.ANSWER_RETURNED,
        events=[AnswerReturned(request_id=request.pk, answer_id=answer.pk)],
        details={"remark": answer.remark},
        refs=Refs(answer=answer),
    )
