"""Writing to a customer first: a request that begins with a message of ours, or one more message in one of his."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from peyvand.accounts import policies as access
from peyvand.accounts.context import Actor
from peyvand.accounts.models import Department
from peyvand.cartable import policies, sla
from peyvand.cartable.errors import NoDepartment, NothingWritten
from peyvand.cartable.events import RequestOpened
from peyvand.cartable.models import Answer, Request, Step
from peyvand.cartable.selectors.clock import organisation_calendar, sla_policies
from peyvand.cartable.services.addressing import address
from peyvand.cartable.services.answering import save_draft
from peyvand.cartable.services.numbering import new_codes
from peyvand.cartable.services.opening import SUBJECT, search_of
from peyvand.cartable.services.work import mark_read_at, tell
from peyvand.cartable.types import Draft, StepKind
from peyvand.channels.models import Message
from peyvand.core.errors import NotFound
from peyvand.core.events import publish
from peyvand.core.text import display_norm
from peyvand.parties.models import Party


@dataclass(frozen=True, kw_only=True)
class FirstWords:
    """A message of ours. recipient: empty for the customer's first address; request_id: a request of his to join."""

    party_id: int
    subject: str
    body: str = ""
    recipient: str = ""
    request_id: int | None = None
    department_id: int | None = None


@transaction.atomic
def write_to(*, actor: Actor, words: FirstWords) -> Answer:
    """Begin a message to a customer as the actor's draft: in a request of his, or in a new one that the actor holds.

    Nothing goes out before it is sent like any other answer. Raises NotAllowed, NotFound, NothingWritten (a subject),
    NoDepartment, AlreadyClosed, AnswerAwaitsReview.
    """
    party = Party.objects.visible_to(actor).answering(words.party_id)
    if party is None:
        raise NotFound
    subject = display_norm(words.subject)[:SUBJECT]
    if not subject:
        raise NothingWritten(fields={"subject": "empty"})
    request = _joined(actor, party, words.request_id) if words.request_id is not None else None
    request = request or _opened(actor, party, subject, words.department_id)
    answer = address(actor=actor, request_id=request.pk, how="new")
    body = words.body if not answer.body.strip() else f"{answer.body.rstrip()}\n\n{words.body}".rstrip()
    draft = Draft(body=body, recipient=words.recipient, subject=subject)
    return save_draft(actor=actor, request_id=request.pk, draft=draft)


def _joined(actor: Actor, party: Party, request_id: int) -> Request:
    found = Request.objects.visible_to(actor).filter(pk=request_id, party=party).first()
    if found is None:
        raise NotFound
    return found


def _opened(actor: Actor, party: Party, subject: str, department_id: int | None) -> Request:
    """A request without a message of the customer: it waits for ours, and its clock runs as for any other."""
    access.require(actor, "cartable.register")
    department = _department(actor, department_id)
    now = timezone.now()
    [code] = new_codes(1, now)
    due = sla.due_times(organisation_calendar(), sla.choose(sla_policies(), None, Request.Priority.NORMAL), now)
    request = Request.objects.create(
        code=code,
        subject=subject,
        search=search_of(code, party.name, subject),
        status=Request.Status.OPEN,
        medium=Message.Medium.MAIL,
        party=party,
        matched_by=["person"],
        branch_id=department.branch_id,
        department=department,
        officer=actor.user if policies.is_officer(actor) else None,
        assignee=actor.user,
        opened_at=now,
        first_answer_due=due.first_answer,
        resolution_due=due.resolution,
        next_due=min(due.first_answer, due.resolution),
        last_activity_at=now,
        created_by=actor.user,
    )
    details = {"medium": request.medium, "department": department.pk, "by_us": True}
    Step.objects.create(request=request, kind=StepKind.OPENED, actor=actor.user, at=now, details=details)
    publish(RequestOpened(request_id=request.pk))
    mark_read_at(request.pk, actor.user.pk, now)
    tell(request, StepKind.OPENED)
    return request


def _department(actor: Actor, department_id: int | None) -> Department:
    wanted = department_id or actor.user.department_id
    rows = Department.objects.filter(is_active=True)
    found = rows.filter(pk=wanted).first() if wanted else rows.order_by("branch_id", "pk").first()
    if found is None:
        raise NoDepartment
    return found
