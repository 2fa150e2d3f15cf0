"""The rows that an import refused, as a file of the same columns with the reason behind them."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from peyvand.core import sheets
from peyvand.core.imports.selectors import result_rows
from peyvand.core.imports.types import Action
from peyvand.core.models import Import
from peyvand.core.sheets import Cell, Format, Seal

PORTION = 1_000


def name_of(item: Import, kind: Format) -> str:
    """The name of the file: that of the import with a word before it."""
    stem = item.file_name.rpartition(".")[0] or item.file_name
    return f"{_('refused')} - {stem}.{kind.value}"


def rejected_rows(item: Import) -> Iterator[Sequence[Cell]]:
    """The heading, then every refused row as it was brought in and why, block by block."""
    width = len(item.columns)
    titles = [column["header"] or _("Column %(number)s") % {"number": column["index"] + 1} for column in item.columns]
    yield [*titles, _("Row"), _("Reason")]
    skipped = item.shape.get("drop", 0)
    for block in item.blocks.filter(refused__gt=0).order_by("number").iterator(chunk_size=1):
        for each in result_rows(item, block, Action.REFUSE):
            cells = [*each.row.cells[:width], *([""] * (width - len(each.row.cells)))]
            yield [*cells, each.row.number + 1 + skipped, each.outcome.reason]


def rejects_file(item: Import, kind: Format) -> Iterator[bytes]:
    """The file in pieces. CSV is written while it is read; of XLSX the packed pieces are held until its end."""
    rows = rejected_rows(item)
    if kind is Format.XLSX:
        yield from sheets.whole(kind, rows, is_rtl=get_language_bidi())
        return
    seal = Seal()
    while portion := list(islice(rows, PORTION)):
        data, seal = sheets.piece(kind, portion, seal)
        yield data
