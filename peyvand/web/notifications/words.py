"""A notification as its reader sees it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from peyvand.accounts.models import Notification
from peyvand.core.jalali import format_date
from peyvand.web import prefs
from peyvand.web.notifications.kinds import Kind, kind_of


@dataclass(frozen=True)
class Shown:
    """One notification with its sentence in the reader's language."""

    row: Notification
    text: str
    kind: Kind


def shown(row: Notification) -> Shown:
    """Write a notification; values that its sentence asks for and that are not there stay empty."""
    return Shown(row, sentence(row), kind_of(row.kind))


def sentence(row: Notification) -> str:
    """The sentence of a notification in the active language."""
    return gettext(row.text) % _Filled(row.data)


class _Filled(dict[str, object]):
    """Values of a sentence; a missing one is empty, and `day_…` is a day in the reader's calendar."""

    def __getitem__(self, key: str) -> object:
        value = super().__getitem__(key)
        return _day(value) if key.startswith("day_") and isinstance(value, str) else value

    def __missing__(self, key: str) -> str:
        return ""


def _day(text: str) -> str:
    now = prefs.current()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return format_date(day, calendar=now.calendar, lang=now.language, style="numeric", digits=now.digits)
