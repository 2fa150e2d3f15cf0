"""Plain data of channels: what is written about a channel, a partner, a claim of his, a rule. No model here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class ChannelDetails:
    """What makes a channel: see `models.SalesChannel`. margin: hundredths of a percent."""

    name: str
    kind: str
    pipeline_id: int | None = None
    margin: int = 0
    accepts_itself: bool = True


@dataclass(frozen=True, kw_only=True)
class PartnerDetails:
    """What makes a partner: see `models.Partner`. protection: days."""

    channel_id: int
    level: str = "standard"
    owner_id: int | None = None
    territory: str = ""
    protection: int = 90
    contract_from: date | None = None
    contract_to: date | None = None
    is_active: bool = True


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a partner types when he registers a deal. kind: of the customer; number: his national id; amount: Rial."""

    name: str
    product: str
    kind: str = "organisation"
    mobile: str = ""
    email: str = ""
    number: str = ""
    city: str = ""
    amount: int | None = None
    note: str = ""

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """What was typed to reach the customer by, each with its kind."""
        return [(kind, text) for kind, text in (("mobile", self.mobile), ("email", self.email)) if text]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a registration is decided. answer: accept, refuse or share; percent: his share of the commission."""

    answer: str
    remark: str = ""
    percent: int = 50


@dataclass(frozen=True, kw_only=True)
class Band:
    """From this amount (Rial) on: so many hundredths of a percent of the whole amount, or so many Rial."""

    start: int
    value: int


@dataclass(frozen=True, kw_only=True)
class RuleDetails:
    """What makes a rule of commission or margin: see `models.PartnerRule`."""

    name: str
    bands: Sequence[Band]
    purpose: str = "commission"
    way: str = "percent"
    channel_id: int | None = None
    partner_id: int | None = None
    level: str = ""
    pipeline_id: int | None = None
    since: date | None = None
    until: date | None = None
