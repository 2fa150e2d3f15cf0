"""Saved views of a list as tabs: those that everybody has, one's own, those shared with one's place."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.http import urlencode

from peyvand.accounts.models import User
from peyvand.core.list_state import ListState
from peyvand.core.models import SavedView
from peyvand.core.saved_views import state_of, views_in
from peyvand.core.totals import Total, kept_total
from peyvand.web.lists.records import RecordList, Starter
from peyvand.web.lists.settings import settings_of

ALL = "all"


@dataclass(frozen=True)
class Tab:
    """A view as one reader sees it. view: None for one that everybody has; is_own: he may change it."""

    key: str
    name: str
    url: str
    state: ListState
    is_current: bool
    is_own: bool = False
    is_default: bool = False
    view: SavedView | None = None
    total: Total | None = None


@dataclass(frozen=True)
class Tabs:
    """All tabs of a list, and the state that the current one stands for."""

    tabs: Sequence[Tab]
    base: ListState

    @property
    def current(self) -> Tab | None:
        return next((tab for tab in self.tabs if tab.is_current), None)

    @property
    def own(self) -> list[Tab]:
        return [tab for tab in self.tabs if tab.is_own]


def totals_key(user: User, records: RecordList, state: ListState) -> tuple[object, ...]:
    """Under what the total of a state is remembered: who asks, in which list, with what narrowed."""
    return (user.pk, records.key, state.filters, state.q, state.segment)


def tabs_of(user: User, records: RecordList, asked_for: str, *, is_bare: bool = False) -> Tabs:
    """Return the tabs; the current one is the one asked for, or the reader's default at a bare address, or the first.

    A view that is gone or not his stands for the whole list: its address still opens.
    """
    saved = {str(view.pk): view for view in views_in(user, records.key)}
    default = str(settings_of(user, records.key).get("default", ""))
    known = [starter.key for starter in records.starters] + list(saved)
    first = known[0] if known else ALL
    wanted = asked_for or (default if is_bare else "")
    current = wanted if wanted in known else first
    found = [_of_starter(user, records, each, current, default or first) for each in records.starters]
    found += [_of_view(user, records, view, current, default or first) for view in saved.values()]
    base = next((tab.state for tab in found if tab.is_current), ListState())
    return Tabs(found, base)


def _url(records: RecordList, key: str) -> str:
    return f"{records.url}?{urlencode({'view': key})}"


def _of_starter(user: User, records: RecordList, starter: Starter, current: str, default: str) -> Tab:
    state = starter.state.but(view=starter.key)
    return Tab(
        key=starter.key,
        name=str(starter.name),
        url=_url(records, starter.key),
        state=state,
        is_current=starter.key == current,
        is_default=starter.key == default,
        total=kept_total(totals_key(user, records, state)),
    )


def _of_view(user: User, records: RecordList, view: SavedView, current: str, default: str) -> Tab:
    key = str(view.pk)
    state = state_of(view)
    return Tab(
        key=key,
        name=view.name,
        url=_url(records, key),
        state=state,
        is_current=key == current,
        is_own=view.owner_id == user.pk,
        is_default=key == default,
        view=view,
        total=kept_total(totals_key(user, records, state)),
    )
