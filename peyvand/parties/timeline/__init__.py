"""One line of time over everything that happened with a customer, from sources that each app registers.

    timeline.register(Source(key="calls", label=_("Calls"), icon="phone", fetch=calls_of, permission="activities.view"))

`fetch(who, party, before, limit)` returns at most `limit` entries that the reader may see, the newest first, older
than `before` (None: from now on). It costs the same at ten rows and at ten thousand: an index on (party, time, id).
Entries are ordered by time, then by source and number, so that pages neither repeat nor lose any.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.db.models import Q
from django.utils.functional import Promise

from peyvand.accounts.policies import may
from peyvand.accounts.scoping import Who
from peyvand.core.paging import BadCursor
from peyvand.parties.models import Party

SIZE = 15
SALT = "peyvand.parties.timeline"
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


Fetch = Callable[[Who, Party, Before | None, int], list[Entry]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where entries come from; shown as a filter to who holds `permission` (empty: whoever sees the customer)."""

    key: str
    label: Text
    icon: str
    fetch: Fetch = field(compare=False)
    permission: str = ""
    order: int = 100


@dataclass(frozen=True)
class Page:
    """Some entries, the newest first, and the cursor of those before them (empty at the end)."""

    entries: list[Entry]
    next: str = ""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a source; the same key registered again replaces the former."""
    _sources[source.key] = source


def sources_for(who: Who) -> list[Source]:
    """The sources whose entries this reader may see, in their order."""
    allowed = (one for one in _sources.values() if not one.permission or may(who, one.permission))
    return sorted(allowed, key=lambda one: (one.order, one.key))


def read(who: Who, party: Party, *, only: str = "", before: str = "", size: int = SIZE) -> Page:
    """The entries of a customer whom `who` may see: of one source or of all, older than a cursor. Raises BadCursor."""
    place = parse(before) if before else None
    chosen = [one for one in sources_for(who) if not only or one.key == only]
    found = [entry for one in chosen for entry in one.fetch(who, party, _bound(place, one.key), size + 1)]
    found.sort(key=lambda entry: entry.position, reverse=True)
    entries = found[:size]
    return Page(entries, cursor_of(entries[-1].position) if len(found) > size else "")


def newer(page: Page, than: str) -> list[Entry]:
    """The entries of a page that came after a cursor. Raises BadCursor."""
    place = parse(than)
    return [entry for entry in page.entries if entry.position > place]


def _bound(place: Position | None, source: str) -> Before | None:
    if place is None:
        return None
    at, of, number = place
    return Before(at, number if source == of else LARGEST if source < of else 0)


def cursor_of(place: Position) -> str:
    """A signed word for a place in the line."""
    at, source, number = place
    return signing.Signer(salt=SALT).sign_object([at.isoformat(), source, number])


def parse(cursor: str) -> Position:
    """Read a cursor of ours. Raises BadCursor."""
    try:
        at, source, number = signing.Signer(salt=SALT).unsign_object(cursor)
        return dt.datetime.fromisoformat(at), str(source), int(number)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise BadCursor from problem


def merged(*parts: Iterable[Entry], limit: int) -> list[Entry]:
    """Several queries of one source as one list, the newest first."""
    return sorted((entry for part in parts for entry in part), key=lambda one: one.position, reverse=True)[:limit]


def snippet(text: str, longest: int = 200) -> str:
    """The beginning of a text in one line."""
    line = " ".join(text[: longest * 2].split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
