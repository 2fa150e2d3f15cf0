"""The rows that an import would refuse, before it is begun, as a table with the reason behind the cells."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from peyvand.core.imports.selectors import checked
from peyvand.core.imports.types import BLOCK, Action
from peyvand.core.models import Import
from peyvand.core.sheets import Cell

LOOKED_AT = 3 * BLOCK  # rows, while not all rows were checked
MOST = 100_000  # rows of the table


def flagged_rows(actor: Any, item: Import) -> Iterator[Sequence[Cell]]:
    """The heading, then each row that would be refused, and why: of all rows when they were checked, else of the first.

    Nothing is written. At most `MOST` rows.
    """
    width = len(item.columns)
    titles = [column["header"] or _("Column %(number)s") % {"number": column["index"] + 1} for column in item.columns]
    yield [*titles, _("Row"), _("Reason")]
    blocks = item.blocks.defer("outcome", "undone", "refs").order_by("number")
    blocks = blocks.exclude(problems=[]) if item.counts else blocks.filter(first__lt=LOOKED_AT)
    count = 0
    for block in blocks.iterator(chunk_size=1):
        for row in checked(actor, item, block):
            if row.is_blank or row.verdict.action is not Action.REFUSE:
                continue
            count += 1
            if count > MOST:
                return
            cells = [*row.cells[:width], *([""] * (width - len(row.cells)))]
            number = row.number + 1 + item.shape.get("drop", 0)
            yield [*cells, number, " ".join(map(str, row.verdict.problems))]
