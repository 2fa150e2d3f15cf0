"""When colleagues are free: a day of several people side by side, the first times that suit all, and conflicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from peyvand.accounts.models import User
from peyvand.activities import selectors
from peyvand.activities.forms import WhenForm
from peyvand.activities.free_time import free_slots, merged
from peyvand.activities.models import Activity
from peyvand.activities.permissions import PLAN
from peyvand.activities.selectors.calendar import busy_of, in_span
from peyvand.activities.types import LENGTHS
from peyvand.activities.views.planning import is_id, people_of
from peyvand.core.office_hours import organisation_calendar
from peyvand.core.working_time import Interval, WorkCalendar
from peyvand.web.access import page, signed_in
from peyvand.web.fields import DateField, DateInput

HALF, DAY = timedelta(minutes=30), timedelta(days=1)
LENGTHS_OFFERED = (15, 30, 45, 60, 90, 120, 180)
FIRST, LAST = 8, 18  # hours that are always shown
MOST = 30
SEARCHED = timedelta(days=7)


class FreeForm(forms.Form):
    """Which day, and how long it takes."""

    day = DateField(required=False, widget=DateInput({"class": "pv-in"}))
    minutes = forms.TypedChoiceField(choices=[(one, one) for one in LENGTHS_OFFERED], coerce=int, required=False)


@dataclass(frozen=True)
class Cell:
    """Half an hour of somebody: free, busy, or no working time; `title` for who may see what keeps him."""

    kind: str
    at: datetime
    title: str = ""
    address: str = ""


@dataclass(frozen=True)
class Row:
    """The day of one person."""

    person: User
    cells: list[Cell]


@require_GET
@page(PLAN)
def free(request: HttpRequest) -> HttpResponse:
    """The day of the chosen colleagues side by side; a free time leads to the form."""
    user, form = signed_in(request), FreeForm(request.GET)
    form.is_valid()
    day = form.cleaned_data.get("day") or timezone.localdate()
    minutes = form.cleaned_data.get("minutes") or 60
    chosen = [one for one in request.GET.getlist("guest") if is_id(one)][:MOST]
    people = [user, *selectors.invitable().filter(pk__in=chosen).exclude(pk=user.pk)]
    work = organisation_calendar()
    rows, common = _rows(user, people, day, work, _query(people, user, minutes))
    context = {
        "day": day, "minutes": minutes, "lengths": LENGTHS_OFFERED, "rows": rows, "common": common,
        "hours": [one.at for one in common if not one.at.minute], "slots": _slots(people, day, minutes, work, user),
        "people": people_of(chosen, ""), "guests": chosen, "is_off": not work.day(day),
        "before": _address(day - DAY, request.GET), "after": _address(day + DAY, request.GET),
    }  # fmt: skip
    return render(request, "activities/free.html", context)


def _address(day: date, asked: QueryDict) -> str:
    values = asked.copy()
    values["day"] = day.isoformat()
    return "?" + values.urlencode()


def _query(people: Sequence[User], user: User, minutes: int) -> list[tuple[str, Any]]:
    guests = [("guest", one.pk) for one in people if one != user]
    return [("kind", "meeting"), ("minutes", minutes), *guests]


def _to_form(at: datetime, query: list[tuple[str, Any]]) -> str:
    when = [("day", at.date().isoformat()), ("time", f"{at:%H:%M}")]
    return f"{reverse('activities:new')}?{urlencode([*when, *query])}"


def _rows(
    user: User, people: Sequence[User], day: date, work: WorkCalendar, query: list[tuple[str, Any]]
) -> tuple[list[Row], list[Cell]]:
    """The half hours of each, and those of all together, in three questions however many they are."""
    office = [(opens.astimezone(work.zone), closes.astimezone(work.zone)) for opens, closes in work.day(day)]
    halves = _halves(day, office, work)
    start, end = halves[0], halves[-1] + HALF
    ids = [one.pk for one in people]
    busy, seen = busy_of(ids, start, end), list(in_span(user, ids, start, end))
    rows = [Row(one, [_cell(at, office, busy[one.pk], _titles(seen, one), query) for at in halves]) for one in people]
    together = [each for one in people for each in busy[one.pk]]
    return rows, [_cell(at, office, together, [], query) for at in halves]


def _halves(day: date, office: Sequence[Interval], work: WorkCalendar) -> list[datetime]:
    first = min([FIRST, *(opens.hour for opens, _closes in office)])
    last = max([LAST, *(closes.hour + (closes.minute > 0) for _opens, closes in office)])
    midnight = datetime.combine(day, time(), tzinfo=work.zone)
    return [midnight + HALF * number for number in range(first * 2, last * 2)]


def _titles(seen: Sequence[Activity], person: User) -> list[Activity]:
    """What the reader may see of what somebody does; what he is only invited to stays without a title."""
    return [one for one in seen if one.owner_id == person.pk and one.kind != Activity.Kind.TASK]


def _cell(
    at: datetime, office: Sequence[Interval], busy: Sequence[Interval], seen: Sequence[Activity], query: list[Any]
) -> Cell:
    if any(start < at + HALF and end > at for start, end in busy):
        what = next((one for one in seen if one.at and one.ends_at and one.at < at + HALF and one.ends_at > at), None)
        return (
            Cell("busy", at, what.subject, reverse("activities:activity", args=[what.pk])) if what else Cell("busy", at)
        )
    if not any(opens <= at and at + HALF <= closes for opens, closes in office):
        return Cell("off", at)
    return Cell("free", at, address=_to_form(at, query))


def _slots(
    people: Sequence[User], day: date, minutes: int, work: WorkCalendar, user: User
) -> list[tuple[datetime, datetime, str]]:
    """The first times of the coming days in which all are free, as links to the form."""
    start = max(datetime.combine(day, time(), tzinfo=work.zone), timezone.now())
    busy = busy_of([one.pk for one in people], start, start + SEARCHED)
    taken = merged(each for one in busy.values() for each in one)
    query = _query(people, user, minutes)
    found = free_slots(work, taken, start, start + SEARCHED, minutes)
    there = [(at.astimezone(work.zone), ends.astimezone(work.zone)) for at, ends in found]
    return [(at, ends, _to_form(at, query)) for at, ends in there]


@require_GET
@page(PLAN)
def conflicts(request: HttpRequest) -> HttpResponse:
    """Who of the people on the form has something else at its time: times alone."""
    form, own = WhenForm(request.GET), request.GET.get("activity", "")
    found: list[tuple[User, datetime, datetime]] = []
    if form.is_valid():
        ids = [one for one in [request.GET.get("owner", ""), *request.GET.getlist("guest")] if is_id(one)][:MOST]
        found = _clashes(ids, form, request.GET.get("kind", ""), int(own) if is_id(own) else None)
    return render(request, "activities/_conflicts.html", {"conflicts": found})


def _clashes(ids: Sequence[str], form: WhenForm, kind: str, own: int | None) -> list[tuple[User, datetime, datetime]]:
    at, ends = form.span()
    length = LENGTHS.get(kind, LENGTHS["meeting"])
    if at is None or not length:
        return []
    end = ends or at + timedelta(minutes=length)
    people = list(selectors.invitable().filter(pk__in=ids))
    busy = busy_of([one.pk for one in people], at, end, but=own)
    return [
        (one, timezone.localtime(start), timezone.localtime(until)) for one in people for start, until in busy[one.pk]
    ]
