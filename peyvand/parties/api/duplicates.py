"""Probable duplicates in the API: the queue, decisions, who is like a customer that is about to be added."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Query
from pydantic import Field

from peyvand.api.jobs import JobOut
from peyvand.api.kit import ApiRequest, BodyId, Id, In, Out, Page, Paged, PageQuery, page, router, visible
from peyvand.core.models import LongJob
from peyvand.parties.api.shapes import ContactIn, Kind, Name, Short
from peyvand.parties.matching import PROBABLE, Record, make_record
from peyvand.parties.matching.wording import said
from peyvand.parties.models import DuplicatePair
from peyvand.parties.selectors.duplicates import Likely, Wanted, has_unseen, likely_for, queue_of
from peyvand.parties.services import duplicates as services
from peyvand.parties.types import normalise_address

duplicates = router(tag="duplicates", permission="parties.duplicates")
State = Literal["open", "not_same", "merged"]
Pairs = Annotated[list[BodyId], Field(min_length=1, max_length=200)]


class LikenessOut(Out):
    code: str
    text: str = Field(description="In the language of the caller.")
    points: int


class SideOut(Out):
    id: int
    name: str
    city: str


class PairOut(Out):
    id: int
    first: SideOut
    second: SideOut
    score: int
    reasons: list[LikenessOut]
    contradicts: bool = Field(description="Something speaks against it: never merged by itself.")
    state: State
    found_at: datetime
    decided_at: datetime | None

    @staticmethod
    def resolve_reasons(pair: DuplicatePair) -> list[dict[str, Any]]:
        return [{"code": code, "text": text, "points": points} for code, text, points in said(pair.reasons)]


class QueueQuery(PageQuery):
    state: State = "open"
    score: int = Field(PROBABLE, ge=0, le=100, description="Open pairs of at least so many points.")
    reason: str = Field("", max_length=20)
    branch_id: int | None = Field(None, ge=1, le=2**63 - 1)


class LikelyOut(Out):
    id: int
    name: str
    kind: Kind
    city: str
    score: int
    reasons: list[LikenessOut]


class LikelyAnswer(Out):
    """Customers who may be the same, the most probable first. `unseen`: somebody whom the caller may not see has it."""

    possible_duplicates: list[LikelyOut]
    unseen: bool


class LikelyIn(In):
    """What is known of a customer before it is added."""

    kind: Kind = "person"
    name: Name
    city: Short = ""
    birth_date: date | None = None
    contacts: list[ContactIn] = Field(default_factory=list, max_length=30)

    def record(self) -> Record:
        found = [normalise_address(each.kind, each.typed) for each in self.contacts]
        known = [each for each in found if each is not None]
        return make_record(
            kind=self.kind,
            name=self.name[:200],
            city=self.city,
            born=self.birth_date,
            phones=frozenset(each.value for each in known if each.kind in {"mobile", "phone", "fax"}),
            emails=frozenset(each.value for each in known if each.kind == "email"),
        )


class PairsIn(In):
    ids: Pairs


class PairsOut(Out):
    ids: list[int] = Field(description="The pairs that were changed.")


@duplicates.get("", response=Paged[PairOut])
def index(request: ApiRequest, query: Query[QueueQuery]) -> Page[DuplicatePair]:
    """Probable duplicates of which the caller sees both customers, the most probable first."""
    wanted = Wanted(state=query.state, least=query.score, reason=query.reason, branch=query.branch_id)
    pairs = queue_of(request.auth.user, wanted).select_related("first", "second")
    return page(pairs, query, order=("-score", "-id"))


@duplicates.get("/{int:id}", response=PairOut)
def show(request: ApiRequest, id: Id) -> DuplicatePair:
    """One pair."""
    return visible(DuplicatePair.objects.visible_to(request.auth.user).select_related("first", "second"), id)


@duplicates.post("/not-same", response=PairsOut, status=200)
def not_same(request: ApiRequest, payload: PairsIn) -> dict[str, list[int]]:
    """Keep pairs apart: they are not proposed again unless there is new evidence that weighs."""
    return {"ids": services.decide_not_same(actor=request.auth.user, pair_ids=payload.ids)}


@duplicates.post("/reopen", response=PairsOut, status=200)
def reopen(request: ApiRequest, payload: PairsIn) -> dict[str, list[int]]:
    """Take «not the same» back."""
    return {"ids": services.reopen_pairs(actor=request.auth.user, pair_ids=payload.ids)}


@duplicates.post("/scan", response=JobOut, status=202)
def scan(request: ApiRequest) -> LongJob:
    """Look through all customers in the background; needs the permission for all of them."""
    return services.start_scan(actor=request.auth.user)


@duplicates.post("/likely", response=LikelyAnswer, permission="parties.change", status=200)
def likely(request: ApiRequest, payload: LikelyIn) -> dict[str, Any]:
    """Who is like a customer that is about to be added; nothing is written."""
    user, record = request.auth.user, payload.record()
    found = [_told(each) for each in likely_for(user, record)]
    return {"possible_duplicates": found, "unseen": has_unseen(user, record)}


def _told(each: Likely) -> dict[str, Any]:
    party, verdict = each.party, each.verdict
    reasons = [{"code": code, "text": text, "points": points} for code, text, points in said(verdict.reasons)]
    shown = {"id": party.pk, "name": party.name, "kind": party.kind, "city": party.city}
    return shown | {"score": verdict.score, "reasons": reasons}
