"""Making requests: one path for mail, forms and what people write down."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from peyvand.accounts.models import Department, User
from peyvand.cartable import routing, sla
from peyvand.cartable.errors import NoDepartment
from peyvand.cartable.events import RequestOpened
from peyvand.cartable.models import Kind, Request, RequestMessage, Step
from peyvand.cartable.selectors.clock import organisation_calendar, sla_policies
from peyvand.cartable.services.numbering import new_codes
from peyvand.cartable.types import StepKind
from peyvand.channels.models import Channel, Message
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


@dataclass
class Facts:
    """What routing and the clock need, read once for a batch."""

    kinds: list[routing.KindFacts] = field(default_factory=list)
    places: routing.Places = field(default_factory=routing.Places)
    policies: list[sla.Policy] = field(default_factory=list)


def read_facts(channels: Sequence[Channel]) -> Facts:
    """Read kinds, places and targets."""
    kinds = [
        routing.KindFacts(id=pk, department_id=department, words=tuple(search_norm(str(word)) for word in words))
        for pk, department, words in Kind.objects.filter(is_active=True)
        .order_by("position", "id")
        .values_list("id", "department_id", "words")
    ]
    departments = Department.objects.filter(is_active=True, branch__is_active=True).order_by("branch_id", "id")
    named = {officer for channel in channels if isinstance(officer := channel.settings.get("officer"), int)}
    officers = User.objects.filter(pk__in=named, is_active=True).values_list("pk", flat=True) if named else []
    places = routing.Places(departments=dict(departments.values_list("pk", "branch_id")), officers=frozenset(officers))
    return Facts(kinds=kinds, places=places, policies=sla_policies())


def channel_facts(channel: Channel) -> routing.ChannelFacts:
    """What routing reads of a channel."""
    officer = channel.settings.get("officer")
    return routing.ChannelFacts(
        branch_id=channel.branch_id,
        department_id=channel.department_id,
        kinds_decide=bool(channel.settings.get("kinds_decide")),
        officer_id=officer if isinstance(officer, int) else None,
    )


def open_requests(openings: Sequence[Opening], now: datetime) -> list[Request]:
    """Store a request for each opening with its thread, its history and its event, in a fixed number of statements.

    Raises NoDepartment when there is no active department to receive them.
    """
    if not openings:
        return []
    facts = read_facts([opening.message.channel for opening in openings])
    codes = new_codes(len(openings), now)
    requests = Request.objects.bulk_create(
        _build(opening, facts, code, now) for opening, code in zip(openings, codes, strict=True)
    )
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


def _build(opening: Opening, facts: Facts, code: str, now: datetime) -> Request:
    message = opening.message
    route = routing.route(opening.asked, channel_facts(message.channel), facts.kinds, facts.places)
    if route is None:
        raise NoDepartment
    policy = sla.choose(facts.policies, route.kind_id, opening.priority)
    due = sla.due_times(organisation_calendar(), policy, opening.opened_at)
    subject = subject_of(message)
    return Request(
        code=code,
        subject=subject,
        search=f"{search_of(code, opening.party_name, message.sender)} {opening.asked.text}",
        kind_id=route.kind_id,
        priority=opening.priority,
        status=Request.Status.OPEN if opening.holds else Request.Status.NEW,
        medium=message.medium,
        channel=message.channel,
        party_id=opening.party_id,
        matched_by=list(opening.matched_by),
        branch_id=route.branch_id,
        department_id=route.department_id,
        officer_id=opening.actor.pk if opening.actor and opening.holds else route.officer_id,
        assignee=opening.actor if opening.holds else None,
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
