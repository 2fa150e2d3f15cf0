"""The secret address of somebody's calendar for other programs: made, made anew, revoked."""

import secrets

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.activities.models import Feed
from peyvand.activities.policies import VIEW
from peyvand.activities.selectors.feed import SELDOM, hash_of
from peyvand.activities.services.writing import allow


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
