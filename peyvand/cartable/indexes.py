"""Indexes of the request table that come in families."""

from django.db.models import Index, Q

PLACES: dict[str, list[str]] = {"own": ["assignee"], "dept": ["department"], "brnch": ["branch"], "all": []}
SORTS = {"news": "last_activity_at", "old": "opened_at"}


def orders(active: Q, closed: Q) -> list[Index]:
    """For each place that a list is about: «latest news» and «oldest first», of open work and of what is closed."""
    return [
        Index(fields=[*place, column, "id"], condition=condition, name=f"cartable_req_{state}_{sort}_{key}")
        for state, condition in (("act", active), ("cls", closed))
        for sort, column in SORTS.items()
        for key, place in PLACES.items()
    ]
