"""Tables: columns, a white list of orders, and one keyset page; the rows are the page template's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

from peyvand.web.paging import SIZE, Links, Page, links, page_of, with_query

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: `order` names what it sorts by (empty: not sortable), ascending; `is_number` aligns right."""

    key: str
    label: str | Promise
    order: Sequence[str] = ()
    is_number: bool = False
    newest_first: bool = False


@dataclass(frozen=True)
class Header:
    """A column's head on one page: the address of its order and the state for `aria-sort`."""

    column: Column
    url: str
    sort: str


@dataclass(frozen=True)
class Bound(Generic[M]):
    """A table on one page, for `{% include "web/_table_head.html" %}` and `{% pager table.page %}`."""

    headers: list[Header]
    page: Page[M]
    links: Links
    sort: str

    @property
    def rows(self) -> list[M]:
        return self.page.items


@dataclass(frozen=True, kw_only=True)
class Table:
    """The columns of a list and its first order (`key` or `-key`)."""

    columns: Sequence[Column]
    default: str
    size: int = SIZE

    def bind(self, request: HttpRequest, qs: QuerySet[M]) -> Bound[M]:
        """Return the page of `qs` in the order that the address asks; an unknown order is the default one."""
        sort = self._known(request.GET.get("sort", ""))
        page = page_of(request, qs, order=self._order(sort), size=self.size)
        return Bound([self._header(request, column, sort) for column in self.columns], page, links(request, page), sort)

    def _known(self, sort: str) -> str:
        keys = {column.key for column in self.columns if column.order}
        return sort if sort.removeprefix("-") in keys else self.default

    def _order(self, sort: str) -> list[str]:
        names = next(column.order for column in self.columns if column.key == sort.removeprefix("-"))
        return [_flipped(name) for name in names] if sort.startswith("-") else list(names)

    def _header(self, request: HttpRequest, column: Column, sort: str) -> Header:
        if not column.order:
            return Header(column, "", "")
        is_current = sort.removeprefix("-") == column.key
        state = ("descending" if sort.startswith("-") else "ascending") if is_current else ""
        first = f"-{column.key}" if column.newest_first else column.key
        following = _flipped(sort) if is_current else first
        return Header(column, with_query(request, sort=following, after=None, before=None), state)


def _flipped(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"
