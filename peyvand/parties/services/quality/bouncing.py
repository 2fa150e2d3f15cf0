"""Addresses from which mail comes back: the mark, and what takes it away."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.services.derived import touch
from peyvand.parties.services.holding import hold


@transaction.atomic
def note_bounced(*, address: str, reason: str) -> int:
    """Mark an e-mail address from which mail came back for good; return how many customers have it.

    address: in its comparable form; reason: what the report said, in a line. Again: the newest report stands.
    """
    points = ContactPoint.objects.filter(kind="email", value=address).order_by("pk")
    parties = set(points.values_list("party_id", flat=True))
    if parties:
        points.update(bounced_at=timezone.now(), bounce_reason=reason[:200])
        touch(parties)
    return len(parties)


@transaction.atomic
def note_delivered(*, addresses: Collection[str], sent_at: dt.datetime) -> int:
    """Take the mark from addresses to which mail went out without coming back; return how many customers had one.

    sent_at: when it went out; what came back after that stays marked.
    """
    marked = ContactPoint.objects.filter(kind="email", value__in=addresses, bounced_at__lt=sent_at)
    return _clear(marked)


@transaction.atomic
def clear_bounce(*, actor: User, party: Party, contact_point_id: int) -> int:
    """Say that an address is right again. Errors: NotAllowed, NotFound."""
    held = hold(actor, party, None)
    return _clear(held.contact_points.filter(pk=contact_point_id, bounced_at__isnull=False))


def _clear(points: QuerySet[ContactPoint]) -> int:
    parties = set(points.values_list("party_id", flat=True))
    if parties:
        points.update(bounced_at=None, bounce_reason="")
        touch(parties)
    return len(parties)
