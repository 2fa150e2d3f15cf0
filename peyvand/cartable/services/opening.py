"""Making requests: one path for mail, forms and what people write down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.cartable import routing, sla
from peyvand.cartable.errors import NoDepartment
from peyvand.cartable.events import RequestOpened
from peyvand.cartable.models import Request, RequestMessage, Step
from peyvand.cartable.selectors.clock import organisation_calendar, sla_policies
from peyvand.cartable.services.numbering import new_codes
from peyvand.cartable.services.placing import Arriving, Placing, note_routes, place
from peyvand.cartable.types import StepKind
from peyvand.channels.models import Message
from peyvand.core.events import publish_many
from peyvand.core.text import display_norm, search_norm

SEARCHED = 600  # characters of the first message in which words are looked for
SUBJECT = 300


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A request that is to be made from a message. `matched_by` is empty for a customer who is new to us."""

    message: Message
    asked: routing.Asked
    party_id: int | None = None
    party_name: str = ""
    matched_by: Sequence[str] = ()
    needs_review: bool = False
    perhaps_of_id: int | None = None
    perhaps_of_place: int | None = None  # the same, of a request of this batch: its place among the openings
    priority: str = Request.Priority.NORMAL
    opened_at: datetime
    actor: User | None = None
    holds: bool = False  # the actor holds it from the start


def open_requests(openings: Sequence[Opening], now: datetime) -> list[Request]:
    """Store a request for each opening with its thread, its history and its event, in a fixed number of statements.

    Raises NoDepartment when there is no active department to receive them.
    """
    if not openings:
        return []
    policies, codes, placings = sla_policies(), new_codes(len(openings), now), _placed(openings)
    requests = Request.objects.bulk_create(
        _build(opening, found, policies, code, now)
        for opening, found, code in zip(openings, placings, codes, strict=True)
    )
    note_routes(requests, placings, now)
    _point_within(requests, openings)
    RequestMessage.objects.bulk_create(
        RequestMessage(request=request, message=opening.message)
        for request, opening in zip(requests, openings, strict=True)
    )
    Step.objects.bulk_create(
        step for request, opening in zip(requests, openings, strict=True) for step in _steps(request, opening, now)
    )
    publish_many(RequestOpened(request_id=request.pk) for request in requests)
    return requests


def _point_within(requests: Sequence[Request], openings: Sequence[Opening]) -> None:
    """Let requests point to those of the same batch that they perhaps belong to."""
    pointing = []
    for request, opening in zip(requests, openings, strict=True):
        if opening.perhaps_of_place is not None:
            request.perhaps_of = requests[opening.perhaps_of_place]
            pointing.append(request)
    Request.objects.bulk_update(pointing, ["perhaps_of"])


def _placed(openings: Sequence[Opening]) -> list[Placing]:
    """Where each goes. Raises NoDepartment."""
    wanted = [Arriving(message=one.message, asked=one.asked, at=one.opened_at, is_held=one.holds) for one in openings]
    found = [placing for placing in place(wanted) if placing is not None]
    if len(found) < len(openings):
        raise NoDepartment
    return found


def _build(opening: Opening, placing: Placing, policies: Sequence[sla.Policy], code: str, now: datetime) -> Request:
    message, decision, route = opening.message, placing.decision, placing.decision.route
    priority = opening.priority if opening.actor else decision.priority or opening.priority
    policy = sla.choose(policies, route.kind_id, priority)
    due = sla.due_times(organisation_calendar(), policy, opening.opened_at)
    subject = subject_of(message)
    return Request(
        code=code,
        subject=subject,
        search=f"{search_of(code, opening.party_name, message.sender)} {opening.asked.text}",
        kind_id=route.kind_id,
        priority=priority,
        status=Request.Status.OPEN if opening.holds else Request.Status.NEW,
        medium=message.medium,
        channel=message.channel,
        party_id=opening.party_id,
        matched_by=list(opening.matched_by),
        branch_id=route.branch_id,
        department_id=route.department_id,
        officer_id=opening.actor.pk if opening.actor and opening.holds else route.officer_id,
        assignee_id=opening.actor.pk if opening.actor and opening.holds else placing.assignee_id,
        post_id=None if opening.holds else decision.post_id,
        perhaps_of_id=opening.perhaps_of_id,
        needs_review=opening.needs_review,
        opened_at=opening.opened_at,
        first_answer_due=due.first_answer,
        resolution_due=due.resolution,
        next_due=min(due.first_answer, due.resolution),
        last_activity_at=now,
        last_inbound_at=message.occurred_at,
        message_count=1,
        created_by=opening.actor,
    )


def _steps(request: Request, opening: Opening, now: datetime) -> list[Step]:
    details: dict[str, Any] = {"medium": request.medium, "department": request.department_id}
    steps = [
        Step(
            request=request, kind=StepKind.OPENED, actor=opening.actor, at=now, message=opening.message, details=details
        )
    ]
    if request.perhaps_of_id is not None:
        steps.append(
            Step(request=request, kind=StepKind.PERHAPS_OF, at=now, details={"request": request.perhaps_of_id})
        )
    return steps


def subject_of(message: Message) -> str:
    """A line that names a request: the subject, else the first words, else how it came."""
    subject = display_norm(message.subject) or display_norm(message.text[:SUBJECT])
    if subject:
        return subject[:SUBJECT]
    if message.state == Message.State.NEEDS_REVIEW:
        return _("Message that could not be read")
    return _("No subject")


def words_of(message: Message) -> str:
    """The subject and the first words of a message, folded: what names its kind and what the search knows of it."""
    return search_norm(f"{message.subject}\n{message.text[:SEARCHED]}")


def search_of(*parts: str) -> str:
    """The folded text by which the cartable's search finds a request."""
    return search_norm(" ".join(part[:SEARCHED] for part in parts if part))


def found_also_by(search: str, *parts: str) -> str:
    """What the search knows of a request, with further words before it.

    The rest stays letter for letter: a merge that is taken back, or a person who is erased, takes words out of it.
    """
    words = search_of(*parts)
    return search if words in search else f"{words} {search}"
