"""Plain data of sales: what is written about a deal, a stage, a person on the other side. No model here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class DealDetails:
    """What somebody writes about a lead or a deal. amount: Rial; probability: percent, None for that of the stage.

    custom: values of fields of the business by the number of the field; those not named stay, None takes one away.
    """

    name: str
    amount: int | None = None
    probability: int | None = None
    close_on: date | None = None
    is_hot: bool = False
    source: str = ""
    note: str = ""
    channel: str = "direct"
    custom: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CardDetails:
    """What is changed at once over the board. amount: Rial; owner_id: who sells it; custom as in `DealDetails`."""

    amount: int | None = None
    close_on: date | None = None
    owner_id: int | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StageDetails:
    """What makes a stage: see `models.Stage`. id: of a stage that exists, None for a new one."""

    name: str
    id: int | None = None
    probability: int = 0
    rot_days: int | None = None
    required: Sequence[str] = ()
    checks: Sequence[str] = ()
    needs_approval: bool = False
    tone: str = "ink-3"


@dataclass(frozen=True, kw_only=True)
class PipelineDetails:
    """A pipeline with its stages in their order."""

    name: str
    kind: str = "deal"
    next_pipeline_id: int | None = None
    stages: Sequence[StageDetails] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """Somebody on the customer's side: role in the decision in words; influence as `models.DealPerson.Influence`."""

    party_id: int
    role: str = ""
    influence: str = "unknown"


@dataclass(frozen=True, kw_only=True)
class Loss:
    """Why a deal was lost: a reason of the business, who won it instead, and words."""

    reason_id: int
    competitor: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AssignmentDetails:
    """What makes a rule of assignment: see `models.AssignmentRule`. most: open ones, None for any number."""

    name: str
    is_active: bool = True
    pipelines: Sequence[int] = ()
    branches: Sequence[int] = ()
    provinces: Sequence[str] = ()
    cities: Sequence[str] = ()
    sources: Sequence[str] = ()
    people: Sequence[int] = ()
    departments: Sequence[int] = ()
    share: str = "turns"
    most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """A field of a form for leads beside name, mobile and e-mail. kind: text, long, number or choice."""

    label: str
    kind: str = "text"
    is_required: bool = False
    choices: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class LeadFormDetails:
    """What makes a form for leads: see `models.LeadForm`."""

    name: str
    pipeline_id: int
    branch_id: int
    intro: str = ""
    thanks: str = ""
    consent: str = ""
    source: str = ""
    is_active: bool = True
    questions: Sequence[Question] = ()
