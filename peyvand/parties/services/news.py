"""Live news of a customer for the pages that are open on it."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from peyvand.core import live
from peyvand.parties.models import AccessLog

TOPIC = "parties.party"
OPEN_FOR = dt.timedelta(hours=8)  # a page that was opened longer ago is asked for anew by its reader
MOST = 200


def tell(party_ids: Iterable[int]) -> None:
    """Tell who opened these customer files today that there is something new; they look with their own rights."""
    for party_id in sorted(set(party_ids)):
        viewed = AccessLog.objects.filter(
            party_id=party_id, act=AccessLog.Act.VIEWED, at__gt=timezone.now() - OPEN_FOR, user__isnull=False
        )
        readers = set(viewed.order_by("-at").values_list("user_id", flat=True)[:MOST])
        live.notify(topic=TOPIC, audience=[f"user:{one}" for one in readers], data={"id": party_id})
