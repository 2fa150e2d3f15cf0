"""The targets of requests, as rows say, beside the organisation's calendar in which they are counted."""

from peyvand.cartable.models import SlaPolicy
from peyvand.cartable.sla import Policy
from peyvand.core.office_hours import forget_calendar, hours_of, organisation_calendar

__all__ = ["forget_calendar", "hours_of", "organisation_calendar", "sla_policies"]


def sla_policies() -> list[Policy]:
    """All targets."""
    return [
        Policy(kind_id=kind, priority=priority, first_answer_minutes=first, resolution_minutes=resolution)
        for kind, priority, first, resolution in SlaPolicy.objects.values_list(
            "kind_id", "priority", "first_answer_minutes", "resolution_minutes"
        )
    ]
