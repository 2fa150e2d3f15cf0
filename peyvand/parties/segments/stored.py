"""Segments as they are kept: whom one has, as a condition and as a number, for whoever asks."""

from django.db.models import Exists, OuterRef, Q

from peyvand.core.errors import NotFound
from peyvand.core.record_fields import Asked, Everyone
from peyvand.parties.models import Segment, SegmentMember
from peyvand.parties.segments.conditions import condition_of
from peyvand.parties.segments.counting import count, seen_facts
from peyvand.parties.segments.rules import BadRule, Group, read


def rule_of(segment: Segment) -> Group:
    """The rule of a live segment. Raises BadRule where what is stored cannot be read."""
    return read(segment.rule)


def members_q(segment: Segment, asked: Asked) -> Q:
    """The condition of a stored segment over Party. Raises BadRule: a broken segment is neither all nor nobody."""
    if segment.kind == Segment.Kind.STATIC:
        return Q(Exists(SegmentMember.objects.filter(segment=segment, party=OuterRef("pk"))))
    rule = rule_of(segment)
    if rule.is_empty:
        raise BadRule
    return condition_of(rule, asked)


def segment_condition(segment_id: int, asked: Asked) -> Q:
    """The condition of a segment that whoever asks may see, for `core.list_state`. Raises NotFound, BadRule."""
    segment = Segment.objects.visible_to(asked.who).filter(pk=segment_id).first()
    if segment is None:
        raise NotFound
    return members_q(segment, asked)


def size_of(segment: Segment, asked: Asked) -> int:
    """The exact number of members that whoever asks may see. Raises BadRule, TakesTooLong."""
    if segment.kind == Segment.Kind.STATIC:
        members = SegmentMember.objects.filter(segment=segment)
        if isinstance(asked.who, Everyone):
            return members.filter(party__deleted_at=None).count()
        return seen_facts(asked).filter(party_id__in=members.values("party_id")).count()
    rule = rule_of(segment)
    if rule.is_empty:
        raise BadRule
    return count(rule, asked)
