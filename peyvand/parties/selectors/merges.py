"""Reading merges: the log, and where each value of a merged customer came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from peyvand.accounts.scoping import Who
from peyvand.core.errors import NotFound
from peyvand.parties.models import Merge, MergeMove, MergeQuerySet, Party
from peyvand.parties.registry import all_references

SHOWN = 200  # rows of one kind whose words are shown


@dataclass(frozen=True, kw_only=True)
class CameFrom:
    """What came from one customer, by kind: words of single rows, and how many there are."""

    party: Party
    rows: Sequence[tuple[str, int, Sequence[str]]]


def merges_seen_by(who: Who, *, party_id: int | None = None) -> MergeQuerySet:
    """The merges that `who` may see, with everybody in them; of one customer when it is named."""
    rows = Merge.objects.visible_to(who)
    if party_id is not None:
        rows = rows.filter(Q(survivor=party_id) | Q(pk__in=Merge.objects.filter(sources__party=party_id).values("pk")))
    return rows.select_related("survivor", "by", "undone_by").prefetch_related("sources__party")


def get_merge(who: Who, merge_id: int) -> Merge:
    """One merge that `who` may see. Raises NotFound."""
    found = merges_seen_by(who).filter(pk=merge_id).first()
    if found is None:
        raise NotFound
    return found


def provenance_of(merge: Merge) -> list[CameFrom]:
    """What each merged customer has brought into the survivor; empty after the merge was taken back."""
    references = {each.key: each for each in all_references() if each.label}
    moves: dict[int, list[tuple[str, int, Sequence[str]]]] = {}
    for move in merge.moves.filter(act=MergeMove.Act.MOVED).order_by("pk"):
        reference = references.get(move.reference)
        if reference is not None:
            words = reference.words(move.ids[:SHOWN]) if reference.words else {}
            line = (str(reference.label), len(move.ids), [text for text in words.values() if text])
            moves.setdefault(move.party_id, []).append(line)
    return [CameFrom(party=each.party, rows=moves.get(each.party_id, ())) for each in merge.sources.all()]


def origins_of(party: Party) -> Mapping[int, str]:
    """Of each contact point that a standing merge brought to this customer, the name of whom it came from."""
    moves = MergeMove.objects.filter(
        merge__in=Merge.objects.standing().filter(survivor=party),
        reference="parties.ContactPoint.party",
        act=MergeMove.Act.MOVED,
    )
    rows = list(moves.values_list("party_id", "ids"))
    names = dict(Party.objects.filter(pk__in=[pk for pk, _ids in rows]).values_list("pk", "name"))
    return {row: names[pk] for pk, ids in rows for row in ids}
