"""Who belongs to whom, read from either side."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from peyvand.accounts.scoping import Who
from peyvand.core.errors import NotFound
from peyvand.parties.models import Party, Relation, RelationType

MOST = 200  # relations that a page lists
SHOWN = (
    *(field.name for field in Relation._meta.concrete_fields),
    *(f"type__{field.name}" for field in RelationType._meta.concrete_fields),
    *(f"{end}__{name}" for end in ("source", "target") for name in ("kind", "name", "sort_key")),
)  # what a line reads: two whole parties would be most of its cost


@dataclass(frozen=True)
class Link:
    """A relation seen from one party: who is the other, and what he is to it."""

    relation: Relation
    other: Party
    is_out: bool  # the party that looks is the source

    @property
    def label(self) -> str:
        """What the other is to the party that looks: «employer»."""
        return name_of(self.relation.type, inverse=self.is_out)

    @property
    def is_open(self) -> bool:
        """Does it hold today?"""
        return self.relation.until is None or self.relation.until >= timezone.localdate()


def name_of(kind: RelationType, *, inverse: bool) -> str:
    """What the source is to the target, or with `inverse` the target to the source, in the reader's language."""
    if get_language() == "fa":
        return kind.inverse_fa if inverse else kind.name_fa
    return kind.inverse_en if inverse else kind.name_en


def links_of(who: Who, party: Party, most: int = MOST) -> list[Link]:
    """The relations of a party with parties that the reader may see, those that hold first."""
    found = latest_links(who, party, Q(), most)
    return sorted(found, key=lambda link: (not link.is_open, link.relation.type.order, link.other.sort_key))


def latest_links(who: Who, party: Party, bound: Q, limit: int) -> list[Link]:
    """The relations noted last, from both sides, the newest first: one query, each side from its index."""
    seen = Party.objects.visible_to(who).values("pk")
    out = _newest(Relation.objects.filter(bound, source=party, target__in=seen), limit)
    back = _newest(Relation.objects.filter(bound, target=party, source__in=seen), limit)
    rows = Relation.objects.filter(pk__in=out.union(back, all=True)).select_related("type", "source", "target")
    rows = rows.only(*SHOWN)
    found = [_seen_from(party, row) for row in rows]
    found.sort(key=lambda link: (link.relation.created_at, link.relation.pk), reverse=True)
    return found[:limit]


def _seen_from(party: Party, row: Relation) -> Link:
    return Link(row, row.target, True) if row.source_id == party.pk else Link(row, row.source, False)


def _newest(rows: QuerySet[Relation], limit: int) -> QuerySet[Relation, Any]:
    return rows.order_by("-created_at", "-id").values("pk")[:limit]


def get_link(who: Who, party: Party, relation_id: int) -> Link:
    """One relation of a party; NotFound when there is none or the other may not be seen."""
    rows = Relation.objects.filter(Q(source=party) | Q(target=party), pk=relation_id)
    row = rows.select_related("type", "source", "target").first()
    if row is None:
        raise NotFound
    link = _seen_from(party, row)
    if not Party.objects.visible_to(who).filter(pk=link.other.pk).exists():
        raise NotFound
    return link


def kinds_of_relations() -> list[RelationType]:
    """The kinds that may be used, in the order of the business."""
    return list(RelationType.objects.filter(is_active=True).order_by("order", "id"))


def choices_for(party: Party) -> list[tuple[str, str]]:
    """What another can be to this party, as («employee:in», name): «in» makes the other the source."""
    found = []
    for kind in kinds_of_relations():
        if fits(kind.to_kinds, party.kind):
            found.append((f"{kind.code}:in", name_of(kind, inverse=False)))
        if not kind.is_symmetric and fits(kind.from_kinds, party.kind):
            found.append((f"{kind.code}:out", name_of(kind, inverse=True)))
    return found


def fits(kinds: str, kind: str) -> bool:
    """Does a kind of party fit a list of kinds? An empty list takes any."""
    return not kinds or kind in {one.strip() for one in kinds.split(",")}


def kinds_with_use() -> list[tuple[RelationType, int]]:
    """Every kind with the number of its relations."""
    counts = dict(Relation.objects.values_list("type").annotate(n=Count("pk")).order_by())
    return [(kind, counts.get(kind.pk, 0)) for kind in RelationType.objects.order_by("order", "id")]
