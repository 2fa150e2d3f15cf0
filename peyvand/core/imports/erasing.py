"""Forgetting a person in what imports keep: his rows, what became of them, and the way back to before."""

from typing import Any

from django.db import transaction

from peyvand.core.imports import blocks
from peyvand.core.imports.kinds import Importer, importer_of
from peyvand.core.imports.types import Outcome, RowUndone, Undone
from peyvand.core.models import Import, ImportBlock


@transaction.atomic
def erase_record(*, host: str, ref: int) -> int:
    """Take every word of a record out of the imports that brought or changed it; return how many rows that were.

    The rows stay as empty ones, so that the figures of the import do; its undo leaves that record alone. Again: nothing
    more happens.
    """
    importer, count = importer_of(host), 0
    found = (
        ImportBlock.objects.select_for_update(of=("self",)).filter(of__host=host, refs__contains=[ref]).order_by("pk")
    )
    for block in found.iterator(20):
        count += _erase_in(importer, block, ref)
    return count


def _erase_in(importer: Importer, block: ImportBlock, ref: int) -> int:
    if block.outcome is None:
        return 0
    outcome = blocks.outcome_of(block.outcome)
    numbers = {row.number for row in outcome.rows if row.ref == ref}
    cells = blocks.cells_of(block.rows)
    for number in numbers:
        cells[number - block.first] = []
    block.rows = blocks.pack(cells)
    block.outcome = blocks.pack_outcome(_erased(importer, outcome, ref))
    if block.undone is not None:
        block.undone = blocks.pack_undone(Undone([_forgotten(row, ref) for row in blocks.undone_of(block.undone).rows]))
    block.save(update_fields=["rows", "outcome", "undone"])
    _erase_fixes(block.of_id, numbers)
    return len(numbers)


def _erased(importer: Importer, outcome: Outcome, ref: int) -> Outcome:
    return outcome if importer.erase is None else importer.erase(outcome, ref)


def _forgotten(row: RowUndone, ref: int) -> RowUndone:
    return RowUndone(row.number, row.ref, row.is_undone) if row.ref == ref else row


def _erase_fixes(import_id: int, numbers: set[int]) -> None:
    """What the person corrected in these rows is a part of them."""
    item: Any = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    kept = {number: fix for number, fix in item.fixes.items() if int(number) not in numbers}
    columns = [_without_samples(column) for column in item.columns] if numbers else item.columns
    if kept != item.fixes or columns != item.columns:
        item.fixes, item.columns = kept, columns
        item.save(update_fields=["fixes", "columns"])


def _without_samples(column: dict[str, Any]) -> dict[str, Any]:
    """A column without cells of rows; what was counted of it stays."""
    verdict = {name: value for name, value in column["verdict"].items() if name not in ("unfit_samples", "values")}
    return {**column, "samples": [], "verdict": verdict}
