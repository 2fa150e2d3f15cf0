"""What later apps add to a customer's file besides slots: figures of the strip and tabs with a count.

file_parts.register_figures(open_deals_of, permission="sales.view", order=40)
file_parts.register_tab(Tab(key="deals", label=_("Deals"), render=deals_of, count=count_of))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.parties.models import Party

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number of the strip: label, value with its unit, and a remark in words. tone: ok, warn, bad, n.

    value: written as it is, so the caller formats numbers and dates; url: where it leads, if anywhere.
    """

    label: Text
    value: Any
    unit: Text = ""
    note: Text = ""
    tone: str = "n"
    url: str = ""


Figures = Callable[[User, Party], Iterable[Figure]]
Count = Callable[[User, Party], int | None]


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab of the file. `render(request, party)` returns safe HTML; `count` stands beside the label unless None."""

    key: str
    label: Text
    render: Callable[[HttpRequest, Party], str] = field(compare=False)
    count: Count | None = field(default=None, compare=False)
    permission: str = ""
    order: int = 100


_figures: list[tuple[int, str, Figures]] = []
_tabs: dict[str, Tab] = {}


def register_figures(figures: Figures, *, permission: str = "", order: int = 100) -> None:
    """Let `figures(user, party)` add to the strip for who holds `permission`; once per function."""
    if all(figures is not known for _order, _permission, known in _figures):
        _figures.append((order, permission, figures))
        _figures.sort(key=lambda entry: entry[0])


def figures_for(user: User, party: Party) -> list[Figure]:
    """Everything that the strip shows of a customer to this reader."""
    allowed = (figures for _order, permission, figures in _figures if not permission or may(user, permission))
    return [figure for figures in allowed for figure in figures(user, party)]


def register_tab(tab: Tab) -> None:
    """Add a tab; the same key registered again replaces the former."""
    _tabs[tab.key] = tab


def tabs_for(user: User) -> list[Tab]:
    """The tabs that this reader may open, in their order."""
    allowed = (tab for tab in _tabs.values() if not tab.permission or may(user, tab.permission))
    return sorted(allowed, key=lambda tab: (tab.order, tab.key))
