"""Plain data of parties. No model here."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from peyvand.core.text import display_norm, is_mobile, normalise_email, normalise_phone

EMPLOYEE = "employee"  # the code of the kind of relation that gives a person its organisation
MAIN_FIELDS = ("name", "first_name", "last_name", "honorific", "job_title", "city", "province", "postal_code",
               "preferred_channel")  # fmt: skip
PROFILE_FIELDS = ("birth_date", "gender", "marital_status", "children", "education", "occupation", "income_band",
                  "language", "industry", "employees", "founded_on", "website", "interests", "lifestyle", "values",
                  "personality", "motivations", "pains")  # fmt: skip


class Role(TextChoices):
    """What a party is to us."""

    LEAD = "lead", _("Lead")
    PROSPECT = "prospect", _("Prospect")
    CUSTOMER = "customer", _("Customer")
    SUPPLIER = "supplier", _("Supplier")
    PARTNER = "partner", _("Business partner")
    SUBSIDIARY = "subsidiary", _("Subsidiary")
    RESELLER = "reseller", _("Reseller")
    DISTRIBUTOR = "distributor", _("Distributor")
    COMPETITOR = "competitor", _("Competitor")


@dataclass(frozen=True, kw_only=True)
class Identified:
    """Whose address it is; `created` when nobody was known by it until now."""

    party_id: int
    contact_point_id: int
    created: bool


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address in its comparable form: `kind` says what it is, `value` is what two spellings share."""

    kind: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Somebody says he is reached here: one question to `identify_many`."""

    kind: str
    value: str
    name: str = ""
    branch_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PartyDetails:
    """What a person writes about a customer."""

    name: str
    kind: str = "person"
    honorific: str = ""
    job_title: str = ""
    city: str = ""
    organisation_id: int | None = None
    branch_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ContactDetails:
    """A way to reach a customer as it was typed; `shared` ones (a family's phone) identify nobody.

    use: of `ContactPoint.Use`. verified: None leaves it as it is.
    """

    kind: str
    typed: str
    shared: bool = False
    primary: bool = False
    use: str = ""
    verified: bool | None = None


@dataclass(frozen=True, kw_only=True)
class AddressDetails:
    """A place as it was typed. insist: keep a postal code that the rules of the post refuse."""

    use: str = ""
    country: str = "IR"
    province: str = ""
    city: str = ""
    street: str = ""
    postal_code: str = ""
    primary: bool = False
    insist: bool = False


@dataclass(frozen=True, kw_only=True)
class IdentifierDetails:
    """A number as it was typed. insist: keep it although it fails its check, where that may be."""

    kind: str
    typed: str
    insist: bool = False


@dataclass(frozen=True, kw_only=True)
class RoleDetails:
    """What a party is to us, from day to day, both included; without `until` it still is."""

    role: str
    since: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentDetails:
    """One word about being contacted. source: where it was given; text_version: of the text that was shown."""

    channel: str
    purpose: str
    is_given: bool
    source: str
    text_version: str = ""
    contact_point_id: int | None = None
    at: dt.datetime | None = None


def normalise_address(kind: str, typed: str) -> Address | None:
    """Return the comparable form of an address, or None when it cannot be one of this kind.

    A phone number decides itself whether it is a mobile, so that «phone» and «mobile» never split one person in two.
    """
    if kind == "email":
        value = normalise_email(typed)
    elif kind in {"mobile", "phone"}:
        value = normalise_phone(typed)
        kind = "mobile" if value and is_mobile(value) else "phone"
    elif kind == "fax":
        value = normalise_phone(typed)
    else:
        value = display_norm(typed).lower() or None
    return Address(kind=kind, value=value) if value and len(value) <= 320 else None
