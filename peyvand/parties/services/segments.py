"""Segments: made, changed, copied, frozen, deleted and brought back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by, require
from peyvand.core.errors import Conflict, Invalid, NotFound, TooLarge
from peyvand.core.events import publish
from peyvand.core.record_fields import refuse_kept_numbers
from peyvand.core.text import display_norm
from peyvand.parties.events import SegmentChanged
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party, PartyFacts, Segment, SegmentMember
from peyvand.parties.segments import Compiler, Condition, Everyone, Group, condition_of, count, read

CHANGE = "parties.segment"
MOST_MEMBERS = 10_000  # added or removed at once by their ids
LARGEST_FREEZE = 200_000
LIVE, STATIC = Segment.Kind.LIVE, Segment.Kind.STATIC


class NoConditions(Invalid):
    """A live segment needs at least one condition."""

    code = "no_conditions"


class NotStatic(Conflict):
    """This segment follows its rule; freeze it before members are chosen by hand."""

    code = "not_static"


class NotLive(Conflict):
    """This segment is static already."""

    code = "not_live"


class TooManyToFreeze(TooLarge):
    """A segment of more than 200,000 customers cannot be frozen; narrow it first."""

    code = "too_many_to_freeze"


@dataclass(frozen=True, kw_only=True)
class SegmentDetails:
    """What a person writes about a segment; `rule` is JSON as `segments.rules` reads it."""

    name: str
    description: str = ""
    kind: str = "live"
    rule: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def make_segment(*, actor: User, details: SegmentDetails) -> Segment:
    """Make a segment of the actor and his branch. Errors: NotAllowed, Invalid, BadRule, NoConditions."""
    segment = Segment(owner=actor, branch_id=actor.branch_id, kind=STATIC if details.kind == STATIC else LIVE)
    require(actor, CHANGE, segment)
    _write(actor, segment, details)
    segment.save()
    publish(SegmentChanged(segment_id=segment.pk))
    return segment


@transaction.atomic
def change_segment(*, actor: User, segment: Segment, details: SegmentDetails, version: int | None) -> Segment:
    """Change name, description and rule; its kind changes only by `freeze`.

    version: the one the actor saw. Errors: as `make_segment`, NotFound, Conflict.
    """
    held = _hold(actor, segment, version)
    _write(actor, held, details)
    return _changed(held)


@transaction.atomic
def duplicate_segment(*, actor: User, segment: Segment) -> Segment:
    """Make a copy that belongs to the actor, with the rule and the members by hand. Errors: NotAllowed."""
    name = _("%(name)s (copy)") % {"name": segment.name}
    copy = Segment(
        owner=actor, branch_id=actor.branch_id, kind=segment.kind, rule=segment.rule, description=segment.description
    )
    copy.name = name[:120]
    require(actor, CHANGE, copy)
    copy.save()
    if copy.kind == STATIC:
        rows = SegmentMember.objects.filter(segment=segment, party__in=Party.objects.visible_to(actor))
        _fill(copy, rows.values_list("party_id", flat=True)[: LARGEST_FREEZE + 1])
    publish(SegmentChanged(segment_id=copy.pk))
    return copy


@transaction.atomic
def delete_segment(*, actor: User, segment: Segment) -> None:
    """Put a segment away; `restore_segment` undoes it. Errors: NotAllowed, NotFound."""
    held = _hold(actor, segment, None)
    held.deleted_at = timezone.now()
    _changed(held)


@transaction.atomic
def restore_segment(*, actor: User, segment_id: int) -> Segment:
    """Bring a deleted segment back. Errors: NotAllowed, NotFound."""
    segment = Segment.objects.select_for_update().filter(pk=segment_id, deleted_at__isnull=False).first()
    if segment is None:
        raise NotFound
    require(actor, CHANGE, segment)
    segment.deleted_at = None
    return _changed(segment)


@transaction.atomic
def freeze_segment(*, actor: User, segment: Segment, version: int | None) -> Segment:
    """Make a live segment static with whom its rule has now, whoever may see them.

    Errors: NotAllowed, NotFound, Conflict, NotLive, BadRule, TooManyToFreeze.
    """
    held = _hold(actor, segment, version)
    if held.kind != LIVE:
        raise NotLive
    rule = read(held.rule)
    if rule.is_empty:
        raise NoConditions
    everyone = _as_everyone(actor)
    if count(rule, everyone) > LARGEST_FREEZE:
        raise TooManyToFreeze
    kept = PartyFacts.objects.filter(condition_of(rule, everyone), deleted_at=None)
    _fill(held, kept.values_list("party_id", flat=True))
    held.kind = STATIC
    return _changed(held)


@transaction.atomic
def add_members(*, actor: User, segment: Segment, party_ids: Iterable[int]) -> int:
    """Put customers that the actor sees into a static segment; returns how many were not in it.

    At most 10,000 at once, a bulk job calls it slice by slice. Errors: NotAllowed, NotFound, NotStatic, TooLarge.
    """
    held, wanted = _by_hand(actor, segment, party_ids)
    meant = Party.objects.visible_to(actor).answers(wanted)
    seen = Party.objects.filter(pk__in=set(meant.values())).values_list("pk", flat=True)
    before = SegmentMember.objects.filter(segment=held).count()
    _fill(held, seen)
    added = SegmentMember.objects.filter(segment=held).count() - before
    _changed(held)
    return added


@transaction.atomic
def remove_members(*, actor: User, segment: Segment, party_ids: Iterable[int]) -> int:
    """Take customers that the actor sees out of a static segment; returns how many were in it.

    Errors: NotAllowed, NotFound, NotStatic, TooLarge.
    """
    held, wanted = _by_hand(actor, segment, party_ids)
    seen = set(Party.objects.visible_to(actor).answers(wanted).values())
    removed, _each = SegmentMember.objects.filter(segment=held, party__in=seen).delete()
    _changed(held)
    return removed


@transaction.atomic
def restore_segment_version(*, actor: User, segment: Segment, event_id: int, version: int | None) -> Segment:
    """Give a segment back the name, description and rule that it had after an earlier change.

    event_id: a row of its history. A rule whose fields are gone comes back as it was, and is named as broken.
    Errors: NotAllowed, NotFound, Conflict.
    """
    held = _hold(actor, segment, version)
    events = apps.get_model("parties", "SegmentEvent")._default_manager
    former: Any = events.filter(pgh_obj_id=held.pk, pgh_id=event_id).first()
    if former is None:
        raise NotFound
    held.name, held.description, held.rule = former.name, former.description, former.rule
    return _changed(held)


def _hold(actor: User, segment: Segment, version: int | None) -> Segment:
    held = Segment.objects.select_for_update().filter(pk=segment.pk, deleted_at=None).first()
    if held is None:
        raise NotFound
    require(actor, CHANGE, held)
    if version is not None and held.version != version:
        raise Conflict
    return held


def _write(actor: User, segment: Segment, details: SegmentDetails) -> None:
    segment.name = display_norm(details.name)[:120]
    segment.description = display_norm(details.description)[:300]
    if not segment.name:
        raise Invalid(fields={"name": _("A segment needs a name.")})
    rule = read(details.rule)
    if segment.kind == STATIC and rule.is_empty:
        return
    if rule.is_empty:
        raise NoConditions(fields={"rule": str(NoConditions())})
    written = rule.to_json()
    if segment.pk is None or written != _kept(segment):
        _check(actor, rule)
        segment.counted_xid, segment.size, segment.counted_at = 0, None, None
    segment.rule = written


def _kept(segment: Segment) -> Any:
    """The rule that a segment has, in the form in which rules are written; what cannot be read as it is."""
    try:
        return read(segment.rule).to_json()
    except Invalid:
        return segment.rule


def _check(actor: User, rule: Group) -> None:
    Compiler(asked_by(actor), of_facts=True).checked(rule)
    fields = [each for each in rule.conditions() if isinstance(each, Condition)]
    refuse_kept_numbers(HOST, [(each.field, each.values) for each in fields])


def _changed(segment: Segment) -> Segment:
    segment.version += 1
    segment.save()
    publish(SegmentChanged(segment_id=segment.pk))
    return segment


def _by_hand(actor: User, segment: Segment, party_ids: Iterable[int]) -> tuple[Segment, set[int]]:
    held = _hold(actor, segment, None)
    if held.kind != STATIC:
        raise NotStatic
    wanted = set(party_ids)
    if len(wanted) > MOST_MEMBERS:
        raise TooLarge
    return held, wanted


def _fill(segment: Segment, party_ids: Any) -> None:
    """Insert members by one statement from a query of ids; those that are in it stay."""
    sql, parameters = party_ids.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO parties_segmentmember (segment_id, party_id, at) "  # noqa: S608 -- the ORM wrote the query
            f"SELECT %s, found.id, now() FROM ({sql}) AS found(id) ON CONFLICT (segment_id, party_id) DO NOTHING",
            [segment.pk, *parameters],
        )


def _as_everyone(actor: User) -> Any:
    """The system counts, with «me» meaning nobody, but only after the actor's own permissions were asked."""
    asked = asked_by(actor)
    return type(asked)(who=Everyone(), now=asked.now)
