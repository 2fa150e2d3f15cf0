"""Entries of the sidebar, the «add» menu and the user menu; each app registers its own in `ui.py`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from peyvand.accounts.models import User
from peyvand.accounts.policies import may


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One entry. section: main, foot, views, create or user; shown to who holds `permission` (empty: everybody).

    count: called with the user, its number stands beside the label when it is not 0. phone: also in the bottom
    bar. arguments: of its address. key: the letter that opens it (after G for pages, alone for «add»), as in `KeyI`.
    within: the beginnings of further addresses that belong to it.
    """

    key: str
    label: str | Promise
    url_name: str
    icon: str
    section: str = "main"
    order: int = 100
    permission: str = ""
    count: Callable[[User], int] | None = None
    phone: bool = False
    shortcut: str = ""
    dialog: bool = False
    arguments: tuple[str, ...] = ()
    within: Callable[[], Iterable[str]] = tuple

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=self.arguments)


@dataclass(frozen=True)
class Shown:
    """A NavItem as one reader sees it on one page."""

    item: NavItem
    url: str
    count: int
    is_current: bool


_items: dict[str, NavItem] = {}
PLACES = ("main", "foot", "views")


def register(item: NavItem) -> None:
    """Add an entry; the same key registered again replaces the former."""
    _items[item.key] = item


def entries(user: User, *, section: str) -> list[NavItem]:
    """Return the entries of a section that this user may open, in their order."""
    found = [item for item in _items.values() if item.section == section]
    allowed = (item for item in found if not item.permission or may(user, item.permission))
    return sorted(allowed, key=lambda item: (item.order, item.key))


def shown(user: User, path: str, *, section: str) -> list[Shown]:
    """Return a section's entries with their counts, and which one is current.

    It is the one to which the longest address belongs that `path` starts with, among the entries of all sections.
    """
    current = _owner(user, path)
    items = entries(user, section=section)
    return [Shown(item, item.url, item.count(user) if item.count else 0, item.key == current) for item in items]


def _owner(user: User, path: str) -> str:
    """The key of the entry to which a page belongs; empty for none."""
    places = (item for section in PLACES for item in entries(user, section=section))
    here = ((item.key, url) for item in places for url in (item.url, *item.within()))
    return max(((len(url), key) for key, url in here if path.startswith(url)), default=(0, ""))[1]


def shortcuts(user: User) -> Iterator[dict[str, Any]]:
    """Yield the letters that open pages («G then I») and the «add» dialogs («R»), for the page's script."""
    for section in ("main", "create"):
        for item in entries(user, section=section):
            if item.shortcut:
                yield {"code": item.shortcut, "go": section == "main", "url": item.url, "dialog": item.dialog}
