"""What belongs to one customer, in the API: ways to reach, addresses, numbers, consents, roles.

If-Match, with the version of the customer, refuses a write on another state of it.
"""

from ninja import Query
from pydantic import Field

from peyvand.api.kit import ApiRequest, Id, In, Page, Paged, PageQuery, page, seen_version, visible
from peyvand.parties.api.parties import CHANGE, parties, present, shown
from peyvand.parties.api.shapes import (
    AddressIn,
    AddressOut,
    ConsentIn,
    ConsentOut,
    ContactIn,
    ContactOut,
    IdentifierIn,
    IdentifierOut,
    PartyFull,
    RevealOut,
    RolePeriodIn,
)
from peyvand.parties.models import Address, Consent, ContactPoint, Identifier, Party
from peyvand.parties.services import addresses, consents, contacts, identifiers, roles


class RolesIn(In):
    roles: list[RolePeriodIn] = Field(max_length=30)


def _party(request: ApiRequest, party_id: int) -> Party:
    return present(request, party_id)


@parties.post("/{int:id}/contact-points", response=ContactOut, permission=CHANGE, versioned="optional")
def add_contact_point(request: ApiRequest, id: Id, payload: ContactIn) -> ContactPoint:
    """Add an address."""
    return contacts.add_contact_point(
        actor=request.auth.user, party=_party(request, id), contact=payload.details(), version=seen_version(request)
    )


@parties.put("/{int:id}/contact-points/{int:point_id}", response=ContactOut, permission=CHANGE, versioned="optional")
def change_contact_point(request: ApiRequest, id: Id, point_id: Id, payload: ContactIn) -> ContactPoint:
    """Change an address."""
    return contacts.change_contact_point(
        actor=request.auth.user,
        party=_party(request, id),
        contact_point_id=point_id,
        contact=payload.details(),
        version=seen_version(request),
    )


@parties.delete("/{int:id}/contact-points/{int:point_id}", permission=CHANGE, versioned="optional")
def remove_contact_point(request: ApiRequest, id: Id, point_id: Id) -> None:
    """Forget an address."""
    party = _party(request, id)
    point = visible(party.contact_points.all(), point_id)
    contacts.remove_contact_point(
        actor=request.auth.user, party=party, contact_point_id=point.pk, version=seen_version(request)
    )


@parties.post("/{int:id}/addresses", response=AddressOut, permission=CHANGE, versioned="optional")
def add_address(request: ApiRequest, id: Id, payload: AddressIn) -> Address:
    """Add a place; the first is the main one."""
    return addresses.save_address(
        actor=request.auth.user, party=_party(request, id), details=payload.details(), version=seen_version(request)
    )


@parties.put("/{int:id}/addresses/{int:address_id}", response=AddressOut, permission=CHANGE, versioned="optional")
def change_address(request: ApiRequest, id: Id, address_id: Id, payload: AddressIn) -> Address:
    """Change a place."""
    return addresses.save_address(
        actor=request.auth.user,
        party=_party(request, id),
        details=payload.details(),
        address_id=address_id,
        version=seen_version(request),
    )


@parties.delete("/{int:id}/addresses/{int:address_id}", permission=CHANGE, versioned="optional")
def remove_address(request: ApiRequest, id: Id, address_id: Id) -> None:
    """Forget a place."""
    addresses.remove_address(
        actor=request.auth.user, party=_party(request, id), address_id=address_id, version=seen_version(request)
    )


@parties.post("/{int:id}/identifiers", response=IdentifierOut, permission=CHANGE, versioned="optional", secret=True)
def add_identifier(request: ApiRequest, id: Id, payload: IdentifierIn) -> Identifier:
    """Add a number; a wrong one is refused with the reason, unless it may be insisted on."""
    return identifiers.add_identifier(
        actor=request.auth.user, party=_party(request, id), details=payload.details(), version=seen_version(request)
    )


@parties.delete("/{int:id}/identifiers/{int:identifier_id}", permission=CHANGE, versioned="optional")
def remove_identifier(request: ApiRequest, id: Id, identifier_id: Id) -> None:
    """Forget a number."""
    identifiers.remove_identifier(
        actor=request.auth.user, party=_party(request, id), identifier_id=identifier_id, version=seen_version(request)
    )


@parties.post(
    "/{int:id}/identifiers/{int:identifier_id}/reveal",
    response=RevealOut,
    permission=identifiers.REVEAL,
    status=200,
    secret=True,
)
def reveal(request: ApiRequest, id: Id, identifier_id: Id) -> RevealOut:
    """A protected number in full; that it was seen is noted."""
    number = visible(_party(request, id).identifiers.select_related("party"), identifier_id)
    return RevealOut(value=identifiers.reveal(actor=request.auth.user, identifier=number))


@parties.get("/{int:id}/consents", response=Paged[ConsentOut])
def consents_index(request: ApiRequest, id: Id, query: Query[PageQuery]) -> Page[Consent]:
    """The ledger of what a customer said about being contacted, the newest first."""
    rows = _party(request, id).consent_rows.select_related("by")
    return page(rows, query, order=["-at", "-id"])


@parties.post("/{int:id}/consents", response=ConsentOut, permission=CHANGE, versioned="optional")
def add_consent(request: ApiRequest, id: Id, payload: ConsentIn) -> Consent:
    """Add one word to the ledger; nothing in it is ever changed."""
    return consents.record_consent(
        actor=request.auth.user, party=_party(request, id), details=payload.details(), version=seen_version(request)
    )


@parties.put("/{int:id}/roles", response=PartyFull, permission=CHANGE, versioned="optional")
def set_roles(request: ApiRequest, id: Id, payload: RolesIn) -> Party:
    """Set what a customer is to us, since when and until when."""
    wanted = [each.details() for each in payload.roles]
    roles.set_roles(actor=request.auth.user, party=_party(request, id), roles=wanted, version=seen_version(request))
    return shown(request.auth.user, id)
