"""Pipelines and what goes through them."""

from peyvand.sales.models.deals import (
    IS_TAGGED,
    KEPT,
    LIVE,
    Deal,
    DealPassage,
    DealPerson,
    DealShare,
    DealSpan,
    StageApproval,
)
from peyvand.sales.models.pipelines import LostReason, Pipeline, Stage

__all__ = [
    "IS_TAGGED",
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
