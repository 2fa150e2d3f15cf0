"""Ways to reach a customer."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core.errors import NotFound
from peyvand.parties.errors import AddressTaken, BadAddress
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.services.derived import touch
from peyvand.parties.services.holding import hold
from peyvand.parties.services.words import line, one_of
from peyvand.parties.types import Address, ContactDetails, normalise_address

Row = tuple[int, ContactDetails]


@transaction.atomic
def add_contact_point(
    *, actor: User | None, party: Party, contact: ContactDetails, version: int | None = None
) -> ContactPoint:
    """Add a way to reach a customer, once. Errors: NotAllowed, NotFound, BadAddress, AddressTaken."""
    held = hold(actor, party, version)
    address = _read(contact, 0)
    known = held.contact_points.filter(kind=address.kind, value=address.value).first()
    if known is not None and known.identifies == (not contact.shared) and known.is_primary >= contact.primary:
        return known
    point = known or ContactPoint(party=held, kind=address.kind, value=address.value)
    _write(point, 0, contact)
    settle_primaries(held, point)
    touch([held.pk])
    return point


@transaction.atomic
def change_contact_point(
    *, actor: User | None, party: Party, contact_point_id: int, contact: ContactDetails, version: int | None = None
) -> ContactPoint:
    """Change a way to reach a customer. Errors: NotAllowed, NotFound, BadAddress, AddressTaken."""
    held = hold(actor, party, version)
    point = held.contact_points.filter(pk=contact_point_id).first()
    if point is None:
        raise NotFound
    address = _read(contact, 0)
    if (point.kind, point.value) != (address.kind, address.value):
        point.kind, point.value = address.kind, address.value
        point.is_verified, point.verified_at = False, None
    _write(point, 0, contact)
    settle_primaries(held, point)
    touch([held.pk])
    return point


@transaction.atomic
def remove_contact_point(
    *, actor: User | None, party: Party, contact_point_id: int, version: int | None = None
) -> None:
    """Forget a way to reach a customer. Errors: NotAllowed, NotFound."""
    held = hold(actor, party, version)
    held.contact_points.filter(pk=contact_point_id).delete()
    settle_primaries(held)
    touch([held.pk])


@transaction.atomic
def sync_contact_points(*, party: Party, contacts: Iterable[ContactDetails]) -> None:
    """Make the addresses of a party exactly these; called inside create and change, which ask and derive.

    Errors: BadAddress and AddressTaken, with the field `contacts-<row>-typed` that is meant.
    """
    wanted = _wanted(contacts)
    former = {Address(kind=each.kind, value=each.value): each for each in party.contact_points.all()}
    gone = [point.pk for address, point in former.items() if address not in wanted]
    if gone:
        party.contact_points.filter(pk__in=gone).delete()
    points = []
    for address, (row, contact) in wanted.items():
        point = former.get(address) or ContactPoint(party=party, kind=address.kind, value=address.value)
        _write(point, row, contact)
        points.append(point)
    _settle(points)


def new_points(contacts: Iterable[ContactDetails]) -> list[tuple[int, ContactPoint]]:
    """Return the addresses of a party that is not stored yet, each with the row it was given in. Errors: BadAddress."""
    made = []
    for address, (row, contact) in _wanted(contacts).items():
        point = ContactPoint(kind=address.kind, value=address.value)
        _lay(point, row, contact)
        made.append((row, point))
    chosen = _chosen([point for _row, point in made])
    for _row, point in made:
        point.is_primary = chosen[point.kind] is point
    return made


@transaction.atomic(savepoint=False)
def store_points(party: Party, points: list[tuple[int, ContactPoint]]) -> None:
    """Store the `new_points` of a party that was just made: one statement. Errors: AddressTaken, with its field.

    Of one point the caller's own transaction is broken then, which must be rolled back with the party.
    """
    for _row, point in points:
        point.party = party
    if not points:
        return
    if len(points) == 1:
        row, point = points[0]
        try:
            point.save(force_insert=True)
        except IntegrityError as error:
            raise AddressTaken(fields={f"contacts-{row}-typed": str(AddressTaken())}) from error
        return
    try:
        with transaction.atomic():
            ContactPoint.objects.bulk_create(point for _row, point in points)
    except IntegrityError:
        for row, point in points:
            _save(point, row)  # one by one: the error then names its field


def settle_primaries(party: Party, favoured: ContactPoint | None = None) -> None:
    """See that each kind of address has one primary one; `favoured` wins its kind when it is one."""
    points = list(party.contact_points.order_by("-is_primary", "pk"))
    _settle(sorted(points, key=lambda point: favoured is None or point.pk != favoured.pk))


def _settle(points: list[ContactPoint]) -> None:
    chosen = _chosen(points)
    for point in points:
        is_primary = chosen[point.kind].pk == point.pk
        if point.is_primary != is_primary:
            point.is_primary = is_primary
            ContactPoint.objects.filter(pk=point.pk).update(is_primary=is_primary)


def _chosen(points: list[ContactPoint]) -> dict[str, ContactPoint]:
    """The primary address of each kind."""
    chosen: dict[str, ContactPoint] = {}
    for point in sorted(points, key=lambda each: not each.is_primary):
        chosen.setdefault(point.kind, point)
    return chosen


def _wanted(contacts: Iterable[ContactDetails]) -> dict[Address, Row]:
    """Each address that was typed, once, with its row."""
    wanted: dict[Address, Row] = {}
    for row, contact in enumerate(contacts):
        if line(contact.typed, 320, key=f"contacts-{row}-typed"):
            wanted.setdefault(_read(contact, row), (row, contact))
    return wanted


def _write(point: ContactPoint, row: int, contact: ContactDetails) -> None:
    """Lay what was typed over a point, and store it when something is new."""
    now = (point.pk, point.typed, point.use, point.identifies, point.is_primary, point.is_verified)
    _lay(point, row, contact)
    if now != (point.pk, point.typed, point.use, point.identifies, point.is_primary, point.is_verified) or not now[0]:
        _save(point, row)


def _lay(point: ContactPoint, row: int, contact: ContactDetails) -> None:
    point.typed = line(contact.typed, 320, key=f"contacts-{row}-typed")
    point.use = one_of(contact.use, ContactPoint.Use.values, key=f"contacts-{row}-use")
    point.identifies, point.is_primary = not contact.shared, contact.primary
    if contact.verified is not None and contact.verified != point.is_verified:
        point.is_verified = contact.verified
        point.verified_at = timezone.now() if contact.verified else None


def _read(contact: ContactDetails, row: int) -> Address:
    address = normalise_address(contact.kind, contact.typed)
    if address is None:
        raise BadAddress(fields={f"contacts-{row}-typed": str(BadAddress())})
    return address


def _save(point: ContactPoint, row: int) -> None:
    """Write a point, turning the unique constraint into a sentence with the field that is meant."""
    try:
        with transaction.atomic():
            point.save()
    except IntegrityError as error:
        raise AddressTaken(fields={f"contacts-{row}-typed": str(AddressTaken())}) from error
