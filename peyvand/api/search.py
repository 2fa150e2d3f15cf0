"""One search over everything that the caller may see."""

from typing import Annotated

from django.utils.functional import Promise
from ninja import Query
from pydantic import Field

from peyvand.api.kit import SIGNED_IN, ApiRequest, In, Out, router
from peyvand.core import finding

search = router(tag="search", permission=SIGNED_IN)
MOST = 50


class SearchQuery(In):
    q: Annotated[str, Field(min_length=1, max_length=finding.LONGEST)]
    kind: str = Field("", max_length=40)
    limit: int = Field(10, ge=1, le=MOST)


class FoundOut(Out):
    """One record: `id` as the endpoints of its kind name it, `value` the number or address by which it was found."""

    kind: str
    id: int | str
    title: str
    subtitle: str
    value: str


class SearchOut(Out):
    items: list[FoundOut]


@search.get("", response=SearchOut)
def index(request: ApiRequest, query: Query[SearchQuery]) -> SearchOut:
    """Customers and requests, and what later apps add, the best of each kind first.

    Forgives errors of typing, of spaces and of the keyboard layout; finds numbers in any form and in part. `kind`
    (`customers`, `requests`) asks for one kind only, `limit` is for each kind. An unknown kind finds nothing.
    """
    keys = [query.kind] if query.kind else []
    found = finding.search(request.auth.user, query.q, query.limit, keys=keys)
    return SearchOut(items=[_shown(source.key, one) for source, rows in found for one in rows])


def _shown(kind: str, one: finding.Found) -> FoundOut:
    return FoundOut(kind=kind, id=one.id, title=_text(one.title), subtitle=_text(one.subtitle), value=one.value)


def _text(text: str | Promise) -> str:
    return str(text)
