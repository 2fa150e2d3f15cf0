"""Requests that were merged take their activities along: the cartable and activities do not know one another."""

from peyvand.activities.services import move_links
from peyvand.cartable.events import RequestsMerged


def take_activities_along(event: RequestsMerged) -> None:
    """The reaction to a merge: what is planned about the merged requests is about the one that is left."""
    move_links(kind="cartable.Request", old=list(event.merged_ids), new=event.request_id)
