"""Pipelines and what goes through them."""

from peyvand.sales.models.assigning import Assigned, AssignmentRule
from peyvand.sales.models.capturing import DealRequest, LeadForm, LeadSubmission
from peyvand.sales.models.channels import (
    WHOLE,
    Level,
    Partner,
    PartnerSeat,
    SalesChannel,
    SeatKey,
    SeatSession,
)
from peyvand.sales.models.commissions import CommissionEntry, CommissionStatement, PartnerRule
from peyvand.sales.models.deals import (
    IS_TAGGED,
    KEPT,
    LIVE,
    Deal,
    DealPassage,
    DealPerson,
    DealQuerySet,
    DealShare,
    DealSpan,
    StageApproval,
)
from peyvand.sales.models.pipelines import LostReason, Pipeline, Stage
from peyvand.sales.models.registrations import DealPartner, DealRegistration, PartnerNote

__all__ = [
    "IS_TAGGED",
    "KEPT",
    "LIVE",
    "WHOLE",
    "Assigned",
    "AssignmentRule",
    "CommissionEntry",
    "CommissionStatement",
    "Deal",
    "DealPartner",
    "DealPassage",
    "DealPerson",
    "DealQuerySet",
    "DealRegistration",
    "DealRequest",
    "DealShare",
    "DealSpan",
    "LeadForm",
    "LeadSubmission",
    "Level",
    "LostReason",
    "Partner",
    "PartnerNote",
    "PartnerRule",
    "PartnerSeat",
    "Pipeline",
    "SalesChannel",
    "SeatKey",
    "SeatSession",
    "Stage",
    "StageApproval",
]
