"""Making one customer of several, in one transaction that loses nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import may, require
from peyvand.core.deadlocks import again_after_deadlock
from peyvand.core.errors import NotFound
from peyvand.core.events import publish
from peyvand.parties.errors import MergedAlready, MergeOfMixedKinds, MergeOfTooFew, MergeOfTooMany, SeenDifferently
from peyvand.parties.events import PartyMerged
from peyvand.parties.models import Merge, MergeRow, MergeSource, Party
from peyvand.parties.policies import MERGE, VIEW
from peyvand.parties.services import news
from peyvand.parties.services.derived import touch
from peyvand.parties.services.merging.choosing import PARTY, PROFILE, lay_fields, proposed
from peyvand.parties.services.merging.decided import carry_decisions
from peyvand.parties.services.merging.journal import Moving, noted, one_at_a_time, row_of
from peyvand.parties.services.merging.linking import choose_employer, move_links
from peyvand.parties.services.merging.moving import move_all

MOST = 50
UNDO_FOR = dt.timedelta(days=90)


@again_after_deadlock
@transaction.atomic
def merge_parties(
    *,
    actor: User | None,
    survivor_id: int,
    party_ids: Iterable[int],
    choices: Mapping[str, int] | None = None,
    versions: Mapping[int, int] | None = None,
) -> Merge:
    """Make one customer of 2 to 50 of the same kind: all that belongs to the others moves to the survivor.

    All or nothing, in one transaction that counts every table before and after. The others keep their rows and
    numbers as aliases; `undo_merge` takes it back for 90 days. The same again returns the merge that is there.
    actor: None is the system itself. choices: of fields (`name`, `custom:12`, `phone` for the primary one) from which
    of the customers the value comes; what is not named comes from the survivor, else from the first that has it.
    versions: those the actor saw. Errors: NotFound, NotAllowed, MergeOfTooFew, MergeOfTooMany, MergeOfMixedKinds,
    MergedAlready, SeenDifferently, Invalid (choices), MergeLosesRows.
    """
    ids = list(dict.fromkeys([survivor_id, *party_ids]))
    one_at_a_time()
    records = hold_all(actor, ids)
    known = _made_already(survivor_id, ids)
    if known is not None:
        return known
    ordered = [records[pk] for pk in ids]
    _check(ordered, versions or {})
    now = timezone.now()
    merge = Merge.objects.create(
        survivor_id=survivor_id, by=actor, at=now, undo_until=now + UNDO_FOR, choices=proposed(ordered, choices)
    )
    MergeSource.objects.bulk_create(
        MergeSource(merge=merge, party_id=pk, place=place) for place, pk in enumerate(ids[1:])
    )
    with noted(merge):
        _write(Moving(merge=merge, survivor=survivor_id, losers=ids[1:], choices=merge.choices), records)
    publish(PartyMerged(merge_id=merge.pk, survivor_id=survivor_id, merged_ids=tuple(ids[1:])))
    news.tell(ids)
    return merge


def hold_all(actor: User | None, ids: Sequence[int]) -> dict[int, Party]:
    """Lock customers in the order of their numbers, all of which the actor sees and may merge.

    Errors: MergeOfTooFew, MergeOfTooMany, NotFound (also for those he does not see), NotAllowed.
    """
    if len(ids) < 2:
        raise MergeOfTooFew
    if len(ids) > MOST:
        raise MergeOfTooMany
    rows = Party.objects.select_for_update().filter(pk__in=ids, erased_at=None).order_by("pk")
    records = {party.pk: party for party in rows}
    seen = [party for party in records.values() if actor is None or may(actor, VIEW, party)]
    if len(seen) < len(ids) or any(party.deleted_at and not party.merged_into_id for party in seen):
        raise NotFound
    if actor is not None:
        for party in seen:
            require(actor, MERGE, party)
    return records


def _made_already(survivor_id: int, ids: Sequence[int]) -> Merge | None:
    """The standing merge of exactly these, if there is one."""
    for merge in Merge.objects.standing().filter(survivor=survivor_id).order_by("-pk"):
        if {*merge.sources.values_list("party_id", flat=True)} == {*ids[1:]}:
            return merge
    return None


def _check(records: Sequence[Party], versions: Mapping[int, int]) -> None:
    gone = [party for party in records if party.merged_into_id is not None]
    if gone:
        raise MergedAlready(fields={str(party.pk): party.name for party in gone})
    if len({party.kind for party in records}) > 1:
        raise MergeOfMixedKinds
    changed = [party for party in records if versions.get(party.pk, party.version) != party.version]
    if changed:
        raise SeenDifferently(fields={str(party.pk): party.name for party in changed})


def _write(moving: Moving, records: Mapping[int, Party]) -> None:
    before = {model: row_of(model, moving.survivor) for model in (PARTY, PROFILE)}
    lay_fields(moving, records)
    counts = move_all(moving)
    move_links(moving)
    choose_employer(moving)
    carry_decisions(moving)
    _hide(moving)
    touch([moving.survivor])
    for model, was in before.items():
        after = row_of(model, moving.survivor)
        if after is not None:
            MergeRow.objects.create(merge=moving.merge, model=model, row=moving.survivor, before=was, after=after)
    Merge.objects.filter(pk=moving.merge.pk).update(counts=counts)
    moving.merge.counts = counts


def _hide(moving: Moving) -> None:
    """The others answer with the survivor from now on."""
    for pk in moving.losers:
        moving.change(PARTY, pk, {"merged_into_id": moving.survivor, "deleted_at": moving.merge.at})
    Party.objects.filter(pk__in=moving.losers).update(version=F("version") + 1, changed_at=moving.merge.at)
