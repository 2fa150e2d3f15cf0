"""Customers in the API."""

from dataclasses import fields
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from ninja import Query
from pydantic import Field

from peyvand.accounts.models import Branch, User
from peyvand.api.kit import (
    ApiRequest,
    BodyId,
    Flag,
    Id,
    In,
    Out,
    Page,
    Paged,
    PageQuery,
    Person,
    Ref,
    expected_version,
    named_or_none,
    page,
    router,
    visible,
)
from peyvand.core.errors import NotFound
from peyvand.parties import services
from peyvand.parties.errors import AddressTaken
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.selectors import by_address, search, visible_to, with_contacts
from peyvand.parties.types import ContactDetails, PartyDetails

parties = router(tag="parties", permission="parties.view")
CHANGE = "parties.change"

Kind = Literal["person", "organisation"]
ContactKind = Literal["email", "mobile", "phone", "fax", "messenger"]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Typed = Annotated[str, Field(min_length=1, max_length=320)]


class ContactOut(Out):
    id: int
    kind: ContactKind
    typed: str
    value: str
    identifies: bool
    is_primary: bool
    is_verified: bool


class PartyOut(Out):
    id: int
    kind: Kind
    name: str
    honorific: str
    job_title: str
    city: str
    organisation: Ref | None
    branch: Ref | None
    owner: Person | None
    is_provisional: bool
    contact_points: list[ContactOut]
    version: int
    created_at: datetime
    changed_at: datetime

    @staticmethod
    def resolve_contact_points(party: Party) -> list[ContactPoint]:
        points: list[ContactPoint] = party.points  # type: ignore[attr-defined]  # set by `with_contacts`
        return points


class ContactIn(In):
    kind: ContactKind
    typed: Typed
    shared: Flag = False
    primary: Flag = False

    def details(self) -> ContactDetails:
        return ContactDetails(**self.model_dump())


class PartyIn(In):
    kind: Kind = "person"
    name: Name
    honorific: Annotated[str, Field(max_length=40)] = ""
    job_title: Annotated[str, Field(max_length=120)] = ""
    city: Annotated[str, Field(max_length=80)] = ""
    organisation_id: BodyId | None = None
    branch_id: BodyId | None = None
    owner_id: BodyId | None = None
    contacts: list[ContactIn] = Field(default_factory=list, max_length=30)


class PartyChange(In):
    name: Name | None = None
    honorific: Annotated[str, Field(max_length=40)] | None = None
    job_title: Annotated[str, Field(max_length=120)] | None = None
    city: Annotated[str, Field(max_length=80)] | None = None
    organisation_id: BodyId | None = None
    branch_id: BodyId | None = None
    owner_id: BodyId | None = None
    contacts: list[ContactIn] | None = Field(None, max_length=30)


class IdentifyIn(In):
    kind: ContactKind
    value: Typed
    name: Annotated[str, Field(max_length=200)] = ""


class PartyQuery(PageQuery):
    q: str = Field("", max_length=200)
    kind: Kind | None = None
    order: Literal["name", "newest"] = "name"


class AddressQuery(In):
    kind: ContactKind
    value: Typed


ORDERS = {"name": ("sort_key", "id"), "newest": ("-id",)}


def _shown(user: User, party_id: int) -> Party:
    return visible(with_contacts(visible_to(user)), party_id)


def _places(user: User, given: PartyIn | PartyChange) -> None:
    """Refuse an organisation that the caller does not see, and branches and owners that are not there."""
    named_or_none(visible_to(user), given.organisation_id, field="organisation_id")
    named_or_none(Branch.objects.filter(is_active=True), given.branch_id, field="branch_id")
    named_or_none(User.objects.filter(is_active=True), given.owner_id, field="owner_id")


def _contacts(given: list[ContactIn] | None) -> list[ContactDetails] | None:
    return None if given is None else [contact.details() for contact in given]


@parties.get("", response=Paged[PartyOut])
def index(request: ApiRequest, query: Query[PartyQuery]) -> Page[Party]:
    """Customers; `q` finds words of names, places and addresses."""
    found = search(request.auth.user, query.q)
    if query.kind:
        found = found.filter(kind=query.kind)
    return page(with_contacts(found), query, order=ORDERS[query.order])


@parties.get("/by-address", response=PartyOut)
def find(request: ApiRequest, query: Query[AddressQuery]) -> Party:
    """The customer who is known by an address."""
    found = by_address(request.auth.user, query.kind, query.value)
    if found is None:
        raise NotFound
    return _shown(request.auth.user, found.pk)


@parties.get("/{int:id}", response=PartyOut)
def show(request: ApiRequest, id: Id) -> Party:
    """One customer with all addresses."""
    return _shown(request.auth.user, id)


@parties.post("", response=PartyOut, permission=CHANGE)
def create(request: ApiRequest, payload: PartyIn) -> Party:
    """Add a person or an organisation with its addresses."""
    user = request.auth.user
    _places(user, payload)
    details = PartyDetails(**payload.model_dump(exclude={"contacts"}))
    made = services.create_party(actor=user, details=details, contacts=_contacts(payload.contacts) or ())
    return _shown(user, made.pk)


@parties.patch("/{int:id}", response=PartyOut, permission=CHANGE, versioned="required")
def change(request: ApiRequest, id: Id, payload: PartyChange) -> Party:
    """Change the given fields; `contacts` replaces all addresses."""
    user = request.auth.user
    party = visible(visible_to(user), id)
    _places(user, payload)
    services.change_party(
        actor=user,
        party=party,
        details=_changed(party, payload),
        contacts=_contacts(payload.contacts),
        version=expected_version(request),
    )
    return _shown(user, id)


def _changed(party: Party, payload: PartyChange) -> PartyDetails:
    """What we know with the sent fields laid over it; null empties a reference and is no value for the rest."""
    kept: dict[str, Any] = {each.name: getattr(party, each.name) for each in fields(PartyDetails)}
    sent = payload.model_dump(exclude_unset=True, exclude={"contacts"})
    return PartyDetails(**kept | {n: v for n, v in sent.items() if v is not None or n.endswith("_id")})


@parties.post("/{int:id}/confirm", response=PartyOut, permission=CHANGE, status=200)
def confirm(request: ApiRequest, id: Id) -> Party:
    """Say that a customer whom a channel made is one."""
    services.confirm_party(actor=request.auth.user, party=visible(visible_to(request.auth.user), id))
    return _shown(request.auth.user, id)


@parties.post("/{int:id}/contact-points", response=ContactOut, permission=CHANGE)
def add_contact_point(request: ApiRequest, id: Id, payload: ContactIn) -> ContactPoint:
    """Add an address."""
    party = visible(visible_to(request.auth.user), id)
    return services.add_contact_point(actor=request.auth.user, party=party, contact=payload.details())


@parties.delete("/{int:id}/contact-points/{int:point_id}", permission=CHANGE)
def remove_contact_point(request: ApiRequest, id: Id, point_id: Id) -> None:
    """Forget an address."""
    party = visible(visible_to(request.auth.user), id)
    point = visible(party.contact_points.all(), point_id)
    services.remove_contact_point(actor=request.auth.user, party=party, contact_point_id=point.pk)


@parties.post("/identify", response=PartyOut, permission=CHANGE, status=200)
def identify(request: ApiRequest, payload: IdentifyIn) -> Party:
    """Find the customer who is known by an address, or make a provisional one. Another's customer: 409."""
    user = request.auth.user
    with transaction.atomic():
        found = services.identify(payload.kind, payload.value, name=payload.name, branch=user.branch_id)
        try:
            return _shown(user, found.party_id)
        except NotFound as error:
            raise AddressTaken from error
