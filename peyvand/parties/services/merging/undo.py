"""Taking a merge back: everybody gets his own again, and what came since goes where it belongs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.deadlocks import again_after_deadlock
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.events import publish
from peyvand.parties.errors import MergedFurther, MergeTooOld, MergeUndone
from peyvand.parties.events import PartyUnmerged
from peyvand.parties.models import Merge, MergeMove, MergeRow, Party
from peyvand.parties.policies import MERGE
from peyvand.parties.services import news
from peyvand.parties.services.derived import touch
from peyvand.parties.services.firsts import chosen_of, see_to_firsts
from peyvand.parties.services.merging.choosing import PARTY, PROFILE
from peyvand.parties.services.merging.folding import reference_of
from peyvand.parties.services.merging.journal import (
    check_at_end,
    check_at_once,
    noted,
    one_at_a_time,
    put_back,
    row_of,
    without_gone,
    write_row,
)
from peyvand.parties.services.merging.later import LaterField, LaterRow, later_fields, later_rows
from peyvand.parties.services.merging.linking import PEOPLE, RELATION, follow_employer, point_links
from peyvand.parties.services.merging.moving import clashing
from peyvand.parties.services.merging.returning import FIRSTS, give_back, reference_model
from peyvand.parties.services.merging.splitting import split_fields

Places = Mapping[str, int]
LINK = "custom:"
ENDS = ["party_id", "source_id", "target_id"]


@again_after_deadlock
@transaction.atomic
def undo_merge(*, actor: User | None, merge: Merge, places: Places | None = None) -> Merge:
    """Take a merge back: each customer has again exactly what it had; later edits of its rows go with them.

    places: where what came since belongs, by the keys of `later_rows` and `later_fields`; the rest goes where it seems
    to belong. Merges on top of this one are taken back first. What somebody else has taken meanwhile stays his: it is
    counted in `counts["left"]`. Errors: NotFound, NotAllowed, MergeUndone, MergeTooOld, MergedFurther, Invalid.
    """
    one_at_a_time()
    held = Merge.objects.select_for_update().filter(pk=merge.pk).first()
    if held is None:
        raise NotFound
    sources = _hold(actor, held)
    rows, fields = later_rows(held), later_fields(held)
    chosen = {row.key: row.proposed for row in rows} | {field.key: field.proposed for field in fields}
    _check_places(places or {}, chosen, {held.survivor_id, *sources})
    chosen |= dict(places or {})
    check_at_once()
    with noted(held, given={*chosen.values()} - {held.survivor_id}):
        _take_back(actor, held, rows, fields, chosen)
    check_at_end()
    publish(PartyUnmerged(merge_id=held.pk, survivor_id=held.survivor_id, merged_ids=tuple(sources)))
    news.tell([held.survivor_id, *sources])
    return held


def _take_back(
    actor: User | None, held: Merge, rows: Sequence[LaterRow], fields: Sequence[LaterField], chosen: Places
) -> None:
    sources = list(held.sources.values_list("party_id", flat=True))
    people = list(held.moves.filter(reference=PEOPLE, act=MergeMove.Act.MOVED).values_list("party_id", "ids"))
    firsts = chosen_of([held.survivor_id, *sources])
    left = _move_back(held)
    _place(held, rows, chosen)
    split_fields(held, {each.field: chosen[each.key] for each in fields})
    held.rows.all().delete()
    held.moves.all().delete()
    held.undone_at, held.undone_by = timezone.now(), actor
    held.counts |= {"left": left} if left else {}
    held.save(update_fields=["undone_at", "undone_by", "counts"])
    see_to_firsts([held.survivor_id, *sources], firsts)
    touch([held.survivor_id, *sources])
    for party, ids in people:
        follow_employer(ids, source=held.survivor_id, target=party)


def _hold(actor: User | None, merge: Merge) -> list[int]:
    """Lock all customers of a merge that can be taken back now, and return those that went into it."""
    sources = list(merge.sources.values_list("party_id", flat=True))
    parties = list(Party.objects.select_for_update().filter(pk__in=[merge.survivor_id, *sources]).order_by("pk"))
    survivor = next(party for party in parties if party.pk == merge.survivor_id)
    if survivor.erased_at is not None:
        raise NotFound
    if actor is not None:
        for party in parties:
            require(actor, MERGE, party)
    if merge.undone_at is not None:
        raise MergeUndone
    if merge.undo_until <= timezone.now():
        raise MergeTooOld
    top = blocked_by(merge)
    if top is not None:
        raise MergedFurther(fields={"merge": str(top.pk)})
    if survivor.deleted_at is not None:
        raise SurvivorInTrash
    return sources


class SurvivorInTrash(MergedFurther):
    """The customer is in the trash; restore it first."""

    code = "survivor_in_trash"


def blocked_by(merge: Merge) -> Merge | None:
    """The latest merge that stands on this one: into the same customer, or of it into another."""
    later = Merge.objects.standing().filter(pk__gt=merge.pk)
    mine = Q(survivor=merge.survivor_id) | Q(sources__party=merge.survivor_id)
    return later.filter(mine).order_by("-pk").first()


def _check_places(places: Places, known: Mapping[str, int], parties: set[int]) -> None:
    wrong = [key for key, party in places.items() if key not in known or party not in parties]
    if wrong:
        raise Invalid(fields=dict.fromkeys(wrong, str(Invalid())))


def _move_back(merge: Merge) -> list[str]:
    """Undo in the opposite order: what moved by itself, then row by row what was changed, taken away and added."""
    whole, left = _changed_whole(merge), list[str]()
    for move in merge.moves.filter(act=MergeMove.Act.MOVED).exclude(reference=PEOPLE).order_by("-pk"):
        if move.reference.startswith(LINK):
            field = int(move.reference.removeprefix(LINK))
            point_links(field, move.ids, source=merge.survivor_id, target=move.party_id)
            continue
        reference = reference_of(move.reference)
        rows = [pk for pk in move.ids if reference.model == RELATION or (reference.model, pk) not in whole]
        kept = give_back(reference, rows, source=merge.survivor_id, target=move.party_id)
        left += [f"{reference.model}:{pk}" for pk in kept]
    own = Q(row=merge.survivor_id, model__in=[PARTY, PROFILE])
    return left + [f"{row.model}:{row.row}" for row in merge.rows.exclude(own).order_by("-pk") if not _restore(row)]


def _changed_whole(merge: Merge) -> set[tuple[str, int]]:
    """The rows whose customer was changed together with other columns, in one write."""
    rows = merge.rows.filter(before__has_any_keys=ENDS, after__isnull=False)
    return set(rows.values_list("model", "row"))


def _restore(row: MergeRow) -> bool:
    """Undo one change; False when somebody else has what it needs by now, or what it points to is gone."""
    if _is_restored(row):
        return True
    if row.before is not None:
        row.before = without_gone(row.model, row.before)
    return _is_restored(row)


def _is_restored(row: MergeRow) -> bool:
    try:
        with transaction.atomic():
            if row.before is None:
                _remove_added(row)
            elif row.after is None:
                put_back(row.model, row.before)
            else:
                _restore_columns(row, row.before, row.after)
    except IntegrityError:
        return False
    return True


def _remove_added(row: MergeRow) -> None:
    if row_of(row.model, row.row) == row.after:
        reference_model(row.model).filter(pk=row.row).delete()


def _restore_columns(row: MergeRow, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Give columns their former values back where nobody has changed them since."""
    now = row_of(row.model, row.row)
    if now is None:
        return
    ends = ENDS if row.model == RELATION else ()  # these were given back with the customer already
    values = {name: was for name, was in before.items() if name not in ends and now[name] == after[name]}
    if values:
        write_row(row.model, row.row, values)


def _place(merge: Merge, rows: Iterable[LaterRow], chosen: Places) -> None:
    """Move later rows to the customers they were given to, but for those whose like is there already."""
    groups: dict[tuple[str, int], list[int]] = {}
    for row in rows:
        if chosen[row.key] != merge.survivor_id:
            groups.setdefault((row.reference.key, chosen[row.key]), []).append(row.row)
    for (key, party), ids in groups.items():
        reference = reference_of(key)
        if reference.model in FIRSTS:
            reference_model(reference.model).filter(pk__in=ids).update(is_primary=False)
        taken = clashing(reference, party, [merge.survivor_id])
        give_back(reference, [pk for pk in ids if pk not in taken], source=merge.survivor_id, target=party)
