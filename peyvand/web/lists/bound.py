"""A list on one page: what of the address can be used, its rows, and everything around them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from peyvand.accounts.models import User
from peyvand.core.list_state import Checked, ListState, Problem, check, flipped, may_use, segment_name
from peyvand.core.paging import Page
from peyvand.core.record_fields import Asked, RecordField, fields_of
from peyvand.core.totals import Total, total_of
from peyvand.web.lists import settings as likes
from peyvand.web.lists.addresses import list_url, tool_url
from peyvand.web.lists.cells import NUMERIC, Pen
from peyvand.web.lists.records import RecordList
from peyvand.web.lists.sentences import Sentence, clear_url, sentences
from peyvand.web.lists.tabs import Tabs, totals_key
from peyvand.web.paging import Links

PARTS = ("f", "segment", "sort", "cols", "q", "view")


@dataclass(frozen=True)
class Head:
    """The head of a column: its order's address, and its state for `aria-sort`."""

    key: str
    label: str
    is_number: bool
    url: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Order:
    """One way to order the list, for its menu."""

    label: str
    is_descending: bool
    url: str
    is_current: bool


@dataclass
class BoundList:
    """A list as one reader asked for it; templates show it, slots get it.

    rows: the records of this page; body: their markup; start: how many rows stand before them, None where nobody
    knows; failure: why there are no rows at all.
    """

    records: RecordList
    user: User
    request: HttpRequest
    asked: Asked
    tabs: Tabs
    checked: Checked
    columns: list[RecordField]
    pen: Pen
    page: Page[Any]
    start: int
    total: Total | None
    body: SafeString
    failure: str = ""

    @property
    def key(self) -> str:
        return self.records.key

    @property
    def state(self) -> ListState:
        return self.checked.state

    @property
    def rows(self) -> list[Any]:
        return self.page.items

    @property
    def problems(self) -> list[Problem]:
        """What of the address cannot be used, besides the filters, which say it themselves."""
        return [each for each in self.checked.problems if each.part != "filter"]

    @property
    def is_modified(self) -> bool:
        """Does it show anything else than its tab stands for?"""
        current = self.tabs.current
        return current is None or self.state.but(view="") != current.state.but(view="")

    @cached_property
    def chips(self) -> list[Sentence]:
        return sentences(self.records, self.checked, self.asked, self.pen)

    @cached_property
    def segment(self) -> str:
        """The name of the segment that the list is narrowed to."""
        return segment_name(self.state, self.records.host, self.asked)

    @property
    def segment_problem(self) -> str:
        """Why the segment cannot be used; the list is empty then."""
        return next((each.message for each in self.checked.problems if each.part == "segment"), "")

    @property
    def without_segment_url(self) -> str:
        return list_url(self.records, self.state.but(segment=None))

    @cached_property
    def whole(self) -> Total:
        """How many records the reader sees in all, whatever the list is narrowed to."""
        if self.total is not None and not self.state.is_narrowed:
            return self.total
        return total_of(self.records.rows(self.user), totals_key(self.user, self.records, ListState()))

    @property
    def may_create(self) -> bool:
        """May the reader add and change records here?"""
        return self.records.may_edit(self.user)

    @property
    def is_first_use(self) -> bool:
        """Is there nothing at all yet?"""
        return not self.rows and not self.failure and not self.state.is_narrowed and self.start == 0

    @property
    def first(self) -> int:
        return self.start + 1

    @property
    def last(self) -> int:
        return self.start + len(self.rows)

    @cached_property
    def heads(self) -> list[Head]:
        return [self._head(each) for each in self.columns]

    def _head(self, each: RecordField) -> Head:
        label, is_number = self.records.label(each), each.kind in NUMERIC and each.unit != "%"
        if not each.order:
            return Head(each.key, label, is_number)
        sort = self.checked.sort
        is_current = sort.removeprefix("-") == each.key
        state = ("descending" if sort.startswith("-") else "ascending") if is_current else ""
        return Head(each.key, label, is_number, self._sorted(flipped(sort) if is_current else each.key), state)

    def _sorted(self, sort: str) -> str:
        return list_url(self.records, self.state.but(sort=sort))

    @cached_property
    def orders(self) -> list[Order]:
        """Every order that the list offers, both ways."""
        sortable = [each for each in self.checked.fields.values() if each.order and may_use(each, self.asked)]
        return [
            Order(str(each.label), key.startswith("-"), self._sorted(key), key == self.checked.sort)
            for each in sortable
            for key in (each.key, f"-{each.key}")
        ]

    @property
    def order(self) -> Order | None:
        return next((each for each in self.orders if each.is_current), None)

    @property
    def links(self) -> Links:
        """The neighbours of this page; `n` says how many rows stand before it."""
        before, after = self.page.previous, self.page.next
        return Links(
            previous=self._paged(before=before, n=str(max(0, self.start - self.records.size))) if before else "",
            next=self._paged(after=after, n=str(self.last)) if after else "",
        )

    def _paged(self, **at: str) -> str:
        return list_url(self.records, self.state, **at)

    @property
    def inputs(self) -> list[tuple[str, str]]:
        """Hidden inputs of the search box: the state without its words."""
        return [(name, value) for name, value in self.state.pairs() if name != "q"]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Hidden inputs of any other form that needs the state."""
        return self.state.pairs()

    @property
    def look(self) -> str:
        return likes.look_of(likes.settings_of(self.user, self.key))

    @property
    def is_tight(self) -> bool:
        return likes.is_tight(likes.settings_of(self.user, self.key))

    @property
    def url(self) -> str:
        return list_url(self.records, self.state)

    @property
    def clear_url(self) -> str:
        return clear_url(self.records, self.state)

    @property
    def add_url(self) -> str:
        return tool_url("filter", self.records, self.state)

    @property
    def columns_url(self) -> str:
        return tool_url("columns", self.records, self.state)

    @property
    def save_url(self) -> str:
        return tool_url("save", self.records, self.state)

    @property
    def look_url(self) -> str:
        return tool_url("look", self.records, self.state)

    @property
    def tabs_url(self) -> str:
        return tool_url("tabs", self.records, self.state)

    @property
    def view_url(self) -> str:
        """The page where the current view is renamed, shared, moved and deleted; empty when it is not one's own."""
        current = self.tabs.current
        own = current is not None and current.is_own
        return tool_url("view", self.records, self.state) if own else ""

    @property
    def default_url(self) -> str:
        return tool_url("default", self.records, self.state)


def state_of(request: HttpRequest, tabs: Tabs) -> ListState:
    """Return what the address asks for, over what its view says; it carries the key of its view."""
    current = tabs.current
    state = ListState.from_query(request.GET, tabs.base)
    return state.but(view=current.key if current else "")


def shown_columns(records: RecordList, checked: Checked, user: User, asked: Asked) -> list[RecordField]:
    """Return the columns: those of the address or the view, else those of the reader, else the list's own."""
    chosen = checked.columns or likes.columns_of(likes.settings_of(user, records.key)) or tuple(records.columns)
    keys = list(chosen)
    if records.title_cell not in keys:
        keys.insert(0, records.title_cell)
    usable = (checked.fields.get(key) for key in keys)
    return [each for each in usable if each is not None and may_use(each, asked)]


def labels_of(fields: Iterable[RecordField], asked: Asked) -> dict[str, dict[str, str]]:
    """Return the names of choices, by field, for the columns that show them."""
    return {
        each.key: {key: str(label) for key, label in each.choices(asked)}
        for each in fields
        if each.choices is not None and each.kind.value in {"choice", "choices"}
    }


def checked_state(records: RecordList, state: ListState, asked: Asked) -> Checked:
    """Check a state; without an order of its own it has the list's."""
    found = check(state, records.host, asked)
    if found.sort:
        return found
    known = fields_of(records.host)
    sort = records.sort if records.sort.removeprefix("-") in known else ""
    return replace(found, sort=sort)


def joined(parts: Iterable[str]) -> SafeString:
    """Join markup that is safe already."""
    return mark_safe("".join(parts))  # noqa: S308 - made of escaped cells
