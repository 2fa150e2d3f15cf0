"""Making a request of its own out of messages that speak of something else."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from peyvand.accounts.context import Actor
from peyvand.cartable.events import RequestChanged, RequestOpened
from peyvand.cartable.models import Confidant, Receipt, Regrouping, Request, RequestMessage
from peyvand.cartable.outward import LeftOut
from peyvand.cartable.services import clock, holding
from peyvand.cartable.services.numbering import new_codes
from peyvand.cartable.services.opening import search_of, subject_of, words_of
from peyvand.cartable.services.regrouping import journal
from peyvand.cartable.services.regrouping.moving import chosen, note, take
from peyvand.cartable.services.regrouping.replaying import SECRET
from peyvand.cartable.services.work import Work, lock
from peyvand.cartable.types import StepKind
from peyvand.core.text import display_norm

HANDLE = "cartable.handle"
LONGEST_SUBJECT = 300


@transaction.atomic
def split_off(
    *,
    actor: Actor,
    request_id: int,
    message_ids: Sequence[int],
    subject: str = "",
    tell_customer: bool = False,
    expected_version: int | None = None,
) -> Regrouping:
    """Make a new request of messages of another; who splits it off holds it, its clock runs since they were written.

    It is as confidential as the other and names the same people. tell_customer: he gets a receipt with the new code.
    `target` of what is returned is the new request. Raises NotOfThisRequest, LastMessage, MergedAlready, Conflict.
    """
    source = lock(actor, request_id, HANDLE, expected_version=expected_version)
    rows = chosen(source, message_ids)
    work = Work(actor, source)
    before = journal.snapshot([source.pk])
    made_of = _opened(actor, source, rows, subject, work.now)
    made = journal.begin(Regrouping.Kind.SPLIT, made_of, [source], actor.user, work.now)
    made.details[SECRET] = source.confidential
    take(made, source, rows)
    RequestMessage.objects.filter(pk=rows[0].pk).update(opens=True)
    if not tell_customer:
        Receipt.objects.create(request=made_of, reason=LeftOut.SPLIT, at=work.now)
    events = [RequestOpened(request_id=made_of.pk), RequestChanged(request_id=made_of.pk)]
    note(made, work, Work(actor, made_of, work.now), (StepKind.SPLIT_OFF, StepKind.SPLIT_FROM), rows, events)
    journal.note_changes(made, journal.REQUEST, before)
    journal.mark_tied([source.pk, made_of.pk])
    return made


def _opened(actor: Actor, source: Request, rows: Sequence[RequestMessage], subject: str, now: datetime) -> Request:
    first = rows[0].message
    named = display_norm(subject)[:LONGEST_SUBJECT] or subject_of(first)
    [code] = new_codes(1, now)
    party = source.party.name if source.party is not None else ""
    made = Request(
        code=code, subject=named, search=f"{search_of(code, party, first.sender, named)} {words_of(first)}",
        kind=source.kind, priority=source.priority, status=Request.Status.OPEN, medium=first.medium,
        channel=first.channel, party=source.party, matched_by=source.matched_by, branch_id=source.branch_id,
        department_id=source.department_id, officer=source.officer, confidential=source.confidential,
        opened_at=first.created_at, last_activity_at=now, last_inbound_at=None, created_by=actor.user,
    )  # fmt: skip
    holding.hand_to_user(made, actor.user)
    clock.start(made, made.opened_at)
    made.save()
    if source.confidential:
        Confidant.objects.bulk_create(
            Confidant(request=made, user_id=user, by=actor.user)
            for user in source.confidants.values_list("user", flat=True)
        )
    return made
