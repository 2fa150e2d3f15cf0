"""What keeps customers honest: their history, their trash, the change feed, and who looked at them."""

from datetime import datetime
from typing import Any

from ninja import Query
from pydantic import Field

from peyvand.accounts.audit import ChangePage
from peyvand.api.kit import (
    ApiRequest,
    Id,
    In,
    Out,
    Page,
    Paged,
    PageQuery,
    Person,
    Ref,
    page,
    seen_version,
    visible,
)  # fmt: skip
from peyvand.core.errors import Invalid
from peyvand.parties.api.parties import parties, present
from peyvand.parties.models import AccessLog, Party
from peyvand.parties.policies import AUDIT, DELETE, employer_of
from peyvand.parties.selectors import visible_to
from peyvand.parties.selectors.access import access_rows
from peyvand.parties.selectors.changes import Changed, changed_since
from peyvand.parties.selectors.history import history_of
from peyvand.parties.selectors.trash import in_trash
from peyvand.parties.services.trash import delete_party, restore_party


class FieldChangeOut(Out):
    field: str
    before: str
    after: str


class RecordChangeOut(Out):
    at: datetime
    who: str
    kind: str
    act: str
    fields: list[FieldChangeOut]


class HistoryOut(Out):
    items: list[RecordChangeOut]
    next: str


class HistoryQuery(In):
    before: str = Field("", max_length=40)


class DeletedOut(Out):
    id: int
    kind: str
    name: str
    deleted_at: datetime
    deleted_by: Person | None


class FeedRowOut(Out):
    id: int
    kind: str
    name: str
    version: int
    changed_at: datetime
    deleted_at: datetime | None
    erased_at: datetime | None
    merged_into_id: int | None = Field(description="Merged into this customer, whose number answers for it now.")
    organisation: Ref | None
    branch: Ref | None
    owner: Person | None

    @staticmethod
    def resolve_organisation(party: Party, context: dict[str, Any]) -> Party | None:
        """Where somebody works, as far as the caller may see that one too."""
        return employer_of(context["request"].auth.user, party)


class FeedOut(Out):
    items: list[FeedRowOut]
    cursor: str
    more: bool


class FeedQuery(In):
    cursor: str = Field("", max_length=70)
    size: int = Field(100, ge=1, le=1000)


class AccessOut(Out):
    id: int
    act: str
    user: Person | None
    party: Ref | None
    count: int
    at: datetime


class AccessQuery(PageQuery):
    act: str = Field("", max_length=10)
    user_id: Id | None = None
    party_id: Id | None = None


@parties.get("/{int:id}/history", response=HistoryOut)
def history(request: ApiRequest, id: Id, query: Query[HistoryQuery]) -> HistoryOut:
    """Every change of a customer and of what hangs on him, newest first; `before` is `next` of the page before."""
    user = request.auth.user
    return _history(history_of(user, present(request, id), before=_moment(query.before)))


def _moment(text: str) -> str:
    try:
        return text and datetime.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Invalid(fields={"before": str(error)}) from error


def _history(found: ChangePage) -> HistoryOut:
    items = [
        RecordChangeOut(
            at=each.at,
            who=each.who,
            kind=each.kind,
            act=each.act,
            fields=[FieldChangeOut(field=name, before=was, after=now) for name, was, now in each.fields],
        )
        for each in found.items
    ]
    return HistoryOut(items=items, next=found.next)


@parties.delete("/{int:id}", permission=DELETE, versioned="optional")
def delete(request: ApiRequest, id: Id) -> None:
    """Put a customer into the trash."""
    user = request.auth.user
    delete_party(actor=user, party=present(request, id), version=seen_version(request))


@parties.get("/trash", response=Paged[DeletedOut], permission=DELETE)
def trash(request: ApiRequest, query: Query[PageQuery]) -> Page[Party]:
    """Deleted customers, the newest first."""
    return page(in_trash(request.auth.user), query, order=("-deleted_at", "-id"))


@parties.post("/{int:id}/restore", response=FeedRowOut, permission=DELETE, status=200)
def restore(request: ApiRequest, id: Id) -> Party:
    """Take a customer out of the trash."""
    restore_party(actor=request.auth.user, party_id=id)
    seen = visible_to(request.auth.user).select_related("organisation", "branch", "owner")
    return visible(seen, id)


@parties.get("/changes", response=FeedOut, gone="The cursor is of another database; begin with an empty one")
def changes(request: ApiRequest, query: Query[FeedQuery]) -> Changed:
    """Customers that were written since `cursor`, each once; deleted ones too. Keep `cursor` for the next call."""
    return changed_since(request.auth.user, query.cursor, size=query.size)


@parties.get("/access-log", response=Paged[AccessOut], permission=AUDIT)
def access_log(request: ApiRequest, query: Query[AccessQuery]) -> Page[AccessLog]:
    """Who viewed and exported personal data, the newest first."""
    rows = access_rows(act=query.act, user_id=query.user_id, party_id=query.party_id)
    return page(rows, query, order=("-at", "-id"))
