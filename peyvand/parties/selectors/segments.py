"""Questions about segments."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by, scope_of
from peyvand.accounts.scoping import Who
from peyvand.accounts.types import Scope
from peyvand.core.errors import NotFound, PeyvandError
from peyvand.core.record_fields import Asked
from peyvand.parties.models import Category, Party, Segment, SegmentMember, SegmentQuerySet, SegmentSize
from peyvand.parties.segments import Compiler, Group
from peyvand.parties.segments.counting import of_groups, parts, reading_all, some_of
from peyvand.parties.segments.explaining import hold_of
from peyvand.parties.segments.stored import rule_of

MOST_VERSIONS = 50
MOST_OF_PARTY = 60
CURVE_DAYS = 90
SAMPLE = 5


@dataclass(frozen=True, kw_only=True)
class Live:
    """What a rule has now: the exact number, of how many, its composition, each group's number and a few members."""

    size: int
    whole: int
    groups: dict[str, int]
    life_cycles: list[tuple[str, int]]
    categories: list[tuple[str, int]]
    sample: list[Party]


@dataclass(frozen=True, kw_only=True)
class Version:
    """A state that a segment had: who made it so, when."""

    id: int
    at: dt.datetime
    who: str
    name: str
    description: str
    rule: dict[str, Any]


def segments_for(who: Who) -> SegmentQuerySet:
    """The segments that `who` may see, by name."""
    return Segment.objects.visible_to(who).select_related("owner", "branch")


def get_segment(who: Who, segment_id: int) -> Segment:
    """One segment; NotFound when it is not there or may not be seen."""
    found = segments_for(who).filter(pk=segment_id).first()
    if found is None:
        raise NotFound
    return found


def sees_everybody(who: Who) -> bool:
    """May `who` see every customer, and so the stored figures, which count everybody?"""
    return scope_of(who, "parties.view") is Scope.ALL


def live(rule: Group, asked: Asked) -> Live:
    """Count a rule for whoever asks. Raises BadRule, TakesTooLong."""
    with reading_all():
        whole, groups = of_groups(rule, asked)
        return _live(parts(rule, asked), whole, groups, some_of(rule, asked, SAMPLE), asked)


def live_of_static(segment: Segment, asked: Asked) -> Live:
    """The same of members that were chosen by hand."""
    whole, groups = of_groups(Group(), asked)
    members = Party.objects.visible_to(asked.who).filter(pk__in=segment.members.values("party"))
    rows = members.order_by().values_list("life_cycle", "category_id").annotate(n=Count("pk"))
    found = {(cycle, category): number for cycle, category, number in rows}
    return _live(found, whole, groups, list(members.values_list("pk", flat=True)[:SAMPLE]), asked)


def _live(
    found: dict[tuple[str, int | None], int], whole: int, groups: dict[str, int], sample: Sequence[int], asked: Asked
) -> Live:
    cycles: dict[str, int] = {}
    categories: dict[int | None, int] = {}
    for (cycle, category), number in found.items():
        cycles[cycle] = cycles.get(cycle, 0) + number
        categories[category] = categories.get(category, 0) + number
    names: dict[int | None, str] = dict(Category.objects.values_list("pk", "name"))
    labels = dict(Party.LifeCycle.choices)
    return Live(
        size=sum(found.values()),
        whole=whole,
        groups=groups,
        life_cycles=_largest((str(labels.get(cycle, cycle)), number) for cycle, number in cycles.items()),
        categories=_largest((names.get(pk, ""), number) for pk, number in categories.items()),
        sample=list(Party.objects.visible_to(asked.who).filter(pk__in=sample)),
    )


def _largest(pairs: Any) -> list[tuple[str, int]]:
    return sorted(pairs, key=lambda pair: -pair[1])[:5]


def curve(segment: Segment, days: int = CURVE_DAYS) -> list[SegmentSize]:
    """The figures of the last days, oldest first; they count everybody."""
    since = timezone.localdate() - dt.timedelta(days=days)
    return list(SegmentSize.objects.filter(segment=segment, day__gte=since).order_by("day"))


def versions(segment: Segment) -> list[Version]:
    """The states that a segment had, newest first, with who made them."""
    rows: Any = apps.get_model("parties", "SegmentEvent")._default_manager.select_related("pgh_context")
    found = list(rows.filter(pgh_obj_id=segment.pk).order_by("-pgh_id")[:MOST_VERSIONS])
    people: dict[int, int] = {
        row.pgh_id: (row.pgh_context.metadata if row.pgh_context else {}).get("user") or 0 for row in found
    }
    names = dict(User.objects.filter(pk__in=people.values()).values_list("pk", "full_name"))
    return [
        Version(
            id=row.pgh_id,
            at=row.pgh_created_at,
            who=names.get(people[row.pgh_id], ""),
            name=row.name,
            description=row.description,
            rule=row.rule,
        )
        for row in found
    ]


def segments_of(who: Who, party: Party) -> list[Segment]:
    """The segments that `who` may see and a party is in, by name; broken ones are left out. Three queries."""
    asked = asked_by(who)
    known = list(Segment.objects.visible_to(who).order_by("name", "pk")[:MOST_OF_PARTY])
    static = SegmentMember.objects.filter(party=party, segment__in=known).values_list("segment_id", flat=True)
    is_in = set(static) & {each.pk for each in known if each.kind == Segment.Kind.STATIC}
    wanted = {}
    for each in known:
        if each.kind == Segment.Kind.LIVE:
            try:
                rule = rule_of(each)
                if not rule.is_empty:
                    wanted[each.pk] = Compiler(asked, of_facts=True).checked(rule)
            except PeyvandError:
                continue
    is_in |= hold_of(wanted, party.pk)
    return [each for each in known if each.pk in is_in]
