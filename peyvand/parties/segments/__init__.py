"""Segments: nested rules over registered fields, relations and aggregates, as conditions and counts.

Later apps add fields by `record_fields.register("parties.Party", …)` and figures by `segments.aggregates.register(…)`;
a list takes `condition_of(rule, asked)` as one more filter.
"""

from peyvand.core.record_fields import Everyone
from peyvand.parties.segments.aggregates import Aggregate
from peyvand.parties.segments.conditions import Compiler, condition_of
from peyvand.parties.segments.counting import TakesTooLong, count
from peyvand.parties.segments.rules import BadRule, Condition, Group, Measured, Related, read

__all__ = [
    "Aggregate",
    "BadRule",
    "Compiler",
    "Condition",
    "Everyone",
    "Group",
    "Measured",
    "Related",
    "TakesTooLong",
    "condition_of",
    "count",
    "read",
]
