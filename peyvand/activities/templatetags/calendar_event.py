"""Activities in a calendar; written by hand, for a month of a team has a hundred and more of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from peyvand.activities.models import State
from peyvand.web import prefs
from peyvand.web.addresses import by_number
from peyvand.web.icons import icon
from peyvand.web.templatetags.pv import grouped, jtext, localised

register = template.Library()
_activity, _drop, _move = (by_number(f"activities:{name}") for name in ("activity", "drop", "move"))


@register.simple_tag
def calendar_event(event: Any, *, is_team: bool = False) -> SafeString:
    """`{% calendar_event event is_team=is_team %}`: time, words and, of a team, who does it; with what to drag."""
    one, owner = event.activity, escape(event.activity.owner) if is_team else ""
    subject = escape(one.subject)
    kinds = (("is-done", event.is_done), ("is-over", event.is_over), ("is-conflict", event.is_conflict))
    css = " ".join(["pv-ev", *(name for name, is_on in kinds if is_on)])
    drag = "" if event.is_done else f' draggable="true"{_targets(one.pk)} data-version="{one.version}"'
    time = "" if one.all_day else f'<bdi dir="ltr">{_clock(event.starts)}</bdi>'
    title = f"{subject} · {owner}" if is_team else subject
    who = f'<small class="truncate"><bdi>{owner}</bdi></small>' if is_team else ""
    return mark_safe(  # noqa: S308 -- words of people are escaped above
        f'<a class="{css}" href="{_activity(one.pk)}" data-c="{event.tone}"{drag} title="{title}">'
        f'{_conflict() if event.is_conflict else ""}{time} <span class="truncate" dir="auto">{subject}</span>{who}</a>'
    )


@register.simple_tag
def month_days(days: Iterable[Any], whose: str, *, is_team: bool = False) -> SafeString:
    """`{% month_days days whose is_team=is_team %}`: the cells of a month, each with its first activities."""
    more, of = gettext("%(n)s more"), escape(whose)
    return mark_safe("".join(_cell(one, of, more, is_team=is_team) for one in days))  # noqa: S308 -- as below


def _cell(one: Any, whose: str, more: str, *, is_team: bool) -> str:
    kinds = (("is-out", one.is_out), ("is-hol", one.is_off), ("is-today", one.is_today), ("is-empty", not one.events))
    css = " ".join(["pv-day", *(name for name, is_on in kinds if is_on)])
    day, long, unlisted = one.day.isoformat(), _long(one.day), one.unlisted
    address = f"?view=day&amp;day={day}&amp;who={whose}"
    name = escape(one.holiday)
    holiday = f'<span class="truncate" title="{name}">{name}</span>' if name else ""
    events = "".join(calendar_event(each, is_team=is_team) for each in one.events if not each.is_unlisted)
    rest = _more(address, "is-rest", more, unlisted) if unlisted and unlisted != one.more else ""
    every = _more(address, "is-all" if unlisted == one.more else "", more, one.more) if one.more else ""
    return (
        f'<section class="{css}" data-day="{day}" aria-label="{long}">'
        f'<div class="pv-day-n"><a href="{address}"><b>{one.number}</b><span class="pv-cal-full">{long}</span></a>'
        f'{holiday}<small><bdi dir="ltr">{one.other}</bdi></small></div>{events}{rest}{every}</section>'
    )


def _more(address: str, css: str, more: str, number: int) -> str:
    kind = f"pv-more {css}".strip()
    return f'<a class="{kind}" href="{address}">{escape(more % {"n": grouped(number)})}</a>'


@register.simple_tag
def agenda_rows(events: Sequence[Any]) -> SafeString:
    """`{% agenda_rows events %}`: the activities of a day below one another: time, words, with whom, how it stands."""
    whole = f"<small>{escape(gettext('All day'))}</small>"
    return mark_safe("".join(_row(event, whole) for event in events))  # noqa: S308 -- words are escaped in it


def _row(event: Any, whole: str) -> str:
    one = event.activity
    time = whole if one.all_day else f"{_clock(event.starts)}<small>{_clock(event.ends)}</small>"
    at = "" if one.all_day else f' datetime="{event.starts.isoformat(timespec="minutes")}"'
    beside = one.party or one.place or one.owner
    return (
        f'<li class="pv-ag{" is-done" if event.is_done else ""}" data-c="{event.tone}"><time{at}>{time}</time>'
        f'<div class="min-w-0"><a class="pv-ag-t truncate" dir="auto" href="{_activity(one.pk)}">{escape(one.subject)}'
        f'</a><span class="pv-sub truncate block" dir="auto">{escape(beside)}</span></div>'
        f'<span class="pv-ag-i">{_in_conflict() if event.is_conflict else ""}{_state(event)}</span></li>'
    )


def _clock(moment: datetime) -> str:
    return _in_digits(moment.hour, moment.minute, prefs.current().digits)


@lru_cache(maxsize=2048)
def _in_digits(hour: int, minute: int, _digits: str) -> str:
    return localised(f"{hour:02}:{minute:02}")


def _long(day: date) -> str:
    now = prefs.current()
    return _in_words(day, now.calendar, now.language, now.digits)


@lru_cache(maxsize=2048)
def _in_words(day: date, _calendar: str, _language: str, _digits: str) -> str:
    """A day in words, for attributes as well: a month has forty of them, and many look at the same ones."""
    return escape(jtext(day, "long"))


def _state(event: Any) -> str:
    if not event.is_done:
        return icon(event.icon, size=16)
    return f'{icon("check", size=16)}<span class="sr-only">{escape(str(State(event.activity.state).label))}</span>'


def _in_conflict() -> str:
    word = escape(gettext("Conflict"))
    mark = icon("alert-triangle", size=16)
    return f'<span class="pv-bad" title="{word}">{mark}<span class="sr-only">{word}</span></span>'


def _conflict() -> str:
    return f'{icon("alert-triangle", size=13)}<span class="sr-only">{escape(gettext("Conflict"))}</span>'


def _targets(pk: int) -> str:
    return f' data-drop="{_drop(pk)}" data-move="{_move(pk)}"'
