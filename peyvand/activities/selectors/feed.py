"""What other programs read: whose feed a secret opens, and what stands in it."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.activities.models import Activity, Feed, Invitee, Synced
from peyvand.activities.policies import VIEW

MOST = 3000
SELDOM = timedelta(minutes=5)  # so often at most it is noted that a feed was read


def hash_of(secret: str) -> str:
    """What is kept of a secret: with 256 random bits a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_of(secret: str) -> User | None:
    """Whose feed this secret opens, if he is still active and may see activities."""
    feed = Feed.objects.filter(hash=hash_of(secret), user__is_active=True).select_related("user").first()
    if feed is None or not may(feed.user, VIEW):
        return None
    return feed.user


def synced(user: User, token: str) -> dict[str, str] | None:
    """What a program had when it was given this token: the version of each entry by its uid; None of an unknown one."""
    row = Synced.objects.filter(user=user, token=token).first()
    return None if row is None else dict(row.entries)


def in_feed(user: User, start: datetime, end: datetime) -> QuerySet[Activity]:
    """What somebody does, or is invited to and has not declined, between two moments; cancelled ones are told, too."""
    invited = Invitee.objects.filter(user=user).exclude(answer=Invitee.Answer.DECLINED).values("activity_id")
    rows = Activity.objects.visible_to(user).filter(Q(owner=user) | Q(pk__in=invited), at__gte=start, at__lt=end)
    return rows.order_by("at", "pk")[:MOST]
