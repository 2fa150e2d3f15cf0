"""Who else looks at a request now, or types in it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from peyvand.cartable.models import Presence

FRESH = timedelta(seconds=35)  # a page says every fifteen seconds that it is still open
MOST_SHOWN = 12


@dataclass(frozen=True)
class Present:
    """Somebody who is there; is_typing: he writes an answer or a note."""

    user_id: int
    name: str
    is_typing: bool


def others_at(request_id: int, user_id: int) -> list[Present]:
    """Who else is at a request, whoever types first; for a reader who may see it, which the caller has made sure of."""
    rows = Presence.objects.filter(request=request_id, at__gt=timezone.now() - FRESH, user__is_active=True)
    rows = rows.exclude(user=user_id).select_related("user").order_by("-state", "user__sort_key")[:MOST_SHOWN]
    return [Present(row.user_id, str(row.user), row.state == Presence.State.TYPING) for row in rows]
