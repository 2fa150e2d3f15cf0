"""Approving an answer and sending it, once; where a rule asks for several approvals, after the last of them."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.cartable import policies
from peyvand.cartable.errors import AlreadyClosed, AnswerDecided, ApprovalNeeded
from peyvand.cartable.events import AnswerApproved, AnswerSubmitted, RequestClosed
from peyvand.cartable.models import Answer, Endorsement, Request
from peyvand.cartable.selectors import approvals
from peyvand.cartable.services import clock, endorsing, holding
from peyvand.cartable.services.answering import WRITABLE, check_unanswered, lock_answer, medium_of
from peyvand.cartable.services.closing import shut
from peyvand.cartable.services.finishing import refuse_unfinished
from peyvand.cartable.services.sending import check_recipients, hand_over
from peyvand.cartable.services.work import Refs, Work
from peyvand.cartable.types import StepKind, Undoable
from peyvand.core.errors import NotAllowed
from peyvand.core.events import Event

A = Answer.State
S = Request.Status
Purpose = Answer.Purpose


@dataclass(frozen=True, kw_only=True)
class Approval:
    """How an answer is approved: the edited body (None: as it is), another way or address, and whether that was all.

    note: for an answer told by phone or in person, what was said on delivery. seen_step: the newest line of the history
    that the approver saw; None does not ask whether a colleague has answered since.
    """

    body: str | None = None
    medium: str | None = None
    recipient: str | None = None
    note: str = ""
    close: bool = False
    seen_step: int | None = None


@transaction.atomic
def approve_and_send(
    *, actor: Actor, answer_id: int, approval: Approval | None = None, expected_version: int | None = None
) -> Undoable:
    """Approve an answer, as edited, and send it on its way: once, however often and by however many it is approved.

    Mail is handed to its channel, where it waits as long as the business says (`AnswerWays.undo_seconds`) and can be
    taken back; an answer by phone, letter, fax or in person is recorded as delivered by the officer. One's own draft
    needs `cartable.send`, another's that waits for review `cartable.approve`, or one's turn where a rule asks for
    several: then it goes out after the last approval, and an edit makes those given before count no more.
    expected_version: of the answer. Raises AnswerDecided, NothingWritten, NoAddress, AlreadyClosed, DraftChanged,
    ApprovalNeeded, NotYourTurn, AnsweredMeanwhile, Invalid (an address).
    """
    approval = approval or Approval()
    work, answer = lock_answer(actor, answer_id, "cartable.view", expected_version)
    mine = _check(work, answer)
    check_unanswered(work, answer, approval.seen_step)
    former = {"state": answer.state, "reviewer": answer.reviewer_id}
    original, changed = answer.body, _apply(answer, approval)
    check_recipients(work.request, answer)
    was: dict[str, Any] = {"was": original} if original != answer.body else {}
    following, mine = _endorsed(work, answer, mine, edited=changed)
    if following:
        return _handed_on(work, answer, was)
    if mine is not None:
        former["endorsement"] = mine.pk
    return _sent(work, answer, approval, was | {"from": former})


def _check(work: Work, answer: Answer) -> Endorsement | None:
    """May the actor approve this answer now? Returns his turn where a rule asks for several."""
    own = answer.author_id == (work.user.pk if work.user else None)
    turn = endorsing.check_turn(work, answer) if answer.state == A.REVIEW else None
    if turn is None and not policies.may_act(work.actor, "cartable.send" if own else "cartable.approve", work.request):
        raise NotAllowed
    if answer.state != A.REVIEW and not (own and answer.state in WRITABLE):
        raise AnswerDecided
    if work.request.status == S.CLOSED:
        raise AlreadyClosed
    return turn


def _apply(answer: Answer, approval: Approval) -> bool:
    """Write the approver's changes into the answer; return whether there were any."""
    before = (answer.body, answer.medium, answer.recipient)
    answer.body = answer.body if approval.body is None else approval.body
    answer.medium = medium_of(approval.medium or answer.medium)
    answer.recipient = (answer.recipient if approval.recipient is None else approval.recipient).strip()
    refuse_unfinished(answer.body)
    answer.version += 1
    return (answer.body.strip(), answer.medium, answer.recipient) != (before[0].strip(), *before[1:])


def _endorsed(work: Work, answer: Answer, mine: Endorsement | None, *, edited: bool) -> tuple[bool, Endorsement | None]:
    """Note the approval; return whether others have to approve after it, and the actor's turn.

    What rule asks is decided by the text as it goes out: who makes it longer does not get around a rule.
    """
    rule = approvals.rule_for(work.request, answer.body)
    if rule is not None and answer.state != A.REVIEW:
        raise ApprovalNeeded  # also when it was approved once and taken back: it is a draft, and may be another text
    if rule is not None and rule.id != answer.rule_id:
        endorsing.ask(work, answer, rule)
        mine = next((one for one in endorsing.turns(answer).open if work.user and one.user_id == work.user.pk), None)
        if mine is None:
            answer.reviewer = endorsing.turns(answer).open[0].user
            return True, None
    if mine is None:
        return False, None
    following = endorsing.give(work, answer, mine, edited=edited)
    answer.reviewer = following or work.user
    return following is not None, mine


def _handed_on(work: Work, answer: Answer, was: dict[str, Any]) -> Undoable:
    """One approval is given, the next approver has it."""
    answer.save()
    work.request.status, work.request.assignee, work.request.post = S.REVIEW, answer.reviewer, None
    return work.done(
        StepKind.ENDORSED,
        events=[AnswerSubmitted(request_id=work.request.pk, answer_id=answer.pk)],
        details=was,
        refs=Refs(answer=answer),
    )


def _sent(work: Work, answer: Answer, approval: Approval, details: dict[str, Any]) -> Undoable:
    request = work.request
    assert work.actor is not None  # approving is always somebody's act
    answer.message = hand_over(work.actor, request, answer, approval.note)
    answer.state, answer.reviewer, answer.decided_at = A.APPROVED, work.user, work.now
    answer.save()
    events: list[Event] = [AnswerApproved(request_id=request.pk, answer_id=answer.pk)]
    if answer.purpose == Purpose.FORWARD:
        settle_forwarded(work, answer)
    else:
        settle(work, approval.close)
        if approval.close:
            events.append(RequestClosed(request_id=request.pk))
    return work.done(
        StepKind.FORWARDED if answer.purpose == Purpose.FORWARD else StepKind.APPROVED,
        events=events,
        details={"medium": answer.medium, "note": approval.note, "version": request.version + 1} | details,
        refs=Refs(answer=answer, message=answer.message),
    )


def settle(work: Work, closing: bool) -> None:
    """The answer is out: the clock stands, the referrals are done, the officer keeps the request."""
    request = work.request
    request.first_answered_at = request.first_answered_at or work.now
    request.trouble = ""
    request.message_count += 1
    if request.officer_id is None and work.user is not None:
        request.officer_id = work.owner_id
    waiting = Answer.objects.filter(request=request, state=A.REVIEW).exists()
    if closing:
        shut(work)
    elif waiting:
        clock.run(request)
    else:
        holding.end_all(work)
        request.status, request.assignee, request.post = S.ANSWERED, request.officer, None
        clock.stop(request, work.now)


def settle_forwarded(work: Work, answer: Answer) -> None:
    """Somebody else got it: the customer still waits, and the request goes back to who worked on it."""
    work.request.message_count += 1
    if work.request.status == S.REVIEW:
        holding.hand_down(work, answer.author)
        holding.back_to_review(work.request)
