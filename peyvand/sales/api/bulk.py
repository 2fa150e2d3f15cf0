"""Acting on many leads or deals in the API: what it would do, doing it; `/jobs/{id}/undo` takes it back."""

from typing import Annotated, Any, Literal

from pydantic import Field

from peyvand.api.jobs import JobOut
from peyvand.api.kit import ApiRequest, In
from peyvand.api.many import ActPreviewOut, SelectionIn
from peyvand.core.models import LongJob
from peyvand.sales.api.deals import deals
from peyvand.sales.permissions import CHANGE
from peyvand.sales.services import bulk as services
from peyvand.sales.services.bulk import Change, How, Plan


class DealsBulkIn(In):
    """What is done to which. to: the number of the stage, of the person (0 for nobody) or of the tag."""

    selection: SelectionIn
    kind: Literal["deal", "lead"] = "deal"
    how: Literal["move", "assign", "tag", "untag"]
    to: Annotated[int, Field(strict=True, ge=0, le=2**62)]

    def change(self) -> Change:
        return Change(how=How(self.how), to=self.to)

    @property
    def place(self) -> str:
        """The list that the selection is of."""
        return f"{self.kind}s"


class DealsPreviewOut(ActPreviewOut):
    """is_whole: all chosen ones were tried."""

    is_whole: bool


@deals.post("/bulk/preview", response=DealsPreviewOut, permission=CHANGE, status=200)
def bulk_preview(request: ApiRequest, payload: DealsBulkIn) -> Any:
    """Say what an act on many leads or deals would do; nothing is changed."""
    selection, change = payload.selection.read(), payload.change()
    made, _plan = services.preview(actor=request.auth.user, selection=selection, change=change, place=payload.place)
    return made


@deals.post("/bulk", response=JobOut, permission=CHANGE)
def bulk_run(request: ApiRequest, payload: DealsBulkIn) -> LongJob:
    """Move, give away, tag or untag many: at once when they are few, else as long work; its items say what became."""
    plan = Plan(selection=payload.selection.read().to_json(), change=payload.change(), place=payload.place)
    return services.run(actor=request.auth.user, plan=plan)
