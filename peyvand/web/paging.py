"""Keyset pages in addresses: `?after=` and `?before=` with signed cursors, no COUNT. The rule is in core."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from peyvand.core.paging import SIZE, BadCursor, Page, keyset_page

__all__ = ["SIZE", "BadCursor", "Links", "Page", "keyset_page", "links", "page_of"]

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Links:
    """The addresses of a page's neighbours; empty when there is none on that side."""

    previous: str
    next: str

    def __bool__(self) -> bool:
        return bool(self.previous or self.next)


def page_of(request: HttpRequest, qs: QuerySet[M], *, order: Sequence[str], size: int = SIZE) -> Page[M]:
    """Return the page that the request's `after` or `before` names. Raises BadCursor."""
    return keyset_page(qs, order=order, after=request.GET.get("after"), before=request.GET.get("before"), size=size)


def links(request: HttpRequest, page: "Page[M]") -> Links:
    """Return the neighbours' addresses with everything else of the query kept."""
    return Links(
        previous=with_query(request, before=page.previous, after=None) if page.previous else "",
        next=with_query(request, after=page.next, before=None) if page.next else "",
    )


def with_query(request: HttpRequest, **values: str | None) -> str:
    """Return the request's query with `values` put in; None takes one out."""
    query = request.GET.copy()
    for name, value in values.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"
