"""Rows of activities."""

from peyvand.activities.models.activity import CLOSED, IS_PLANNED, SCOPE, Activity, Invitee, Link, Step
from peyvand.activities.models.outcomes import Kind, Outcome, State

__all__ = ["CLOSED", "IS_PLANNED", "SCOPE", "Activity", "Invitee", "Kind", "Link", "Outcome", "State", "Step"]
