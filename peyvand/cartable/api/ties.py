"""Merging, splitting, moving messages, links, child requests, one answer to an incident."""

from typing import Any

from peyvand.api.kit import ApiRequest, Id, seen_version, visible
from peyvand.cartable import services
from peyvand.cartable.api.requests import requests
from peyvand.cartable.api.schemas import DoneOut
from peyvand.cartable.api.tie_schemas import (
    AnswerAllIn,
    AnsweredOut,
    CloseAnywayIn,
    KinOut,
    MergeRequestsIn,
    MoveIn,
    PartIn,
    RegroupingOut,
    SplitIn,
    TieIn,
    TiesOut,
    UndoRegroupingIn,
    shown,
)
from peyvand.cartable.models import ConfidentialView, Regrouping, Request
from peyvand.cartable.selectors.ties import ties_of
from peyvand.cartable.services import incidents, parts, regrouping, tying
from peyvand.cartable.types import Undoable
from peyvand.core.errors import NotFound


def _found(request: ApiRequest, id: int) -> Request:
    return visible(Request.objects.visible_to(request.auth), id)


@requests.get("/{int:id}/ties", response=TiesOut)
def ties(request: ApiRequest, id: Id) -> dict[str, Any]:
    """The whole of which it is a part, its parts, links and regroupings, as far as I see the other requests."""
    found = _found(request, id)
    services.note_view(actor=request.auth, request=found, what=ConfidentialView.What.API)
    return shown(ties_of(request.auth, found))


@requests.post(
    "/{int:id}/merge", response=RegroupingOut, permission="cartable.handle", status=200, versioned="optional"
)
def merge(request: ApiRequest, id: Id, payload: MergeRequestsIn) -> Regrouping:
    """Merge others into this request; it can be taken back for 90 days."""
    version = seen_version(request)
    versions = dict(zip(payload.others, payload.versions, strict=False)) | ({} if version is None else {id: version})
    return regrouping.merge(
        actor=request.auth, survivor_id=id, request_ids=payload.others, agreed=payload.agreed, versions=versions
    )


@requests.post("/{int:id}/split", response=RegroupingOut, permission="cartable.handle", versioned="optional")
def split(request: ApiRequest, id: Id, payload: SplitIn) -> Regrouping:
    """Make a new request (`target`) of messages; I hold it."""
    return regrouping.split_off(
        actor=request.auth,
        request_id=id,
        message_ids=payload.messages,
        subject=payload.subject,
        tell_customer=payload.tell_customer,
        expected_version=seen_version(request),
    )


@requests.post("/{int:id}/move", response=RegroupingOut, permission="cartable.handle", status=200, versioned="optional")
def move(request: ApiRequest, id: Id, payload: MoveIn) -> Regrouping:
    """Move messages to the request where they belong."""
    version = seen_version(request)
    return regrouping.move_messages(
        actor=request.auth,
        request_id=id,
        message_ids=payload.messages,
        to_id=payload.to_id,
        agreed=payload.agreed,
        versions=None if version is None else {id: version},
    )


@requests.post(
    "/{int:id}/regroupings/{int:regrouping_id}/undo", response=RegroupingOut, permission="cartable.handle", status=200
)
def undo_regrouping(request: ApiRequest, id: Id, regrouping_id: Id, payload: UndoRegroupingIn) -> Regrouping:
    """Take a merge, a split or a move of this request back."""
    if all(one.pk != regrouping_id for one in ties_of(request.auth, _found(request, id)).regroupings):
        raise NotFound
    places = {one.message_id: one.request_id for one in payload.places}
    return regrouping.undo_regrouping(actor=request.auth, regrouping_id=regrouping_id, places=places)


@requests.post("/{int:id}/ties", response=TiesOut, permission="cartable.handle", versioned="optional")
def tie(request: ApiRequest, id: Id, payload: TieIn) -> dict[str, Any]:
    """Link it with another request that I see."""
    version = seen_version(request)
    tying.tie(actor=request.auth, request_id=id, other_id=payload.other_id, kind=payload.kind, expected_version=version)
    return shown(ties_of(request.auth, _found(request, id)))


@requests.delete("/{int:id}/ties/{int:tie_id}", permission="cartable.handle")
def untie(request: ApiRequest, id: Id, tie_id: Id) -> None:
    """Take a link away."""
    tying.untie(actor=request.auth, request_id=id, tie_id=tie_id)


@requests.post("/{int:id}/parts", response=KinOut, permission="cartable.refer", versioned="optional")
def open_part(request: ApiRequest, id: Id, payload: PartIn) -> Request:
    """Hand a part of it on as a child request that it waits for."""
    version = seen_version(request)
    return parts.open_part(actor=request.auth, request_id=id, part=payload.order(), expected_version=version)


@requests.post(
    "/{int:id}/close-anyway", response=DoneOut, permission="cartable.close", status=200, versioned="optional"
)
def close_anyway(request: ApiRequest, id: Id, payload: CloseAnywayIn) -> Undoable:
    """Close it although it waits for child requests, with the reason; they go on."""
    return services.close(
        actor=request.auth,
        request_id=id,
        remark=payload.remark,
        despite_parts=True,
        expected_version=seen_version(request),
    )


@requests.post("/{int:id}/answer-all", response=AnsweredOut, permission="cartable.send", status=200)
def answer_all(request: ApiRequest, id: Id, payload: AnswerAllIn) -> dict[str, Any]:
    """Send one answer by mail to the customer of every request of this incident, each in its own thread."""
    done = incidents.answer_all(actor=request.auth, request_id=id, **payload.model_dump())
    return {"sent": done.sent, "left": [{"request": one, "reason": why} for one, why in done.left]}
