"""The calendar: month, week, day and agenda, in the reader's calendar."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from peyvand.activities import calendar_days as days
from peyvand.activities.calendar_days import Period, Placed, Span, View
from peyvand.activities.models import Kind, State
from peyvand.activities.permissions import VIEW
from peyvand.activities.selectors import calendar as selectors
from peyvand.activities.selectors import calendar_cells as cells
from peyvand.activities.wording import ICONS, TONES
from peyvand.core.jalali import MONTHS, WEEKDAYS, to_jalali
from peyvand.core.office_hours import organisation_calendar
from peyvand.core.text import to_latin_digits
from peyvand.core.working_time import WorkCalendar
from peyvand.web import prefs
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment
from peyvand.web.templatetags.pv import localised, written

IN_CELL, IN_PANEL = 3, 15
MOST = {View.MONTH: 8, View.WEEK: 60, View.DAY: 300, View.AGENDA: 40}  # activities of a day that are shown
HOURS = tuple(range(24))
IN_HOURS = (View.WEEK, View.DAY)


@dataclass
class Event:
    """An activity as a calendar shows it."""

    activity: cells.Entry
    starts: datetime
    ends: datetime
    tone: str
    icon: str
    is_conflict: bool = False
    is_late: bool = False
    is_over: bool = False  # no room in the cell of its day
    is_unlisted: bool = False  # nor in a list of days
    place: Placed | None = None

    @property
    def is_done(self) -> bool:
        return self.activity.state != State.PLANNED


@dataclass
class Day:
    """One day of the calendar."""

    day: date
    number: str
    other: str
    is_out: bool
    is_today: bool
    is_off: bool
    holiday: str
    total: int = 0  # of which those of `events` are shown
    events: list[Event] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many do not fit into the cell."""
        return max(0, self.total - IN_CELL)

    @property
    def unlisted(self) -> int:
        """How many a list of days leaves out."""
        return self.total - sum(not one.is_unlisted for one in self.events)

    @property
    def hidden(self) -> int:
        """How many are not handed out at all."""
        return self.total - len(self.events)

    @property
    def timed(self) -> list[Event]:
        return [one for one in self.events if one.place is not None]

    @property
    def whole(self) -> list[Event]:
        return [one for one in self.events if one.place is None]


@dataclass(frozen=True)
class Shown:
    """What is asked for: a period in a view, and the day that is shown in full beside it."""

    view: View
    period: Period
    day: date


@require_GET
@page(VIEW)
def calendar(request: HttpRequest) -> HttpResponse:
    """The calendar of oneself or of a team, around a day."""
    user, now = signed_in(request), timezone.localtime()
    view, day = _view(request.GET.get("view", "")), _day(request.GET.get("day", ""), now.date())
    whose = request.GET.get("who", "me")[:40]
    period = days.period_of(view, day, prefs.current().calendar)
    people = [one.pk for one in selectors.people_of(user, whose)]
    found = days_of(user, people, Shown(view, period, day), now)
    panel = next((one for one in found if one.day == day), None)
    context = {
        "view": view.value, "views": [(one.value, _address(one, day, whose)) for one in View], "days": found,
        "weekdays": _weekdays(period), "title": _title(view, period), "subtitle": _subtitle(period), "whose": whose,
        "choices": selectors.choices_of(user, whose),
        "any": any(one.events for one in found), "is_team": len(people) > 1, "panel": panel, "now": now,
        "before": _address(view, period.before, whose), "after": _address(view, period.after, whose),
        "today": _address(view, now.date(), whose), "here": _address(view, day, whose), "hours": HOURS, "day": day,
        "office": _office(organisation_calendar(), day), "legend": [(TONES[one], one.label) for one in Kind],
    }  # fmt: skip
    return fragment(request, "activities/calendar.html", context, "calendar")


def days_of(user: Any, people: list[int], shown: Shown, now: datetime) -> list[Day]:
    """The days of a period with what these people do, in three questions however many they are."""
    zone, period = now.tzinfo or timezone.get_default_timezone(), shown.period
    most = IN_CELL if shown.view is View.MONTH and len(people) > 1 else MOST[shown.view]
    asked = cells.Asked(
        first=period.first, last=period.last, zone=zone, most=most, open=shown.day, most_open=max(most, IN_PANEL)
    )
    hits = cells.in_days(user, people, asked)
    rows = cells.shown(user, {pk for one in hits.values() for pk in one.ids})
    names, work = selectors.holidays_between(period.first, period.last), organisation_calendar()
    found = [_make(one, period, now.date(), names, work) for one in period.days]
    for each in found:
        if hit := hits.get(each.day):
            each.total = hit.total
            each.events = [_event(rows[pk], zone, now) for pk in hit.ids if pk in rows]
        for number, one in enumerate(each.events):
            one.is_over, one.is_unlisted = number >= IN_CELL, number >= most
        if shown.view in IN_HOURS:
            _lay(each, zone)
    return found


def _event(one: cells.Entry, zone: tzinfo, now: datetime) -> Event:
    starts, ends = (each.astimezone(zone) if each else now for each in (one.at, one.ends_at))
    is_late = one.state == State.PLANNED and ends < now
    return Event(one, starts, ends, TONES[one.kind], ICONS[one.kind], one.is_conflict, is_late)


def _lay(day: Day, zone: tzinfo) -> None:
    """Give the events with a time their place in the grid of hours."""
    midnight = _midnight(day.day, zone)
    tomorrow = midnight + days.DAY
    timed = [one for one in day.events if not one.activity.all_day]
    spans = [Span(n, max(one.starts, midnight), min(one.ends, tomorrow)) for n, one in enumerate(timed)]
    for place in days.lanes_of(spans, midnight):
        timed[place.id].place = place


def _make(day: date, period: Period, today: date, names: dict[date, str], work: WorkCalendar) -> Day:
    jalali = to_jalali(day).day
    first, second = (jalali, day.day) if prefs.current().calendar == "jalali" else (day.day, jalali)
    return Day(
        day=day, number=localised(first), other=str(second), is_out=not period.begins <= day <= period.ends,
        is_today=day == today, is_off=not work.day(day), holiday=names.get(day, ""),
    )  # fmt: skip


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def _view(word: str) -> View:
    return View(word) if word in set(View) else View.MONTH


def _day(word: str, today: date) -> date:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return today
    return day if 1900 <= day.year <= 2100 else today


def _address(view: View, day: date, whose: str) -> str:
    return "?" + urlencode({"view": view.value, "day": day.isoformat(), "who": whose})


def _weekdays(period: Period) -> list[tuple[str, bool]]:
    names = WEEKDAYS["fa" if prefs.current().language == "fa" else "en"]
    work = organisation_calendar()
    return [(names[one.weekday()], not work.hours.get(one.weekday())) for one in period.days[:7]]


def _title(view: View, period: Period) -> str:
    if view is View.DAY:
        return written(period.begins, "long")
    if view is View.WEEK:
        return f"{written(period.begins, 'short')} – {written(period.ends, 'short')}"
    now = prefs.current()
    return _month(period.begins, now.calendar, now.language)


def _month(day: date, calendar: str, language: str) -> str:
    there = to_jalali(day) if calendar == "jalali" else day
    return localised(f"{MONTHS[calendar, 'fa' if language == 'fa' else 'en'][there.month - 1]} {there.year}")


def _subtitle(period: Period) -> str:
    """The same period in the other calendar."""
    now = prefs.current()
    other = "gregorian" if now.calendar == "jalali" else "jalali"
    first, last = (to_latin_digits(_month(one, other, "en")) for one in (period.begins, period.ends))
    if first.rpartition(" ")[2] == last.rpartition(" ")[2] and first != last:
        first = first.rpartition(" ")[0]  # the year once
    return first if first == last else f"{first} – {last}"


def _office(work: WorkCalendar, day: date) -> list[tuple[datetime, datetime]]:
    return [(opens.astimezone(work.zone), closes.astimezone(work.zone)) for opens, closes in work.day(day)]
