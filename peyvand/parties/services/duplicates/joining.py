"""Merging pairs: one group by a person, many above a score, and by itself above the threshold of the business."""

import time
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core import long_jobs
from peyvand.core.errors import Conflict, NotFound, PeyvandError
from peyvand.core.long_jobs import Figure, Slice, long_job
from peyvand.core.models import LongJob, LongJobItem
from peyvand.parties.models import DuplicatePair, DuplicatePairQuerySet, Merge, Party
from peyvand.parties.policies import MERGE
from peyvand.parties.selectors.duplicates import automatic_pairs, duplicate_rules
from peyvand.parties.services.duplicates.storing import weigh_again
from peyvand.parties.services.merging import merge_parties, undo_merge
from peyvand.parties.services.merging.decided import were_taken_apart
from peyvand.parties.services.merging.proposing import propose_survivor

MERGE_MANY, UNMERGE_MANY = "parties.merge_duplicates", "parties.unmerge_duplicates"
LEAST_MANY = 75  # points from which many pairs may be merged at once
LONGEST = 2.0
State = DuplicatePair.State


class PairChanged(Conflict):
    """They are not so alike any more."""

    code = "pair_changed"


@transaction.atomic
def merge_group(*, actor: User | None, party_ids: Collection[int]) -> Merge:
    """Merge customers with the choices that are proposed, and close their pairs. Errors: as `merge_parties`.

    What somebody had noted as «not the same» among them stays noted, for when the merge is taken back.
    """
    rows = list(Party.objects.filter(pk__in=party_ids, deleted_at=None).order_by("pk"))
    if len(rows) < 2:
        raise NotFound
    ids = [party.pk for party in rows]
    merge = merge_parties(actor=actor, survivor_id=propose_survivor(rows).survivor_id, party_ids=ids)
    among = DuplicatePair.objects.filter(first__in=ids, second__in=ids).exclude(state=State.NOT_SAME)
    among.update(state=State.MERGED, decided_by=actor, decided_at=timezone.now())
    return merge


def mergeable_pairs(actor: User, least: int) -> DuplicatePairQuerySet:
    """The open pairs of at least so many points, nothing against them, of which the actor may merge both."""
    found = DuplicatePair.objects.visible_to(actor).visible_to(actor, MERGE)
    return found.filter(state=State.OPEN, contradicts=False, score__gte=max(least, LEAST_MANY))


@transaction.atomic
def merge_above(*, actor: User, least: int) -> LongJob:
    """Merge all pairs of at least so many points in the background; can be taken back as a whole.

    least: points, not less than 75. Pairs with anything against them are left to people. Errors: NotAllowed, TooMany.
    """
    require(actor, MERGE)
    pairs = mergeable_pairs(actor, least)
    title = _("Merge duplicates of %(least)s points and more") % {"least": max(least, LEAST_MANY)}
    params = {"least": least, "last": pairs.order_by("-pk").values_list("pk", flat=True).first() or 0}
    return long_jobs.start(kind=MERGE_MANY, owner_id=actor.pk, title=title, params=params, total=pairs.count())


@long_job(
    MERGE_MANY,
    label=gettext_lazy("Merge duplicates"),
    figures=(
        Figure(key="merged", label=gettext_lazy("Merged"), tone="ok"),
        Figure(key="refused", label=gettext_lazy("Left to people"), tone="warn"),
    ),
    undo=UNMERGE_MANY,
)
def merge_slice(job: LongJob) -> Slice:
    """Merge the next pairs; one that cannot be merged any more is left out with its reason."""
    end, at = long_jobs.slice_end(), job.cursor.get("at", 0)
    pairs = mergeable_pairs(job.owner, job.params["least"]).filter(pk__lte=job.params["last"])
    items: list[LongJobItem] = []
    while not items or time.monotonic() < end:
        pair = pairs.filter(pk__gt=at).order_by("pk").first()
        if pair is None:
            return _made(job, items, at, finished=True)
        at = pair.pk
        items.append(_merged(job, pair))
    return _made(job, items, at, finished=False)


def _merged(job: LongJob, pair: DuplicatePair) -> LongJobItem:
    now = weigh_again(pair)
    if now is None or now.contradicts or now.score < max(job.params["least"], LEAST_MANY):
        return LongJobItem(job=job, ref=pair.pk, error=str(PairChanged()))
    try:
        with transaction.atomic():
            merge = merge_group(actor=job.owner, party_ids=[pair.first_id, pair.second_id])
    except PeyvandError as error:
        return LongJobItem(job=job, ref=pair.pk, error=error.message[:300])
    return LongJobItem(job=job, ref=pair.pk, after={"merge": merge.pk})


def _made(job: LongJob, items: Sequence[LongJobItem], at: int, *, finished: bool) -> Slice:
    LongJobItem.objects.bulk_create(items)
    failed = sum(bool(item.error) for item in items)
    result = {
        "merged": job.result.get("merged", 0) + len(items) - failed,
        "refused": job.result.get("refused", 0) + failed,
    }
    return Slice(cursor={"at": at}, done=len(items) - failed, failed=failed, finished=finished, result=result)


@long_job(UNMERGE_MANY, label=gettext_lazy("Take merges back"))
def unmerge_slice(job: LongJob) -> Slice:
    """Take the merges of another work back, the last first."""
    end, last = long_jobs.slice_end(), job.cursor.get("last")
    done = failed = 0
    while not done + failed or time.monotonic() < end:
        items = LongJobItem.objects.filter(job_id=job.undo_of_id, error="", undone_at=None).order_by("-pk")
        item = items.filter(**({"pk__lt": last} if last else {})).first()
        if item is None:
            return Slice(cursor={"last": last}, done=done, failed=failed, finished=True)
        last = item.pk
        if _unmerged(job.owner, item):
            done += 1
        else:
            failed += 1
    return Slice(cursor={"last": last}, done=done, failed=failed)


def _unmerged(actor: User, item: LongJobItem) -> bool:
    merge = Merge.objects.filter(pk=item.after.get("merge", 0)).first()
    try:
        with transaction.atomic():
            if merge is not None:
                undo_merge(actor=actor, merge=merge)
    except PeyvandError:
        return False
    LongJobItem.objects.filter(pk=item.pk).update(undone_at=timezone.now())
    DuplicatePair.objects.filter(pk=item.ref).update(state=State.OPEN, decided_by=None, decided_at=None)
    return merge is not None


def merge_automatically() -> bool:
    """Merge pairs from the threshold of the business on, for two seconds; returns whether some are left.

    Off unless the business has switched it on. The system itself is the actor; each is an ordinary merge that can be
    taken back. A pair that cannot be merged, or was taken back, is marked and left to people.
    """
    rules = duplicate_rules()
    if not rules.automatic:
        return False
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        pair = _next_automatic(rules.threshold)
        if pair is None:
            return False
        _join_automatically(pair, rules.threshold)
    return True


def _next_automatic(threshold: int) -> DuplicatePair | None:
    """The best pair that nobody has separated before: what a person took apart is never joined by a machine."""
    return automatic_pairs(threshold).filter(is_left_to_people=False).first()


@transaction.atomic
def _join_automatically(pair: DuplicatePair, threshold: int) -> None:
    """Merge a pair that is still as sure as when it was found; what was edited meanwhile is weighed anew."""
    held = DuplicatePair.objects.select_for_update(skip_locked=True).filter(pk=pair.pk, state=State.OPEN).first()
    if held is None:
        return
    now = weigh_again(held)
    if now is None or now.contradicts or now.score < threshold:
        return
    try:
        with transaction.atomic():
            if not were_taken_apart(held.first_id, held.second_id):
                merge_group(actor=None, party_ids=[held.first_id, held.second_id])
    except PeyvandError:
        pass  # of mixed kinds, merged meanwhile: the mark below leaves it to people
    DuplicatePair.objects.filter(pk=held.pk).update(is_left_to_people=True)
