"""Rows of a file with what would become of each, as the preview shows them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from peyvand.core.imports import selectors
from peyvand.core.imports.selectors import ShownRow as Row
from peyvand.core.imports.types import Action, CellVerdict, ColumnPlan
from peyvand.core.models import LongJob
from peyvand.core.record_fields import Kind
from peyvand.web.imports.desk import Desk
from peyvand.web.templatetags.pv import written

Text = str | Promise
ACTS: Mapping[Action, tuple[Text, str]] = {
    Action.ADD: (pgettext_lazy("row of an import", "New"), "ok"),
    Action.UPDATE: (pgettext_lazy("row of an import", "Changed"), "info"),
    Action.UNCHANGED: (pgettext_lazy("row of an import", "Unchanged"), "n"),
    Action.SKIP: (pgettext_lazy("row of an import", "Left out"), "n"),
    Action.REFUSE: (pgettext_lazy("row of an import", "Refused"), "late"),
}
SHOWN = 100
READY = (Action.ADD, Action.UPDATE, Action.UNCHANGED)
LEFT_TO_RIGHT = frozenset({Kind.PHONE, Kind.EMAIL, Kind.URL, Kind.NATIONAL_ID})


@dataclass(frozen=True)
class ShownCell:
    """A cell; tone: bad, warn or empty. raw: what the person may correct; before: what the record has now."""

    column: int
    label: Text
    text: str
    raw: str
    before: str = ""
    tone: str = ""
    is_ltr: bool = False
    is_first: bool = False


@dataclass(frozen=True)
class ShownRow:
    """A row with its verdict; says: (tone, sentence)."""

    number: int
    url: str
    cells: Sequence[ShownCell]
    act: Text
    tone: str
    label: str = ""
    says: Sequence[tuple[str, str]] = field(default_factory=list)
    is_out: bool = False
    is_edited: bool = False

    @property
    def width(self) -> int:
        return len(self.cells) + 1

    @property
    def say_tone(self) -> str:
        return "n" if self.is_out or not self.says else self.says[0][0]


@dataclass(frozen=True, kw_only=True)
class ShownPreview:
    """The first rows, or those with problems, and how many there are of each kind in what was looked at."""

    heads: Sequence[Text]
    rows: Sequence[ShownRow]
    only: str
    url: str
    looked: int
    ready: int
    warned: int
    refused: int
    is_part: bool
    checked: int | None = None  # rows that the check of the whole file has done, while it runs
    may_check: bool = False
    next: str = ""

    @property
    def shown(self) -> int:
        return len(self.rows)

    @property
    def problems(self) -> int:
        return self.warned + self.refused


class Painter:
    """Turns rows with verdicts into what the page shows, for one import and its plan."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.columns: list[ColumnPlan] = sorted(
            (each for each in desk.plan.columns if each.field in desk.fields), key=lambda each: each.index
        )

    def heads(self) -> list[Text]:
        """The labels of the fields, in the order of the file."""
        return [self.desk.fields[each.field].label for each in self.columns]

    def row(self, row: Row, *, is_edited: bool = False) -> ShownRow:
        """One row. is_edited: with inputs in its cells."""
        verdict = row.verdict
        label, tone = ACTS[Action.SKIP if row.is_left_out else verdict.action]
        says = [("bad", each) for each in verdict.problems] + [("warn", each) for each in verdict.warnings]
        if verdict.action is not Action.REFUSE:
            says = [("warn", text) for _tone, text in says]
        if row.is_left_out:
            says = [("n", _("You left this row out."))]
        return ShownRow(
            number=self.desk.first_number + row.number,
            url=reverse("imports:row", args=[self.desk.item.pk, row.number]),
            cells=self._cells(row),
            act=label,
            tone=tone,
            label=verdict.label if verdict.ref else "",
            says=[*dict.fromkeys(says)],
            is_out=row.is_left_out,
            is_edited=is_edited,
        )

    def _cells(self, row: Row) -> list[ShownCell]:
        found = {(each.column, each.field): each for each in row.verdict.cells}
        is_first, cells = True, []
        for each in self.columns:
            cell = self._cell(row, each, found.get((each.index, each.field)), is_first=is_first)
            is_first = is_first and not cell.tone
            cells.append(cell)
        return cells

    def _cell(self, row: Row, plan: ColumnPlan, said: CellVerdict | None, *, is_first: bool) -> ShownCell:
        field_ = self.desk.fields[plan.field]
        raw = row.cells[plan.index] if plan.index < len(row.cells) else ""
        is_date = field_.kind in (Kind.DATE, Kind.MOMENT)
        has_problem = said is not None and bool(said.problem)
        after, before = (said.after or raw, said.before) if said else (raw, "")
        if is_date and not has_problem:
            after, before = _dated(after), _dated(before)
        return ShownCell(
            column=plan.index,
            label=field_.label,
            text=raw if has_problem else after,
            raw=raw,
            before=before if before != after else "",
            tone=("bad" if row.verdict.action is Action.REFUSE else "warn") if has_problem else "",
            is_ltr=field_.kind in LEFT_TO_RIGHT,
            is_first=is_first and has_problem,
        )


def _dated(text: str) -> str:
    """A day in the reader's calendar."""
    try:
        return written(dt.date.fromisoformat(text[:10]), "numeric")
    except ValueError:
        return text


def preview_of(desk: Desk, *, only: str = "", start: int = 0) -> ShownPreview:
    """The first rows with their verdicts; only: "problems" for those alone. Nothing is written."""
    if not desk.faults:
        desk.item.plan = desk.plan.to_json()  # as proposed, when nothing is kept yet
    rows, after = _rows(desk, only == "problems", start)
    painter, url = Painter(desk), reverse("imports:preview", args=[desk.item.pk])
    tally = _tally(desk, rows if not only and not start else None)
    job = desk.item.check_job
    is_checking = job is not None and job.state in (LongJob.State.WAITING, LongJob.State.RUNNING)
    return ShownPreview(
        heads=painter.heads(),
        rows=[painter.row(each) for each in rows[:SHOWN] if not each.is_blank] if painter.columns else [],
        only=only if only == "problems" else "",
        url=url,
        is_part=tally["looked"] < desk.item.total,
        checked=job.done if is_checking and job else None,
        may_check=bool(desk.item.plan) and not desk.faults and not is_checking and tally["looked"] < desk.item.total,
        next=f"{url}?only=problems&start={after}" if after is not None and only else "",
        **tally,
    )


def _rows(desk: Desk, only_problems: bool, start: int) -> tuple[Sequence[Row], int | None]:
    if only_problems:
        found = selectors.preview(desk.user, desk.item, start=start, only_problems=True, size=SHOWN)
        return found.rows, found.after
    return _first_block(desk), None


def _first_block(desk: Desk) -> Sequence[Row]:
    block = desk.item.blocks.order_by("number").first()
    return selectors.checked(desk.user, desk.item, block) if block else []


def _tally(desk: Desk, rows: Sequence[Row] | None) -> dict[str, int]:
    """How many rows are ready, warn or are refused: of all when they were checked, else of the first block."""
    item = desk.item
    if item.counts:
        refused = int(item.counts.get(Action.REFUSE, 0))
        flagged = item.blocks.aggregate(all=Sum("problems__len"))["all"] or 0
        ready = sum(int(item.counts.get(each, 0)) for each in READY)
        return {"looked": item.total, "ready": ready, "warned": max(0, flagged - refused), "refused": refused}
    looked = _first_block(desk) if rows is None else rows
    there = [each for each in looked if not each.is_blank]
    verdicts = [each.verdict for each in there]
    return {
        "looked": len(looked),
        "ready": sum(each.action in READY for each in verdicts),
        "warned": sum(bool(each.warnings or each.problems) and each.action in READY for each in verdicts),
        "refused": sum(each.action is Action.REFUSE for each in verdicts),
    }
