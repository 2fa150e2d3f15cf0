"""Pipelines and what goes through them."""

from peyvand.sales.models.deals import KEPT, LIVE, Deal, DealPassage, DealPerson, DealShare, DealSpan, StageApproval
from peyvand.sales.models.pipelines import LostReason, Pipeline, Stage

__all__ = [
    "KEPT",
    "LIVE",
    "Deal",
    "DealPassage",
    "DealPerson",
    "DealShare",
    "DealSpan",
    "LostReason",
    "Pipeline",
    "Stage",
    "StageApproval",
]
