"""One search over everything: each app says what can be found of its records, pages and the API ask all of them.

An app registers a source in its `ui.py`; its `find` returns only what `who` may see, the best first, and nothing at all
to those who lack the permission. The command palette and `GET /api/v1/search` show what the sources find.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.functional import Promise

LONGEST = 300
Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Found:
    """A record that was found. `id`: as its API names it; `page` and `arguments`: the name of its page's address.

    words: folded words of it that matched, when the question itself does not stand in it letter by letter; value: the
    address or number that matched; code: what people call it by (a follow-up code); icon: for records without a face;
    is_square: drawn as an organisation is.
    """

    id: int | str
    title: Text
    page: str
    arguments: tuple[int | str, ...]
    subtitle: Text = ""
    words: tuple[str, ...] = ()
    value: str = ""
    code: str = ""
    icon: str = ""
    is_square: bool = False


Find = Callable[[Any, str, int], Iterable[Found]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Records of one kind. key: their name in the API ("customers"); find(who, question, limit)."""

    key: str
    label: Text
    find: Find
    order: int = 100


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let a source answer. Raises ValueError for a key that is taken."""
    if _sources.setdefault(source.key, source) is not source:
        raise ValueError(f"two sources of the search are called {source.key}")


def sources() -> list[Source]:
    """All sources in the order of their groups."""
    return sorted(_sources.values(), key=lambda source: source.order)


def search(who: Any, question: str, limit: int, *, keys: Iterable[str] = ()) -> list[tuple[Source, list[Found]]]:
    """What each source (or those of `keys`) finds, at most `limit` of each, sources without a find left out."""
    text, wanted = question.strip()[:LONGEST], set(keys)
    asked = [source for source in sources() if not wanted or source.key in wanted]
    found = ((source, list(islice(source.find(who, text, limit), limit))) for source in asked)
    return [(source, rows) for source, rows in found if rows]
