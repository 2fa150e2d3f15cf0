"""Requests that were merged take their activities along: the cartable and activities do not know one another."""

from peyvand.activities.services import move_links, move_links_back
from peyvand.cartable.events import RegroupingUndone, RequestsMerged
from peyvand.cartable.models import Regrouping


def take_activities_along(event: RequestsMerged) -> None:
    """The reaction to a merge: what is planned about the merged requests is about the one that is left.

    A merge that was taken back before its reaction ran moves nothing.
    """
    if Regrouping.objects.filter(pk=event.regrouping_id).exclude(undone_at=None).exists():
        return
    cause = _cause(event.regrouping_id)
    move_links(kind="cartable.Request", old=list(event.merged_ids), new=event.request_id, cause=cause)


def bring_activities_back(event: RegroupingUndone) -> None:
    """The reaction to a merge that was taken back: activities are about what they were about before. Idempotent."""
    move_links_back(cause=_cause(event.regrouping_id))


def _cause(regrouping_id: int) -> str:
    return f"regrouping-{regrouping_id}"
