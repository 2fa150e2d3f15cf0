"""Telling people what they should know; it waits under the bell until they have read it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, Func, Q, Value
from django.utils import timezone

from peyvand.accounts.models import Notification, User
from peyvand.core import live

TOPIC = "notifications"


@transaction.atomic
def notify(
    *, users: Iterable[User | int], kind: str, text: str, data: dict[str, Any] | None = None, url: str = ""
) -> None:
    """Tell each of these people once, if their access is open; open pages hear of it at the commit.

    kind: what it is about ("mention", "job"), for its icon; text: a msgid with %(name)s places; data: their values,
    plain; url: an address of ours that shows the thing to who may see it.
    """
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError("a notification leads to a page of ours")
    ids = {one.pk if isinstance(one, User) else one for one in users}
    reached = sorted(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True)) if ids else []
    Notification.objects.bulk_create(
        Notification(user_id=one, kind=kind, text=text, data=data or {}, url=url) for one in reached
    )
    _tell(reached)


@transaction.atomic
def read(*, user: User, notification_id: int) -> str:
    """Note that a user has read one of his notifications; return where it leads. A foreign one changes nothing."""
    mine = Notification.objects.filter(user=user, pk=notification_id)
    if mine.filter(read_at=None).update(read_at=timezone.now()):
        _tell([user.pk])
    return mine.values_list("url", flat=True).first() or ""


@transaction.atomic
def read_all(*, user: User) -> int:
    """Note that a user has read everything; return how many were new."""
    count = Notification.objects.filter(user=user, read_at=None).update(read_at=timezone.now())
    if count:
        _tell([user.pk])
    return count


@transaction.atomic
def forget(*, pages: Collection[str] = (), under: str = "", but: Collection[int] = ()) -> int:
    """Delete what leads to these pages of ours, or to any page under an address; return how many that were.

    but: ids of people who keep theirs.
    """
    page = Func(F("url"), Value("[?#].*"), Value(""), function="regexp_replace", output_field=CharField())
    leading = Q(page__in=list(pages)) | (Q(url__startswith=under) if under else Q())
    gone = Notification.objects.alias(page=page).filter(leading).exclude(user__in=list(but))
    reached = set(gone.values_list("user_id", flat=True))
    count: int = gone.delete()[0]
    _tell(reached)
    return count


def _tell(user_ids: Iterable[int]) -> None:
    live.notify(topic=TOPIC, audience=[f"user:{one}" for one in user_ids])
