"""One change of many customers, and what it makes of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from django.db import transaction
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by, may, require
from peyvand.core.errors import Invalid, PeyvandError
from peyvand.core.list_state import may_use
from peyvand.core.record_fields import Kind, RecordField, fields_of
from peyvand.parties.errors import ChangedMeanwhile
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party
from peyvand.parties.policies import CHANGE
from peyvand.parties.services.bulk.membership import MARK, move, segment_for_many
from peyvand.parties.services.derived import touch
from peyvand.parties.services.editing import Raw, current_raw, parse, write_fields
from peyvand.parties.services.trash import delete_parties

BULK = "parties.bulk"
DELETE = "parties.delete"
MANY = frozenset({Kind.CHOICES})
# What is nobody else's cannot be given to many.
OWN = frozenset({"name", "first_name", "last_name", "national_id", "legal_id", "economic"})
OWN_KINDS = frozenset({Kind.PHONE, Kind.EMAIL, Kind.NATIONAL_ID})
LONGEST_ERROR = 300


class How(StrEnum):
    """What happens to the field: ADD and REMOVE are for those with several values; DELETE is of the whole record.

    JOIN and LEAVE put it into a static segment, whose number is the value, and take it out.
    """

    SET = "set"
    ADD = "add"
    REMOVE = "remove"
    CLEAR = "clear"
    DELETE = "delete"
    JOIN = "join"
    LEAVE = "leave"


MEMBERSHIP = frozenset({How.JOIN, How.LEAVE})


@dataclass(frozen=True, kw_only=True)
class Change:
    """The field, what happens to it, and the value in the form of `set_field`."""

    how: How
    key: str = ""
    raw: Raw = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read a change. Raises Invalid."""
        if data.get("how") not in set(How):
            raise Invalid(_("This cannot be done to many at once."))
        return cls(how=How(data["how"]), key=str(data.get("key") or ""), raw=data.get("raw"))

    def to_json(self) -> dict[str, Any]:
        return {"how": self.how.value, "key": self.key, "raw": self.raw}

    def on(self, before: Raw) -> Raw:
        """What the field holds afterwards."""
        if self.how is How.CLEAR:
            return [] if isinstance(before, list) else ""
        if self.how is How.SET:
            return self.raw
        held, given = list_of(before), list_of(self.raw)
        if self.how is How.ADD:
            return [*held, *(each for each in given if each not in held)]
        return [each for each in held if each not in given]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a person decided to do after the preview. seen: what the few rows of it held then, by their number."""

    selection: Mapping[str, Any]
    change: Change
    seen: Mapping[str, Raw] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one customer: changed, already so, or refused with a reason."""

    ref: int
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    error: str = ""

    @property
    def is_changed(self) -> bool:
        return not self.error and self.before != self.after

    @property
    def kept(self) -> dict[str, Any]:
        """What its item holds: what is so now."""
        return self.after


def list_of(raw: Raw) -> list[str]:
    """A raw value as a list."""
    if isinstance(raw, list):
        return raw
    return [raw] if raw else []


def bulk_fields(actor: User) -> dict[str, RecordField]:
    """The fields that the actor may give to many at once."""
    asked = asked_by(actor)
    return {
        key: each
        for key, each in fields_of(HOST).items()
        if each.is_editable and key not in OWN and each.kind not in OWN_KINDS and may_use(each, asked)
    }


def checked(actor: User, change: Change) -> Change:
    """Return the change as it will be made. Raises Invalid for a field, a way or a value that is none, NotAllowed."""
    require(actor, BULK)
    if change.how is How.DELETE:
        require(actor, DELETE)
        return Change(how=How.DELETE)
    if change.how in MEMBERSHIP:
        return Change(how=change.how, key="segment", raw=str(segment_for_many(actor, str(change.raw)).pk))
    require(actor, CHANGE)
    named = bulk_fields(actor).get(change.key)
    if named is None:
        raise Invalid(fields={"key": _("This field cannot be changed for many at once.")})
    if change.how in (How.ADD, How.REMOVE) and named.kind not in MANY:
        raise Invalid(fields={"how": _("This field holds one value.")})
    if change.how is How.CLEAR:
        return Change(how=How.CLEAR, key=change.key)
    if not any(text.strip() for text in list_of(change.raw)):
        raise Invalid(fields={change.key: _("A value is missing.")})
    parse(change.key, change.raw, actor)
    return change


def apply_to(*, actor: User, ids: Sequence[int], plan: Plan) -> list[Outcome]:
    """Change these customers in the present transaction; each that is refused says why and stays as it was."""
    if plan.change.how is How.DELETE:
        return _delete(actor, ids)
    if plan.change.how in MEMBERSHIP:
        return move_many(actor, ids, str(plan.change.raw), is_in=plan.change.how is How.JOIN)
    held = Party.objects.select_for_update(of=("self",)).filter(pk__in=ids, deleted_at=None).order_by("pk")
    known: dict[str, Any] = {}
    found = [_apply(actor, party, plan, known) for party in held]
    touch([each.ref for each in found if each.is_changed])
    return found


def _apply(actor: User, party: Party, plan: Plan, known: dict[str, Any]) -> Outcome:
    """Change one customer; `known` remembers what was read already, mostly one value for all."""
    key = plan.change.key
    try:
        require(actor, BULK, party)
        require(actor, CHANGE, party)
        before = current_raw(party, key)
        _check_seen(party, before, plan)
        after = plan.change.on(before)
        if alike(before, after):
            return Outcome(ref=party.pk, before={key: before}, after={key: before})
        name = repr(after)
        if name not in known:
            known[name] = parse(key, after, actor)
        with transaction.atomic():
            write_fields(actor=actor, party=party, values={key: known[name]})
            return Outcome(ref=party.pk, before={key: before}, after={key: current_raw(party, key)})
    except PeyvandError as error:
        return Outcome(ref=party.pk, error=reason(error))


def _check_seen(party: Party, before: Raw, plan: Plan) -> None:
    seen = plan.seen.get(str(party.pk), before)
    if not alike(seen, before):
        key = plan.change.key
        raise ChangedMeanwhile(theirs={key: before}, mine={key: plan.change.raw}, version=party.version)


def _delete(actor: User, ids: Sequence[int]) -> list[Outcome]:
    known = Party.objects.visible_to(actor).filter(pk__in=ids)
    allowed = [party.pk for party in known if may(actor, BULK, party) and may(actor, DELETE, party)]
    gone = set(delete_parties(actor=actor, party_ids=allowed))
    refused = _("You have no permission for this.")
    return [
        Outcome(ref=pk, before={"deleted": False}, after={"deleted": True}) if pk in gone else
        Outcome(ref=pk, error=refused)
        for pk in ids
    ]  # fmt: skip


def move_many(actor: User, ids: Sequence[int], segment: str, *, is_in: bool) -> list[Outcome]:
    """Put customers into a static segment or take them out, those for whom the actor may do it to many."""
    allowed = set(Party.objects.visible_to(actor, BULK).filter(pk__in=ids).values_list("pk", flat=True))
    mark, refused = f"{MARK}{segment}", _("You have no permission for this.")
    try:
        kept = move(actor=actor, segment=segment_for_many(actor, segment), ids=sorted(allowed), is_in=is_in)
    except PeyvandError as error:
        return [Outcome(ref=pk, error=reason(error)) for pk in ids]
    return [
        Outcome(ref=pk, before={mark: kept[pk]}, after={mark: is_in}) if pk in kept else Outcome(ref=pk, error=refused)
        for pk in ids
    ]


def alike(one: Raw, other: Raw) -> bool:
    """Do two raw values say the same? The order of a list says nothing."""
    if isinstance(one, list) or isinstance(other, list):
        return set(list_of(one)) == set(list_of(other))
    return (one or "") == (other or "")


def reason(error: PeyvandError) -> str:
    """Why a record was refused, in a sentence."""
    return " ".join(dict.fromkeys(error.fields.values()) or [error.message])[:LONGEST_ERROR]
