"""The outcomes that a form offers."""

from peyvand.activities.models import Outcome


def outcomes_for(kind: str) -> list[Outcome]:
    """The outcomes in use for a kind of activity, in the order of the business."""
    return list(Outcome.objects.filter(kind__in=["", kind], is_active=True).order_by("position", "pk"))
