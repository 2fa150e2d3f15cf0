"""Referrals as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from peyvand.api.kit import BodyId, Flag, In, Moment, Out, Person
from peyvand.cartable.models import Referral
from peyvand.cartable.selectors.tree import Held
from peyvand.cartable.types import Copy, Order, Target, TargetKind, Timer

Remark = Annotated[str, Field(max_length=4000)]


class ReferredTo(Out):
    kind: Literal["user", "post", "department", "branch"]
    id: int
    name: str


class ActionOut(Out):
    """What a referral asks for."""

    id: int
    code: str
    name_fa: str
    name_en: str


class ReferralOut(Out):
    """The original holds the request; copies inform. Blind copies are listed for who may know of them alone."""

    id: int
    role: Literal["original", "copy", "blind"]
    parent_id: int | None
    by: Person
    instead_of: Person | None
    to: ReferredTo
    action: ActionOut | None
    instruction: str
    due_at: datetime | None
    keep: bool
    tell_when_done: bool
    return_at: datetime | None
    return_to: Literal["", "referrer", "head"]
    state: Literal["waiting", "read", "answered", "returned", "recalled", "done"]
    taken_by: Person | None
    read_at: datetime | None
    ended_at: datetime | None
    remark: str
    created_at: datetime

    @staticmethod
    def resolve_to(referral: Referral) -> ReferredTo:
        if referral.to_user is not None:
            return ReferredTo(kind="user", id=referral.to_user.pk, name=str(referral.to_user))
        if referral.to_post is not None:
            return ReferredTo(kind="post", id=referral.to_post.pk, name=str(referral.to_post))
        if referral.to_branch is not None:
            return ReferredTo(kind="branch", id=referral.to_branch.pk, name=str(referral.to_branch))
        return ReferredTo(kind="department", id=referral.to_department_id or 0, name=str(referral.to_department))


class NodeOut(Out):
    """A referral with the working minutes in the hands of its receiver, and what he referred on."""

    referral: ReferralOut
    minutes: int
    is_now: bool
    children: list["NodeOut"]


class HeldOut(Out):
    kind: Literal["user", "post", "department"]
    id: int
    name: str
    minutes: int
    is_now: bool

    @staticmethod
    def resolve_kind(held: Held) -> str:
        return held.holder.kind

    @staticmethod
    def resolve_id(held: Held) -> int:
        return held.holder.id


class TreeOut(Out):
    """The referrals without a parent with all below them; holders in the order in which each first had it."""

    nodes: list[NodeOut]
    holders: list[HeldOut]


class TargetIn(In):
    kind: Literal["user", "post", "department", "branch"]
    id: BodyId

    def target(self) -> Target:
        """Whom it means, for the service."""
        return Target(TargetKind(self.kind), self.id)


class CopyIn(In):
    """A copy to somebody; without an instruction of its own it carries that of the original."""

    to: TargetIn
    blind: Flag = False
    action_id: BodyId | None = None
    instruction: Remark = ""


class TimerIn(In):
    """After so many working minutes the referral comes back by itself; 0: never."""

    minutes: Annotated[int, Field(ge=0, le=527_040)]
    when: Literal["unread", "untouched"] = "unread"
    to: Literal["referrer", "head"] = "referrer"


class ReferIn(In):
    """`to` gets the original and holds the request; without it only copies are sent."""

    to: TargetIn | None = None
    copies: list[CopyIn] = Field(default_factory=list, max_length=50)
    action_id: BodyId | None = None
    instruction: Remark = ""
    due_at: Moment | None = None
    keep: Flag = False
    tell_when_done: Flag = False
    timer: TimerIn | None = None

    def order(self) -> Order:
        """What is asked, for the service."""
        names = ("instruction", "due_at", "action_id", "keep", "tell_when_done")
        timer = Timer(**self.timer.model_dump()) if self.timer else None
        return Order(timer=timer, **{name: getattr(self, name) for name in names})

    def to_copy(self) -> list[Copy]:
        """The copies, for the service."""
        return [
            Copy(to=one.to.target(), blind=one.blind, action_id=one.action_id, instruction=one.instruction)
            for one in self.copies
        ]
