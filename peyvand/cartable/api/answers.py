"""Answers: drafted, submitted, returned or approved, sent. If-Match holds the version of the answer."""

from peyvand.api.kit import ApiRequest, Id, router, seen_version
from peyvand.cartable import services
from peyvand.cartable.api.requests import requests
from peyvand.cartable.api.schemas import AnswerOut, ApproveIn, DoneOut, DraftIn, ReasonIn, SubmitIn
from peyvand.cartable.models import Answer
from peyvand.cartable.services import Approval
from peyvand.cartable.types import Draft, Undoable

answers = router(tag="answers", permission="cartable.view")


@requests.put("/{int:id}/draft", response=AnswerOut, permission="cartable.draft", versioned="optional")
def save_draft(request: ApiRequest, id: Id, payload: DraftIn) -> Answer:
    """Save my one draft for a request (If-Match "0" for a new one)."""
    draft = Draft(**payload.model_dump())
    return services.save_draft(actor=request.auth, request_id=id, draft=draft, expected_version=seen_version(request))


@answers.delete("/{int:id}", permission="cartable.draft")
def discard(request: ApiRequest, id: Id) -> None:
    """Throw my draft away."""
    services.discard_draft(actor=request.auth, answer_id=id)


@answers.post("/{int:id}/submit", response=DoneOut, permission="cartable.draft", status=200, versioned="optional")
def submit(request: ApiRequest, id: Id, payload: SubmitIn) -> Undoable:
    """Give my draft to its reviewer: the one named, else the officer, else who referred it."""
    version = seen_version(request)
    return services.submit_draft(
        actor=request.auth, answer_id=id, reviewer_id=payload.reviewer_id, expected_version=version,
        seen_step=payload.seen_step,
    )  # fmt: skip


@answers.post("/{int:id}/return", response=DoneOut, permission="cartable.approve", status=200, versioned="optional")
def give_back(request: ApiRequest, id: Id, payload: ReasonIn) -> Undoable:
    """Give a draft back to its author with a remark."""
    version = seen_version(request)
    return services.return_answer(actor=request.auth, answer_id=id, remark=payload.remark, expected_version=version)


@answers.post("/{int:id}/approve", response=DoneOut, status=200, versioned="optional")
def approve(request: ApiRequest, id: Id, payload: ApproveIn) -> Undoable:
    """Approve an answer, as edited, and send it: once, however often it is asked for."""
    approval = Approval(**payload.model_dump())
    return services.approve_and_send(
        actor=request.auth, answer_id=id, approval=approval, expected_version=seen_version(request)
    )
