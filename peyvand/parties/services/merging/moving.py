"""How rows of any table move with their customer, and the check that none was lost."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Sum, Value, When, Window
from django.db.models.functions import RowNumber

from peyvand.parties.errors import MergeLosesRows
from peyvand.parties.models import MergeMove
from peyvand.parties.registry import Reference, all_references
from peyvand.parties.services.merging.journal import Moving, ids_by_party, model_of, move_rows

Act = MergeMove.Act
LAST = "parties.Party.organisation"
Counts = dict[str, dict[str, int]]


def movable() -> list[Reference]:
    """The foreign keys whose rows move with their customer; those that follow from other rows come last."""
    return sorted((each for each in all_references() if not each.stays), key=lambda each: each.key == LAST)


def move_all(moving: Moving) -> Counts:
    """Move every registered row to the survivor and return by table how many moved and how many were folded.

    Raises MergeLosesRows when a table has not as many rows afterwards as before, or a ledger another total.
    """
    chosen = movable()
    before = count_rows(chosen, moving.everybody)
    own = count_rows(chosen, [moving.survivor])
    sums = totals(chosen, moving.everybody)
    for reference in chosen:
        moving.found[reference.key] = ids_by_party(reference, moving.everybody)
        if reference.prepare is not None:
            reference.prepare(moving)
        if reference.move is None:
            move_reference(moving, reference)
        else:
            reference.move(moving)
    _check(moving, chosen, before, sums)
    folded = moving.folded
    report = {
        model: {"moved": max(0, number - own[model] - folded.get(model, 0)), "folded": folded.get(model, 0)}
        for model, number in before.items()
    }
    return {model: each for model, each in report.items() if each["moved"] or each["folded"]}


def move_reference(moving: Moving, reference: Reference) -> None:
    """Move the rows of one foreign key; those that a unique constraint keeps from meeting their like stay aside."""
    if not reference.is_ledger:
        moving.put_aside(reference, clashing(reference, moving.survivor, moving.losers))
    note_rows(moving, reference)
    aside = moving.aside.get(reference.key, set())
    for party in moving.losers:
        rows = [pk for pk in moving.found[reference.key].get(party, ()) if pk not in aside]
        move_rows(reference, rows, source=party, target=moving.survivor)


def note_rows(moving: Moving, reference: Reference) -> None:
    """Remember of one foreign key which rows move, which stay aside, and which were the survivor's own."""
    aside, gone = moving.aside.get(reference.key, set()), moving.gone.get(reference.model, set())
    for party, rows in moving.found[reference.key].items():
        left = [pk for pk in rows if pk not in gone]
        act = Act.KEPT if party == moving.survivor else Act.MOVED
        moving.note(reference.key, party, act, [pk for pk in left if pk not in aside])
        moving.note(reference.key, party, Act.ASIDE, [pk for pk in left if pk in aside])


def clashing(reference: Reference, survivor: int, losers: Sequence[int]) -> set[int]:
    """The rows of the losers that a unique constraint would refuse beside the survivor's, or beside one another's."""
    found: set[int] = set()
    for others, condition in _constraints(reference):
        order = Case(*(When(**{reference.field: pk}, then=place) for place, pk in enumerate([survivor, *losers])))
        rows = model_of(reference.model)._base_manager.filter(
            condition,
            **{f"{reference.field}__in": [survivor, *losers]},
            **{f"{name}__isnull": False for name in others},
        )
        window = Window(
            RowNumber(),
            partition_by=[F(name) for name in others] or [Value(1)],
            order_by=[order.asc(), F("pk").asc()],
        )
        found |= set(rows.annotate(_place=window).filter(_place__gt=1).values_list("pk", flat=True))
    return found


def _constraints(reference: Reference) -> Iterator[tuple[list[str], Q]]:
    """The unique constraints with this foreign key: the other fields of each, and for which rows it holds."""
    meta = model_of(reference.model)._meta
    field: Any = meta.get_field(reference.field)
    if field.unique:
        yield [], Q()
    for names in meta.unique_together:
        if reference.field in names:
            yield [name for name in names if name != reference.field], Q()
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and reference.field in constraint.fields:
            yield [name for name in constraint.fields if name != reference.field], constraint.condition or Q()


def count_rows(chosen: Iterable[Reference], parties: Sequence[int]) -> dict[str, int]:
    """How many rows each table has about these customers."""
    by_model: dict[str, Q] = {}
    for each in chosen:
        by_model[each.model] = by_model.get(each.model, Q()) | Q(**{f"{each.field}__in": list(parties)})
    return {name: model_of(name)._base_manager.filter(condition).count() for name, condition in by_model.items()}


def totals(chosen: Iterable[Reference], parties: Sequence[int]) -> dict[str, dict[str, Any]]:
    """The totals of the ledgers of these customers."""
    found: dict[str, dict[str, Any]] = {}
    for each in chosen:
        if each.sums:
            rows = model_of(each.model)._base_manager.filter(**{f"{each.field}__in": list(parties)})
            sums = rows.aggregate(**{f"sum_{name}": Sum(name) for name in each.sums})
            found[each.key] = {name: value or 0 for name, value in sums.items()}
    return found


def _check(moving: Moving, chosen: list[Reference], before: dict[str, int], sums: dict[str, dict[str, Any]]) -> None:
    """What there was must be there. Raises MergeLosesRows, which rolls everything back."""
    after = count_rows(chosen, [moving.survivor])
    lost = [
        f"{model}: {number} ≠ {after[model]} + {moving.folded.get(model, 0)}"
        for model, number in before.items()
        if number != after[model] + moving.folded.get(model, 0)
    ]
    now = totals(chosen, [moving.survivor])
    lost += [f"{key}: {was} ≠ {now[key]}" for key, was in sums.items() if was != now[key]]
    if lost:
        raise MergeLosesRows(fields={"rows": "; ".join(lost)})
