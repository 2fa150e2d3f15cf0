"""The shapes of acts on many records: which are meant, and what an act would do to them."""

from typing import Annotated, Any

from pydantic import Field

from peyvand.api.schemas import BodyId, In, Out
from peyvand.core.list_selection import MOST_IDS, Selection

Key = Annotated[str, Field(max_length=60)]
Ids = Annotated[list[BodyId], Field(max_length=MOST_IDS)]


class FilterIn(In):
    key: Key
    op: Key
    values: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=50)


class SelectedStateIn(In):
    filters: list[FilterIn] = Field(default_factory=list, max_length=20)
    q: Annotated[str, Field(max_length=200)] = ""
    segment: BodyId | None = None


class SelectionIn(In):
    """Single records by `ids`, or with `state` the whole list that it describes, without `but`."""

    ids: Ids = Field(default_factory=list)
    state: SelectedStateIn | None = None
    but: Ids = Field(default_factory=list)

    def read(self) -> Selection:
        return Selection.from_json(self.model_dump())


class ReasonOut(Out):
    reason: str
    count: int


class ActPreviewOut(Out):
    """What an act would do to the chosen records, of those that were tried."""

    title: str
    total: int
    tried: int
    changed: int
    same: int
    refused: int
    reasons: list[ReasonOut]

    @staticmethod
    def resolve_reasons(found: Any) -> list[dict[str, Any]]:
        return [{"reason": reason, "count": count} for reason, count in found.reasons]
