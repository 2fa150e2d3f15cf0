"""Pipelines and what goes through them."""

from peyvand.sales.models.assigning import Assigned, AssignmentRule
from peyvand.sales.models.capturing import DealRequest, LeadForm, LeadSubmission
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

__all__ = [
    "IS_TAGGED",
    "KEPT",
    "LIVE",
    "Assigned",
    "AssignmentRule",
    "Deal",
    "DealPassage",
    "DealPerson",
    "DealQuerySet",
    "DealRequest",
    "DealShare",
    "DealSpan",
    "LeadForm",
    "LeadSubmission",
    "LostReason",
    "Pipeline",
    "Stage",
    "StageApproval",
]
