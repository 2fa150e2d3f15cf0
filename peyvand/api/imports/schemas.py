"""What imports look like in the API."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from peyvand.api.imports.routing import Host, Number, Word
from peyvand.api.kit import Flag, In, Out
from peyvand.core.imports import wording
from peyvand.core.imports.kinds import Importer
from peyvand.core.imports.selectors import ResultRow, ShownRow
from peyvand.core.imports.types import Column, ColumnPlan, FieldRule, Mode, Plan
from peyvand.core.models import Import
from peyvand.core.sheets import Format

State = Literal["uploading", "reading", "refused", "ready", "running", "done", "undone"]
Fate = Literal["add", "update", "unchanged", "skip", "refuse"]
Rule = Literal["overwrite", "fill", "append"]
Text = Annotated[str, Field(max_length=400)]
Index = Annotated[int, Field(strict=True, ge=0, lt=1_000)]


class ImportFieldOut(Out):
    """A field that a column can go to; `aliases` are headers under which it is recognised."""

    key: str
    label: str
    kind: str
    group: str
    aliases: list[str]
    multiple: bool
    is_required: bool
    choices: list[tuple[str, str]]


class ImportKeyOut(Out):
    """By what a row can find its record; its fields must be mapped."""

    key: str
    label: str
    fields: list[str]


class ImportKindOut(Out):
    """A kind of record that can be brought in."""

    host: str
    label: str
    fields: list[ImportFieldOut]
    keys: list[ImportKeyOut]


def kind_out(importer: Importer, user: Any) -> dict[str, Any]:
    """A kind of record with the fields and keys of this user."""
    fields = [
        {
            "key": each.key, "label": str(each.label), "kind": each.kind.value, "group": str(each.group),
            "aliases": list(each.aliases), "multiple": each.multiple, "is_required": each.is_required,
            "choices": [(key, str(label)) for key, label in each.choices],
        }
        for each in importer.fields(user)
    ]  # fmt: skip
    keys = [{"key": each.key, "label": str(each.label), "fields": list(each.fields)} for each in importer.keys(user)]
    return {"host": importer.host, "label": str(importer.label), "fields": fields, "keys": keys}


class ImportColumnOut(Out):
    """A column of the file: what its cells are, and the field that is proposed for it (empty: none)."""

    index: int
    header: str
    samples: list[str]
    filled: int
    kind: str
    verdict: list[str]
    reading: str
    field: str


class ImportColumnPlanIn(In):
    """Where a column goes; a column that is not named is left out.

    rule: what happens when the record has a value; default: taken for empty cells; reading: «jalali:ymd»,
    «gregorian:dmy», «toman», … or empty for by itself.
    """

    index: Index
    field: Word
    rule: Rule = "overwrite"
    default: Text = ""
    reading: Annotated[str, Field(max_length=40)] = ""


class ImportPlanIn(In):
    """What is done with the rows. key: by what a row finds its record; defaults: values for fields not in the file.

    quiet: no rules and no notifications for these rows.
    """

    mode: Literal["add", "update", "both"] = "both"
    key: Word = ""
    columns: list[ImportColumnPlanIn] = Field(max_length=1_000)
    defaults: dict[Word, Text] = Field(default_factory=dict, max_length=100)
    quiet: Flag = True

    def read(self, item: Import) -> Plan:
        """The plan, with the headers that it was made for."""
        headers = {each["index"]: each["header"] for each in item.columns}
        columns = [
            ColumnPlan(
                index=each.index, field=each.field, header=headers.get(each.index, ""), rule=FieldRule(each.rule),
                default=each.default, reading=each.reading,
            )
            for each in self.columns
        ]  # fmt: skip
        return Plan(
            mode=Mode(self.mode), key=self.key, columns=columns, defaults=self.defaults, quiet=self.quiet,
            layout=item.layout,
        )  # fmt: skip


class ImportColumnPlanOut(Out):
    index: int
    field: str
    rule: Rule
    default: str
    reading: str


class ImportPlanOut(Out):
    mode: Literal["add", "update", "both"]
    key: str
    columns: list[ImportColumnPlanOut]
    defaults: dict[str, str]
    quiet: bool


class ImportOut(Out):
    """An import. error: why the file cannot be read; shape: how it was read; job, undo_job: its work under /jobs."""

    id: int
    host: str
    file_name: str
    size: int
    state: State
    error: str
    format: str
    layout: str
    shape: dict[str, Any]
    total: int
    columns: list[ImportColumnOut]
    plan: ImportPlanOut | None
    counts: dict[str, int]
    read_job: int | None
    check_job: int | None
    job: int | None
    undo_job: int | None
    version: int
    created_at: datetime
    ended_at: datetime | None
    expires_at: datetime | None


SHAPE = ("encoding", "was_mislabelled", "delimiter", "quote", "sheet", "sheets", "header_row")


def import_out(item: Import) -> dict[str, Any]:
    """An import as the API shows it."""
    same = ("host", "file_name", "size", "state", "error", "format", "layout", "total", "counts", "version")
    plan = Plan.from_json(item.plan).to_json() if item.plan else None
    return {name: getattr(item, name) for name in (*same, "created_at", "ended_at", "expires_at")} | {
        "id": item.pk,
        "shape": {name: item.shape[name] for name in SHAPE if name in item.shape},
        "columns": [_column(Column.from_json(each)) for each in item.columns],
        "plan": plan,
        "read_job": item.read_job_id,
        "check_job": item.check_job_id,
        "job": item.job_id,
        "undo_job": item.undo_job_id,
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "index": column.index, "header": column.header, "samples": list(column.samples), "filled": column.filled,
        "kind": column.kind.value, "verdict": wording.verdict(column),
        "reading": str(column.verdict.get("reading") or ""), "field": column.field,
    }  # fmt: skip


class ImportUploadIn(In):
    """A file that comes in pieces. size: its bytes, when known."""

    host: Host
    file_name: Annotated[str, Field(min_length=1, max_length=255)]
    size: Annotated[int, Field(strict=True, ge=0, le=2**40)] | None = None


class ImportPieceQuery(Schema):
    """at: the byte of the file where the piece begins."""

    at: Number = 0


class ImportStoredOut(Out):
    """How many bytes are stored now: the next piece begins there."""

    size: int


class ImportReadingIn(In):
    """How the file is to be read; header_row is counted from 0, null for a file without headers."""

    encoding: Annotated[str, Field(max_length=20)] | None = None
    delimiter: Annotated[str, Field(max_length=1)] | None = None
    sheet: Annotated[str, Field(max_length=200)] | None = None
    header_row: Annotated[int, Field(strict=True, ge=0, lt=30)] | None = None

    def read(self) -> Mapping[str, Any]:
        return self.model_dump(exclude_unset=True)


class ImportRowIn(In):
    """Corrections of a row: {column index: text}; leave_out: the row is not brought in. Neither: as the file has it."""

    cells: dict[Annotated[str, Field(pattern="^[0-9]{1,3}$")], Annotated[str, Field(max_length=32_767)]] = Field(
        default_factory=dict, max_length=1_000
    )
    leave_out: Flag = False

    def read(self) -> Mapping[int, str] | None:
        return None if self.leave_out else {int(index): text for index, text in self.cells.items()}


class ImportPreviewQuery(Schema):
    """start: number of the first row, from 0; problems: only rows that would be refused or have warnings."""

    start: Number = 0
    problems: bool = False
    size: int = Field(50, ge=1, le=200)


class ImportRowsQuery(Schema):
    """start: number of the first row, from 0; fate: only rows with this one."""

    start: Number = 0
    fate: Fate | None = None
    size: int = Field(50, ge=1, le=200)


class ImportFileQuery(Schema):
    format: Format = Format.XLSX


class ImportCellOut(Out):
    """What a cell does to a field: before and after, or the problem in a sentence."""

    column: int
    field: str
    before: str
    after: str
    problem: str


class ImportPreviewRowOut(Out):
    """A row with what would become of it. ref, label: the record that it fits."""

    number: int
    cells: list[str]
    fate: Fate
    ref: int | None
    label: str
    changes: list[ImportCellOut]
    problems: list[str]
    warnings: list[str]
    is_left_out: bool


class ImportPreviewPageOut(Out):
    """Rows, and the number from which the next page begins (null: there is none)."""

    rows: list[ImportPreviewRowOut]
    next: int | None


def preview_row(row: ShownRow) -> dict[str, Any]:
    """A row of the preview as the API shows it."""
    verdict = row.verdict
    return {
        "number": row.number, "cells": list(row.cells), "fate": verdict.action.value, "ref": verdict.ref,
        "label": verdict.label, "changes": list(verdict.cells), "problems": [str(each) for each in verdict.problems],
        "warnings": [str(each) for each in verdict.warnings], "is_left_out": row.is_left_out,
    }  # fmt: skip


class ImportResultRowOut(Out):
    """What became of a row; ref: the record that was made or changed."""

    number: int
    cells: list[str]
    fate: Fate
    ref: int | None
    label: str
    reason: str


class ImportResultPageOut(Out):
    rows: list[ImportResultRowOut]
    next: int | None


def result_row(found: ResultRow) -> dict[str, Any]:
    """A row of the result as the API shows it."""
    made = found.outcome
    return {
        "number": found.row.number, "cells": list(found.row.cells), "fate": made.action.value, "ref": made.ref,
        "label": made.label, "reason": made.reason,
    }  # fmt: skip


class ImportLeftRowOut(Out):
    """A row that was not, or not wholly, taken back, and why."""

    number: int
    ref: int | None
    label: str
    is_undone: bool
    left: Sequence[str]


class ImportLeftPageOut(Out):
    rows: list[ImportLeftRowOut]
    next: int | None
