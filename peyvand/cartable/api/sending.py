"""How answers go out: addressed, taken back while they wait, sent to another address; and how long they wait."""

from typing import Annotated

from pydantic import Field

from peyvand.accounts.policies import require_everywhere
from peyvand.api.kit import ApiRequest, BodyId, Id, In, LongText, router
from peyvand.cartable import services
from peyvand.cartable.answer_ways import LONGEST_UNDO, AnswerWays
from peyvand.cartable.api.answers import answers
from peyvand.cartable.api.requests import requests
from peyvand.cartable.api.schemas import AddressDraftIn, AnswerOut, DoneOut, ElsewhereIn
from peyvand.cartable.models import Answer
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.selectors.answer_ways import answer_ways
from peyvand.cartable.services.configuring import change_answer_ways
from peyvand.cartable.services.writing_first import FirstWords, write_to
from peyvand.cartable.types import Undoable

sending = router(tag="sending", permission=CONFIGURE)


class FirstWordsIn(In):
    """A message of ours to a customer; without `request_id` it opens a request."""

    party_id: BodyId
    subject: Annotated[str, Field(min_length=1, max_length=300)]
    body: LongText = ""
    recipient: Annotated[str, Field(max_length=320)] = ""
    request_id: BodyId | None = None
    department_id: BodyId | None = None


class WaysShape(In):
    """`undo_seconds`: how long an answer waits, so that it can be taken back; 0 sends at once."""

    undo_seconds: Annotated[int, Field(ge=0, le=LONGEST_UNDO)]


@requests.post("/{int:id}/address", response=AnswerOut, permission="cartable.draft", status=200)
def address(request: ApiRequest, id: Id, payload: AddressDraftIn) -> Answer:
    """Address my draft: to the sender of a message, to all, to somebody else (forward), or to the customer anew."""
    return services.address(actor=request.auth, request_id=id, how=payload.how, message_id=payload.message_id)


@requests.post("/write", response=AnswerOut, permission="cartable.draft")
def write(request: ApiRequest, payload: FirstWordsIn) -> Answer:
    """Begin a message to a customer as my draft, in a request of his or in a new one; it is sent like any answer."""
    return write_to(actor=request.auth, words=FirstWords(**payload.model_dump()))


@answers.post("/{int:id}/take-back", response=DoneOut, status=200)
def take_back(request: ApiRequest, id: Id) -> Undoable:
    """Take an answer back before it goes out; it is a draft again."""
    return services.take_back(actor=request.auth, answer_id=id)


@requests.post(
    "/{int:id}/messages/{int:message_id}/elsewhere", response=DoneOut, permission="cartable.send", status=200
)
def elsewhere(request: ApiRequest, id: Id, message_id: Id, payload: ElsewhereIn) -> Undoable:
    """Send an answer that did not arrive to another address."""
    return services.resend_to(actor=request.auth, request_id=id, message_id=message_id, recipient=payload.recipient)


@sending.get("", response=WaysShape)
def show_settings(request: ApiRequest) -> AnswerWays:
    """How answers go out."""
    require_everywhere(request.auth, CONFIGURE)
    return answer_ways()


@sending.put("", response=WaysShape)
def change_settings(request: ApiRequest, payload: WaysShape) -> AnswerWays:
    """Say how answers go out."""
    require_everywhere(request.auth, CONFIGURE)
    change_answer_ways(actor=request.auth.user, wanted=AnswerWays(undo_seconds=payload.undo_seconds))
    return answer_ways()
