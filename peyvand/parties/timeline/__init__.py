"""One line of time over everything that happened with a customer, from sources that each app registers.

    timeline.register(Source(key="calls", label=_("Calls"), icon="phone", lines=(CALLS,), permission="activities.view"))

A source that reads rows of tables gives `lines`: all of them are asked for in one statement, of which only the entries
of the page come back. One that cannot gives `fetch(who, party, before, limit)`, which returns at most `limit` entries
that the reader may see, the newest first, older than `before` (None: from now on). Either costs the same at ten rows
and at ten thousand: an index on (party, time, id).
Entries are ordered by time, then by source and number, so that pages neither repeat nor lose any.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core import signing

from peyvand.accounts.policies import may
from peyvand.accounts.scoping import Who
from peyvand.core.paging import BadCursor
from peyvand.parties.models import Party
from peyvand.parties.timeline import lines as rows_of_tables
from peyvand.parties.timeline.entries import Before, Chip, Entry, Position, Text, bound_of, merged, snippet
from peyvand.parties.timeline.lines import Found, Lines

__all__ = ["Before", "Chip", "Entry", "Found", "Lines", "merged", "snippet"]
SIZE = 15
SALT = "peyvand.parties.timeline"
Fetch = Callable[[Who, Party, Before | None, int], list[Entry]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where entries come from; shown as a filter to who holds `permission` (empty: whoever sees the customer)."""

    key: str
    label: Text
    icon: str
    lines: Sequence[Lines] = field(default=(), compare=False)
    fetch: Fetch | None = field(default=None, compare=False)
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
    parts = [(one.key, lines) for one in chosen for lines in one.lines]
    found = rows_of_tables.read(who, party, parts, place=place, limit=size + 1)
    fetched = [(one.key, one.fetch) for one in chosen if one.fetch is not None]
    for key, fetch in fetched:
        found += fetch(who, party, bound_of(place, key), size + 1)
    if fetched:
        found.sort(key=lambda entry: entry.position, reverse=True)
    entries = found[:size]
    return Page(entries, cursor_of(entries[-1].position) if len(found) > size else "")


def newer(page: Page, than: str) -> list[Entry]:
    """The entries of a page that came after a cursor. Raises BadCursor."""
    place = parse(than)
    return [entry for entry in page.entries if entry.position > place]


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
