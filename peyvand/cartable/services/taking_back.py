"""Taking an answer back while it waits to go out: it is a draft again and nothing of it is lost."""

from typing import Any

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.cartable import policies
from peyvand.cartable.errors import NothingToTakeBack
from peyvand.cartable.events import AnswerTakenBack, RequestReopened
from peyvand.cartable.models import Answer, Regrouping, Request, Step
from peyvand.cartable.services import endorsing, holding
from peyvand.cartable.services.answering import WRITABLE, lock_answer
from peyvand.cartable.services.closing import restore, wake
from peyvand.cartable.services.resending import DECIDERS
from peyvand.cartable.services.work import Refs, Work
from peyvand.cartable.types import StepKind, Undoable
from peyvand.channels.models import Message
from peyvand.channels.services.withdrawing import withdraw
from peyvand.core.errors import NotAllowed

A = Answer.State
LETTING_OUT = (StepKind.APPROVED, StepKind.FORWARDED, StepKind.RESENT)


@transaction.atomic
def take_back(*, actor: Actor, answer_id: int) -> Undoable:
    """Take an answer back before a worker has claimed it: exactly one of the two wins.

    Its author may, and whoever may let answers out. It is again what it was before it was sent: a draft of its author,
    or with its reviewer, in its latest words; what the author has begun to write since is added below. The request is
    as before, if nothing else has happened to it; else it is work again. Raises OnItsWay, NothingToTakeBack, NotFound,
    NotAllowed.
    """
    work, answer = lock_answer(actor, answer_id, "cartable.view", None)
    if not may_take_back(actor, work.request, answer):
        raise NotAllowed
    message = answer.message
    if answer.state != A.APPROVED or message is None or message.medium != Message.Medium.MAIL:
        raise NothingToTakeBack
    withdraw(message_id=message.pk, by=actor.user)
    letting_out = _letting_out(work.request, answer)
    details = letting_out.details if letting_out else {}
    _as_before(answer, details.get("from", {}))
    was_closed = work.request.status == Request.Status.CLOSED
    stands_here = letting_out is not None and letting_out.request_id == work.request.pk
    _request_as_before(work, letting_out if stands_here else None)
    work.request.message_count = max(0, work.request.message_count - 1)
    events = [AnswerTakenBack(request_id=work.request.pk, answer_id=answer.pk)]
    return work.done(
        StepKind.TAKEN_BACK,
        events=[*events, RequestReopened(request_id=work.request.pk)] if was_closed else events,
        refs=Refs(answer=answer, message=message),
    )


def _letting_out(request: Request, answer: Answer) -> Step | None:
    """The step that let it out: in this history, or in that of a request from which it came here since."""
    steps = Step.objects.filter(kind__in=LETTING_OUT, answer=answer).order_by("-pk")
    came_from = Regrouping.objects.standing().filter(target=request).values("sources")
    return steps.filter(request=request).first() or steps.filter(request__in=came_from).first()


def may_take_back(actor: Actor, request: Request, answer: Answer) -> bool:
    """Its author, and whoever may let answers to this request out."""
    return answer.author_id == actor.user.pk or any(policies.may_act(actor, one, request) for one in DECIDERS)


def _as_before(answer: Answer, former: dict[str, Any]) -> None:
    state = former.get("state", A.DRAFT)
    answer.message, answer.decided_at = None, None
    answer.state, answer.reviewer_id = state, former.get("reviewer")
    answer.version += 1
    answer.addressed += 1
    if state in WRITABLE:
        _gather(answer)
    endorsing.take_again(answer, former.get("endorsement"))
    answer.save()


def _gather(answer: Answer) -> None:
    """The author has one draft: what he has begun since is added to it, and that row stays as thrown away."""
    begun = Answer.objects.select_for_update().filter(
        request=answer.request_id, author=answer.author_id, state__in=WRITABLE
    )
    for one in begun.exclude(pk=answer.pk):
        if one.body.strip():
            answer.body = f"{answer.body.rstrip()}\n\n{one.body}"
        answer.files.add(*one.files.all())
        one.state = A.DISCARDED
        one.save(update_fields=["state"])


def _request_as_before(work: Work, letting_out: Step | None) -> None:
    request = work.request
    if letting_out is not None and letting_out.details.get("version") == request.version:
        restore(work, letting_out)
        return
    was_first = letting_out is not None and letting_out.details.get("before", {}).get("first_answered_at", "") is None
    if was_first:
        request.first_answered_at = None
    if not request.is_active:
        wake(work, by_customer=False, first=work.user)
    holding.back_to_review(request)
