"""What the API says of a customer and takes for one."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.core.exceptions import ObjectDoesNotExist
from pydantic import Field

from peyvand.accounts.policies import may
from peyvand.api.kit import BodyId, Flag, In, Moment, Out, PageQuery, Person, Ref
from peyvand.parties.models import Address, ContactPoint, Identifier, Party, PartyRole, Profile, Tag
from peyvand.parties.policies import employer_of
from peyvand.parties.services.editing import Raw
from peyvand.parties.services.identifiers import REVEAL
from peyvand.parties.types import AddressDetails, ConsentDetails, ContactDetails, IdentifierDetails, RoleDetails

Kind = Literal["person", "organisation", "household"]
ContactKind = Literal["email", "mobile", "phone", "fax", "messenger"]
IdentifierKind = Literal["national_id", "legal_id", "economic", "registration", "passport", "sheba", "card", "other"]
RoleCode = Literal[
    "lead", "prospect", "customer", "supplier", "partner", "subsidiary", "reseller", "distributor", "competitor"
]
Name = Annotated[str, Field(min_length=1, max_length=1000)]
Typed = Annotated[str, Field(min_length=1, max_length=320)]
Short = Annotated[str, Field(max_length=1000)]
Text = Annotated[str, Field(max_length=10_000)]
Key = Annotated[str, Field(pattern=r"^[a-z_]{1,30}(:[0-9]{1,12})?$")]
Fields = Annotated[dict[Key, Text | list[Text] | None], Field(max_length=60)]


class ContactOut(Out):
    id: int
    kind: ContactKind
    use: str
    typed: str
    value: str
    identifies: bool
    is_primary: bool
    is_verified: bool
    verified_at: dt.datetime | None


class AddressOut(Out):
    id: int
    use: str
    country: str
    province: str
    city: str
    street: str
    postal_code: str
    is_primary: bool


class IdentifierOut(Out):
    """A number; `shown` hides most of a protected one."""

    id: int
    kind: IdentifierKind
    shown: str
    flaw: str
    is_insisted: bool


class RolePeriodOut(Out):
    role: RoleCode
    since: dt.date
    until: dt.date | None


class ConsentOut(Out):
    id: int
    channel: str
    purpose: str
    is_given: bool
    source: str
    text_version: str
    contact_point_id: int | None
    at: dt.datetime
    by: Person | None


class ProfileOut(Out):
    birth_date: dt.date | None
    gender: str
    marital_status: str
    children: int | None
    education: str
    occupation: str
    income_band: str
    language: str
    industry: str
    employees: int | None
    founded_on: dt.date | None
    website: str
    interests: list[str]
    lifestyle: str
    values: str
    personality: str
    motivations: str
    pains: str


class PartyOut(Out):
    id: int
    kind: Kind
    name: str
    first_name: str
    last_name: str
    honorific: str
    job_title: str
    province: str
    city: str
    life_cycle: str
    roles: list[str]
    category: Ref | None
    tag_ids: list[int]
    consents: list[str]
    organisation: Ref | None
    branch: Ref | None
    owner: Person | None
    completeness: int
    missing: list[str]
    is_provisional: bool
    contact_points: list[ContactOut]
    last_contact_at: dt.datetime | None
    version: int
    created_at: dt.datetime
    changed_at: dt.datetime

    @staticmethod
    def resolve_organisation(party: Party, context: dict[str, Any]) -> Party | None:
        """Where somebody works, as far as the caller may see that one too."""
        return employer_of(context["request"].auth.user, party)

    @staticmethod
    def resolve_contact_points(party: Party) -> list[ContactPoint]:
        points: list[ContactPoint] = party.points  # type: ignore[attr-defined]  # set by `with_contacts`
        return points


class PartyFull(PartyOut):
    """A customer with everything that belongs to it; `custom` holds the values of custom fields by the field's id."""

    life_cycle_since: dt.datetime | None
    preferred_channel: str
    preferred_from: dt.time | None
    preferred_until: dt.time | None
    tags: list[Ref]
    addresses: list[AddressOut]
    identifiers: list[IdentifierOut]
    role_periods: list[RolePeriodOut]
    profile: ProfileOut | None
    custom: dict[str, Any]

    @staticmethod
    def resolve_tags(party: Party) -> list[Tag]:
        return list(Tag.objects.filter(pk__in=party.tag_ids).order_by("norm")) if party.tag_ids else []

    @staticmethod
    def resolve_addresses(party: Party) -> list[Address]:
        return [] if party.is_bare else list(party.addresses.order_by("-is_primary", "pk"))

    @staticmethod
    def resolve_identifiers(party: Party) -> list[Identifier]:
        return [] if party.is_bare else list(party.identifiers.order_by("pk"))

    @staticmethod
    def resolve_role_periods(party: Party) -> list[PartyRole]:
        return [] if party.is_bare else list(party.role_periods.order_by("since", "pk"))

    @staticmethod
    def resolve_profile(party: Party) -> Profile | None:
        if party.is_bare:
            return None
        try:
            return party.profile
        except ObjectDoesNotExist:
            return None

    @staticmethod
    def resolve_custom(party: Party, context: dict[str, Any]) -> dict[str, Any]:
        """Protected numbers say how they end to who may reveal them, as on the page; others are not told of them."""
        is_open = may(context["request"].auth.user, REVEAL)
        shown = {key: value.get("shown", "") for key, value in party.custom.items() if isinstance(value, dict)}
        plain = {key: value for key, value in party.custom.items() if key not in shown}
        return plain | shown if is_open else plain


class ContactIn(In):
    kind: ContactKind
    typed: Typed
    use: Literal["", "work", "home", "other"] = ""
    shared: Flag = False
    primary: Flag = False
    verified: Flag | None = None

    def details(self) -> ContactDetails:
        return ContactDetails(**self.model_dump())


class AddressIn(In):
    use: Literal["", "work", "home", "delivery", "billing"] = ""
    country: Annotated[str, Field(pattern="^[A-Za-z]{2}$")] = "IR"
    province: Short = ""
    city: Short = ""
    street: Short = ""
    postal_code: Short = ""
    primary: Flag = False
    insist: Flag = False

    def details(self) -> AddressDetails:
        return AddressDetails(**self.model_dump())


class IdentifierIn(In):
    """`insist` keeps a number that fails its check, where that may be."""

    kind: IdentifierKind
    typed: Annotated[str, Field(min_length=1, max_length=100)]
    insist: Flag = False

    def details(self) -> IdentifierDetails:
        return IdentifierDetails(**self.model_dump())


class RolePeriodIn(In):
    role: RoleCode
    since: dt.date
    until: dt.date | None = None

    def details(self) -> RoleDetails:
        return RoleDetails(**self.model_dump())


class ConsentIn(In):
    channel: Literal["email", "sms", "phone", "messenger", "letter"]
    purpose: Literal["service", "marketing", "survey"]
    is_given: Flag
    source: Annotated[str, Field(min_length=1, max_length=1000)]
    text_version: Short = ""
    contact_point_id: BodyId | None = None
    at: Moment | None = None

    def details(self) -> ConsentDetails:
        return ConsentDetails(**self.model_dump())


class PartyIn(In):
    """A new customer. `fields` holds any field of the registry by its key, as `life_cycle` or `custom:12`."""

    kind: Kind = "person"
    name: Name | None = None
    honorific: Short = ""
    job_title: Short = ""
    city: Short = ""
    organisation_id: BodyId | None = None
    branch_id: BodyId | None = None
    owner_id: BodyId | None = None
    fields: Fields = Field(default_factory=dict)
    contacts: list[ContactIn] = Field(default_factory=list, max_length=30)
    addresses: list[AddressIn] = Field(default_factory=list, max_length=30)
    identifiers: list[IdentifierIn] = Field(default_factory=list, max_length=30)
    roles: list[RolePeriodIn] = Field(default_factory=list, max_length=30)
    consents: list[ConsentIn] = Field(default_factory=list, max_length=30)


class PartyChange(In):
    """What changes; `contacts`, `addresses` and `roles` replace all that there are, null in `fields` empties one."""

    name: Name | None = None
    honorific: Short | None = None
    job_title: Short | None = None
    city: Short | None = None
    organisation_id: BodyId | None = None
    branch_id: BodyId | None = None
    owner_id: BodyId | None = None
    fields: Fields = Field(default_factory=dict)
    contacts: list[ContactIn] | None = Field(None, max_length=30)
    addresses: list[AddressIn] | None = Field(None, max_length=30)
    roles: list[RolePeriodIn] | None = Field(None, max_length=30)


PLAIN = ("name", "honorific", "job_title", "city")
LINKS = {"organisation_id": "organisation", "branch_id": "branch", "owner_id": "owner"}


def raws_of(given: PartyIn | PartyChange) -> dict[str, Raw]:
    """The sent fields by their keys."""
    sent = given.model_fields_set
    raws: dict[str, Raw] = {
        key: getattr(given, key) for key in PLAIN if key in sent and getattr(given, key) is not None
    }
    raws |= {key: str(getattr(given, name) or "") for name, key in LINKS.items() if name in sent}
    return raws | dict(given.fields)


class IdentifyIn(In):
    kind: ContactKind
    value: Typed
    name: Annotated[str, Field(max_length=200)] = ""


class PartyQuery(PageQuery):
    """`f`, `sort`, `segment` as in the address of the list; `fields` gives only these fields, by their keys."""

    q: str = Field("", max_length=200)
    kind: Kind | None = None
    order: Literal["name", "newest"] = "name"
    f: list[Annotated[str, Field(max_length=10_000)]] = Field(default_factory=list, max_length=20)
    sort: str = Field("", max_length=60)
    segment: int | None = Field(None, ge=1, le=2**31 - 1)
    fields: str = Field("", max_length=1000)


class AddressQuery(In):
    kind: ContactKind
    value: Typed


class IdentifierQuery(PageQuery):
    kind: IdentifierKind
    value: Typed


class RevealOut(Out):
    value: str


def with_full(parties: Any) -> Any:
    """Load beside `with_contacts` what one customer shows at once."""
    return parties.select_related("organisation", "branch", "owner", "category", "profile")
