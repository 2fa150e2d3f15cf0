"""Requests that people write down (a call, a letter, a fax, a visit) and those that come through a form."""

import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from peyvand.accounts import policies as access
from peyvand.accounts.context import Actor
from peyvand.accounts.models import Branch, Department
from peyvand.cartable.errors import NoDepartment, NothingWritten
from peyvand.cartable.models import Kind, Request
from peyvand.cartable.routing import Asked
from peyvand.cartable.services.attaching import own_files
from peyvand.cartable.services.intake import take_in
from peyvand.cartable.services.opening import Opening, open_requests, words_of
from peyvand.cartable.services.work import mark_read_at, tell
from peyvand.cartable.types import Contact, ManualEntry, StepKind
from peyvand.channels.models import Channel, Message
from peyvand.channels.services import receive_submission
from peyvand.channels.services.telling import register_of
from peyvand.channels.types import Submission
from peyvand.core.errors import Invalid, NotFound
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.services import add_contact_point, identify_many
from peyvand.parties.types import Claim, ContactDetails, normalise_address

BY_HAND = frozenset({Message.Medium.PHONE, Message.Medium.LETTER, Message.Medium.FAX, Message.Medium.VISIT})


@transaction.atomic
def open_manually(*, actor: Actor, entry: ManualEntry, key: str = "") -> Request:
    """Write down a call, a letter, a fax or a visit as a request; who writes it down holds it.

    key: a word that the form carries, so that a repeated submission opens nothing twice. The customer is the one
    chosen, else the one behind the address or the number, else somebody new. Raises NotAllowed, Invalid, NotFound.
    """
    access.require(actor, "cartable.register")
    _check(entry)
    branch_id = _branch(actor, entry.department_id)
    party, matched_by = _party(actor, entry, branch_id)
    message = receive_submission(
        channel=register_of(branch_id),
        submission=Submission(
            medium=entry.medium,
            external_id=f"by-hand:{actor.user.pk}:{key or secrets.token_hex(16)}",
            subject=entry.subject,
            text=entry.text,
            occurred_at=entry.occurred_at or timezone.now(),
            sender=entry.contact.email or entry.contact.phone,
            sender_name=entry.contact.name or (party.name if party else ""),
            file_ids=[file.pk for file in own_files(actor, entry.file_ids)],
            created_by_id=actor.user.pk,
        ),
    )
    earlier = Request.objects.filter(thread__message=message).first()
    return earlier or _open(actor, entry, message, party, matched_by)


def _open(
    actor: Actor, entry: ManualEntry, message: Message, party: Party | None, matched_by: Sequence[str]
) -> Request:
    now = timezone.now()
    opening = Opening(
        message=message,
        asked=Asked(
            text=words_of(message),
            kind_id=entry.kind_id,
            department_id=entry.department_id or actor.user.department_id,
            party_branch_id=party.branch_id if party else None,
            party_category_id=party.category_id if party else None,
        ),
        party_id=party.pk if party else None,
        party_name=party.name if party else "",
        matched_by=matched_by,
        priority=entry.priority,
        opened_at=min(message.occurred_at, now),
        actor=actor.user,
        holds=entry.department_id in (None, actor.user.department_id),
    )
    [request] = open_requests([opening], now)
    mark_read_at(request.pk, actor.user.pk, now)
    tell(request, StepKind.OPENED)
    return request


def _check(entry: ManualEntry) -> None:
    if entry.medium not in BY_HAND:
        raise Invalid(fields={"medium": entry.medium})
    if not (entry.text.strip() or entry.subject.strip()):
        raise NothingWritten
    if entry.priority not in Request.Priority.values:
        raise Invalid(fields={"priority": entry.priority})
    if entry.occurred_at is not None and entry.occurred_at > timezone.now():
        raise Invalid(fields={"occurred_at": str(entry.occurred_at)})
    if entry.kind_id and not Kind.objects.filter(pk=entry.kind_id, is_active=True).exists():
        raise NotFound


def _branch(actor: Actor, department_id: int | None) -> int:
    """The branch of the department that was asked for, of the actor, else the first."""
    if department_id is not None:
        department = Department.objects.filter(pk=department_id, is_active=True).first()
        if department is None:
            raise NotFound
        return department.branch_id
    first = (
        actor.user.branch_id
        or Branch.objects.filter(is_active=True).values_list("pk", flat=True).order_by("id").first()
    )
    if first is None:
        raise NoDepartment
    return first


def _party(actor: Actor, entry: ManualEntry, branch_id: int) -> tuple[Party | None, list[str]]:
    if entry.party_id is not None:
        party = Party.objects.visible_to(actor).answering(entry.party_id)
        if party is None:
            raise NotFound
        return party, ["person"]
    claims = _claims(entry.contact, branch_id)
    for claim, found in zip(claims, identify_many(claims), strict=True):
        if found is not None:
            party = Party.objects.get(pk=found.party_id)
            _add_phone(party, entry.contact)
            return party, [] if found.created else [claim.kind]
    return None, []


def _add_phone(party: Party, contact: Contact) -> None:
    """A number that nobody has yet belongs to whom the e-mail address is."""
    if not (contact.email.strip() and contact.phone.strip()):
        return
    address = normalise_address("phone", contact.phone)
    if address and not ContactPoint.objects.filter(kind=address.kind, value=address.value).exists():
        add_contact_point(actor=None, party=party, contact=ContactDetails(kind=address.kind, typed=contact.phone))


def _claims(contact: Contact, branch_id: int) -> list[Claim]:
    """One claim only: the best address. A second one would make a second person of somebody new."""
    written = [("email", contact.email, "email"), ("phone", contact.phone, "phone")]
    for kind, value, name in written:
        if value.strip() and normalise_address(kind, value) is None:
            raise Invalid(fields={name: value})
    chosen = next(((kind, value) for kind, value, _name in written if value.strip()), None)
    return [Claim(kind=chosen[0], value=chosen[1], name=contact.name, branch_id=branch_id)] if chosen else []


@transaction.atomic
def open_from_form(*, channel: Channel, submission: Submission) -> Request:
    """Store what somebody sent through a web form and open (or continue) its request at once, so that its code can be
    shown. A repeated post gives the same request."""
    message = receive_submission(channel=channel, submission=submission)
    take_in([message.pk])
    found = Request.objects.filter(thread__message=message).first()
    if found is None:
        raise NotFound
    return found
