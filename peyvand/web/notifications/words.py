"""A notification as its reader sees it."""

from dataclasses import dataclass

from django.utils.translation import gettext

from peyvand.accounts.models import Notification
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
    """Values of a sentence; a missing one is empty."""

    def __missing__(self, key: str) -> str:
        return ""
