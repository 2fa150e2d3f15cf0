"""What the parts of an import say to one another: columns and their verdicts, the plan, rows and what becomes of them.

Plain data; imports no model and no Django, because the limited child that reads files uses it too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

BLOCK = 2_000  # rows; the block of a row is its number // BLOCK
MOST_COLUMNS = 1_000
SKIP = "skip"  # in `Import.fixes`: this row is left out


class ColumnKind(StrEnum):
    """What the cells of a column look like."""

    EMPTY = "empty"
    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    NATIONAL_ID = "national_id"
    LEGAL_ID = "legal_id"
    POSTAL_CODE = "postal_code"
    SHEBA = "sheba"
    YES_NO = "yes_no"
    CHOICE = "choice"
    URL = "url"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the file.

    header: as written, empty when the file has no heading. samples: a few different cells. filled: how many cells are
    not empty. verdict: {"fits", "unfit", "unfit_samples", "reading" (how the cells are best read, as
    `ColumnPlan.reading`), "notes": {code: count}}, codes in `verdicts.NOTES`. field: the proposed field, or empty.
    """

    index: int
    header: str
    samples: Sequence[str] = ()
    filled: int = 0
    kind: ColumnKind = ColumnKind.TEXT
    verdict: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "index": self.index,
            "header": self.header,
            "samples": list(self.samples),
            "filled": self.filled,
            "kind": self.kind.value,
            "verdict": dict(self.verdict),
            "field": self.field,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(**{**data, "kind": ColumnKind(data["kind"])})


class FieldRule(StrEnum):
    """What happens to a field of a record that is there already."""

    OVERWRITE = "overwrite"
    FILL = "fill"  # only when it is empty
    APPEND = "append"  # values of a field that holds several; text is added on a new line


class Mode(StrEnum):
    """Which records the import makes or changes."""

    ADD = "add"
    UPDATE = "update"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class ColumnPlan:
    """Where a column goes.

    field: key of an ImportField; a column without one is not brought in. header: the heading the plan was made for.
    default: taken for empty cells. reading: how its cells are read ("jalali:ymd", "gregorian:dmy", "toman", …), empty
    for by itself.
    """

    index: int
    field: str
    header: str = ""
    rule: FieldRule = FieldRule.OVERWRITE
    default: str = ""
    reading: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "index": self.index,
            "field": self.field,
            "header": self.header,
            "rule": self.rule.value,
            "default": self.default,
            "reading": self.reading,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(**{**data, "rule": FieldRule(data.get("rule", FieldRule.OVERWRITE))})


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the person decided: which records, found by which key, which column goes where.

    key: key of a Key of the importer; empty with ADD. defaults: {field: text} for every record. quiet: no rules and no
    notifications for this import. extra: what only this importer understands.
    """

    mode: Mode = Mode.BOTH
    key: str = ""
    columns: Sequence[ColumnPlan] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    quiet: bool = True
    layout: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "mode": self.mode.value,
            "key": self.key,
            "columns": [column.to_json() for column in self.columns],
            "defaults": dict(self.defaults),
            "quiet": self.quiet,
            "layout": self.layout,
            "extra": dict(self.extra),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        columns = [ColumnPlan.from_json(column) for column in data.get("columns", ())]
        return cls(**{**data, "mode": Mode(data.get("mode", Mode.BOTH)), "columns": columns})


@dataclass(slots=True)
class Row:
    """A row of the file with the person's corrections laid over it. number: from 0, the heading not counted.

    cells: as many as the row has, perhaps fewer than there are columns.
    """

    number: int
    cells: Sequence[str]

    def cell(self, index: int) -> str:
        return self.cells[index] if index < len(self.cells) else ""


class Action(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    SKIP = "skip"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """What a cell does to a field of the record: before and after as text, or the problem in a sentence."""

    column: int
    field: str
    before: str = ""
    after: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowVerdict:
    """What would become of a row.

    ref: the record that it fits, if any; label: its name; sentences in `problems`. keys: what it is found by, which no
    other row of the file may say.
    """

    number: int
    action: Action
    ref: int | None = None
    label: str = ""
    cells: Sequence[CellVerdict] = ()
    problems: Sequence[str] = ()
    warnings: Sequence[str] = ()
    keys: Sequence[Any] = ()


@dataclass(slots=True)
class RowOutcome:
    """What became of a row.

    ref: the record that was made or changed. undo: JSON that the importer's undo understands; None when there is
    nothing to take back. reason: why it was refused or skipped. refs: other records that hold something of this row.
    """

    number: int
    action: Action
    ref: int | None = None
    label: str = ""
    undo: Any = None
    reason: str = ""
    refs: Sequence[int] = ()


@dataclass(frozen=True)
class Marks:
    """What a block of rows rests on and will change. used: by this block alone; read: what others may read as well."""

    used: frozenset[str]
    read: frozenset[str] = frozenset()

    def is_apart(self, other: "Marks") -> bool:
        """May both be written in any order, or side by side, with the same result?"""
        return (
            self.used.isdisjoint(other.used) and self.used.isdisjoint(other.read) and self.read.isdisjoint(other.used)
        )


@dataclass(slots=True)
class Outcome:
    """What became of some rows. shared: JSON for the undo of all of them (organisations and words made on the way)."""

    rows: Sequence[RowOutcome]
    shared: Any = None


@dataclass(slots=True)
class RowUndone:
    """Whether a row was taken back; `left`: what could not be taken back and why, a sentence each."""

    number: int
    ref: int | None
    is_undone: bool
    left: Sequence[str] = ()
    label: str = ""


@dataclass(slots=True)
class Undone:
    """What became of taking some rows back."""

    rows: Sequence[RowUndone]
