"""Taking a list out: what is shown, in its order, with its columns, and no more; the same code for every list."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.core import list_state, long_job_files, long_jobs, sheets
from peyvand.core.errors import Invalid, NotAllowed
from peyvand.core.exports import cards, reading
from peyvand.core.exports.kinds import Export, ExportList, list_of
from peyvand.core.exports.reading import Portion, Reader
from peyvand.core.exports.writing import Table, json_lines
from peyvand.core.list_state import BadListState, ListState, may_use
from peyvand.core.long_jobs import Slice, long_job
from peyvand.core.models import LongJob
from peyvand.core.record_fields import RecordField, fields_of
from peyvand.core.sheets import Format, Seal
from peyvand.core.totals import size_of

KIND = "core.export"
AT_ONCE = 5_000
CARDS = 2_000  # of a portion: a card is long


def count_of(*, actor: Any, export: Export) -> int:
    """How many records would be taken out, at most one more than go at once.

    Errors: NotAllowed, BadListState, Invalid.
    """
    listed, _fields = checked(actor, export)
    return listed.rows(actor, export)[: AT_ONCE + 1].count()


def export_now(*, actor: Any, export: Export) -> Iterator[bytes]:
    """Yield the file of a short list, and note that it was taken out. Errors: NotAllowed, BadListState, Invalid."""
    listed, fields = checked(actor, export)
    writer = Writer(actor, export, listed, fields)
    portion = writer.reader.portion(None, AT_ONCE)
    _note(listed, actor, export, len(portion.ids))
    data, seal = writer.piece(portion, Seal())
    return sheets.put_together(export.format, [data], seal)


def start_export(*, actor: Any, export: Export) -> LongJob:
    """Begin to write the file of a long list, as long work. Errors: NotAllowed, BadListState, Invalid, TooMany."""
    listed, _fields = checked(actor, export)
    rows = listed.rows(actor, export)
    count = size_of(rows).shown
    if export.format is Format.XLSX and _is_too_long(rows, count):
        raise Invalid(_("A sheet of Excel holds %(most)s rows; take CSV.") % {"most": sheets.MOST_ROWS})
    params = {"export": export.to_json(), "token": listed.token_of(actor)}
    return long_jobs.start(kind=KIND, owner_id=actor.pk, title=listed.title(count), params=params, total=count)


def file_name(export: Export) -> str:
    """The name under which the file is kept."""
    return f"{list_of(export).name}-{timezone.localdate().isoformat()}.{export.format.extension}"


def guard(job: LongJob, user: Any) -> None:
    """May this user still take the file? Asked again at each download, of every column. Raises NotAllowed."""
    export = Export.from_json(job.params["export"])
    listed = list_of(export)
    listed.require(user)
    fields, asked = fields_of(listed.host), listed.asked(user)
    if any(key in fields and not may_use(fields[key], asked) for key in export.columns):
        raise NotAllowed


@long_job(
    KIND,
    label=gettext_lazy("Export"),
    guard=guard,
    steps=(("write", gettext_lazy("Write the rows")), ("close", gettext_lazy("Close the file"))),
)
def export_slice(job: LongJob) -> Slice:
    """Write the next portions, each as one piece of the file; the last slice closes it."""
    end, export = long_jobs.slice_end(), Export.from_json(job.params["export"])
    actor = list_of(export).actor_of(job)
    listed, fields = checked(actor, export)
    writer = Writer(actor, export, listed, fields)
    after, number, count, goes_on = job.cursor.get("after"), job.cursor.get("number", 0), 0, True
    seal = Seal(**job.cursor.get("seal", {}))
    while goes_on:
        portion = writer.reader.portion(after, writer.size)
        after = portion.next
        goes_on = after is not None and time.monotonic() < end
        writer.table.learn(portion)
        if after is not None and goes_on:  # the database looks for the next ones while these are written
            writer.reader.expect(after, writer.size)
        data, seal = writer.piece(portion, seal)
        long_job_files.add_piece(job, number, data)
        number, count = number + 1, count + len(portion.ids)
    is_over = after is None
    if is_over:
        _note(listed, actor, export, job.done + count)
    return Slice(
        cursor={"after": after, "number": number, "seal": seal.to_json(), "step": "write"},
        done=count,
        finished=is_over,
        result={"file": {"name": file_name(export), "format": export.format.value}} if is_over else {},
        expires_at=long_job_files.expiry() if is_over else None,
    )


class Writer:
    """Reads portions of a checked export and writes each as a piece of its file."""

    def __init__(self, actor: Any, export: Export, listed: ExportList, fields: Sequence[RecordField]) -> None:
        self.actor, self.export, self.listed = actor, export, listed
        self.is_card = export.format in {Format.VCARD3, Format.VCARD4}
        if self.is_card:
            fields = [each for each in fields if each.key not in listed.card_fields]
        order = reading.order_of(export.sort, fields_of(listed.host), listed.order)
        self.reader = Reader(listed.rows(actor, export), fields, order)
        self.table = Table(actor, listed.asked(actor), fields)
        self.size = min(reading.PORTION, CARDS) if self.is_card else reading.PORTION

    def piece(self, portion: Portion, seal: Seal) -> tuple[bytes, Seal]:
        """Return the bytes of a portion, of the first with the head, and the seal for the next."""
        if self.export.format is Format.CSV:
            columns = self.table.columns(portion)
            if not seal.rows:
                columns = [[head, *column] for head, column in zip(self.table.head(), columns, strict=True)]
            return sheets.csv_piece(columns, seal)
        if self.export.format.is_table:
            rows = [*([] if seal.rows else [self.table.head()]), *self.table.rows(portion)]
            return sheets.piece(self.export.format, rows, seal, is_rtl=self.actor.language == "fa")
        is_first = not seal.rows
        text = self._cards(portion) if self.is_card else json_lines(self.table, portion, is_first=is_first)
        return sheets.text_piece(text, len(portion.ids), seal)

    def _cards(self, portion: Portion) -> str:
        known = self.listed.cards(self.actor, portion.ids) if self.listed.cards else {}
        heads = [str(head) for head in self.table.head()]
        cells = list(self.table.rows(portion)) if heads else [()] * len(portion.ids)
        made = [
            known[pk].with_note("\n".join(f"{head}: {cell}" for head, cell in zip(heads, row, strict=True) if cell))
            for pk, row in zip(portion.ids, cells, strict=True)
            if pk in known
        ]
        return cards.write(made, is_four=self.export.format is Format.VCARD4)


def checked(actor: Any, export: Export) -> tuple[ExportList, list[RecordField]]:
    """The list, and the columns each with its permission. Errors: NotAllowed, BadListState, Invalid."""
    listed = list_of(export)
    listed.require(actor)
    state = ListState(columns=export.columns, sort=export.sort)
    found = list_state.check(state, listed.host, listed.asked(actor))
    if found.problems:
        raise BadListState(found.problems)
    if not found.columns:
        raise Invalid(_("Choose some columns first."))
    return listed, [found.fields[key] for key in found.columns]


def _is_too_long(rows: QuerySet[Any], expected: int) -> bool:
    """Has a sheet no room for these? Counted only where an estimate leaves it open."""
    return expected > sheets.MOST_ROWS // 4 and rows[: sheets.MOST_ROWS + 1].count() > sheets.MOST_ROWS


def _note(listed: ExportList, actor: Any, export: Export, count: int) -> None:
    """Write the log: how many, of which list, narrowed how, with which columns; of chosen rows only their number."""
    chosen = replace(export, selection=replace(export.selection, ids=()))
    detail = {**chosen.to_json(), **chosen.to_json()["selection"], "ids": len(export.selection.ids)}
    del detail["selection"]
    listed.note(actor, count, detail)
