"""Merging customers in the API: look first, merge, see what came from whom, take it back."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query
from pydantic import Field

from peyvand.api.kit import ApiRequest, BodyId, Id, In, Out, Page, Paged, PageQuery, Person, Ref, page, router
from peyvand.parties.models import Merge
from peyvand.parties.policies import MERGE
from peyvand.parties.selectors.merges import get_merge, merges_seen_by
from peyvand.parties.services.merging import MOST, merge_parties, undo_merge
from peyvand.parties.services.merging.later import later_fields, later_rows
from peyvand.parties.services.merging.proposing import MergePreview, preview_merge

merges = router(tag="merges", permission=MERGE)
Key = Annotated[str, Field(pattern=r"^[a-z_]{1,30}(:[0-9]{1,12})?$")]
Number = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,17}$")]
PlaceKey = Annotated[str, Field(max_length=120)]
Choices = Annotated[dict[Key, BodyId], Field(max_length=100)]
CHOICES = (
    "From which of the customers a field comes, by its key; without a word: the survivor's, else the first there is."
)


class MergePreviewIn(In):
    party_ids: Annotated[list[BodyId], Field(min_length=2, max_length=MOST)]
    survivor_id: BodyId | None = Field(None, description="Empty takes the one that is proposed.")
    choices: Choices = Field(default_factory=dict, description=CHOICES)


class MergeIn(In):
    survivor_id: BodyId
    party_ids: Annotated[list[BodyId], Field(min_length=1, max_length=MOST)]
    choices: Choices = Field(default_factory=dict, description=CHOICES)
    versions: Annotated[dict[Number, int], Field(max_length=MOST)] = Field(
        default_factory=dict, description="The versions you saw, by customer; others answer with 409."
    )


class MergeValueOut(Out):
    party_id: int
    text: str


class MergeFieldOut(Out):
    key: str
    label: str
    values: list[MergeValueOut]
    chosen: int


class MovedOut(Out):
    label: str
    moved: int
    folded: int


class MergePreviewOut(Out):
    survivor_id: int
    proposed_id: int
    reason: str
    fields: list[MergeFieldOut]
    moved: list[MovedOut]
    versions: dict[str, int]


class MergeOut(Out):
    id: int
    survivor: Ref
    merged: list[Ref]
    by: Person | None
    at: datetime
    undo_until: datetime
    undone_at: datetime | None
    undone_by: Person | None
    choices: dict[str, int] = Field(description="From which customer each field's value came.")
    counts: dict[str, Any] = Field(description="By table: rows that moved, and rows that said the same as another.")

    @staticmethod
    def resolve_merged(merge: Merge) -> list[Any]:
        return [each.party for each in merge.sources.all()]


class MergesQuery(PageQuery):
    party_id: Id | None = None


class LaterRowOut(Out):
    key: str = Field(description="Names the row in `places`.")
    kind: str
    row: int
    proposed_id: int


class LaterFieldOut(Out):
    key: str
    field: str
    proposed_id: int


class LaterOut(Out):
    rows: list[LaterRowOut]
    fields: list[LaterFieldOut]


class UndoMergeIn(In):
    places: Annotated[dict[PlaceKey, BodyId], Field(max_length=5000)] = Field(
        default_factory=dict, description="To which customer each later row or field belongs; others go as proposed."
    )


@merges.post("/preview", response=MergePreviewOut, status=200)
def preview(request: ApiRequest, payload: MergePreviewIn) -> dict[str, Any]:
    """Say who is proposed to survive, what each field would hold and what would move; nothing is changed."""
    shown = preview_merge(
        actor=request.auth.user,
        party_ids=payload.party_ids,
        survivor_id=payload.survivor_id,
        choices=payload.choices,
    )
    return _shown(shown)


@merges.post("", response=MergeOut)
def create(request: ApiRequest, payload: MergeIn) -> Merge:
    """Make one customer of several; the same again answers with the merge that is there.

    Numbers of the others stay valid and answer with the survivor.
    """
    made = merge_parties(
        actor=request.auth.user,
        survivor_id=payload.survivor_id,
        party_ids=payload.party_ids,
        choices=payload.choices,
        versions={int(pk): version for pk, version in payload.versions.items()},
    )
    return get_merge(request.auth.user, made.pk)


@merges.get("", response=Paged[MergeOut])
def index(request: ApiRequest, query: Query[MergesQuery]) -> Page[Merge]:
    """Merges, the newest first; of one customer by `party_id`."""
    return page(merges_seen_by(request.auth.user, party_id=query.party_id), query, order=("-at", "-id"))


@merges.get("/{int:id}", response=MergeOut)
def show(request: ApiRequest, id: Id) -> Merge:
    """One merge, with the customer each value came from."""
    return get_merge(request.auth.user, id)


@merges.get("/{int:id}/later", response=LaterOut)
def later(request: ApiRequest, id: Id) -> dict[str, Any]:
    """What came after a merge, with where it seems to belong; look here before taking it back."""
    made = get_merge(request.auth.user, id)
    if not made.is_open:
        return {"rows": [], "fields": []}
    rows = [
        {"key": row.key, "kind": row.reference.model, "row": row.row, "proposed_id": row.proposed}
        for row in later_rows(made)
    ]
    fields = [{"key": each.key, "field": each.field, "proposed_id": each.proposed} for each in later_fields(made)]
    return {"rows": rows, "fields": fields}


@merges.post("/{int:id}/undo", response=MergeOut, status=200)
def undo(request: ApiRequest, id: Id, payload: UndoMergeIn) -> Merge:
    """Take a merge back: each customer has again what it had. A merge on top of it answers 409 and is undone first."""
    user = request.auth.user
    undo_merge(actor=user, merge=get_merge(user, id), places=payload.places)
    return get_merge(user, id)


def _shown(shown: MergePreview) -> dict[str, Any]:
    return {
        "survivor_id": shown.survivor.pk,
        "proposed_id": shown.proposal.survivor_id,
        "reason": shown.proposal.reason,
        "fields": [
            {
                "key": line.key,
                "label": line.label,
                "values": [{"party_id": pk, "text": text} for pk, text in line.values],
                "chosen": line.chosen,
            }
            for line in shown.fields
        ],
        "moved": [{"label": line.label, "moved": line.moved, "folded": line.folded} for line in shown.moved],
        "versions": {str(pk): version for pk, version in shown.versions.items()},
    }
