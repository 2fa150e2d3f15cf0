"""An activity in a cell of the calendar; written by hand, for a month of a team has a hundred and more."""

from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from peyvand.web.addresses import by_number
from peyvand.web.icons import icon
from peyvand.web.templatetags.pv import localised

register = template.Library()
_activity, _drop, _move = (by_number(f"activities:{name}") for name in ("activity", "drop", "move"))


@register.simple_tag
def calendar_event(event: Any, *, is_team: bool = False) -> SafeString:
    """`{% calendar_event event is_team=is_team %}`: time, words and, of a team, who does it; with what to drag."""
    one, owner = event.activity, escape(str(event.activity.owner)) if is_team else ""
    subject = escape(one.subject)
    kinds = (("is-done", event.is_done), ("is-over", event.is_over), ("is-conflict", event.is_conflict))
    css = " ".join(["pv-ev", *(name for name, is_on in kinds if is_on)])
    drag = "" if event.is_done else f' draggable="true"{_targets(one.pk)} data-version="{one.version}"'
    time = "" if one.all_day else f'<bdi dir="ltr">{localised(f"{event.starts:%H:%M}")}</bdi>'
    title = f"{subject} · {owner}" if is_team else subject
    who = f'<small class="truncate" dir="auto">{owner}</small>' if is_team else ""
    return mark_safe(  # noqa: S308 -- words of people are escaped above
        f'<a class="{css}" href="{_activity(one.pk)}" data-c="{event.tone}"{drag} title="{title}">'
        f'{_conflict() if event.is_conflict else ""}{time} <span class="truncate" dir="auto">{subject}</span>{who}</a>'
    )


def _conflict() -> str:
    return f'{icon("alert-triangle", size=13)}<span class="sr-only">{escape(gettext("Conflict"))}</span>'


def _targets(pk: int) -> str:
    return f' data-drop="{_drop(pk)}" data-move="{_move(pk)}"'
