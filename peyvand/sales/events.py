"""What happens to leads and deals, told to other parts by ids."""

from dataclasses import dataclass
from typing import ClassVar

from peyvand.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DealOpened(Event):
    """A lead or a deal was written down."""

    name: ClassVar[str] = "sales.deal_opened"
    deal_id: int


@dataclass(frozen=True, kw_only=True)
class DealMoved(Event):
    """A deal stands in another stage, perhaps of another pipeline."""

    name: ClassVar[str] = "sales.deal_moved"
    deal_id: int
    from_stage: int
    to_stage: int


@dataclass(frozen=True, kw_only=True)
class DealClosed(Event):
    """A deal was won or lost (`state`)."""

    name: ClassVar[str] = "sales.deal_closed"
    deal_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class DealReopened(Event):
    """A deal that was won or lost is worked on again."""

    name: ClassVar[str] = "sales.deal_reopened"
    deal_id: int


@dataclass(frozen=True, kw_only=True)
class DealAssigned(Event):
    """A deal has another owner. by_id: who gave it to him; None for a rule or the system."""

    name: ClassVar[str] = "sales.deal_assigned"
    deal_id: int
    owner_id: int | None
    by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(Event):
    """Somebody wants a deal in a stage that needs an approval."""

    name: ClassVar[str] = "sales.approval_asked"
    approval_id: int


@dataclass(frozen=True, kw_only=True)
class ApprovalDecided(Event):
    """It was decided whether a deal may move on."""

    name: ClassVar[str] = "sales.approval_decided"
    approval_id: int


@dataclass(frozen=True, kw_only=True)
class LeadSubmitted(Event):
    """Somebody sent a public form for leads; what he sent is stored."""

    name: ClassVar[str] = "sales.lead_submitted"
    submission_id: int


@dataclass(frozen=True, kw_only=True)
class RegistrationReceived(Event):
    """A partner registered a deal; it was accepted at once, or waits."""

    name: ClassVar[str] = "sales.registration_received"
    registration_id: int


@dataclass(frozen=True, kw_only=True)
class RegistrationDecided(Event):
    """A person decided what a partner had registered."""

    name: ClassVar[str] = "sales.registration_decided"
    registration_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionTakenBack(Event):
    """The decision about a registration was taken back; it waits again. before: how it had been decided."""

    name: ClassVar[str] = "sales.decision_taken_back"
    registration_id: int
    before: str


@dataclass(frozen=True, kw_only=True)
class PortalLinkAsked(Event):
    """Somebody asked for a link into the portal. seat_id: whose address it is; 0 for an address of nobody."""

    name: ClassVar[str] = "sales.portal_link_asked"
    seat_id: int


@dataclass(frozen=True, kw_only=True)
class PartnerNoteAdded(Event):
    """A partner wrote to us about a deal, or one of us to him."""

    name: ClassVar[str] = "sales.partner_note_added"
    note_id: int


@dataclass(frozen=True, kw_only=True)
class DealWorthChanged(Event):
    """What a won deal counts for may have changed: its amount, its partners, or that it counts at all."""

    name: ClassVar[str] = "sales.deal_worth_changed"
    deal_id: int
