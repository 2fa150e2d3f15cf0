"""One act on many leads or deals, and what it makes of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by, may, require
from peyvand.core import list_state
from peyvand.core.errors import Invalid, NotFound, PeyvandError
from peyvand.core.list_selection import Selection
from peyvand.parties.models import Tag
from peyvand.sales.deal_fields import HOST
from peyvand.sales.models import Deal, Pipeline, Stage
from peyvand.sales.permissions import ASSIGN, CHANGE
from peyvand.sales.services.moving import move_deal, place_of
from peyvand.sales.services.opening import assign_deal
from peyvand.sales.services.tagging import tag_deal

LONGEST_ERROR = 300
KINDS = {"deals": Pipeline.Kind.DEAL, "leads": Pipeline.Kind.LEAD}  # of the lists from which rows are chosen


class How(StrEnum):
    """What is done: moved to a stage, given to somebody, a tag hung on or taken off."""

    MOVE = "move"
    ASSIGN = "assign"
    TAG = "tag"
    UNTAG = "untag"


COLUMN = {How.MOVE: "stage_id", How.ASSIGN: "owner_id", How.TAG: "tag_ids", How.UNTAG: "tag_ids"}


@dataclass(frozen=True, kw_only=True)
class Change:
    """The act; to: the number of the stage, of the person (0 for nobody) or of the tag."""

    how: How
    to: int = 0

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote, or what a page sends. Raises Invalid."""
        if data.get("how") not in set(How):
            raise Invalid(_("This cannot be done to many at once."))
        number = str(data.get("to") or 0)
        return cls(how=How(data["how"]), to=int(number) if number.isascii() and number.isdigit() else 0)

    def to_json(self) -> dict[str, Any]:
        return {"how": self.how.value, "to": self.to}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a person decided to do after the preview; place: the list, «deals» or «leads».

    seen: the version of each deal that he saw in the preview, by its number.
    """

    selection: Mapping[str, Any]
    change: Change
    place: str
    seen: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        parts = {"selection": dict(self.selection), "place": self.place, "seen": dict(self.seen)}
        return parts | {"change": self.change.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote. Raises Invalid."""
        change = Change.from_json(data["change"])
        return cls(selection=data["selection"], change=change, place=data["place"], seen=data["seen"])


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one deal: done, already so, or refused with a reason.

    before, after: the column that changed; was: what taking it back needs to know.
    """

    ref: int
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    was: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""

    @property
    def is_changed(self) -> bool:
        return not self.error and self.before != self.after

    @property
    def kept(self) -> Mapping[str, Any]:
        """What its item holds: what is so now, and what takes it back."""
        return {**self.after, "was": dict(self.was)}


def rows_of(*, actor: User, selection: Selection, place: str) -> QuerySet[Deal]:
    """The chosen leads or deals that the actor sees, unordered. Raises NotFound for no such list, BadListState."""
    if place not in KINDS:
        raise NotFound
    mine = Deal.objects.visible_to(actor).filter(pipeline__kind=KINDS[place])
    if selection.state is None:
        return mine.filter(pk__in=selection.ids)
    found = list_state.apply(selection.state, mine, HOST, asked_by(actor))
    return found.exclude(pk__in=selection.but) if selection.but else found


def checked(actor: User, change: Change) -> Change:
    """Return the act as it will be done. Raises NotAllowed, Invalid for a stage, a person or a tag that is none."""
    require(actor, CHANGE)
    if change.how is How.MOVE:
        _require_there(Stage.objects.filter(deleted_at=None, pipeline__deleted_at=None), change, _("Choose a stage."))
    elif change.how is How.ASSIGN:
        _require_seller(actor, change)
    else:
        _require_there(Tag.objects.all(), change, _("Choose a tag."))
    return change


def _require_there(rows: QuerySet[Any], change: Change, otherwise: str) -> None:
    if not rows.filter(pk=change.to).exists():
        raise Invalid(fields={"to": otherwise})


def _require_seller(actor: User, change: Change) -> None:
    if change.to != actor.pk:
        require(actor, ASSIGN)
    person = User.objects.filter(pk=change.to, is_active=True).first()
    if change.to and (person is None or not may(person, "sales.view")):
        raise Invalid(fields={"to": _("This person works here no longer, or may not see deals.")})


def apply_to(*, actor: User, ids: Sequence[int], plan: Plan) -> list[Outcome]:
    """Do it to these deals in the present transaction; each that is refused says why and stays as it was."""
    known = {deal.pk: deal for deal in Deal.objects.filter(pk__in=ids)}
    return [_try(actor, known[pk], plan) for pk in ids if pk in known]


def _try(actor: User, deal: Deal, plan: Plan) -> Outcome:
    column = COLUMN[plan.change.how]
    before = {column: getattr(deal, column)}
    was = place_of(deal) | {"owner_id": deal.owner_id, "department_id": deal.department_id}
    was["branch_id"] = deal.branch_id
    if before[column] == (plan.change.to or None) and column != "tag_ids":
        return Outcome(ref=deal.pk, before=before, after=before)
    try:
        with transaction.atomic():
            now = _act(actor, deal.pk, plan.change, plan.seen.get(str(deal.pk)))
    except PeyvandError as error:
        return Outcome(ref=deal.pk, error=reason(error))
    was["version"] = now.version
    return Outcome(ref=deal.pk, before=before, after={column: getattr(now, column)}, was=was)


def _act(actor: User, deal_id: int, change: Change, version: int | None) -> Deal:
    if change.how is How.MOVE:
        return move_deal(actor=actor, deal_id=deal_id, stage_id=change.to, version=version).deal
    if change.how is How.ASSIGN:
        return assign_deal(actor=actor, deal_id=deal_id, owner_id=change.to or None, version=version)
    if change.how is How.TAG:
        return tag_deal(actor=actor, deal_id=deal_id, add=[change.to], version=version)
    return tag_deal(actor=actor, deal_id=deal_id, remove=[change.to], version=version)


def reason(error: PeyvandError) -> str:
    """Why a deal was refused, in a sentence."""
    return " ".join(dict.fromkeys(error.fields.values()) or [error.message])[:LONGEST_ERROR]
