"""The officer Leila's desk: what she put aside, the views she saved, tags on open requests."""

import datetime as dt

from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable.request_fields import LIST, PLACE
from peyvand.cartable.selectors.folders import Folder, in_folder
from peyvand.cartable.services import snooze, tag
from peyvand.core.list_state import Condition, ListState
from peyvand.core.saved_views import create_view
from peyvand.parties.models import Tag

ASIDE = (20, 45, 70)  # hours from now
TAGGED = 24
VIEWS = (
    ("فوری‌های واحد من", "department", ("priority", "urgent"), "nobody"),
    ("دیرکردهای ایمیلی", "overdue", ("medium", "mail"), "department"),
)


def lay_out(now: dt.datetime) -> None:
    """Put aside, tag and save as she would."""
    leila = Actor(User.objects.get(username="leila"))
    mine = list(in_folder(leila, Folder.MINE).order_by("-opened_at")[: len(ASIDE)])
    for request, hours in zip(mine, ASIDE, strict=False):
        snooze(actor=leila, request_id=request.pk, until=max(now, timezone.now()) + dt.timedelta(hours=hours))
    tags = list(Tag.objects.order_by("pk")[:3])
    rows = in_folder(leila, Folder.DEPARTMENT).order_by("-opened_at")[:TAGGED]
    for number, request in enumerate(rows if tags else ()):
        if number % 2 == 0:
            tag(actor=leila, request_id=request.pk, add=[tags[number // 2 % len(tags)].pk])
    for name, place, (key, value), shared in VIEWS:
        filters = (Condition(PLACE, "is", (place,)), Condition(key, "is", (value,)))
        create_view(owner=leila.user, list_key=LIST, name=name, state=ListState(filters=filters), shared=shared)
