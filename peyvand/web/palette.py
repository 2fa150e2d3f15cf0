"""What Ctrl+K finds: the records of all sources of `core.finding`, and what providers of `ui.py` add, as commands."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.core import finding
from peyvand.core.text import search_norm
from peyvand.web import nav

PER_GROUP = 6
LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the palette; with `avatar_key` it shows a letter instead of the icon.

    words: marked besides the query; value: the number or address by which it was found.
    """

    title: str | Promise
    url: str
    words: tuple[str, ...] = ()
    value: str = ""
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
    groups = [(source.order, Group(source.label, list(map(_entry, rows)))) for source, rows in _records(user, text)]
    for order, label, provider in _providers:
        groups.append((order, Group(label, list(islice(provider(user, text), PER_GROUP)))))
    groups.sort(key=lambda row: row[0])
    return [group for _order, group in groups if group.entries]


def _records(user: User, text: str) -> list[tuple[finding.Source, list[finding.Found]]]:
    return finding.search(user, text, PER_GROUP) if text else []


def _entry(found: finding.Found) -> Entry:
    is_face = not found.icon and isinstance(found.id, int)
    return Entry(
        title=found.title,
        url=reverse(found.page, args=found.arguments),
        subtitle=" · ".join(part for part in (str(found.subtitle), found.code) if part),
        value=found.value,
        words=found.words,
        icon=found.icon or "arrow-right",
        avatar_key=found.id if is_face and isinstance(found.id, int) else None,
        square=found.is_square,
    )


def commands(user: User, query: str) -> Iterator[Entry]:
    """Yield the pages and the «add» commands whose names hold the query."""
    wanted = search_norm(query)
    for section in ("create", "main", "foot", "user"):
        for item in nav.entries(user, section=section):
            if wanted in search_norm(str(item.label)):
                yield Entry(title=item.label, url=item.url, icon=item.icon, note=item.shortcut, dialog=item.dialog)


def marked(text: str | Promise, query: str, words: Iterable[str] = ()) -> SafeString:
    """Return `text` escaped, with the first place where the query stands (in any spelling) in <mark>.

    Where it does not stand as a whole, its words and `words` (folded) are marked that begin a word, and a number across
    its spaces. Each letter is folded by itself, so that a long subject costs no more than its length.
    """
    plain = str(text)
    folded: list[str] = []
    places: list[int] = []  # where each folded letter stands in `plain`
    for at, letter in enumerate(plain):
        for part in _folded(letter):
            if part != " " or folded[-1:] != [" "]:
                folded.append(part)
                places.append(at)
    spans = [(places[start], places[end - 1] + 1) for start, end in _spans(folded, search_norm(query), words)]
    pieces, at = [], 0
    for start, end in spans:
        pieces += [(plain[at:start], plain[start:end])]
        at = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), plain[at:])


def _spans(folded: list[str], wanted: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """The places to mark, in their order and apart from one another."""
    text = "".join(folded)
    at = text.find(wanted) if wanted else -1
    if at >= 0 or not wanted:
        return [(at, at + len(wanted))] if wanted else []
    found = {match.span() for word in {*wanted.split(), *words} for match in _begins(word).finditer(text)}
    if wanted.replace(" ", "").lstrip("+").isdigit():
        dense = [place for place, letter in enumerate(folded) if letter.isdigit()]
        digits = wanted.replace(" ", "").lstrip("+0")
        at = "".join(folded[place] for place in dense).find(digits) if digits else -1
        found |= {(dense[at], dense[at + len(digits) - 1] + 1)} if at >= 0 else set()
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _begins(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}")


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    """One letter as the search sees it inside a word: nothing for a mark, a space for a half-space."""
    return search_norm(f"x{letter}x")[1:-1]


register(_("Commands"), commands, order=900)
