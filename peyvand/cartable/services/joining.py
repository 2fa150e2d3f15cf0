"""Adding a customer's messages to requests that exist, and deciding where a doubtful one belongs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from peyvand.accounts.context import Actor
from peyvand.cartable.errors import NoContinuation
from peyvand.cartable.events import MessageJoined, RequestChanged, RequestReopened
from peyvand.cartable.models import Request, RequestMessage, Step
from peyvand.cartable.selectors.widening import Widening
from peyvand.cartable.services.closing import wake
from peyvand.cartable.services.regrouping import merge_locked
from peyvand.cartable.services.snoozing import wake_written
from peyvand.cartable.services.work import Work, lock, tell
from peyvand.cartable.types import StepKind, Undoable
from peyvand.channels.models import Message
from peyvand.core.errors import NotFound
from peyvand.core.events import publish_many

COUNT = """
    UPDATE cartable_request request SET message_count = message_count + new.n, version = version + 1,
        last_activity_at = %(now)s, last_inbound_at = %(now)s
    FROM unnest(%(ids)s::bigint[], %(counts)s::int[]) AS new (id, n) WHERE request.id = new.id
"""


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A message on its way into a request, and by what it was recognised."""

    message: Message
    by: str


def join(joined: Mapping[int, Sequence[Joined]], now: datetime) -> None:
    """Add messages to their requests; an answered or closed request becomes work again."""
    if not joined:
        return
    requests = {one.pk: one for one in Request.objects.filter(pk__in=joined).select_for_update().order_by("pk")}
    if any(one.merged_into_id for one in requests.values()):
        join(_followed(joined, requests), now)
        return
    RequestMessage.objects.bulk_create(
        RequestMessage(request_id=pk, message=one.message, matched_by=one.by)
        for pk, messages in joined.items()
        for one in messages
    )
    Step.objects.bulk_create(
        Step(request_id=pk, kind=StepKind.MESSAGE_IN, at=now, message=one.message, details={"by": one.by})
        for pk, messages in joined.items()
        for one in messages
    )
    publish_many(
        MessageJoined(request_id=pk, message_id=one.message.pk) for pk, messages in joined.items() for one in messages
    )
    wake_written(joined)
    _count({pk: len(messages) for pk, messages in joined.items()}, now)
    for pk, request in requests.items():
        if request.is_active:
            request.version += 1
            tell(request, StepKind.MESSAGE_IN)
        else:
            _wake(Request.objects.get(pk=pk), now)


def _followed(joined: Mapping[int, Sequence[Joined]], requests: Mapping[int, Request]) -> dict[int, list[Joined]]:
    """The messages of requests that an officer joined to others, after it was decided where the messages belong."""
    found: dict[int, list[Joined]] = defaultdict(list)
    for pk, messages in joined.items():
        found[requests[pk].merged_into_id or pk] += messages
    return found


def _count(counts: Mapping[int, int], now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"ids": list(counts), "counts": list(counts.values()), "now": now})


def _wake(request: Request, now: datetime) -> None:
    work = Work(None, request, now)
    was = request.status
    wake(work, by_customer=True)
    work.done(
        StepKind.REOPENED, events=[RequestReopened(request_id=request.pk)], details={"by": "customer", "was": was}
    )


@transaction.atomic
def confirm_continuation(*, actor: Actor, request_id: int, expected_version: int | None = None) -> Undoable:
    """The officer says that a request continues another: its messages go there and it is closed.

    It is a merge: its code still answers, later mail with it follows, and it can be taken back. Returns the other
    request's state. Raises NotFound when either may not be seen, NoContinuation.
    """
    seen = Request.objects.visible_to(actor).filter(pk=request_id).values_list("perhaps_of_id").first()
    if seen is None:
        raise NotFound
    [origin_id] = seen
    if origin_id is None:
        raise NoContinuation
    locked = {
        pk: lock(actor, pk, "cartable.handle", expected_version=expected_version if pk == request_id else None)
        for pk in sorted([origin_id, request_id])
    }
    request, origin = locked[request_id], locked[origin_id]
    if request.perhaps_of_id != origin_id or request.merged_into_id is not None:
        raise NoContinuation
    merge_locked(actor, origin, [request], Widening(), StepKind.CONTINUED)
    return Undoable(request_id=origin.pk, version=origin.version, undo="")


@transaction.atomic
def reject_continuation(*, actor: Actor, request_id: int, expected_version: int | None = None) -> Undoable:
    """The officer says that a request stands for itself. Raises NoContinuation."""
    request = lock(actor, request_id, "cartable.handle", expected_version=expected_version)
    if request.perhaps_of_id is None or request.merged_into_id is not None:
        raise NoContinuation
    work = Work(actor, request)
    former, request.perhaps_of = request.perhaps_of_id, None
    return work.done(
        StepKind.NOT_CONTINUED, events=[RequestChanged(request_id=request.pk)], details={"request": former}
    )
