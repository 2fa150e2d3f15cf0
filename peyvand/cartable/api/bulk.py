"""Acting on many requests, and the tags of one, in the API."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from peyvand.accounts.models import User
from peyvand.api.jobs import JobOut
from peyvand.api.kit import ApiRequest, BodyId, Id, In, Out, seen_version
from peyvand.cartable.api.requests import requests
from peyvand.cartable.api.schemas import DoneOut
from peyvand.cartable.services import bulk as services
from peyvand.cartable.services.bulk import Change, Plan
from peyvand.cartable.services.tagging import MOST_TAGS
from peyvand.cartable.services.tagging import tag as tag_request
from peyvand.cartable.types import Undoable
from peyvand.core.list_selection import MOST_IDS, Selection
from peyvand.core.models import LongJob

Key = Annotated[str, Field(max_length=60)]


class FilterOfRequestsIn(In):
    key: Key
    op: Key = "is"
    values: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=50)


class RequestsStateIn(In):
    filters: list[FilterOfRequestsIn] = Field(default_factory=list, max_length=20)
    q: Annotated[str, Field(max_length=200)] = ""


class RequestsSelectionIn(In):
    """Single requests by `ids`, or with `state` all that it finds in the folder `place`, without `but`."""

    ids: list[BodyId] = Field(default_factory=list, max_length=MOST_IDS)
    place: Annotated[str, Field(max_length=30)] = ""
    state: RequestsStateIn | None = None
    but: list[BodyId] = Field(default_factory=list, max_length=MOST_IDS)

    def read(self) -> Selection:
        return Selection.from_json(self.model_dump(exclude={"place"}))


class RequestsBulkIn(In):
    """to: «user:5», «department:3» … for refer and assign; words: instruction or reason; tag: its id; until: for
    snooze, a moment ahead with its zone.
    """

    selection: RequestsSelectionIn
    how: Literal["refer", "assign", "close", "tag", "untag", "snooze"]
    to: Annotated[str, Field(max_length=40)] = ""
    words: Annotated[str, Field(max_length=4000)] = ""
    tag: BodyId | None = None
    until: AwareDatetime | None = None

    def change(self) -> Change:
        until = self.until.isoformat() if self.until is not None else ""
        return Change.from_json({**self.model_dump(exclude={"selection"}), "until": until})


class WhyNotOut(Out):
    reason: str
    count: int


class RequestsPreviewOut(Out):
    """What would happen; `is_whole`: all chosen requests were tried."""

    title: str
    total: int
    tried: int
    changed: int
    same: int
    refused: int
    reasons: list[WhyNotOut]
    is_whole: bool

    @staticmethod
    def resolve_reasons(found: Any) -> list[dict[str, Any]]:
        return [{"reason": reason, "count": count} for reason, count in found.reasons]


class TagsIn(In):
    add: list[BodyId] = Field(default_factory=list, max_length=MOST_TAGS)
    remove: list[BodyId] = Field(default_factory=list, max_length=MOST_TAGS)


@requests.post("/bulk/preview", response=RequestsPreviewOut, permission="cartable.view", status=200)
def preview_many(request: ApiRequest, payload: RequestsBulkIn) -> Any:
    """Say what an act on many requests would do; nothing is changed."""
    chosen = payload.selection
    shown, _plan = services.preview(
        actor=_user(request), selection=chosen.read(), change=payload.change(), place=chosen.place
    )
    return shown


@requests.post("/bulk", response=JobOut, permission="cartable.view")
def act_on_many(request: ApiRequest, payload: RequestsBulkIn) -> LongJob:
    """Do it: at once when they are few, otherwise as long work. Its items say what became of each; it can be undone."""
    chosen = payload.selection
    plan = Plan(selection=chosen.read().to_json(), change=payload.change(), place=chosen.place)
    return services.run(actor=_user(request), plan=plan)


@requests.patch("/{int:id}/tags", response=DoneOut, permission="cartable.handle", versioned="optional")
def tags(request: ApiRequest, id: Id, payload: TagsIn) -> Undoable:
    """Hang tags on a request and take others off."""
    return tag_request(
        actor=request.auth,
        request_id=id,
        add=payload.add,
        remove=payload.remove,
        expected_version=seen_version(request),
    )


def _user(request: ApiRequest) -> User:
    return request.auth.user
