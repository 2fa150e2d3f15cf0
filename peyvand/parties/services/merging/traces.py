"""What a merge leaves in the history of customers, for who takes an import back."""

from collections.abc import Collection

from django.db.models import Q

from peyvand.parties.models import Merge, Party
from peyvand.parties.services.merging.journal import MERGED

# Of an event `e` of a customer and the row `c` of its context: everything there was written by merges that were taken
# back, or by their undo, and the customer was not given what people wrote in between.
OF_UNDONE_MERGES = f"""coalesce((SELECT bool_and(NOT (c.metadata -> k) @> to_jsonb(e.pgh_obj_id) AND NOT EXISTS (
    SELECT FROM parties_merge m WHERE m.id = substr(k, {len(MERGED) + 1})::bigint AND m.undone_at IS NULL))
  FROM jsonb_object_keys(c.metadata) k WHERE starts_with(k, '{MERGED}')), false)"""  # noqa: S608  # our own names


def merged_of(party_ids: Collection[int]) -> set[int]:
    """Which of these customers are in a merge that stands."""
    found = set(Party.objects.filter(pk__in=party_ids, merged_into__isnull=False).values_list("pk", flat=True))
    standing = Merge.objects.standing().filter(survivor__in=party_ids)
    return found | set(standing.values_list("survivor_id", flat=True))


def forget_merges(party_ids: Collection[int]) -> None:
    """Take merges that were taken back out of the log, when one of their customers goes for good."""
    named = Q(survivor__in=party_ids) | Q(sources__party__in=party_ids)
    gone = Merge.objects.filter(named, undone_at__isnull=False) if party_ids else Merge.objects.none()
    Merge.objects.filter(pk__in=list(gone.values_list("pk", flat=True).distinct())).delete()
