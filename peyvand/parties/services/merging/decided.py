"""«Not the same», which a person said of a customer that goes into another: the survivor is not the same either."""

from collections.abc import Collection

from django.db.models import Q

from peyvand.parties.models import DuplicatePair, Merge
from peyvand.parties.selectors.aliases import aliases_of
from peyvand.parties.services.merging.journal import Moving

PAIR = "parties.DuplicatePair"
State = DuplicatePair.State


def carry_decisions(moving: Moving) -> None:
    """Pairs of merged customers that are two each become pairs of the survivor, with what the person saw.

    New evidence opens them again as it opens any pair. The undo gives them back.
    """
    losers, everybody = set(moving.losers), moving.everybody
    decided = DuplicatePair.objects.filter(Q(first__in=losers) | Q(second__in=losers), state=State.NOT_SAME)
    for pair in decided.exclude(first__in=everybody, second__in=everybody).order_by("pk"):
        other = pair.second_id if pair.first_id in losers else pair.first_id
        ends = {"first_id": min(moving.survivor, other), "second_id": max(moving.survivor, other)}
        known = DuplicatePair.objects.filter(**ends).first()
        if known is None:
            moving.change(PAIR, pair.pk, ends)
        elif known.state != State.NOT_SAME:
            names = ("decided_by_id", "decided_at", "decided_score", "decided_reasons")
            moving.change(PAIR, known.pk, {"state": State.NOT_SAME} | {name: getattr(pair, name) for name in names})


def were_taken_apart(one: int, other: int) -> bool:
    """Has somebody taken a merge back in which these two, or what went into them, were one?"""
    mine, theirs = {one, *aliases_of(one)}, {other, *aliases_of(other)}
    undone = Merge.objects.filter(undone_at__isnull=False)
    return any(undone.filter(_among(mine), _among(theirs)).values("pk")[:1])


def _among(ids: Collection[int]) -> Q:
    return Q(survivor__in=ids) | Q(pk__in=Merge.objects.filter(sources__party__in=ids).values("pk"))
