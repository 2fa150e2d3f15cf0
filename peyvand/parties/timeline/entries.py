"""What stands in the timeline: entries, the words under them, and the place behind which a page goes on."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

LARGEST = 2**63 - 1
Position = tuple[dt.datetime, str, int]
Text = str | Promise


@dataclass(frozen=True)
class Chip:
    """A word under an entry. tone: as `{% chip %}` has them."""

    text: Text
    tone: str = "n"
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened. `number` is the id of its row, unique within the source.

    mark: a kind of channel, drawn instead of `icon` and `tone` (firouzeh, lajevard, peste, zaferan, banafsh, anar).
    body: a template of the source's own under the title, which finds the entry's `thing`.
    """

    at: dt.datetime
    source: str
    number: int
    title: Text
    text: Text = ""
    icon: str = "point"
    tone: str = ""
    mark: str = ""
    url: str = ""
    chips: Sequence[Chip] = ()
    actor: str = ""
    body: str = ""
    thing: Any = None

    @property
    def key(self) -> str:
        """Its name in the page and in the API."""
        return f"{self.source}-{self.number}"

    @property
    def position(self) -> Position:
        return self.at, self.source, self.number


@dataclass(frozen=True)
class Before:
    """What a source must stay behind: entries of an earlier moment, or of this one with a smaller number."""

    at: dt.datetime
    number: int

    def q(self, at: str = "created_at", number: str = "id") -> Q:
        """The condition for rows whose time and number are these columns."""
        return Q(**{f"{at}__lte": self.at}) & (Q(**{f"{at}__lt": self.at}) | Q(**{f"{number}__lt": self.number}))

    def of(self, kind: int, kinds: int) -> "Before":
        """The bound for one of several kinds of rows, where an entry's number is `id * kinds + kind`."""
        return Before(self.at, max(0, -(-(self.number - kind) // kinds)))


def bound_of(place: Position | None, source: str) -> Before | None:
    """What the entries of a source must stay behind, so that they come after a place in the whole line."""
    if place is None:
        return None
    at, of, number = place
    return Before(at, number if source == of else LARGEST if source < of else 0)


def merged(*parts: Iterable[Entry], limit: int) -> list[Entry]:
    """Several queries of one source as one list, the newest first."""
    return sorted((entry for part in parts for entry in part), key=lambda one: one.position, reverse=True)[:limit]


def snippet(text: str, longest: int = 200) -> str:
    """The beginning of a text in one line."""
    line = " ".join(text[: longest * 2].split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
