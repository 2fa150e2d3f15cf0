"""What a plan says, checked and laid on an activity: words, time, zone, who does it, whose it is."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.activities import policies
from peyvand.activities.errors import (
    EndsBefore,
    NoSuchCustomer,
    NoSuchPerson,
    NotALink,
    NoTime,
    TooLong,
    UnknownZone,
)
from peyvand.activities.models import Activity, Kind
from peyvand.activities.types import HOST, LENGTHS, Planned
from peyvand.core.custom_fields.records import laid
from peyvand.core.errors import Invalid
from peyvand.core.text import display_norm, display_text, search_norm
from peyvand.parties.models import Party

SUBJECT, PLACE, LINK, DESCRIPTION = 200, 200, 500, 20_000
LONGEST = timedelta(days=31)
MOST_REMIND = 28 * 24 * 60  # minutes before
DAY = timedelta(days=1)
Span = tuple[datetime | None, datetime | None]


def lay(actor: Actor | None, activity: Activity, wanted: Planned) -> None:
    """Lay a plan on an activity that is not stored yet. Raises Invalid and its kinds."""
    _words(activity, wanted)
    if wanted.remind is not None and not 0 <= wanted.remind <= MOST_REMIND:
        raise Invalid(fields={"remind": "invalid"})
    activity.zone = zone_of(wanted.zone).key
    activity.all_day = wanted.all_day
    activity.at, activity.ends_at = span_of(activity, wanted.at, wanted.ends_at)
    if wanted.owner_id != activity.owner_id or activity.owner_id is None:
        give_to(actor, activity, wanted.owner_id)
    if wanted.party_id != activity.party_id:
        activity.party = party_of(actor, wanted.party_id)
    activity.custom = laid(HOST, activity.custom, wanted.custom)
    activity.remind_minutes, activity.remind_mail = wanted.remind, wanted.remind_mail
    remind(activity)
    activity.search = search_of(activity)


def _words(activity: Activity, wanted: Planned) -> None:
    if wanted.kind not in Kind.values:
        raise Invalid(fields={"kind": wanted.kind})
    if wanted.priority not in Activity.Priority.values:
        raise Invalid(fields={"priority": wanted.priority})
    activity.kind, activity.priority = wanted.kind, wanted.priority
    activity.subject = display_norm(wanted.subject)
    if not activity.subject or len(activity.subject) > SUBJECT:
        raise Invalid(fields={"subject": "required" if not activity.subject else "too_long"})
    activity.description = display_text(wanted.description).strip()[:DESCRIPTION]
    activity.place = display_norm(wanted.place)[:PLACE]
    activity.link = link_of(wanted.link)


def link_of(text: str) -> str:
    """An address of a page, or nothing; Raises NotALink."""
    link = text.strip()
    if link and (
        not link.startswith(("https://", "http://")) or len(link) > LINK or any(one.isspace() for one in link)
    ):
        raise NotALink(fields={"link": "not_a_link"})
    return link


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its IANA name; empty is the organisation's. Raises UnknownZone."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(fields={"zone": "unknown_zone"}) from error


def span_of(activity: Activity, at: datetime | None, ends_at: datetime | None) -> Span:
    """Beginning and end, in UTC, of an activity whose kind, zone and `all_day` are set.

    Raises NoTime, EndsBefore, TooLong.
    """
    if at is None:
        if activity.kind != Kind.TASK:
            raise NoTime(fields={"at": "no_time"})
        activity.all_day = False
        return None, None
    if activity.all_day:
        at, ends_at = _whole_days(at, ends_at, zone_of(activity.zone))
    end = ends_at if ends_at is not None else at + timedelta(minutes=LENGTHS[activity.kind])
    if end < at:
        raise EndsBefore(fields={"ends_at": "ends_before"})
    if end - at > LONGEST + DAY:
        raise TooLong(fields={"ends_at": "activity_too_long"})
    return at.astimezone(UTC), end.astimezone(UTC)


def _whole_days(at: datetime, ends_at: datetime | None, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the midnight of the first day to the one after the last; an end at midnight is no day of its own."""
    first = at.astimezone(zone).date()
    last = (ends_at - timedelta(microseconds=1)).astimezone(zone).date() if ends_at and ends_at > at else first
    return datetime.combine(first, time(), tzinfo=zone), datetime.combine(last + DAY, time(), tzinfo=zone)


def give_to(actor: Actor | None, activity: Activity, owner_id: int | None) -> None:
    """Say who does it. Raises NoSuchPerson when he is not active or `actor` may not plan for him."""
    if owner_id is None and actor is not None:
        owner: User | None = actor.user
    else:
        owner = User.objects.filter(pk=owner_id or 0, is_active=True).first()
    if owner is None or (actor is not None and not policies.may_plan_for(actor, owner)):
        raise NoSuchPerson(fields={"owner": "no_such_person"})
    activity.owner = owner
    activity.department_id, activity.branch_id = owner.department_id, owner.branch_id


def party_of(actor: Actor | None, party_id: int | None) -> Party | None:
    """The customer that it is for. Raises NoSuchCustomer when `actor` may not see it."""
    if party_id is None:
        return None
    seen = Party.objects.filter(deleted_at=None) if actor is None else Party.objects.visible_to(actor)
    party = seen.answering(party_id)
    if party is None:
        raise NoSuchCustomer(fields={"party": "no_such_customer"})
    return party


def remind(activity: Activity) -> None:
    """Set when a reminder is due; none for what is not planned any more, or whose time for it has passed."""
    activity.remind_at = None
    if activity.at is not None and activity.remind_minutes is not None and activity.is_planned:
        due = activity.at - timedelta(minutes=activity.remind_minutes)
        activity.remind_at = due if due > timezone.now() else None


def search_of(activity: Activity) -> str:
    """The folded words by which it is found."""
    words: Sequence[str] = (activity.subject, activity.party.name if activity.party else "", activity.place)
    return search_norm(" ".join(words))
