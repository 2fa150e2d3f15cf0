"""What waits under one's bell."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from peyvand.accounts.models import Notification
from peyvand.accounts.services import notifications as services
from peyvand.api.kit import SIGNED_IN, ApiRequest, Flag, Id, Out, Page, Paged, PageQuery, page, router, visible

notifications = router(tag="notifications", permission=SIGNED_IN)


class NotificationOut(Out):
    id: int
    kind: str
    text: str = Field(description="A sentence with %(name)s places for the values of `data`.")
    data: dict[str, Any]
    url: str
    created_at: datetime
    read_at: datetime | None


class NotificationQuery(PageQuery):
    unread: Flag = False


class ReadOut(Out):
    read: int


def _mine(request: ApiRequest) -> QuerySet[Notification]:
    return Notification.objects.filter(user=request.auth.user)


@notifications.get("", response=Paged[NotificationOut])
def index(request: ApiRequest, query: Query[NotificationQuery]) -> Page[Notification]:
    """My notifications, the newest first; `unread` leaves out those that I have read."""
    rows = _mine(request).filter(read_at=None) if query.unread else _mine(request)
    return page(rows, query, order=("-created_at", "-id"))


@notifications.post("/read", response=ReadOut, status=200)
def read_all(request: ApiRequest) -> ReadOut:
    """Mark all of mine as read."""
    return ReadOut(read=services.read_all(user=request.auth.user))


@notifications.post("/{int:id}/read", response=NotificationOut, status=200)
def read(request: ApiRequest, id: Id) -> Notification:
    """Mark one of mine as read."""
    found = visible(_mine(request), id)
    services.read(user=request.auth.user, notification_id=found.pk)
    return visible(_mine(request), id)
