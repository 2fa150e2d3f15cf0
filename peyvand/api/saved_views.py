"""Saved views: lists as their owners like to see them, read also by those they are shared with."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by, may, require
from peyvand.api.kit import (
    SIGNED_IN,
    ApiRequest,
    Id,
    In,
    Out,
    Page,
    Paged,
    PageQuery,
    Person,
    expected_version,
    page,
    router,
    visible,
)
from peyvand.core import saved_views
from peyvand.core.errors import Invalid
from peyvand.core.list_state import (
    LONGEST_VALUE,
    MOST_COLUMNS,
    MOST_FILTERS,
    MOST_VALUES,
    BadListState,
    ListState,
    check,
)
from peyvand.core.models import SavedView

views = router(tag="views", permission=SIGNED_IN)

Shared = Literal["nobody", "department", "branch", "all"]
Key = Annotated[str, Field(min_length=1, max_length=60)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Text = Annotated[str, Field(max_length=LONGEST_VALUE)]


class FilterRow(In):
    """One sentence of a filter: field, operator, values."""

    key: Key
    op: Key
    values: list[Text] = Field(default_factory=list, max_length=MOST_VALUES)


class StateIn(In):
    """What a list shows; an empty part is the list's own default."""

    filters: list[FilterRow] = Field(default_factory=list, max_length=MOST_FILTERS)
    sort: Annotated[str, Field(max_length=60)] = ""
    columns: list[Key] = Field(default_factory=list, max_length=MOST_COLUMNS)
    q: Text = ""
    segment: Annotated[int, Field(ge=1, lt=2**63)] | None = None

    def read(self) -> ListState:
        return ListState.from_json(self.model_dump())


class ViewOut(Out):
    id: int
    list: str
    name: str
    shared: Shared
    owner: Person
    state: dict[str, Any]
    order: int
    version: int
    created_at: datetime


class ViewIn(In):
    list: Key
    name: Name
    shared: Shared = "nobody"
    state: StateIn = Field(default_factory=StateIn)


class ViewChange(In):
    name: Name | None = None
    shared: Shared | None = None
    state: StateIn | None = None


class ViewQuery(PageQuery):
    list: Annotated[str, Field(max_length=60)] = ""


def _seen(user: User, list_key: str = "") -> QuerySet[SavedView]:
    """The views of the caller and those shared with him, of lists whose records he may see."""
    return saved_views.views_of(user, list_key).filter(list__in=_lists(user)).select_related("owner")


def _lists(user: User) -> list[str]:
    """The lists whose records the caller may see at all."""
    return [key for key, known in saved_views.saved_lists().items() if may(user, known.permission)]


def _state(user: User, list_key: str, given: StateIn) -> ListState:
    """Read a state for a list. Raises BadListState for fields, operators and values that the caller may not use."""
    known = saved_views.saved_lists().get(list_key)
    if known is None:
        raise Invalid(fields={"list": "unknown"})
    require(user, known.permission)
    state = given.read()
    problems = check(state, known.host, asked_by(user)).problems
    if problems:
        raise BadListState(problems)
    return state


@views.get("", response=Paged[ViewOut])
def index(request: ApiRequest, query: Query[ViewQuery]) -> Page[SavedView]:
    """Your views and those that are shared with you, of one list when `list` names it."""
    return page(_seen(request.auth.user, query.list), query, order=("order", "id"))


@views.get("/{int:id}", response=ViewOut)
def show(request: ApiRequest, id: Id) -> SavedView:
    """One view with its filters, order and columns."""
    return visible(_seen(request.auth.user), id)


@views.post("", response=ViewOut)
def create(request: ApiRequest, payload: ViewIn) -> SavedView:
    """Keep a view."""
    user = request.auth.user
    state = _state(user, payload.list, payload.state)
    return saved_views.create_view(
        owner=user, list_key=payload.list, name=payload.name, state=state, shared=payload.shared
    )


@views.patch("/{int:id}", response=ViewOut, versioned="required")
def change(request: ApiRequest, id: Id, payload: ViewChange) -> SavedView:
    """Rename, share or change a view of your own."""
    user = request.auth.user
    found = visible(saved_views.views_of(user).filter(owner_id=user.pk), id)
    state = None if payload.state is None else _state(user, found.list, payload.state)
    return saved_views.change_view(
        owner=user,
        view_id=id,
        version=expected_version(request),
        name=payload.name,
        state=state,
        shared=payload.shared,
    )


@views.delete("/{int:id}")
def delete(request: ApiRequest, id: Id) -> None:
    """Take a view of your own away; it can be restored."""
    saved_views.delete_view(owner=request.auth.user, view_id=id)


@views.post("/{int:id}/restore", response=ViewOut, status=200)
def restore(request: ApiRequest, id: Id) -> SavedView:
    """Bring a deleted view of your own back."""
    return saved_views.restore_view(owner=request.auth.user, view_id=id)
