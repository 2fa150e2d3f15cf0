"""Hanging rows elsewhere so that it is remembered: numbers of rows, states before and after, no words."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Model, OuterRef, Q, QuerySet

from peyvand.accounts.models import User
from peyvand.cartable.models import (
    Answer,
    Note,
    Referral,
    Regrouping,
    RegroupMove,
    RegroupRow,
    Request,
    RequestMessage,
    Tie,
)
from peyvand.channels.models import Message
from peyvand.parties.services.merging.journal import row_of, write_row

What = RegroupMove.What
UNDO_FOR = timedelta(days=90)
REQUEST, REFERRAL = "cartable.Request", "cartable.Referral"
# What must be given back together: who holds it and how its clock stands.
STATE = (
    "status", "assignee_id", "post_id", "department_id", "branch_id", "first_answer_due", "resolution_due", "next_due",
    "paused_at", "first_answered_at", "closed_at",
)  # fmt: skip
SECRECY = "confidential"
SINGLE = ("officer_id", SECRECY, "merged_into_id", "last_inbound_at", "trouble")
REFERRAL_STATE = ("state", "taken_by_id", "read_at", "ended_at")
HANGS: dict[str, tuple[type[Model], str]] = {
    What.MESSAGE: (RequestMessage, "request"),
    What.ANSWER: (Answer, "request"),
    What.NOTE: (Note, "request"),
    What.PART: (Request, "parent"),
    What.ALIAS: (Request, "merged_into"),
}


def begin(kind: str, target: Request, sources: Sequence[Request], by: User | None, at: Any) -> Regrouping:
    """Open the book of a regrouping."""
    last = RequestMessage.objects.aggregate(last=Max("pk"))["last"] or 0
    made = Regrouping.objects.create(
        kind=kind, target=target, by=by, at=at, undo_until=at + UNDO_FOR, details={"last": last}
    )
    made.sources.set(sources)
    return made


def hanging(what: str, request_id: int) -> QuerySet[Any]:
    """The rows of one sort that hang on a request."""
    model, field = HANGS[what]
    return model._default_manager.filter(**{field: request_id})


def hang(what: str, ids: Sequence[int], *, source: int, target: int) -> int:
    """Hang rows of `source` on `target`; return how many were there. Others are left."""
    _model, field = HANGS[what]
    return hanging(what, source).filter(pk__in=ids).update(**{f"{field}_id": target}) if ids else 0


def move(made: Regrouping, what: str, ids: Sequence[int], *, source: int) -> None:
    """Hang rows of `source` on the target of a regrouping, and remember which."""
    if ids:
        hang(what, ids, source=source, target=made.target_id)
        RegroupMove.objects.create(regrouping=made, source_id=source, what=what, ids=list(ids))


def snapshot(request_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The states of requests as they are in the database now."""
    return {pk: row_of(REQUEST, pk, [*STATE, *SINGLE]) or {} for pk in request_ids}


def referrals_of(request_id: int) -> dict[int, dict[str, Any]]:
    """The states of a request's open referrals as they are now."""
    rows = Referral.objects.filter(request=request_id, ended_at=None).values_list("pk", flat=True)
    return {pk: row_of(REFERRAL, pk, REFERRAL_STATE) or {} for pk in rows.order_by("pk")}


def note_changes(made: Regrouping, model: str, before: dict[int, dict[str, Any]]) -> None:
    """Remember of each of these rows what it was and what it has become, when it has changed; of the target always."""
    for pk, was in before.items():
        now = row_of(model, pk, list(was)) or {}
        if now != was or (model, pk) == (REQUEST, made.target_id):
            RegroupRow.objects.create(regrouping=made, model=model, row=pk, before=was, after=now)


def restore(row: RegroupRow) -> None:
    """Give a row back what it was, where nobody has changed it since: a state as a whole, the rest one by one."""
    now = row_of(row.model, row.row, list(row.after)) or {}
    state = [name for name in row.after if name not in SINGLE]
    values = {}
    if all(now.get(name) == row.after[name] for name in state):
        values = {name: row.before[name] for name in state}
    values |= {name: row.before[name] for name in SINGLE if name in row.after and now.get(name) == row.after[name]}
    fresh = {name: value for name, value in values.items() if now.get(name) != value}
    if fresh:
        write_row(row.model, row.row, fresh)


def messages_of(request_ids: Sequence[int]) -> QuerySet[RequestMessage]:
    """The messages that count in these requests: an answer that was taken back before it went out does not."""
    rows = RequestMessage.objects.filter(request__in=request_ids)
    return rows.exclude(message__state=Message.State.CANCELLED)


def recount(request_ids: Iterable[int]) -> None:
    """Count the messages of requests anew, and say whether the page has ties to ask for."""
    ids = list(request_ids)
    counted = dict(messages_of(ids).values_list("request").annotate(n=Count("pk")).order_by())
    for pk in ids:
        Request.objects.filter(pk=pk).update(message_count=counted.get(pk, 0))
    mark_tied(ids)


def mark_tied(request_ids: Iterable[int]) -> None:
    """Have the pages of requests ask for their ties when they have any, and only then."""
    this = OuterRef("pk")
    regrouped = Regrouping.objects.standing().filter(Q(target=this) | Q(sources=this))
    tied = (
        Q(parent__isnull=False)
        | Q(merged_into__isnull=False)
        | Exists(Tie.objects.filter(Q(source=this) | Q(target=this)))
        | Exists(Request.objects.filter(parent=this))
        | Exists(Request.objects.filter(merged_into=this))
        | Exists(regrouped)
    )
    rows = Request.objects.filter(pk__in=list(request_ids))
    having = list(rows.filter(tied).order_by().values_list("pk", flat=True))
    rows.filter(pk__in=having).update(tied=True)
    rows.exclude(pk__in=having).update(tied=False)
