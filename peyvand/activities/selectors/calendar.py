"""What a calendar shows: the activities of some people in a span, their busy times, the holidays."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from peyvand.accounts.models import Department, User
from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who, fields_q, reach_of
from peyvand.activities.models import Activity, Invitee, State
from peyvand.activities.policies import DOER, VIEW, reached_by
from peyvand.core.lookups import AnyOf
from peyvand.core.models import Holiday
from peyvand.core.prepared import Given, Prepared

DAY = timedelta(days=1)
LONGEST = timedelta(days=32)  # of one activity
MOST_PEOPLE, MOST_DEPARTMENTS = 60, 40
SHOWN = (
    "subject", "kind", "at", "ends_at", "all_day", "state", "zone", "owner_id", "party__name", "version", "place",
    "link", "owner__full_name", "owner__username",
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """Whose calendar can be looked at."""

    key: str
    label: str
    is_on: bool


def _seen(who: Who) -> QuerySet[User]:
    return User.objects.filter(reached_by(who, VIEW), is_active=True)


def _first(rows: QuerySet[User]) -> QuerySet[User]:
    return rows.only("username", "full_name").order_by("sort_key", "pk")[:MOST_PEOPLE]


_TEAM = PreparedFor(
    lambda who: _first(
        _seen(who).filter(
            Q(pk=Given("me")) | Q(manager=Given("me")) | Q(department=Given("department"), department__isnull=False)
        )
    )
)
_DEPARTMENT = PreparedFor(lambda who: _first(_seen(who).filter(department=Given("number"))))
_USER = PreparedFor(lambda who: _first(_seen(who).filter(pk=Given("number"))))
_HELD = PreparedFor(
    lambda who: (
        Department.objects.filter(
            is_active=True,
            pk__in=User.objects.filter(fields_q(who, VIEW, DOER), is_active=True, department__isnull=False)
            .order_by()
            .values("department"),
        )
        .only("name")
        .order_by("name")[:MOST_DEPARTMENTS]
    )
)


def people_of(who: Who, key: str) -> list[User]:
    """The people that a key means («me», «team», «department-5», «user-7»), as far as `who` sees their activities."""
    me = reach_of(who)
    word, _dash, number = key.partition("-")
    if word == "team":
        return _TEAM.all(who, me=me.user_id, department=me.department_id)
    asked = {"department": _DEPARTMENT, "user": _USER}.get(word)
    if asked is not None and number.isdecimal() and len(number) < 19:
        return asked.all(who, number=int(number))
    return _USER.all(who, number=me.user_id)


def choices_of(who: Who, key: str) -> list[Choice]:
    """Whose calendars `who` can look at: his own, his team's, and each department in his reach."""
    pairs = [("me", _("My calendar")), ("team", _("My team"))]
    pairs += [(f"department-{one.pk}", one.name) for one in _HELD.all(who)]
    return [Choice(value, label, value == key) for value, label in pairs]


def _has_guest(people: Collection[int], start: datetime, end: datetime) -> AnyOf:
    """One of these people is invited to it and has not declined."""
    invited = Invitee.objects.filter(user__in=people).exclude(answer=Invitee.Answer.DECLINED)
    return AnyOf(F("pk"), ArraySubquery(invited.filter(at__gte=start - LONGEST, at__lt=end).values("activity_id")))


def in_span(who: Who, people: Collection[int], start: datetime, end: datetime) -> QuerySet[Activity]:
    """What these people do or are invited to between two moments and `who` may see; cancelled ones are left out."""
    rows = Activity.objects.visible_to(who).filter(Q(owner__in=people) | Q(_has_guest(people, start, end)))
    rows = rows.filter(at__gte=start - LONGEST, at__lt=end).filter(Q(ends_at__gt=start) | Q(at__gte=start))
    rows = rows.exclude(state=State.CANCELLED).select_related("party", "owner").only(*SHOWN)
    return rows.order_by("at", "pk")


def busy_of(
    people: Sequence[int], start: datetime, end: datetime, *, but: int | None = None
) -> dict[int, list[tuple[datetime, datetime]]]:
    """When each of these people is busy between two moments: times alone, so that whoever plans may ask.

    Meetings, calls and visits that are planned, as doer or as guest who has not declined; tasks take up nobody. `but`:
    the number of an activity that does not count, as it is just being changed.
    """
    held = Activity.objects.filter(state=State.PLANNED, deleted_at=None, at__lt=end, ends_at__gt=start)
    held = held.exclude(pk=but or 0)
    held = held.filter(at__gte=start - LONGEST).exclude(kind=Activity.Kind.TASK)
    found: dict[int, list[tuple[datetime, datetime]]] = {one: [] for one in people}
    for owner, at, ends in held.filter(owner__in=people).values_list("owner_id", "at", "ends_at"):
        if at and ends:
            found[owner].append((at, ends))
    guests = Invitee.objects.filter(user__in=people, activity__in=held).exclude(answer=Invitee.Answer.DECLINED)
    for user, at, ends in guests.values_list("user_id", "activity__at", "activity__ends_at"):
        if at and ends:
            found[user].append((at, ends))
    return found


_HOLIDAYS = Prepared(
    lambda: Holiday.objects.filter(day__gte=Given("first"), day__lte=Given("last")).values_list("day", "name")
)


def holidays_between(first: date, last: date) -> dict[date, str]:
    """The days off, with their names."""
    return dict(_HOLIDAYS.all(first=first, last=last))
