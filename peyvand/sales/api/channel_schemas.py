"""The shapes of channels, partners, registrations and commissions in the API."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from peyvand.api.kit import BodyId, Id, In, Out, PageQuery, Ref
from peyvand.sales.channel_types import ChannelDetails, PartnerDetails, Verdict

Label = Annotated[str, Field(min_length=1, max_length=120)]
Short = Annotated[str, Field(max_length=200)]
Percent = Annotated[int, Field(ge=1, le=100)]


class SalesChannelIn(In):
    """pipeline_id: where registered deals begin. margin: hundredths of a percent that partners keep."""

    name: Label
    kind: Literal["distributor", "reseller", "agent"]
    pipeline_id: BodyId | None = None
    margin: Annotated[int, Field(ge=0, le=10_000)] = 0
    accepts_itself: bool = True

    def details(self) -> ChannelDetails:
        return ChannelDetails(**dict(self))


class SalesChannelOut(Out):
    id: int
    name: str
    kind: str
    pipeline_id: int | None
    margin: int
    accepts_itself: bool
    version: int


class PartnerFields(In):
    """protection: days for which an accepted registration keeps a customer."""

    channel_id: BodyId
    level: Literal["standard", "silver", "gold"] = "standard"
    owner_id: BodyId | None = None
    territory: Short = ""
    protection: Annotated[int, Field(ge=0, le=1000)] = 90
    contract_from: date | None = None
    contract_to: date | None = None
    is_active: bool = True

    def details(self) -> PartnerDetails:
        return PartnerDetails(**{name: getattr(self, name) for name in PartnerFields.model_fields})


class PartnerIn(PartnerFields):
    """party_id: whose record becomes a partner."""

    party_id: BodyId


class PartnerOut(Out):
    id: int
    party: Ref
    channel: Ref
    level: str
    owner_id: int | None
    territory: str
    protection: int
    contract_from: date | None
    contract_to: date | None
    is_active: bool
    version: int


class RegistrationQuery(PageQuery):
    """state: submitted, conflict, accepted, refused or expired."""

    partner_id: Id | None = None
    state: Literal["submitted", "conflict", "accepted", "refused", "expired"] | None = None


class RegistrationOut(Out):
    """rival_id: the registration that it meets; rival_deal_id: the deal that it meets."""

    id: int
    partner_id: int
    kind: str
    name: str
    mobile: str
    email: str
    city: str
    product: str
    amount: int | None
    note: str
    state: str
    party_id: int | None
    deal_id: int | None
    rival_id: int | None
    rival_deal_id: int | None
    exclusive_until: date | None
    remark: str
    received_at: datetime
    decided_at: datetime | None
    version: int


class VerdictIn(In):
    """answer: accept, refuse (needs a remark) or share. percent: his share of the commission when shared."""

    answer: Literal["accept", "refuse", "share"]
    remark: Annotated[str, Field(max_length=500)] = ""
    percent: Annotated[int, Field(ge=1, le=99)] = 50

    def verdict(self) -> Verdict:
        return Verdict(answer=self.answer, remark=self.remark, percent=self.percent)


class DealShareIn(In):
    partner_id: BodyId
    percent: Percent = 100


class DealPartnersIn(In):
    """The partners of a deal, the first of them shown in lists; none makes it direct."""

    partners: Annotated[list[DealShareIn], Field(max_length=20)]


class CommissionOut(Out):
    """amount: Rial, below zero for a counter-entry of `reverses_id`. month: Jalali, as 140509."""

    id: int
    deal_id: int
    rule_id: int
    amount: int
    month: int
    reverses_id: int | None
    details: dict[str, int | str]
    at: datetime
