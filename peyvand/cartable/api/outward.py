"""What goes out to customers by itself, in the API."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from peyvand.accounts.policies import require_everywhere
from peyvand.api.kit import ApiRequest, Id, In, Out, router, visible
from peyvand.cartable.api.requests import requests
from peyvand.cartable.models import Request, Survey
from peyvand.cartable.outward import LONGEST_TEXT, Outward
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.selectors.outward import outward as stored
from peyvand.cartable.services.configuring import change_outward

Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\{\{\s*link\s*\}\}")]

outward = router(tag="outward", permission="cartable.view")


class OutwardShape(In):
    """Receipts and surveys; `survey_after` in hours, `low`: a score of so much or less brings the request back."""

    receipt: bool
    receipt_text: Text
    survey: bool
    survey_text: Text
    survey_after: Annotated[int, Field(ge=1, le=720)]
    low: Annotated[int, Field(ge=0, le=4)]


class SurveyOut(Out):
    """One question after a closing, and what the customer answered; score from 1 (not at all) to 5 (very)."""

    id: int
    closed_at: datetime
    state: Literal["waiting", "sent", "answered", "left_out"]
    reason: str
    sent_at: datetime | None
    score: int | None
    words: str
    answered_at: datetime | None


@outward.get("/settings", response=OutwardShape, permission=CONFIGURE)
def show_settings(request: ApiRequest) -> Outward:
    """What is sent to customers by itself."""
    require_everywhere(request.auth, CONFIGURE)
    return stored()


@outward.put("/settings", response=OutwardShape, permission=CONFIGURE)
def change_settings(request: ApiRequest, payload: OutwardShape) -> Outward:
    """Say what is sent to customers by itself."""
    require_everywhere(request.auth, CONFIGURE)
    change_outward(actor=request.auth.user, wanted=Outward(**payload.model_dump()))
    return stored()


@requests.get("/{int:id}/surveys", response=list[SurveyOut])
def surveys(request: ApiRequest, id: Id) -> list[Survey]:
    """The questions that were put after each closing of a request, newest first."""
    found = visible(Request.objects.visible_to(request.auth), id)
    return list(Survey.objects.filter(request=found).order_by("-closed_at", "-id")[:50])
