"""Taking a list of customers out as CSV or XLSX: what is shown, in its order, with its columns, and no more."""

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by, require
from peyvand.accounts.scoping import fields_q
from peyvand.core import list_state, long_job_files, long_jobs, sheets
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.core.jalali import format_date
from peyvand.core.list_state import BadListState, ListState, may_use
from peyvand.core.long_jobs import Slice, long_job
from peyvand.core.models import LongJob
from peyvand.core.paging import keyset_page
from peyvand.core.record_fields import Asked, Kind, RecordField, fields_of
from peyvand.core.sheets import Cell, Format, Seal
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party, PartyQuerySet
from peyvand.parties.services.access_log import note_export
from peyvand.parties.services.bulk.running import actor_of
from peyvand.parties.services.bulk.selecting import Selection, rows_of, size_of

EXPORT = "parties.export"
KIND = "parties.export"
AT_ONCE = 5_000
PORTION = 200
DEFAULT_ORDER = ("sort_key", "id")


@dataclass(frozen=True, kw_only=True)
class Export:
    """What is taken out: the chosen customers, the columns by their keys, the order, the kind of file."""

    selection: Selection
    columns: tuple[str, ...]
    sort: str
    format: Format

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            selection=Selection.from_json(data["selection"]),
            columns=tuple(data["columns"]),
            sort=data["sort"],
            format=Format(data["format"]),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "selection": self.selection.to_json(),
            "columns": list(self.columns),
            "sort": self.sort,
            "format": self.format.value,
        }


def count_of(*, actor: User, export: Export) -> int:
    """How many customers would be taken out, at most one more than go at once.

    Errors: NotAllowed, BadListState, Invalid.
    """
    _checked(actor, export)
    return _rows(actor, export)[: AT_ONCE + 1].count()


def export_now(*, actor: User, export: Export) -> Iterator[bytes]:
    """Yield the file of a short list, and note that it was taken out. Errors: NotAllowed, BadListState, Invalid."""
    fields = _checked(actor, export)
    rows = _loaded(_rows(actor, export), fields).order_by(*_order(export))
    parties = list(rows[:AT_ONCE])
    _note(actor, export, len(parties))
    table = Table(actor, fields)
    return sheets.whole(export.format, [table.head(), *map(table.line, parties)], is_rtl=actor.language == "fa")


def start_export(*, actor: User, export: Export) -> LongJob:
    """Begin to write the file of a long list, as long work. Errors: NotAllowed, BadListState, Invalid, TooMany."""
    _checked(actor, export)
    rows = _rows(actor, export)
    count = size_of(rows).shown
    if export.format is Format.XLSX and _is_too_long(rows, count):
        raise Invalid(_("A sheet of Excel holds %(most)s rows; take CSV.") % {"most": sheets.MOST_ROWS})
    title = ngettext("Export of %(n)s customer", "Export of %(n)s customers", count) % {"n": count}
    params = {"export": export.to_json(), "token": actor.token.pk if actor.token else None}
    return long_jobs.start(kind=KIND, owner_id=actor.pk, title=title, params=params, total=count)


def _is_too_long(rows: PartyQuerySet, expected: int) -> bool:
    """Has a sheet no room for these? Counted only where an estimate leaves it open."""
    return expected > sheets.MOST_ROWS // 4 and rows[: sheets.MOST_ROWS + 1].count() > sheets.MOST_ROWS


def file_name(export: Export) -> str:
    """The name under which the file is kept."""
    return f"customers-{timezone.localdate().isoformat()}.{export.format.value}"


def guard(job: LongJob, user: User) -> None:
    """May this user still take the file? Asked again at each download, of every column. Raises NotAllowed."""
    require(user, EXPORT)
    fields, asked = fields_of(HOST), asked_by(user)
    for key in job.params["export"]["columns"]:
        if key in fields and not may_use(fields[key], asked):
            raise NotAllowed


@long_job(
    KIND,
    label=gettext_lazy("Export"),
    guard=guard,
    steps=(("write", gettext_lazy("Write the rows")), ("close", gettext_lazy("Close the file"))),
)
def export_slice(job: LongJob) -> Slice:
    """Write the next rows as one piece of the file; the last slice closes it."""
    actor, end = actor_of(job), long_jobs.slice_end()
    export = Export.from_json(job.params["export"])
    fields = _checked(actor, export)
    table, rows = Table(actor, fields), _loaded(_rows(actor, export), fields)
    lines: list[Sequence[Cell]] = [] if job.cursor else [table.head()]
    after, is_over, count = job.cursor.get("after"), False, 0
    while not count or time.monotonic() < end:
        found = keyset_page(rows, order=_order(export), after=after, size=PORTION)
        lines += map(table.line, found.items)
        after, is_over, count = found.next, found.next is None, count + len(found.items)
        if is_over:
            break
    number, seal = job.cursor.get("number", 0), Seal(**job.cursor.get("seal", {}))
    data, seal = sheets.piece(export.format, lines, seal, is_rtl=actor.language == "fa")
    long_job_files.add_piece(job, number, data)
    if is_over:
        _note(actor, export, job.done + count)
    return Slice(
        cursor={"after": after, "number": number + 1, "seal": seal.to_json(), "step": "write"},
        done=count,
        finished=is_over,
        result={"file": {"name": file_name(export), "format": export.format.value}} if is_over else {},
        expires_at=long_job_files.expiry() if is_over else None,
    )


class Table:
    """Writes customers as rows of a table, as this reader has words, dates and numbers."""

    def __init__(self, user: User, fields: Sequence[RecordField]) -> None:
        self.user = user
        self.fields = fields
        self.labels = {each.key: _labels(each, asked_by(user)) for each in fields}

    def head(self) -> list[Cell]:
        return [str(each.label) for each in self.fields]

    def line(self, party: Party) -> list[Cell]:
        return [self._cell(each, each.read(party)) for each in self.fields]

    def _cell(self, field: RecordField, value: Any) -> Cell:
        if value is None or value == "":
            return None
        write = WRITERS.get(field.kind)
        return write(self, field, value) if write else str(value)

    def label(self, field: RecordField, value: Any) -> Cell:
        return self.labels[field.key].get(str(value), str(value))

    def several(self, field: RecordField, value: Iterable[Any]) -> Cell:
        comma = "، " if self.user.language == "fa" else ", "
        return comma.join(str(self.label(field, each)) for each in value)

    def day(self, field: RecordField, value: dt.date) -> Cell:
        """A day of the Gregorian calendar is a date for the spreadsheet; a Jalali one it would not know."""
        there = timezone.localtime(value) if isinstance(value, dt.datetime) else value
        if self.user.calendar != "jalali":
            return there
        written = format_date(there, calendar="jalali", lang="fa", style="numeric", digits="latin")
        return f"{written} {there:%H:%M}" if isinstance(there, dt.datetime) else written


def _number(table: Table, field: RecordField, value: Any) -> Cell:
    return float(value) if isinstance(value, Decimal | float) else int(value)


def _yes_no(table: Table, field: RecordField, value: Any) -> Cell:
    return _("Yes") if value else _("No")


def _text(table: Table, field: RecordField, value: Any) -> Cell:
    return str(value)


WRITERS: dict[Kind, Callable[[Table, RecordField, Any], Cell]] = {
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: Table.day,
    Kind.MOMENT: Table.day,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: Table.label,
    Kind.CHOICES: Table.several,
    Kind.PARTY: _text,
    Kind.USER: _text,
}


def _labels(field: RecordField, asked: Asked) -> dict[str, str]:
    if field.choices is None or field.kind is Kind.USER:
        return {}
    return {key: str(label) for key, label in field.choices(asked)}


def _checked(actor: User, export: Export) -> list[RecordField]:
    """The columns that are written, each with its permission. Errors: NotAllowed, BadListState, Invalid."""
    require(actor, EXPORT)
    state = ListState(columns=export.columns, sort=export.sort)
    found = list_state.check(state, HOST, asked_by(actor))
    if found.problems:
        raise BadListState(found.problems)
    if not found.columns:
        raise Invalid(_("Choose some columns first."))
    return [found.fields[key] for key in found.columns]


def _order(export: Export) -> list[str]:
    if not export.sort:
        return list(DEFAULT_ORDER)
    names = fields_of(HOST)[export.sort.removeprefix("-")].order
    return [list_state.flipped(name) for name in names] if export.sort.startswith("-") else list(names)


def _rows(actor: User, export: Export) -> PartyQuerySet:
    """The customers that the actor both sees and may take out."""
    seen = rows_of(actor=actor, selection=export.selection)
    return seen.filter(fields_q(actor, EXPORT, Party.scope_fields))


def _loaded(rows: PartyQuerySet, fields: Sequence[RecordField]) -> PartyQuerySet:
    for each in fields:
        rows = each.load(rows) if each.load else rows
    return rows


def _note(actor: User, export: Export, count: int) -> None:
    state = export.selection.to_json()
    detail = {"list": "customers", "columns": list(export.columns), "format": export.format.value, **state}
    detail["ids"] = len(export.selection.ids)
    note_export(user=actor, count=count, detail=detail)
