"""Rows that were on their way to a customer while it was merged."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from peyvand.core.deadlocks import again_after_deadlock
from peyvand.parties.events import PartyMerged
from peyvand.parties.models import Merge, MergeMove, MergeRow, Party
from peyvand.parties.registry import Reference
from peyvand.parties.selectors.aliases import survivor_of
from peyvand.parties.services.derived import touch
from peyvand.parties.services.merging.journal import ids_by_party, model_of, move_rows, one_at_a_time
from peyvand.parties.services.merging.linking import gather_links, gather_people, gather_relations
from peyvand.parties.services.merging.moving import clashing, movable

RECENT = dt.timedelta(days=2)
FIRSTS = ("parties.ContactPoint", "parties.Address")  # the survivor has a primary one of its own, or needs none


def gather(event: PartyMerged) -> None:
    """After a merge: bring over what another transaction wrote to a merged customer at the same moment."""
    gather_strays(event.merge_id)


def gather_recent() -> int:
    """The same for the merges of two days, for what came by slow ways; return how many rows that were."""
    recent = Merge.objects.standing().filter(at__gte=timezone.now() - RECENT).order_by("pk")
    return sum(gather_strays(pk) for pk in recent.values_list("pk", flat=True))


def forget_old() -> int:
    """Forget the personal words of merges whose time to be taken back is over; return how many rows that were.

    What came from whom stays known by numbers.
    """
    count, _each = MergeRow.objects.filter(merge__undo_until__lte=timezone.now()).delete()
    return count


@again_after_deadlock
@transaction.atomic
def gather_strays(merge_id: int) -> int:
    """Move rows that were written to merged customers after the merge to who they are now; return how many.

    Where the survivor was merged further, that is the last of the chain. What says the same as a row that is there
    stays where it is. When a merge is undone they are later rows, and are asked for.
    """
    one_at_a_time()
    merge = Merge.objects.standing().filter(pk=merge_id).first()
    if merge is None:
        return 0
    sources = list(merge.sources.values_list("party_id", flat=True))
    target = survivor_of(merge.survivor_id) or merge.survivor_id
    held = list(Party.objects.select_for_update().filter(pk__in=[target, *sources]).order_by("pk"))
    if any(party.erased_at or (party.pk == target and party.merged_into_id) for party in held):
        return 0
    moved = sum(_gather(merge, reference, sources, target) for reference in movable() if reference.move is None)
    moved += gather_relations(sources, target) + gather_people(sources, target) + gather_links(sources, target)
    if moved:
        touch([target])
    return moved


def _gather(merge: Merge, reference: Reference, sources: Sequence[int], target: int) -> int:
    aside = {pk for move in merge.moves.filter(reference=reference.key, act=MergeMove.Act.ASIDE) for pk in move.ids}
    found = {party: set(rows) - aside for party, rows in ids_by_party(reference, sources).items()}
    if not any(found.values()):
        return 0
    if reference.model in FIRSTS:
        model_of(reference.model)._default_manager.filter(pk__in=set().union(*found.values())).update(is_primary=False)
    taken = set() if reference.is_ledger else clashing(reference, target, sources)
    return sum(move_rows(reference, sorted(rows - taken), source=party, target=target) for party, rows in found.items())
