"""Writing one block of an import: its rows for the importer, what the import itself says of rows, what is kept."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from peyvand.core.imports import blocks, wording
from peyvand.core.imports.kinds import importer_of
from peyvand.core.imports.types import SKIP, Action, Outcome, Row, RowOutcome
from peyvand.core.models import Import, ImportBlock, LongJob


def actor_of(job: LongJob, item: Import) -> Any:
    """Who acts: the owner of the work, as the importer sees him."""
    importer = importer_of(item.host)
    actor = job.owner if importer.actor_of is None else importer.actor_of(job)
    importer.guard(actor)
    return actor


def split(item: Import, block: ImportBlock) -> tuple[list[Row], list[RowOutcome]]:
    """The rows of a block for the importer, and what the import itself says of others; blank rows are in neither."""
    fixes = {int(number): fix for number, fix in item.fixes.items()}
    cells = blocks.cells_of(block.rows)
    numbered = blocks.with_fixes(cells, block.first, item.fixes)
    flaws = {block.first + int(place): code for place, code in block.flaws.items()}
    own = [RowOutcome(number, Action.SKIP) for number in _left_out(block, fixes)]
    for number, code in flaws.items():
        if number in numbered and number not in fixes:
            own.append(RowOutcome(number, Action.REFUSE, reason=str(wording.flaw(code))))
    return blocks.rows_of(numbered, [number for number in flaws if number not in fixes]), own


def _left_out(block: ImportBlock, fixes: Mapping[int, Any]) -> Iterable[int]:
    end = block.first + block.count
    return [number for number, fix in fixes.items() if fix == SKIP and block.first <= number < end]


def keep(block: ImportBlock, made: Outcome, own: Sequence[RowOutcome]) -> tuple[Counter[str], set[int]]:
    """Keep in the block what became of its rows; return how many of each action, and the records they touched."""
    rows = sorted([*made.rows, *own], key=lambda row: row.number) if own else made.rows
    refs = {ref for row in rows for ref in (row.ref, *row.refs) if ref is not None}
    counts = Counter([row.action.value for row in rows])
    counts["blank"] += block.count - len(rows)
    numbers = "{" + ",".join(map(str, sorted(refs))) + "}"  # as text: thousands of numbers, one value
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_importblock SET outcome = %s, refs = %s::bigint[], refused = %s WHERE id = %s",
            [blocks.pack_outcome(Outcome(rows, made.shared)), numbers, counts["refuse"], block.pk],
        )
    return counts, refs
