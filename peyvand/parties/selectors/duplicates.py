"""Which pairs wait for a decision, together with what else belongs to them, and who is like somebody just typed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from peyvand.accounts.policies import may
from peyvand.accounts.scoping import Who
from peyvand.core.models import Setting
from peyvand.parties.matching import POSSIBLE, PROBABLE, Record, Verdict, common_addresses, compare
from peyvand.parties.models import ContactPoint, DuplicatePair, DuplicatePairQuerySet, Party
from peyvand.parties.selectors.likeness import crowded, partners_of, records_of

State = DuplicatePair.State
TYPED = 30  # points from which a customer is told of while another is typed
MOST_TOLD = 5
MOST_TOGETHER = 12  # customers shown in one group
SETTINGS = "parties.duplicates"
LEAST_AUTOMATIC, AUTOMATIC = 80, 95


@dataclass(frozen=True, kw_only=True)
class DuplicateRules:
    """What the business has set. automatic: pairs from `threshold` on are merged by themselves.

    tells_unseen: whoever types a number of a customer that he may not see is told that there is one.
    """

    automatic: bool = False
    threshold: int = AUTOMATIC
    tells_unseen: bool = False


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a queue is narrowed to. least: points; reason: a code; branch: of either customer."""

    state: str = State.OPEN
    least: int = PROBABLE
    reason: str = ""
    branch: int | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """Customers that may be one: the pair that leads them, and all pairs among them."""

    lead: DuplicatePair
    pairs: Sequence[DuplicatePair]
    parties: Sequence[Party]

    @property
    def ids(self) -> list[int]:
        return [party.pk for party in self.parties]


@dataclass(frozen=True, kw_only=True)
class Likely:
    """A customer who is like the one that is being typed."""

    party: Party
    verdict: Verdict


def duplicate_rules() -> DuplicateRules:
    """The settings of the business about duplicates."""
    stored = Setting.objects.filter(name=SETTINGS).values_list("value", flat=True).first() or {}
    return DuplicateRules(
        **{name: stored[name] for name in ("automatic", "threshold", "tells_unseen") if name in stored}
    )


def queue_of(who: Who, wanted: Wanted) -> DuplicatePairQuerySet:
    """The pairs that `who` may decide; of open ones that hang together the best, which leads the others."""
    found = _narrowed(DuplicatePair.objects.visible_to(who).filter(state=wanted.state), wanted)
    if wanted.state != State.OPEN:
        return found
    mine = Q(first=OuterRef("first")) | Q(first=OuterRef("second"))
    mine |= Q(second=OuterRef("first")) | Q(second=OuterRef("second"))
    better = Q(score__gt=OuterRef("score")) | Q(score=OuterRef("score"), pk__gt=OuterRef("pk"))
    others = _narrowed(DuplicatePair.objects.visible_to(who).filter(state=State.OPEN), wanted)
    return found.filter(~Exists(others.filter(mine, better)))


def _narrowed(pairs: DuplicatePairQuerySet, wanted: Wanted) -> DuplicatePairQuerySet:
    if wanted.state == State.OPEN:
        pairs = pairs.filter(score__gte=wanted.least)
    if wanted.reason:
        pairs = pairs.filter(reasons__contains=[wanted.reason])
    if wanted.branch:
        pairs = pairs.filter(Q(first__branch=wanted.branch) | Q(second__branch=wanted.branch))
    return pairs


def groups_of(who: Who, leads: Iterable[DuplicatePair], least: int = PROBABLE) -> list[Group]:
    """Each of these pairs with everybody who hangs on it (A~B~C), the customers loaded with what a page compares."""
    leads = list(leads)
    around = _around(who, leads, least)
    ids = {pk: _component(pk.first_id, pk.second_id, around, ()) for pk in leads}
    apart = _apart({party for found in ids.values() if len(found) > 2 for party in found})
    if apart:
        ids = {pk: _component(pk.first_id, pk.second_id, around, apart) for pk in leads}
    known = _loaded({party for found in ids.values() for party in found})
    groups = []
    for lead in leads:
        members = [known[pk] for pk in ids[lead] if pk in known]
        inside = {party.pk for party in members}
        pairs = {pair.pk: pair for pk in inside for pair in around[pk] if {pair.first_id, pair.second_id} <= inside}
        pairs.setdefault(lead.pk, lead)
        ordered = sorted(pairs.values(), key=lambda pair: (-pair.score, -pair.pk))
        groups.append(Group(lead=lead, pairs=ordered, parties=members))
    return groups


def _around(who: Who, leads: Sequence[DuplicatePair], least: int) -> dict[int, list[DuplicatePair]]:
    """Open pairs by customer, two steps from the leading pairs."""
    found: dict[int, list[DuplicatePair]] = defaultdict(list)
    seen: set[int] = set()
    edge = {pk for lead in leads if lead.state == State.OPEN for pk in (lead.first_id, lead.second_id)}
    for _step in range(2):
        pairs = DuplicatePair.objects.visible_to(who).filter(state=State.OPEN, score__gte=least)
        rows = pairs.filter(Q(first__in=edge) | Q(second__in=edge)).exclude(pk__in=seen)[:500] if edge else []
        for pair in rows:
            seen.add(pair.pk)
            found[pair.first_id].append(pair)
            found[pair.second_id].append(pair)
        edge = set(found) - edge
    return found


def _apart(ids: Collection[int]) -> set[tuple[int, int]]:
    """Who among these is two customers each, as a person has decided; whoever may see them or not."""
    pairs = DuplicatePair.objects.filter(state=State.NOT_SAME, first__in=ids, second__in=ids)
    return set(pairs.values_list("first_id", "second_id")) if ids else set()


def _component(
    first: int, second: int, around: dict[int, list[DuplicatePair]], apart: Collection[tuple[int, int]]
) -> list[int]:
    """Everybody who hangs on a pair, but for those who are not the same as somebody who is in already."""
    found, waiting = [first, second], [first, second]
    while waiting and len(found) < MOST_TOGETHER:
        for pair in around.get(waiting.pop(0), ()):
            for pk in (pair.first_id, pair.second_id):
                is_apart = any((min(pk, other), max(pk, other)) in apart for other in found)
                if pk not in found and not is_apart and len(found) < MOST_TOGETHER:
                    found.append(pk)
                    waiting.append(pk)
    return found


def _loaded(ids: Collection[int]) -> dict[int, Party]:
    rows = Party.objects.filter(pk__in=ids).select_related("organisation", "branch", "owner", "category", "profile")
    return rows.defer("search").prefetch_related("contact_points", "identifiers", "addresses").in_bulk()


def likely_for(who: Who, record: Record) -> list[Likely]:
    """The customers whom `who` may see and who are like a record that is being typed, the best first."""
    ids = partners_of(record, most=20)
    seen = set(Party.objects.visible_to(who).filter(pk__in=ids).values_list("pk", flat=True))
    return [
        Likely(party=party, verdict=verdict)
        for party, verdict in _weighed(record, seen)
        if verdict.score >= TYPED or "name_same" in verdict.reasons
    ][:MOST_TOLD]


def _weighed(record: Record, ids: Collection[int]) -> list[tuple[Party, Verdict]]:
    records = records_of(ids)
    own = common_addresses(record, record)
    many = {own[key] for key in crowded(own)} if records else set()
    found = {pk: compare(record, other, many) for pk, other in records.items()}
    best = sorted(found, key=lambda pk: (-found[pk].score, pk))[: MOST_TOLD * 2]
    parties = Party.objects.select_related("organisation").defer("search").in_bulk(best)
    return [(parties[pk], found[pk]) for pk in best if pk in parties]


def has_unseen(who: Who, record: Record) -> bool:
    """Has a customer whom `who` may not see one of these addresses? Only where the business lets that be told."""
    values = record.phones | record.emails
    if not values or not duplicate_rules().tells_unseen or not may(who, "parties.change"):
        return False
    points = ContactPoint.objects.filter(value__in=values, party__deleted_at=None).exclude(party=record.id)
    return points.exclude(party__in=Party.objects.visible_to(who)).exists()


def automatic_pairs(threshold: int) -> DuplicatePairQuerySet:
    """The open pairs that would be merged by themselves: from so many points on, without anything against it."""
    found = DuplicatePair.objects.filter(state=State.OPEN, score__gte=threshold, contradicts=False)
    alive: dict[str, Any] = {"first__deleted_at": None, "second__deleted_at": None}
    return found.filter(**alive).order_by("-score", "pk")


__all__ = [
    "POSSIBLE", "PROBABLE", "DuplicateRules", "Group", "Likely", "Wanted", "automatic_pairs", "duplicate_rules",
    "groups_of", "has_unseen", "likely_for", "queue_of",
]  # fmt: skip
