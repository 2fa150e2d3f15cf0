"""The calendar objects that come by mail, read once for everybody who asks for them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date, parse_datetime

from peyvand.activities.services.shaping import zone_of
from peyvand.channels.models import Attachment, Message
from peyvand.core import blobs, jail
from peyvand.core.text import normalise_email

READ = "peyvand.activities.itip_read.read"
MOST_BYTES = 256 * 1024
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Post:
    """One mail with a calendar object: who sent it, its method and its events. is_forged: his domain disowns it."""

    message: Message
    sender: str
    is_forged: bool
    method: str
    events: list[Mapping[str, Any]]


def posts_of(message_ids: Collection[int]) -> Iterator[Post]:
    """Yield the first calendar object of each message, in the order of arrival; the jail reads them."""
    rows = Attachment.objects.filter(message__in=message_ids, file__content_type="text/calendar")
    rows = rows.filter(file__size__lte=MOST_BYTES, message__direction=Message.Direction.IN)
    first: dict[int, Attachment] = {}
    for one in rows.select_related("message__channel", "file").order_by("message_id", "position"):
        first.setdefault(one.message_id, one)
    results = jail.run(READ, [blobs.get(one.file.blob_id) for one in first.values()]) if first else []
    for one, result in zip(first.values(), results, strict=True):
        sender = normalise_email(one.message.sender)
        if result.ok and sender is not None:
            forged = one.message.details.get("dmarc") == "fail"
            yield Post(one.message, sender, forged, result.value["method"], result.value["events"])


def day_in(text: str, zone: ZoneInfo) -> date | None:
    """The day of a time or of a day that stands in a calendar object, in a zone; None for what is neither."""
    at = moment_in(text)
    return at and (parse_date(text) or at.astimezone(zone).date())


def moment_in(text: str) -> datetime | None:
    """A time or the first moment of a day in a calendar object; None for what is neither, or is no time of ours."""
    try:
        day = parse_date(text)
        at = datetime.combine(day, time(), tzinfo=zone_of("")) if day else parse_datetime(text)
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None and EARLIEST < at < LATEST else None


def stamp_of(event: Mapping[str, Any]) -> datetime:
    """When the calendar of the sender wrote it; the beginning of time when it does not say."""
    return moment_in(event["stamp"]) or datetime(1970, 1, 1, tzinfo=UTC)
