"""What the endpoints of merging, linking and parting take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from peyvand.api.kit import BodyId, Flag, In, Moment, Out, Person, Ref
from peyvand.cartable.api.referral_schemas import Remark, TargetIn
from peyvand.cartable.models import Regrouping
from peyvand.cartable.selectors.ties import Link, Part, Ties
from peyvand.cartable.types import PartOrder

Ids = Annotated[list[BodyId], Field(min_length=1, max_length=100)]
Subject = Annotated[str, Field(max_length=300)]
Status = Literal["new", "open", "referred", "review", "answered", "closed"]


class MergeRequestsIn(In):
    """Requests that go into this one; `agreed`: others will see the messages too, and that is meant.

    `versions`: of each request as it was read, in the order of `others`; one that changed since is refused.
    """

    others: Annotated[list[BodyId], Field(min_length=1, max_length=20)]
    agreed: Flag = False
    versions: Annotated[list[BodyId], Field(max_length=20)] = []


class SplitIn(In):
    messages: Ids
    subject: Subject = ""
    tell_customer: Flag = False


class MoveIn(In):
    messages: Ids
    to_id: BodyId
    agreed: Flag = False


class Place(In):
    message_id: BodyId
    request_id: BodyId


class UndoRegroupingIn(In):
    """Where messages that came since a merge go; the others go where their references point."""

    places: Annotated[list[Place], Field(max_length=1000)] = []


class TieIn(In):
    """This request is a duplicate of, caused by, related to, or a part of the incident `other_id`."""

    other_id: BodyId
    kind: Literal["duplicate", "caused", "related", "incident"]


class PartIn(In):
    """A child request: without `to` the caller holds it."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    text: Remark = ""
    to: TargetIn | None = None
    due_at: Moment | None = None

    def order(self) -> PartOrder:
        """What is asked, for the service."""
        to = self.to.target() if self.to else None
        return PartOrder(title=self.title, text=self.text, to=to, due_at=self.due_at)


class CloseAnywayIn(In):
    remark: Annotated[str, Field(min_length=1, max_length=4000)]


class AnswerAllIn(In):
    body: Annotated[str, Field(min_length=1, max_length=100_000)]
    only: Annotated[list[BodyId], Field(max_length=100)] | None = None
    close: Flag = False


class KinOut(Out):
    """Another request that the caller sees."""

    id: int
    code: str
    subject: str
    status: Status


class RegroupingOut(Out):
    """Messages changed their request: into `target`, out of `sources`."""

    id: int
    kind: Literal["merge", "split", "move"]
    target: KinOut
    sources: list[KinOut]
    by: Person | None
    at: datetime
    undo_until: datetime
    undone_at: datetime | None

    @staticmethod
    def resolve_sources(made: Regrouping) -> list[Any]:
        return list(made.sources.all())


class LinkOut(Out):
    """A link; `is_source`: it says something of this request, else of the other."""

    id: int
    kind: Literal["duplicate", "caused", "related", "incident"]
    is_source: bool
    other: KinOut


class PartOut(Out):
    """A child request; of one that the caller may not open, `id` and `code` are null; of a confidential one most is."""

    id: int | None
    code: str | None
    title: str | None
    status: Status
    department: Ref | None
    due_at: datetime | None
    is_open: bool
    parts: list["PartOut"]


class TiesOut(Out):
    whole: KinOut | None
    parts: list[PartOut]
    links: list[LinkOut]
    regroupings: list[RegroupingOut]


class LeftOutOut(Out):
    request: KinOut
    reason: str


class AnsweredOut(Out):
    """Which requests got the answer, and which did not with the reason."""

    sent: list[KinOut]
    left: list[LeftOutOut]


def shown(ties: Ties) -> dict[str, Any]:
    """What a request is tied to, as it is answered."""
    return {
        "whole": ties.whole,
        "parts": [_part(one) for one in ties.parts],
        "links": [_link(one) for one in ties.links],
        "regroupings": list(ties.regroupings),
    }


def _link(link: Link) -> dict[str, Any]:
    return {"id": link.tie.pk, "kind": link.tie.kind, "is_source": link.is_source, "other": link.other}


def _part(part: Part) -> dict[str, Any]:
    request = part.request
    place = request.department
    return {
        "id": request.pk if part.is_seen else None,
        "code": request.code if part.is_seen else None,
        "title": None if part.is_hidden else request.subject,
        "status": request.status,
        "department": None if part.is_hidden else {"id": place.pk, "name": place.name},
        "due_at": None if part.is_hidden else request.resolution_due,
        "is_open": part.is_open,
        "parts": [_part(one) for one in part.children],
    }
