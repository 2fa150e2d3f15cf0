"""The activities of a customer and of records of other apps, and what one of them says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from peyvand.accounts.policies import may
from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who
from peyvand.activities.models import Activity, Invitee, Link, State
from peyvand.activities.registry import link_kind
from peyvand.activities.types import About, Guest, Planned
from peyvand.core.prepared import Given, Prepared, is_any

MOST_SHOWN = 20  # on the page of a record


@dataclass(frozen=True)
class Linked:
    """A record that an activity is about, as its page shows it."""

    kind: str
    id: int
    label: str
    icon: str
    title: str
    address: str


def planned_of(activity: Activity) -> Planned:
    """What an activity says now, as `services.edit` takes it."""
    return Planned(
        kind=activity.kind,
        subject=activity.subject,
        at=activity.at,
        ends_at=activity.ends_at,
        all_day=activity.all_day,
        zone=activity.zone,
        description=activity.description,
        place=activity.place,
        link=activity.link,
        priority=activity.priority,
        owner_id=activity.owner_id,
        party_id=activity.party_id,
        remind=activity.remind_minutes,
        remind_mail=activity.remind_mail,
        guests=[
            Guest(
                user_id=one.user_id,
                party_id=one.party_id,
                email=one.email if one.party_id is None else "",
                name=one.name,
            )
            for one in activity.invitees.order_by("pk")
        ],
        about=[About(kind=one.kind, id=one.record) for one in activity.links.order_by("pk")],
        custom=activity.custom,
    )


def of_record(who: Who, kind: str, record_id: int) -> QuerySet[Activity]:
    """The activities that are about a record of another app, those that `who` may see; the newest first."""
    about = Link.objects.filter(kind=kind, record=record_id).values("activity_id")
    return Activity.objects.visible_to(who).filter(pk__in=about).order_by("-at", "-pk")


_NEWEST = PreparedFor(
    lambda who: (
        Activity.objects.visible_to(who)
        .filter(pk__in=Link.objects.filter(kind=Given("kind"), record=Given("record")).values("activity_id"))
        .only("kind", "subject", "at", "state", "all_day")
        .order_by("-at", "-pk")[:MOST_SHOWN]
    )
)


def newest_of_record(who: Who, kind: str, record_id: int) -> list[Activity]:
    """The first of these, for the page of the record."""
    return _NEWEST.all(who, kind=kind, record=record_id)


def of_party(who: Who, party_id: int) -> QuerySet[Activity]:
    """The activities with or for a customer, also those he is only invited to; the newest first."""
    invited = Exists(Invitee.objects.filter(activity=OuterRef("pk"), party=party_id))
    return Activity.objects.visible_to(who).filter(Q(party=party_id) | invited).order_by("-at", "-pk")


def _next_rows(who: Who) -> QuerySet[Link]:
    seen = Activity.objects.visible_to(who).filter(state=State.PLANNED)
    asked = Link.objects.filter(is_any("record", "ids"), kind=Given("kind"))
    rows = asked.filter(activity__in=seen, activity__at__isnull=False)
    nearest = rows.order_by("record", "activity__at", "activity_id").distinct("record").select_related("activity")
    return nearest.only("record", "activity__kind", "activity__subject", "activity__at", "activity__all_day")


_NEXT = PreparedFor(_next_rows)


def next_of(who: Who, kind: str, record_ids: Iterable[int]) -> dict[int, Activity]:
    """The next planned activity of each of these records, in one query; a board of cards asks so."""
    ids = list(record_ids)
    return {row.record: row.activity for row in _NEXT.all(who, kind=kind, ids=ids)} if ids else {}


def last_done_of(who: Who, kind: str, record_ids: Iterable[int]) -> dict[int, Activity]:
    """The activity that was closed last for each of these records (done or missed), in one query."""
    ids = list(record_ids)
    seen = Activity.objects.visible_to(who).filter(state__in=[State.DONE, State.MISSED])
    rows = Link.objects.filter(kind=kind, record__in=ids, activity__in=seen)
    newest = rows.order_by("record", "-activity__done_at", "-activity_id").distinct("record")
    return {row.record: row.activity for row in newest.select_related("activity")}


_LINKS = Prepared(lambda: Link.objects.filter(activity=Given("activity")).order_by("pk"))


def linked_records(who: Who, activity: Activity) -> list[Linked]:
    """The records that an activity is about and that `who` may see."""
    found: list[Linked] = []
    by_kind: dict[str, list[int]] = {}
    for one in _LINKS.all(activity=activity.pk):
        by_kind.setdefault(one.kind, []).append(one.record)
    for key, ids in by_kind.items():
        kind = link_kind(key)
        if kind is None or (kind.permission and not may(who, kind.permission)):
            continue
        found += [_linked(kind, record) for record in kind.seen(who).filter(pk__in=ids)]
    return found


def _linked(kind: Any, record: Any) -> Linked:
    return Linked(kind.key, record.pk, str(kind.label), kind.icon, kind.title(record), kind.address(record))
