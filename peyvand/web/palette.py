"""What Ctrl+K finds: each app registers a provider of customers, requests or commands in `ui.py`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.core.text import search_norm
from peyvand.web import nav

PER_GROUP = 6
LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the palette; with `avatar_key` it shows a letter instead of the icon."""

    title: str | Promise
    url: str
    icon: str = "arrow-right"
    subtitle: str | Promise = ""
    note: str = ""
    avatar_key: int | None = None
    square: bool = False
    dialog: bool = False


@dataclass(frozen=True)
class Group:
    """The entries of one provider under their heading."""

    label: str | Promise
    entries: list[Entry]


Provider = Callable[[User, str], Iterable[Entry]]
_providers: list[tuple[int, str | Promise, Provider]] = []


def register(label: str | Promise, provider: Provider, *, order: int = 100) -> None:
    """Let `provider(user, query)` answer in the group `label`; it returns only what the user may see."""
    if all(provider is not known for _order, _label, known in _providers):
        _providers.append((order, label, provider))
        _providers.sort(key=lambda row: row[0])


def search(user: User, query: str) -> list[Group]:
    """Return the groups that have something for `query`, at most six lines each."""
    text = query.strip()[:LONGEST]
    groups = (Group(label, list(islice(provider(user, text), PER_GROUP))) for _order, label, provider in _providers)
    return [group for group in groups if group.entries]


def commands(user: User, query: str) -> Iterator[Entry]:
    """Yield the pages and the «add» commands whose names hold the query."""
    wanted = search_norm(query)
    for section in ("create", "main", "foot", "user"):
        for item in nav.entries(user, section=section):
            if wanted in search_norm(str(item.label)):
                yield Entry(title=item.label, url=item.url, icon=item.icon, note=item.shortcut, dialog=item.dialog)


def marked(text: str | Promise, query: str) -> SafeString:
    """Return `text` escaped, with the first place where the query stands (in any spelling) in <mark>.

    Each letter is folded by itself, so that a long subject costs no more than its length.
    """
    plain, wanted = str(text), search_norm(query)
    folded: list[str] = []
    places: list[int] = []  # where each folded letter stands in `plain`
    for at, letter in enumerate(plain):
        for part in _folded(letter):
            if part != " " or folded[-1:] != [" "]:
                folded.append(part)
                places.append(at)
    found = "".join(folded).find(wanted) if wanted else -1
    if found < 0:
        return mark_safe(conditional_escape(plain))  # noqa: S308 - escaped
    start, end = places[found], places[found + len(wanted) - 1] + 1
    return format_html("{}<mark>{}</mark>{}", plain[:start], plain[start:end], plain[end:])


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    """One letter as the search sees it inside a word: nothing for a mark, a space for a half-space."""
    return search_norm(f"x{letter}x")[1:-1]


register(_("Commands"), commands, order=900)
