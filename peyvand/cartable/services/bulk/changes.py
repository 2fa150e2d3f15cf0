"""One act on many requests, and what it makes of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by, require
from peyvand.cartable.models import Request, Snooze
from peyvand.cartable.request_fields import HOST
from peyvand.cartable.selectors.places import rows_at
from peyvand.cartable.services.assigning import assign
from peyvand.cartable.services.closing import close
from peyvand.cartable.services.holding import receiver_of
from peyvand.cartable.services.referring import refer
from peyvand.cartable.services.snoozing import put_aside
from peyvand.cartable.services.tagging import tag
from peyvand.cartable.snooze_times import LONGEST
from peyvand.cartable.types import Order, Target, TargetKind, Undoable
from peyvand.core import list_state
from peyvand.core.errors import Invalid, PeyvandError
from peyvand.core.list_selection import Selection
from peyvand.parties.models import Tag

LONGEST_ERROR = 300
LONGEST_WORDS = 4000
TOKEN = "undo"  # under which name an item keeps the word that takes it back  # noqa: S105
SNAPSHOT = ("status", "assignee_id", "post_id", "department_id", "tag_ids")


class How(StrEnum):
    """What is done: referred to somebody, assigned to a colleague, closed, a tag hung on or taken off, put aside."""

    REFER = "refer"
    ASSIGN = "assign"
    CLOSE = "close"
    TAG = "tag"
    UNTAG = "untag"
    SNOOZE = "snooze"


PERMISSIONS = {
    How.REFER: "cartable.refer",
    How.ASSIGN: "cartable.refer",
    How.CLOSE: "cartable.close",
    How.TAG: "cartable.handle",
    How.UNTAG: "cartable.handle",
    How.SNOOZE: "cartable.handle",
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """The act; to: whom («user:5», «department:3»); words: instruction or remark; tag: its id; until: put aside until
    this moment (ISO 8601, with its zone).
    """

    how: How
    to: str = ""
    words: str = ""
    tag: int = 0
    until: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote, or what a page or the API sends. Raises Invalid."""
        if data.get("how") not in set(How):
            raise Invalid(fields={"how": _("This cannot be done to many at once.")})
        number = str(data.get("tag") or 0)
        return cls(
            how=How(data["how"]),
            to=str(data.get("to") or "")[:40],
            words=str(data.get("words") or "").strip()[:LONGEST_WORDS],
            tag=int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0,
            until=str(data.get("until") or "")[:40],
        )

    def to_json(self) -> dict[str, Any]:
        return {"how": self.how.value, "to": self.to, "words": self.words, "tag": self.tag, "until": self.until}

    def moment(self) -> datetime:
        """Until when it is put aside. Raises Invalid for what is no moment, has passed or lies too far ahead."""
        try:
            found = datetime.fromisoformat(self.until)
        except ValueError as problem:
            raise Invalid(fields={"until": _("Choose until when.")}) from problem
        if timezone.is_naive(found) or not timezone.now() < found <= timezone.now() + LONGEST:
            raise Invalid(fields={"until": _("Choose a moment that lies ahead, at most a year.")})
        return found


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a person decided to do after the preview; place: the folder of the list, or none.

    seen: the version of each request that he saw in the preview, by its number.
    """

    selection: Mapping[str, Any]
    change: Change
    place: str = ""
    seen: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "selection": dict(self.selection), "change": self.change.to_json(), "place": self.place,
            "seen": dict(self.seen),
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote. Raises Invalid."""
        change = Change.from_json(data["change"])
        return cls(selection=data["selection"], change=change, place=data["place"], seen=data["seen"])


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one request: done (`undo` takes it back), already so, or refused with a reason."""

    ref: int
    undo: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""

    @property
    def is_changed(self) -> bool:
        return bool(self.undo)

    @property
    def kept(self) -> Mapping[str, Any]:
        """What its item holds: what is so now, and the word that takes it back."""
        return {**self.after, TOKEN: self.undo}


def rows_of(*, actor: User, selection: Selection, place: str = "") -> QuerySet[Request]:
    """The chosen requests that the actor sees, unordered; of a whole list those that it finds in its folder.

    Raises NotFound for a folder that he does not have, BadListState.
    """
    mine: QuerySet[Request] = Request.objects.visible_to(actor)
    if selection.state is None:
        return mine.filter(pk__in=selection.ids)
    rows = rows_at(actor, place) if place else mine
    found = list_state.apply(selection.state, rows, HOST, asked_by(actor))
    return found.exclude(pk__in=selection.but) if selection.but else found


def checked(actor: User, change: Change) -> Change:
    """Return the act as it will be done. Raises NotAllowed, Invalid for a receiver, a tag or a moment that is none."""
    require(actor, PERMISSIONS[change.how])
    if change.how in (How.REFER, How.ASSIGN):
        target = Target.parse(change.to)
        if change.how is How.ASSIGN and target.kind is not TargetKind.USER:
            raise Invalid(fields={"to": _("Choose a colleague.")})
        receiver_of(target)
    elif change.how is How.SNOOZE:
        change.moment()
    elif change.how is not How.CLOSE and not Tag.objects.filter(pk=change.tag).exists():
        raise Invalid(fields={"tag": _("Choose a tag.")})
    return change


def apply_to(*, actor: User, ids: Sequence[int], plan: Plan) -> list[Outcome]:
    """Do it to these requests in the present transaction; each that is refused says why and stays as it was."""
    who = Actor(actor, actor.token)
    before = _snapshot(ids, actor, plan.change.how)
    made = [(pk, *_try(who, pk, plan)) for pk in ids]
    after = _snapshot([pk for pk, undo, _error in made if undo], actor, plan.change.how)
    return [
        Outcome(
            ref=pk, undo=undo, error=error, before=_changed(before, after, pk)[0], after=_changed(before, after, pk)[1]
        )
        for pk, undo, error in made
    ]


def _try(actor: Actor, pk: int, plan: Plan) -> tuple[str, str]:
    """The word that takes it back, or why it was refused."""
    try:
        with transaction.atomic():
            return _act(actor, pk, plan.change, plan.seen.get(str(pk))).undo, ""
    except PeyvandError as error:
        return "", reason(error)


def _act(actor: Actor, pk: int, change: Change, version: int | None) -> Undoable:
    if change.how is How.REFER:
        order = Order(instruction=change.words)
        return refer(actor=actor, request_id=pk, to=Target.parse(change.to), order=order, expected_version=version)
    if change.how is How.ASSIGN:
        return assign(actor=actor, request_id=pk, user_id=Target.parse(change.to).id, expected_version=version)
    if change.how is How.CLOSE:
        return close(actor=actor, request_id=pk, remark=change.words, expected_version=version)
    if change.how is How.SNOOZE:
        return put_aside(actor=actor, request_id=pk, until=change.moment(), expected_version=version)
    named = "add" if change.how is How.TAG else "remove"
    return tag(actor=actor, request_id=pk, expected_version=version, **{named: [change.tag]})


def _snapshot(ids: Sequence[int], actor: User, how: How) -> dict[int, dict[str, Any]]:
    rows = Request.objects.filter(pk__in=ids).values("pk", *SNAPSHOT)
    found = {row.pop("pk"): row for row in rows}
    if how is How.SNOOZE:
        aside = Snooze.objects.filter(request__in=ids, user=actor).values_list("request", "until")
        until = {pk: moment.isoformat() for pk, moment in aside}
        found = {pk: {**row, "until": until.get(pk)} for pk, row in found.items()}
    return found


def _changed(before: Mapping[int, Any], after: Mapping[int, Any], pk: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was and is different of one request."""
    was, now = before.get(pk, {}), after.get(pk, {})
    names = [name for name in (*SNAPSHOT, "until") if name in now and was.get(name) != now[name]]
    return {name: was.get(name) for name in names}, {name: now[name] for name in names}


def reason(error: PeyvandError) -> str:
    """Why a request was refused, in a sentence."""
    return error.message[:LONGEST_ERROR]
