"""What a request becomes by what is put into it: work again, as urgent and as secret as the most urgent and secret."""

from collections.abc import Sequence

from peyvand.cartable.events import RequestChanged, RequestReopened
from peyvand.cartable.models import Request, RequestMessage
from peyvand.cartable.services import clock
from peyvand.cartable.services.closing import wake
from peyvand.cartable.services.work import Work
from peyvand.channels.models import Message
from peyvand.core.events import Event


def take_over(work: Work, sources: Sequence[Request]) -> list[Event]:
    """The survivor takes over what the others were: work, urgency, secrecy, trouble, words for the search."""
    survivor = work.request
    live = [one for one in sources if one.is_active]
    events: list[Event] = [RequestChanged(request_id=survivor.pk)]
    if live and not survivor.is_active:
        wake(work, by_customer=True)
        events.append(RequestReopened(request_id=survivor.pk))
    for one in live:
        _earlier(survivor, one)
    inbound = [one.last_inbound_at for one in (survivor, *sources) if one.last_inbound_at is not None]
    survivor.last_inbound_at = max(inbound, default=None)
    survivor.confidential = survivor.confidential or any(one.confidential for one in sources)
    for one in sources:
        survivor.trouble = survivor.trouble or one.trouble
        survivor.search = f"{survivor.search} {one.search}"
    return events


def _earlier(survivor: Request, other: Request) -> None:
    """The customer waits since the earlier of the two."""
    if survivor.first_answered_at is None and survivor.first_answer_due and other.first_answer_due:
        survivor.first_answer_due = min(survivor.first_answer_due, other.first_answer_due)
    if survivor.resolution_due and other.resolution_due:
        survivor.resolution_due = min(survivor.resolution_due, other.resolution_due)
    clock.run(survivor)


def receive(work: Work, rows: Sequence[RequestMessage]) -> list[Event]:
    """Messages come to a request: a customer's makes what was answered or closed work again."""
    written = any(one.message.direction == Message.Direction.IN and not one.message.automatic for one in rows)
    events: list[Event] = [RequestChanged(request_id=work.request.pk)]
    if written and not work.request.is_active:
        wake(work, by_customer=True)
        events.append(RequestReopened(request_id=work.request.pk))
    return events
