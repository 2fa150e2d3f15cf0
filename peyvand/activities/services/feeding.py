"""The secret address of somebody's calendar for other programs: made, made anew, revoked."""

import secrets
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.activities.models import Feed, Synced
from peyvand.activities.policies import VIEW
from peyvand.activities.selectors.feed import SELDOM, hash_of
from peyvand.activities.services.writing import allow

TOKENS = 10  # of each person: what his programs had of his calendar


@transaction.atomic
def open_feed(*, actor: Actor) -> str:
    """Make the secret of one's own feed and return it, shown once; a former one is good no more. Raises NotAllowed."""
    allow(actor, VIEW)
    secret = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(user=actor.user, defaults={"hash": hash_of(secret), "read_at": None})
    return secret


@transaction.atomic
def close_feed(*, actor: Actor) -> None:
    """Revoke one's own feed: its address answers nobody any more."""
    Feed.objects.filter(user=actor.user).delete()


@transaction.atomic
def note_read(*, user: User) -> None:
    """Note that a feed was read, every five minutes at most; whoever knows its secret has read it."""
    now = timezone.now()
    Feed.objects.filter(Q(read_at=None) | Q(read_at__lt=now - SELDOM), user=user).update(read_at=now)


@transaction.atomic
def remember_sync(*, user: User, token: str, entries: Mapping[str, str]) -> None:
    """Keep what stands in a calendar under this token, so that what changes and goes from here on can be told.

    entries: the version of each by its uid. The newest of each person are kept; an older token begins again.
    """
    Synced.objects.update_or_create(user=user, token=token, defaults={"entries": entries, "at": timezone.now()})
    kept = Synced.objects.filter(user=user).order_by("-at", "-pk").values("pk")[:TOKENS]
    Synced.objects.filter(user=user).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
