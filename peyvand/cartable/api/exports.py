"""Taking lists of requests out, in the API."""

from typing import Annotated, Literal

from pydantic import Field

from peyvand.api.jobs import JobOut
from peyvand.api.kit import ApiRequest, BodyId, In
from peyvand.cartable.api.requests import requests
from peyvand.cartable.services import exporting
from peyvand.core import exports
from peyvand.core.list_selection import MOST_IDS, Selection
from peyvand.core.models import LongJob
from peyvand.core.sheets import Format

Key = Annotated[str, Field(max_length=60)]


class RequestFilterIn(In):
    key: Key
    op: Key = "is"
    values: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=50)


class RequestExportIn(In):
    """What is taken out: single requests by `ids`, or all that fit; place: «mine», «department-3» or all one sees."""

    place: Key = ""
    ids: Annotated[list[BodyId], Field(max_length=MOST_IDS)] = Field(default_factory=list)
    filters: list[RequestFilterIn] = Field(default_factory=list, max_length=20)
    q: Annotated[str, Field(max_length=200)] = ""
    columns: list[Key] = Field(default_factory=lambda: list(exporting.COLUMNS), min_length=1, max_length=40)
    sort: Key = ""
    format: Literal["csv", "xlsx", "jsonl"] = "csv"

    def selection(self) -> Selection:
        state = None if self.ids else {"filters": [each.model_dump() for each in self.filters], "q": self.q}
        return Selection.from_json({"ids": self.ids, "state": state})


@requests.post("/exports", response=JobOut, permission=exporting.EXPORT)
def export(request: ApiRequest, payload: RequestExportIn) -> LongJob:
    """Begin to write a list of requests as a file; take it from `/jobs/{id}/file` when the job is done."""
    wanted = exporting.wanted(
        payload.selection(),
        place=payload.place,
        columns=payload.columns,
        format=Format(payload.format),
        sort=payload.sort,
    )
    return exports.start_export(actor=request.auth.user, export=wanted)
