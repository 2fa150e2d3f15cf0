"""Answers: drafted, submitted, returned or approved, sent once."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    DraftChanged,
    NobodyThere,
    NothingWritten,
)
from peyvand.cartable.events import AnswerApproved, AnswerReturned, AnswerSubmitted, RequestClosed
from peyvand.cartable.models import Answer, Referral, Request
from peyvand.cartable.services import clock, holding
from peyvand.cartable.services.attaching import own_files
from peyvand.cartable.services.closing import shut
from peyvand.cartable.services.sending import hand_over
from peyvand.cartable.services.work import Refs, Work, lock
from peyvand.cartable.types import Draft, StepKind, Undoable
from peyvand.channels.models import Message
from peyvand.core.errors import NotAllowed, NotFound
from peyvand.core.events import Event

A = Answer.State
S = Request.Status
WRITABLE = (A.DRAFT, A.RETURNED)


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
    answer = _own_draft(actor, request)
    if expected_version is not None and (answer.version if answer.pk else 0) != expected_version:
        raise DraftChanged(answer)
    answer.version = answer.version + 1 if answer.pk else 1
    answer.body, answer.medium, answer.recipient = draft.body, _medium(draft.medium), draft.recipient.strip()[:320]
    answer.save()
    if draft.file_ids is not None:
        answer.files.set(own_files(actor, draft.file_ids, already=answer.files.all()))
    return answer


def _own_draft(actor: Actor, request: Request) -> Answer:
    mine = Answer.objects.select_for_update().filter(request=request, author=actor.user)
    answer = mine.filter(state__in=WRITABLE).first()
    if answer is None and mine.filter(state=A.REVIEW).exists():
        raise AnswerAwaitsReview
    return answer or Answer(request=request, author=actor.user)


def _medium(name: str) -> str:
    return name if name in Message.Medium.values else Message.Medium.MAIL


@transaction.atomic
def discard_draft(*, actor: Actor, answer_id: int) -> None:
    """Throw one's own draft away; the row stays, so that nothing is lost by mistake."""
    changed = Answer.objects.filter(pk=answer_id, author=actor.user, state__in=WRITABLE).update(
        state=A.DISCARDED, decided_at=timezone.now()
    )
    if not changed:
        raise NotFound


def _lock_answer(actor: Actor, answer_id: int, permission: str, expected_version: int | None) -> tuple[Work, Answer]:
    """Lock an answer's request, then the answer. Raises NotFound for one that may not be seen."""
    request_id = Answer.objects.filter(pk=answer_id).values_list("request_id", flat=True).first()
    if request_id is None:
        raise NotFound
    request = lock(actor, request_id, permission)
    answer = Answer.objects.select_for_update().get(pk=answer_id)
    if expected_version is not None and answer.version != expected_version:
        raise DraftChanged(answer)
    return Work(actor, request), answer


@transaction.atomic
def submit_draft(
    *, actor: Actor, answer_id: int, reviewer_id: int | None = None, expected_version: int | None = None
) -> Undoable:
    """Give one's draft to its reviewer: the one named, else the request's officer, else who referred it.

    expected_version: of the answer. Raises NothingWritten, AnswerDecided, AlreadyClosed, DraftChanged.
    """
    work, answer = _lock_answer(actor, answer_id, "cartable.draft", expected_version)
    request = work.request
    if answer.author_id != actor.user.pk:
        raise NotAllowed
    if answer.state not in WRITABLE:
        raise AnswerDecided
    if request.status == S.CLOSED:
        raise AlreadyClosed
    if not answer.body.strip():
        raise NothingWritten
    chain = holding.open_chain(request)
    for referral in chain[:1]:
        if policies.is_addressee(actor, referral):
            state, read_at = Referral.State.ANSWERED, referral.read_at or work.now
            taken_by = None if referral.to_user_id else actor.user
            work.change_referral(referral, state=state, read_at=read_at, taken_by=taken_by)
    reviewer = _reviewer(request, chain, reviewer_id)
    answer.state, answer.reviewer, answer.submitted_at, answer.remark = A.REVIEW, reviewer, work.now, ""
    answer.version += 1
    answer.save()
    if not request.is_active:
        clock.resume(request, work.now, by_customer=False)
    request.status, request.assignee, request.post = S.REVIEW, reviewer, None
    return work.done(
        StepKind.SUBMITTED,
        events=[AnswerSubmitted(request_id=request.pk, answer_id=answer.pk)],
        details={"reviewer": reviewer.pk if reviewer else None},
        refs=Refs(answer=answer),
    )


def _reviewer(request: Request, chain: Sequence[Referral], asked: int | None) -> User | None:
    """Who reads this answer; None leaves it to any officer of the department."""
    if asked is not None:
        user = User.objects.filter(pk=asked, is_active=True).first()
        if user is None or not access.may(user, "cartable.approve"):
            raise NobodyThere
        return user
    candidates = [request.officer, *(referral.by for referral in reversed(chain))]
    return next((one for one in candidates if one and one.is_active and access.may(one, "cartable.approve")), None)


@transaction.atomic
def return_answer(*, actor: Actor, answer_id: int, remark: str, expected_version: int | None = None) -> Undoable:
    """The reviewer gives a draft back to its author with a remark.

    The request goes down again: to whom the innermost open referral names, else to the author. What another was asked
    for meanwhile stays with him.
    """
    work, answer = _lock_answer(actor, answer_id, "cartable.approve", expected_version)
    if answer.state != A.REVIEW:
        raise AnswerDecided
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


@dataclass(frozen=True, kw_only=True)
class Approval:
    """How an answer is approved: the edited body (None: as it is), another way or address, and whether that was all.

    note: for an answer told by phone or in person, what was said on delivery.
    """

    body: str | None = None
    medium: str | None = None
    recipient: str | None = None
    note: str = ""
    close: bool = False


@transaction.atomic
def approve_and_send(
    *, actor: Actor, answer_id: int, approval: Approval | None = None, expected_version: int | None = None
) -> Undoable:
    """Approve an answer, as edited, and send it on its way: once, however often and by however many it is approved.

    Mail is handed to its channel; an answer by phone, letter, fax or in person is recorded as delivered by the
    officer. One's own draft needs `cartable.send`, another's that waits for review `cartable.approve`.
    expected_version: of the answer. Raises AnswerDecided, NothingWritten, NoAddress, AlreadyClosed, DraftChanged.
    """
    approval = approval or Approval()
    work, answer = _lock_answer(actor, answer_id, "cartable.view", expected_version)
    _check_approval(work, answer)
    original = answer.body
    answer.body = original if approval.body is None else approval.body
    answer.medium = _medium(approval.medium or answer.medium)
    answer.recipient = (answer.recipient if approval.recipient is None else approval.recipient).strip()
    if not answer.body.strip():
        raise NothingWritten
    answer.message = hand_over(actor, work.request, answer, approval.note)
    answer.state, answer.reviewer, answer.decided_at = A.APPROVED, actor.user, work.now
    answer.version += 1
    answer.save()
    events: list[Event] = [AnswerApproved(request_id=work.request.pk, answer_id=answer.pk)]
    _settle(work, approval.close)
    if approval.close:
        events.append(RequestClosed(request_id=work.request.pk))
    return work.done(
        StepKind.APPROVED,
        events=events,
        details={"medium": answer.medium, "note": approval.note}
        | ({"was": original} if original != answer.body else {}),
        refs=Refs(answer=answer, message=answer.message),
    )


def _check_approval(work: Work, answer: Answer) -> None:
    own = answer.author_id == (work.user.pk if work.user else None)
    if not policies.may_act(work.actor, "cartable.send" if own else "cartable.approve", work.request):
        raise NotAllowed
    if answer.state != A.REVIEW and not (own and answer.state in WRITABLE):
        raise AnswerDecided
    if work.request.status == S.CLOSED:
        raise AlreadyClosed


def _settle(work: Work, closing: bool) -> None:
    """The answer is out: the clock stands, the referrals are done, the officer keeps the request."""
    request = work.request
    request.first_answered_at = request.first_answered_at or work.now
    request.trouble = ""
    request.message_count += 1
    if request.officer_id is None and work.user is not None:
        request.officer = work.user
    waiting = Answer.objects.filter(request=request, state=A.REVIEW).exists()
    if closing:
        shut(work)
    elif waiting:
        clock.run(request)
    else:
        holding.end_all(work)
        request.status, request.assignee, request.post = S.ANSWERED, request.officer, None
        clock.stop(request, work.now)
