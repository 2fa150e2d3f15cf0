"""Ways to reach a customer."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.text import display_norm
from peyvand.parties.errors import AddressTaken, BadAddress
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.policies import CHANGE
from peyvand.parties.services.derived import touch
from peyvand.parties.types import Address, ContactDetails, normalise_address

Row = tuple[int, ContactDetails]


@transaction.atomic
def add_contact_point(*, actor: User | None, party: Party, contact: ContactDetails) -> ContactPoint:
    """Add a way to reach a customer, once. Errors: NotAllowed, BadAddress, AddressTaken."""
    if actor is not None:
        require(actor, CHANGE, party)
    address = _read(contact, 0)
    known = party.contact_points.filter(kind=address.kind, value=address.value).first()
    point = known or _insert(party, address, contact, 0)
    touch([party.pk])
    return point


@transaction.atomic
def remove_contact_point(*, actor: User | None, party: Party, contact_point_id: int) -> None:
    """Forget a way to reach a customer. Errors: NotAllowed."""
    if actor is not None:
        require(actor, CHANGE, party)
    party.contact_points.filter(pk=contact_point_id).delete()
    touch([party.pk])


@transaction.atomic
def sync_contact_points(*, party: Party, contacts: Iterable[ContactDetails]) -> None:
    """Make the addresses of a party exactly these; called inside create and change, which ask for permission
    and derive.

    Errors: BadAddress and AddressTaken, with the field `contacts-<row>-typed` that is meant.
    """
    wanted: dict[Address, Row] = {}
    for row, contact in enumerate(contacts):
        if display_norm(contact.typed):
            wanted.setdefault(_read(contact, row), (row, contact))
    kept: set[Address] = set()
    for point in party.contact_points.all():
        address = Address(kind=point.kind, value=point.value)
        if address not in wanted:
            point.delete()
            continue
        kept.add(address)
        _update(point, *wanted[address])
    for address, (row, contact) in wanted.items():
        if address not in kept:
            _insert(party, address, contact, row)


def _update(point: ContactPoint, row: int, contact: ContactDetails) -> None:
    typed = display_norm(contact.typed)[:320]
    now = (point.typed, point.identifies, point.is_primary)
    if now != (typed, not contact.shared, contact.primary):
        point.typed, point.identifies, point.is_primary = typed, not contact.shared, contact.primary
        _save(point, row)


def _read(contact: ContactDetails, row: int) -> Address:
    address = normalise_address(contact.kind, contact.typed)
    if address is None:
        raise BadAddress(fields={f"contacts-{row}-typed": str(BadAddress())})
    return address


def _insert(party: Party, address: Address, contact: ContactDetails, row: int) -> ContactPoint:
    point = ContactPoint(
        party=party,
        kind=address.kind,
        typed=display_norm(contact.typed)[:320],
        value=address.value,
        identifies=not contact.shared,
        is_primary=contact.primary,
    )
    return _save(point, row)


def _save(point: ContactPoint, row: int) -> ContactPoint:
    """Write a point, turning the unique constraint into a sentence with the field that is meant."""
    try:
        with transaction.atomic():
            point.save()
    except IntegrityError as error:
        raise AddressTaken(fields={f"contacts-{row}-typed": str(AddressTaken())}) from error
    return point
