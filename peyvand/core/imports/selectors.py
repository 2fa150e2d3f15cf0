"""Questions about imports: mine, their columns, rows, preview, results, and what an undo left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from peyvand.core.errors import NotFound
from peyvand.core.imports import blocks, repeats, wording
from peyvand.core.imports.block_writing import split
from peyvand.core.imports.kinds import importer_of
from peyvand.core.imports.types import (
    BLOCK,
    SKIP,
    Action,
    Column,
    Plan,
    Row,
    RowOutcome,
    RowUndone,
    RowVerdict,
)
from peyvand.core.models import Import, ImportBlock

PAGE = 50
BLOCKS_AT_ONCE = 3  # that a count without long work looks at


@dataclass(frozen=True)
class ShownRow:
    """A row as the preview shows it: its cells with corrections, which of them were corrected, and the verdict."""

    number: int
    cells: Sequence[str]
    verdict: RowVerdict
    fixed: frozenset[int] = frozenset()
    is_left_out: bool = False
    is_blank: bool = False


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Some rows. `before`, `after`: number from which the pages beside it begin; None where there is none."""

    rows: Sequence[ShownRow]
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many rows would be added, changed, …; of `rows` rows that were looked at, of `total`."""

    rows: int
    total: int
    actions: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return self.rows >= self.total


def imports_of(actor: Any, host: str = "") -> QuerySet[Import]:
    """The imports that this person began, newest first."""
    found = Import.objects.filter(owner_id=actor.pk).select_related("read_job", "check_job", "job", "undo_job")
    return (found.filter(host=host) if host else found).order_by("-created_at", "-id")


def import_for(actor: Any, import_id: int) -> Import:
    """One of his imports. Errors: NotFound, NotAllowed."""
    item = imports_of(actor).filter(pk=import_id).first()
    if item is None:
        raise NotFound
    importer_of(item.host).guard(actor)
    return item


def columns_of(item: Import) -> list[Column]:
    """The columns of the file with their verdicts."""
    return [Column.from_json(column) for column in item.columns]


def plan_of(item: Import) -> Plan:
    """The plan that was saved; an empty one before."""
    return Plan.from_json(item.plan)


def preview(actor: Any, item: Import, *, start: int = 0, only_problems: bool = False, size: int = PAGE) -> Preview:
    """Rows from a number on with their verdicts, nothing written.

    only_problems: those that would be refused or have warnings; past the first blocks this needs `start_check`.
    """
    if only_problems:
        return _problems(actor, item, start, size)
    rows = _from_block(actor, item, start, size)
    after = start + size if start + size < item.total else None
    return Preview(rows=rows, before=max(0, start - size) if start else None, after=after)


def _from_block(actor: Any, item: Import, start: int, size: int) -> list[ShownRow]:
    found: list[ShownRow] = []
    for block in _blocks(item, start // BLOCK):
        shown = checked(actor, item, block)
        found += [row for row in shown if start <= row.number < start + size]
        if block.first + block.count >= start + size:
            break
    return found


def _problems(actor: Any, item: Import, start: int, size: int) -> Preview:
    found: list[ShownRow] = []
    is_known = bool(item.counts)
    for looked, block in enumerate(_blocks(item, start // BLOCK, with_problems=is_known)):
        if not is_known and looked == BLOCKS_AT_ONCE:
            break
        found += [row for row in checked(actor, item, block) if row.number >= start and _has_problem(row)]
        if len(found) > size:
            break
    after = found[size].number if len(found) > size else None
    return Preview(rows=found[:size], after=after, before=0 if start else None)


def _has_problem(row: ShownRow) -> bool:
    return row.verdict.action is Action.REFUSE or bool(row.verdict.problems or row.verdict.warnings)


def _blocks(item: Import, number: int, *, with_problems: bool = False) -> Iterator[ImportBlock]:
    """Blocks from a number on, one by one."""
    found = item.blocks.defer("outcome", "undone", "refs").filter(number__gte=number).order_by("number")
    if with_problems:
        found = found.exclude(problems=[])
    return found.iterator(chunk_size=1)


def checked(actor: Any, item: Import, block: ImportBlock) -> list[ShownRow]:
    """All rows of a block with their verdicts. A block is checked as a whole, so that two rows of one key are seen."""
    rows, own = split(item, block)
    plan = plan_of(item)
    found = importer_of(item.host).check(actor, plan, rows) if plan.columns else []
    verdicts = {verdict.number: verdict for verdict in repeats.laid_over(item, block, found)}
    mine = {outcome.number: outcome for outcome in own}
    numbered = dict(enumerate(blocks.cells_of(block.rows), start=block.first))
    numbered |= {row.number: list(row.cells) for row in rows}
    return [_shown(item, number, cells, verdicts.get(number), mine.get(number)) for number, cells in numbered.items()]


def _shown(
    item: Import, number: int, cells: Sequence[str], verdict: RowVerdict | None, own: RowOutcome | None
) -> ShownRow:
    fix = item.fixes.get(str(number))
    if verdict is None:
        action = own.action if own else Action.SKIP
        verdict = RowVerdict(number=number, action=action, problems=[own.reason] if own and own.reason else [])
    return ShownRow(
        number=number,
        cells=cells,
        verdict=verdict,
        fixed=frozenset(map(int, fix)) if isinstance(fix, dict) else frozenset(),
        is_left_out=fix == SKIP,
        is_blank=not any(cells),
    )


def counts(actor: Any, item: Import, *, at_most: int = BLOCKS_AT_ONCE) -> Counts:
    """What would become of the rows: of all when they were checked, else of the first blocks."""
    if item.counts:
        return Counts(rows=item.total, total=item.total, actions=item.counts)
    actions: dict[str, int] = {}
    looked = 0
    for block in _blocks(item, 0):
        for row in checked(actor, item, block):
            if not row.is_blank:
                actions[row.verdict.action.value] = actions.get(row.verdict.action.value, 0) + 1
        looked += block.count
        if looked >= at_most * BLOCK:
            break
    return Counts(rows=looked, total=item.total, actions=actions)


@dataclass(frozen=True)
class ResultRow:
    """What became of a row, and its cells as they were brought in."""

    row: Row
    outcome: RowOutcome


def results(
    item: Import, *, action: Action | None = None, start: int = 0, size: int = PAGE
) -> tuple[list[ResultRow], int | None]:
    """Rows from a number on with what became of them, and where the next page begins."""
    found: list[ResultRow] = []
    blocks_left = item.blocks.exclude(outcome=None).filter(number__gte=start // BLOCK).order_by("number")
    if action is Action.REFUSE:
        blocks_left = blocks_left.filter(refused__gt=0)
    for block in blocks_left.defer("undone", "refs").iterator(chunk_size=1):
        found += [each for each in result_rows(item, block, action) if each.row.number >= start]
        if len(found) > size:
            break
    return found[:size], found[size].row.number if len(found) > size else None


def result_rows(item: Import, block: ImportBlock, action: Action | None = None) -> list[ResultRow]:
    """The rows of a block with what became of them."""
    if block.outcome is None:
        return []
    cells = blocks.cells_of(block.rows)
    fixes = {number: fix for number, fix in item.fixes.items() if fix != SKIP}
    numbered = blocks.with_fixes(cells, block.first, fixes)
    outcome = blocks.outcome_of(block.outcome)
    chosen = [row for row in outcome.rows if action is None or row.action is action]
    return [ResultRow(Row(row.number, numbered.get(row.number, ())), row) for row in chosen]


def left_by_undo(item: Import, *, start: int = 0, size: int = PAGE) -> tuple[list[RowUndone], int | None]:
    """Rows that could not, or not wholly, be taken back, and where the next page begins."""
    found: list[RowUndone] = []
    done = item.blocks.exclude(undone=None).filter(number__gte=start // BLOCK).order_by("number")
    for data in done.values_list("undone", flat=True).iterator(chunk_size=1):
        assert data is not None
        found += [row for row in blocks.undone_of(data).rows if row.left and row.number >= start]
        if len(found) > size:
            break
    return found[:size], found[size].number if len(found) > size else None


def heads(item: Import) -> list[str]:
    """The heading as it is compared with that of a saved mapping."""
    return [wording.head(column["header"]) for column in item.columns]
