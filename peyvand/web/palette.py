"""What Ctrl+K finds: each app registers a provider of customers, requests or commands in `ui.py`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
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
    """Return `text` escaped, with the first place where the query stands (in any spelling) in <mark>."""
    plain, wanted = str(text), search_norm(query)
    start = end = -1
    if wanted:
        for begin in (at for at, letter in enumerate(plain) if not letter.isspace()):
            found = next((n for n in range(begin + 1, len(plain) + 1) if search_norm(plain[begin:n]) == wanted), None)
            if found:
                start, end = begin, found
                break
    if start < 0:
        return mark_safe(conditional_escape(plain))  # noqa: S308 - escaped
    return format_html("{}<mark>{}</mark>{}", plain[:start], plain[start:end], plain[end:])


register(_("Commands"), commands, order=900)
