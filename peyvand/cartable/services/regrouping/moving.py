"""Moving messages to the request where they belong."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.cartable.errors import LastMessage, NotOfThisRequest, NotOneWhole, ToItself, WouldWiden
from peyvand.cartable.events import MessagesMoved, RequestChanged
from peyvand.cartable.models import Answer, Regrouping, Request, RequestMessage
from peyvand.cartable.selectors.threads import BY_HAND
from peyvand.cartable.selectors.widening import widening
from peyvand.cartable.services.regrouping import journal
from peyvand.cartable.services.regrouping.carrying import keep_in_sight
from peyvand.cartable.services.regrouping.journal import What
from peyvand.cartable.services.regrouping.replaying import SECRET
from peyvand.cartable.services.regrouping.taking_over import receive
from peyvand.cartable.services.work import Work, lock
from peyvand.cartable.types import StepKind
from peyvand.channels.models import Message
from peyvand.core.events import Event

HANDLE = "cartable.handle"


@transaction.atomic
def move_messages(
    *,
    actor: Actor,
    request_id: int,
    message_ids: Sequence[int],
    to_id: int,
    agreed: bool = False,
    versions: Mapping[int, int] | None = None,
) -> Regrouping:
    """Move messages of a request to another, with the answers that they are; later answers to them follow.

    A customer's message makes an answered or closed request work again. agreed, versions: as of a merge. Raises
    ToItself, NotOneWhole, NotOfThisRequest, LastMessage when none would be left, WouldWiden, MergedAlready, Conflict.
    """
    seen = versions or {}
    held = {pk: lock(actor, pk, HANDLE, expected_version=seen.get(pk)) for pk in sorted({request_id, to_id})}
    if to_id == request_id:
        raise ToItself
    source, target = held[request_id], held[to_id]
    if source.parent_id != target.parent_id:
        raise NotOneWhole
    rows = chosen(source, message_ids)
    told = widening(target, [source])
    if told.is_any and not agreed:
        raise WouldWiden(told.names)
    work, other = Work(actor, source), Work(actor, target)
    made = journal.begin(Regrouping.Kind.MOVE, target, [source], actor.user, work.now)
    before = journal.snapshot([source.pk, target.pk])
    target.confidential = target.confidential or source.confidential
    made.details[SECRET] = source.confidential
    take(made, source, rows)
    events = receive(other, rows)
    note(made, work, other, (StepKind.MOVED_OUT, StepKind.MOVED_IN), rows, events)
    keep_in_sight(actor, made, target, before[target.pk]["confidential"])
    made.save(update_fields=["details"])
    journal.note_changes(made, journal.REQUEST, before)
    journal.mark_tied(before)
    return made


def chosen(source: Request, message_ids: Sequence[int]) -> list[RequestMessage]:
    """These messages of a request, in their order. Raises NotOfThisRequest, LastMessage."""
    wanted = set(message_ids)
    thread = list(RequestMessage.objects.filter(request=source).select_related("message").order_by("at", "pk"))
    rows = [one for one in thread if one.message_id in wanted]
    if not rows or len(rows) < len(wanted):
        raise NotOfThisRequest(fields={"messages": ""})
    if len(rows) == len(thread):
        raise LastMessage
    return rows


def take(made: Regrouping, source: Request, rows: Sequence[RequestMessage]) -> None:
    """Hang messages and the answers that they are on the target, and remember how they had been recognised."""
    ids = [one.pk for one in rows]
    made.details |= {
        "opening": [one.pk for one in rows if one.opens],
        "matched": {str(one.pk): one.matched_by for one in rows},
    }
    answers = Answer.objects.filter(request=source, message__in=[one.message_id for one in rows])
    journal.move(made, What.ANSWER, list(answers.values_list("pk", flat=True)), source=source.pk)
    journal.move(made, What.MESSAGE, ids, source=source.pk)
    RequestMessage.objects.filter(pk__in=ids).update(matched_by=BY_HAND)
    made.save(update_fields=["details"])


def note(
    made: Regrouping,
    source: Work,
    target: Work,
    kinds: tuple[StepKind, StepKind],
    rows: Sequence[RequestMessage],
    events: Sequence[Event],
) -> None:
    """Count the messages, date the last word of the customer, write both histories."""
    messages = [one.message_id for one in rows]
    moved = MessagesMoved(
        request_id=target.request.pk, source_id=source.request.pk, message_ids=tuple(messages), regrouping_id=made.pk
    )
    for work, other, kind, told in (
        (source, target.request, kinds[0], [RequestChanged(request_id=source.request.pk)]),
        (target, source.request, kinds[1], [*events, moved]),
    ):
        request = work.request
        left = RequestMessage.objects.filter(request=request)
        request.message_count = left.count()
        request.last_inbound_at = _last_word(request, request.last_inbound_at)
        details = {"request": other.pk, "code": other.code, "messages": messages, "regrouping": made.pk}
        work.done(kind, events=told, details=details)


def _last_word(request: Request, known: datetime | None) -> datetime | None:
    written = RequestMessage.objects.filter(request=request, message__direction=Message.Direction.IN)
    return written.order_by("-at").values_list("at", flat=True).first() or known
