"""One's own desk: putting a request aside for a while, and who else is at it."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime

from peyvand.api.kit import ApiRequest, Id, In, Out
from peyvand.cartable.api.requests import requests
from peyvand.cartable.models import Snooze
from peyvand.cartable.selectors.presence import Present
from peyvand.cartable.services import snoozing
from peyvand.cartable.services.presence import be_present


class SnoozeIn(In):
    """Until when; a moment with its zone."""

    until: AwareDatetime


class SnoozeOut(Out):
    request_id: int
    until: datetime


@requests.put("/{int:id}/snooze", response=SnoozeOut, permission="cartable.handle")
def snooze(request: ApiRequest, id: Id, payload: SnoozeIn) -> Snooze:
    """Put a request of my own work aside until a moment, or until its customer writes."""
    return snoozing.snooze(actor=request.auth, request_id=id, until=payload.until)


@requests.delete("/{int:id}/snooze", permission="cartable.view")
def unsnooze(request: ApiRequest, id: Id) -> None:
    """Take back at once what I had put aside."""
    snoozing.unsnooze(actor=request.auth, request_id=id)


class PresenceIn(In):
    state: Literal["looking", "typing", "gone"] = "looking"


class PresentOut(Out):
    user_id: int
    name: str
    is_typing: bool


@requests.put("/{int:id}/presence", response=list[PresentOut], permission="cartable.view")
def presence(request: ApiRequest, id: Id, payload: PresenceIn) -> list[Present]:
    """Say that I look at a request, type in it or have gone; the answer names who else is there."""
    return be_present(actor=request.auth, request_id=id, state=payload.state)
