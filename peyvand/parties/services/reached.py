"""When a customer was last in contact with us."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from peyvand.parties.models import Party

CLOSE = dt.timedelta(hours=1)  # nearer moments are one: each write of a party costs all its indexes


def note_contact(party_ids: Iterable[int], at: dt.datetime) -> None:
    """Note that these customers were in contact at a moment; no new version, no event. Rows in other hands are left."""
    wanted = set(party_ids)
    if not wanted:
        return
    stale = Q(last_contact_at=None) | Q(last_contact_at__lt=at - CLOSE)
    with transaction.atomic():
        held = Party.objects.filter(stale, pk__in=wanted).order_by("pk").select_for_update(skip_locked=True)
        ids = list(held.values_list("pk", flat=True))
        if ids:
            Party.objects.filter(pk__in=ids).update(last_contact_at=at)
