"""Changing many customers, and taking lists out, in the API."""

from typing import Annotated, Any, Literal

from pydantic import Field

from peyvand.accounts.models import User
from peyvand.api.jobs import JobOut
from peyvand.api.kit import ApiRequest, In
from peyvand.api.many import ActPreviewOut, Key, SelectedStateIn, SelectionIn
from peyvand.core import exports
from peyvand.core.models import LongJob
from peyvand.core.sheets import Format
from peyvand.parties.api.parties import parties
from peyvand.parties.services import bulk as services
from peyvand.parties.services import exporting
from peyvand.parties.services.bulk import Change, How, Plan

Value = Annotated[str, Field(max_length=400)]


class BulkIn(In):
    selection: SelectionIn
    how: Literal["set", "add", "remove", "clear", "delete"]
    key: Key = ""
    raw: Value | Annotated[list[Value], Field(max_length=100)] | None = None

    def change(self) -> Change:
        return Change(how=How(self.how), key=self.key, raw=self.raw)


class PreviewOut(ActPreviewOut):
    allowed: int


class ExportIn(In):
    selection: SelectionIn = Field(default_factory=lambda: SelectionIn(state=SelectedStateIn()))
    columns: list[Key] = Field(min_length=1, max_length=40)
    sort: Key = ""
    format: Literal["csv", "xlsx", "jsonl", "vcard3", "vcard4"] = "csv"


@parties.post("/bulk/preview", response=PreviewOut, permission="parties.bulk", status=200)
def preview(request: ApiRequest, payload: BulkIn) -> Any:
    """Say what a change of many customers would do; nothing is changed."""
    shown, _plan = services.preview(actor=_user(request), selection=payload.selection.read(), change=payload.change())
    return shown


@parties.post("/bulk", response=JobOut, permission="parties.bulk")
def run(request: ApiRequest, payload: BulkIn) -> LongJob:
    """Change many customers: at once when they are few, otherwise as long work. Its items say what became of each."""
    plan = Plan(selection=payload.selection.read().to_json(), change=payload.change())
    return services.run(actor=_user(request), plan=plan)


@parties.post("/exports", response=JobOut, permission="parties.export")
def export(request: ApiRequest, payload: ExportIn) -> LongJob:
    """Begin to write a list of customers as a file; take it from `/jobs/{id}/file` when the job is done."""
    wanted = exporting.wanted(
        payload.selection.read(), columns=payload.columns, format=Format(payload.format), sort=payload.sort
    )
    return exports.start_export(actor=_user(request), export=wanted)


def _user(request: ApiRequest) -> User:
    return request.auth.user
