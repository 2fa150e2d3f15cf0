"""Starting and stopping a request's clock."""

from datetime import datetime

from peyvand.cartable import sla
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.clock import organisation_calendar, sla_policies


def start(request: Request, opened_at: datetime) -> None:
    """Set the targets of a new request, or of one whose kind or priority changed."""
    policy = sla.choose(sla_policies(), request.kind_id, request.priority)
    due = sla.due_times(organisation_calendar(), policy, opened_at)
    request.first_answer_due, request.resolution_due = due.first_answer, due.resolution
    if request.is_active:
        run(request)


def run(request: Request) -> None:
    """Let a running clock count to what is due next."""
    if request.first_answer_due is None or request.resolution_due is None:
        start(request, request.opened_at)
        return
    request.next_due = sla.next_due(request.first_answered_at, request.first_answer_due, request.resolution_due)


def stop(request: Request, now: datetime) -> None:
    """The request is answered or closed: its clock stands."""
    request.next_due = None
    if request.paused_at is None:
        request.paused_at = now


def resume(request: Request, now: datetime, *, by_customer: bool) -> None:
    """The request is work again: what was left of the deadlines is left."""
    paused_at = request.paused_at or now
    calendar = organisation_calendar()
    request.paused_at = None
    if request.first_answer_due and request.first_answered_at is None:
        request.first_answer_due = sla.resumed(calendar, request.first_answer_due, paused_at, now)
    if request.resolution_due is not None:
        if by_customer:
            policy = sla.choose(sla_policies(), request.kind_id, request.priority)
            request.resolution_due = sla.reopened(calendar, request.resolution_due, paused_at, now, policy)
        else:
            request.resolution_due = sla.resumed(calendar, request.resolution_due, paused_at, now)
    run(request)
