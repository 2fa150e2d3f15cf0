"""Rows of activities."""

from peyvand.activities.models.activity import (
    CLOSED,
    IS_PLANNED,
    LONGER_THAN_A_DAY,
    SCOPE,
    Activity,
    Invitee,
    Link,
    MovedLink,
    Step,
)
from peyvand.activities.models.outcomes import Kind, Outcome, State
from peyvand.activities.models.series import Decision, Feed, Minutes, Reminded, Series, Synced
from peyvand.activities.models.telling import Outside, OutsideSeries, Told

__all__ = [
    "CLOSED", "IS_PLANNED", "LONGER_THAN_A_DAY", "SCOPE", "Activity", "Decision", "Feed", "Invitee", "Kind", "Link",
    "Minutes", "MovedLink", "Outcome", "Outside", "OutsideSeries",
    "Reminded", "Series", "State", "Step", "Synced", "Told",
]  # fmt: skip
