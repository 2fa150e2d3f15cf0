"""Many customers in one call."""

from typing import Annotated, Literal

from pydantic import Field

from peyvand.api.kit import ApiRequest, BodyId, Flag, In, Out
from peyvand.core.errors import PeyvandError
from peyvand.parties.api.parties import CHANGE, parties
from peyvand.parties.services.upserting import Match, Mode, UpsertDone, UpsertRow, upsert_parties
from peyvand.parties.types import ContactDetails

MOST = 200
Text = Annotated[str, Field(max_length=10_000)]
Key = Annotated[str, Field(pattern=r"^[a-z_]{1,30}(:[0-9]{1,12})?$")]


class UpsertContactIn(In):
    kind: Literal["email", "mobile", "phone", "fax", "messenger"]
    typed: Annotated[str, Field(min_length=1, max_length=320)]
    shared: Flag = False
    primary: Flag = False


class UpsertRowIn(In):
    id: BodyId | None = None
    version: Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)] | None = None
    kind: Literal["person", "organisation", "household"] = "person"
    fields: dict[Key, Text | list[Text] | None] = Field(default_factory=dict, max_length=60)
    contacts: list[UpsertContactIn] = Field(default_factory=list, max_length=20)

    def row(self) -> UpsertRow:
        contacts = [ContactDetails(**each.model_dump()) for each in self.contacts]
        return UpsertRow(id=self.id, version=self.version, kind=self.kind, raws=self.fields, contacts=contacts)


class UpsertIn(In):
    match: Literal["id", "email", "phone"] = "email"
    mode: Literal["add", "update", "both"] = "both"
    rows: Annotated[list[UpsertRowIn], Field(min_length=1, max_length=MOST)]


class UpsertProblemOut(Out):
    code: str
    detail: str
    fields: dict[str, str]


class UpsertDoneOut(Out):
    index: int
    done: str
    id: int | None
    problem: UpsertProblemOut | None


class UpsertOut(Out):
    rows: list[UpsertDoneOut]


@parties.post("/upsert", response=UpsertOut, permission=CHANGE, status=200)
def upsert(request: ApiRequest, payload: UpsertIn) -> UpsertOut:
    """Add and change up to 200 customers; each row stands for itself and says what became of it.

    `fields` are named as in lists (`city`, `life_cycle`, `custom:12`); null empties one. `contacts` are added.
    """
    rows = [row.row() for row in payload.rows]
    done = upsert_parties(actor=request.auth.user, rows=rows, match=Match(payload.match), mode=Mode(payload.mode))
    return UpsertOut(rows=[_shown(index, each) for index, each in enumerate(done)])


def _shown(index: int, done: UpsertDone) -> UpsertDoneOut:
    problem = None if done.error is None else _problem(done.error)
    return UpsertDoneOut(index=index, done=done.done, id=done.party_id, problem=problem)


def _problem(error: PeyvandError) -> UpsertProblemOut:
    fields = {key: str(text) for key, text in error.fields.items()}
    return UpsertProblemOut(code=error.code, detail=error.message, fields=fields)
