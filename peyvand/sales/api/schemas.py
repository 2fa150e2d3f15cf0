"""The shapes of leads, deals and pipelines in the API."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from peyvand.accounts.models import User
from peyvand.api.kit import BodyId, CustomIn, Id, In, Out, PageQuery, Ref
from peyvand.core.custom_fields.records import read
from peyvand.sales.deal_fields import HOST
from peyvand.sales.models import Pipeline, Stage
from peyvand.sales.services.opening import LARGEST
from peyvand.sales.types import DealDetails, PipelineDetails, StageDetails

Rial = Annotated[int, Field(ge=0, le=LARGEST)]
Percent = Annotated[int, Field(ge=0, le=100)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Short = Annotated[str, Field(max_length=120)]
Key = Annotated[str, Field(max_length=40)]


class DealQuery(PageQuery):
    """party_id: of one customer. partner_id: that go through this partner, alone or shared. kind: leads or deals."""

    party_id: Id | None = None
    pipeline_id: Id | None = None
    stage_id: Id | None = None
    state: Literal["open", "won", "lost", "joined"] | None = None
    kind: Literal["lead", "deal"] | None = None
    channel: Literal["direct", "partner"] | None = None
    partner_id: Id | None = None


class DealFields(In):
    """amount: Rial. probability: percent; null: that of the stage."""

    name: Name
    amount: Rial | None = None
    probability: Percent | None = None
    close_on: date | None = None
    is_hot: bool = False
    source: Short = ""
    note: Annotated[str, Field(max_length=20_000)] = ""
    channel: Literal["direct", "partner"] = "direct"
    custom: Annotated[
        CustomIn, Field(description="By the number of the field; one not named stays, null empties.")
    ] = {}

    def details(self, who: User) -> DealDetails:
        """What the service takes; links in custom fields as `who` sees them. Errors: Invalid."""
        given = {name: getattr(self, name) for name in DealFields.model_fields}
        return DealDetails(**given | {"custom": read(HOST, self.custom, who)})


class DealIn(DealFields):
    """stage_id: where it stands, else the first stage of the pipeline. owner_id: who sells it, else the caller."""

    party_id: BodyId
    stage_id: BodyId | None = None
    pipeline_id: BodyId | None = None
    owner_id: BodyId | None = None


class DealOut(Out):
    id: int
    name: str
    party: Ref
    pipeline: Ref
    stage: Ref
    state: str
    amount: int | None
    probability: int | None
    close_on: date | None
    is_hot: bool
    source: str
    note: str
    channel: str
    partner_id: int | None
    owner_id: int | None
    branch_id: int | None
    stage_since: datetime
    opened_at: datetime
    closed_at: datetime | None
    lost_reason_id: int | None
    competitor: str
    joined_into_id: int | None
    split_from_id: int | None
    tag_ids: list[int]
    custom: Annotated[dict[str, Any], Field(description="Values of custom fields by the number of the field.")]
    version: int


class DealMoveIn(In):
    """below_id: the card above it; null: on top."""

    stage_id: BodyId
    below_id: BodyId | None = None


class DealMovedOut(Out):
    """undo: post it to /deals/undo within ten minutes."""

    deal: DealOut
    undo: str


class DealUndoIn(In):
    undo: Annotated[str, Field(max_length=1000)]


class DealLossIn(In):
    reason_id: BodyId
    competitor: Short = ""
    note: Annotated[str, Field(max_length=2000)] = ""


class DealOwnerIn(In):
    owner_id: BodyId | None


class DealTagsIn(In):
    """add, remove: ids of tags of the business; what is so already changes nothing."""

    add: Annotated[list[BodyId], Field(max_length=20)] = []
    remove: Annotated[list[BodyId], Field(max_length=20)] = []


class DealPartIn(In):
    name: Name
    amount: Annotated[int, Field(ge=1, le=LARGEST)]


class DealJoinIn(In):
    others: Annotated[list[BodyId], Field(min_length=1, max_length=50)]


class DealPersonShape(In):
    party_id: BodyId
    role: Annotated[str, Field(max_length=80)] = ""
    influence: Literal["for", "neutral", "against", "unknown"] = "unknown"


class DealPeopleIn(In):
    people: Annotated[list[DealPersonShape], Field(max_length=50)]


class DealPersonOut(Out):
    party: Ref
    role: str
    influence: str


class DealShareShape(In):
    user_id: BodyId
    percent: Annotated[int, Field(ge=1, le=100)]


class DealSharesIn(In):
    shares: Annotated[list[DealShareShape], Field(max_length=50)]


class StageShape(In):
    """id: of a stage that exists; a stage that is left out is removed."""

    id: BodyId | None = None
    name: Annotated[str, Field(min_length=1, max_length=80)]
    probability: Percent = 0
    rot_days: Annotated[int, Field(ge=1, le=999)] | None = None
    required: Annotated[list[Key], Field(max_length=20)] = []
    checks: Annotated[list[Key], Field(max_length=20)] = []
    needs_approval: bool = False
    tone: Literal["ink-3", "lajevard", "banafsh", "zaferan", "peste", "firouzeh", "anar"] = "ink-3"


class PipelineIn(In):
    """goes_to: for a removed stage the stage in which its deals stand then."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    kind: Literal["lead", "deal"] = "deal"
    next_pipeline_id: BodyId | None = None
    stages: Annotated[list[StageShape], Field(min_length=1, max_length=30)]
    goes_to: dict[int, BodyId] = {}

    def details(self) -> PipelineDetails:
        stages = [StageDetails(**dict(stage)) for stage in self.stages]
        return PipelineDetails(name=self.name, kind=self.kind, next_pipeline_id=self.next_pipeline_id, stages=stages)


class StageOut(Out):
    id: int
    name: str
    position: int
    probability: int
    rot_days: int | None
    required: list[str]
    checks: list[str]
    needs_approval: bool
    tone: str


class PipelineOut(Out):
    id: int
    name: str
    kind: str
    next_pipeline_id: int | None
    stages: list[StageOut]
    version: int

    @staticmethod
    def resolve_stages(pipeline: Pipeline) -> list[Stage]:
        return [stage for stage in pipeline.stages.all() if stage.deleted_at is None]


class LostReasonIn(In):
    name: Annotated[str, Field(min_length=1, max_length=80)]


class LostReasonOut(Out):
    id: int
    name: str


class ApprovalAskIn(In):
    stage_id: BodyId


class ApprovalDecisionIn(In):
    is_approved: bool
    remark: Annotated[str, Field(max_length=500)] = ""


class StageApprovalOut(Out):
    id: int
    deal_id: int
    stage: Ref
    state: str
    asked_by_id: int | None
    asked_at: datetime
    decided_by_id: int | None
    remark: str
