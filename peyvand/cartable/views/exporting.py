"""Lists as CSV that no spreadsheet takes for a formula."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from peyvand.cartable.models import Request
from peyvand.cartable.views.row import Row
from peyvand.cartable.views.wording import MEDIUMS
from peyvand.core.sheets import BOM, safe_cell
from peyvand.web.templatetags.pv import written

CHUNK = 500


class _Line:
    """A file for the csv writer that gives each line back."""

    def write(self, value: str) -> str:
        return value


def csv_lines(rows: QuerySet[Request]) -> Iterator[str]:
    """The lines of a list, read in portions."""
    writer: Any = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    heads = (
        _("Code"), _("Subject"), _("Customer"), _("Kind"), _("Priority"), _("Status"), _("Channel"), _("Department"),
        _("Responsible"), _("Opened"), _("Deadline"), _("Closed on"),
    )  # fmt: skip
    yield BOM + writer.writerow(heads)
    related = rows.select_related("party", "kind", "department", "assignee").order_by("pk")
    for each in related.iterator(chunk_size=CHUNK):
        yield writer.writerow([safe_cell(value) for value in _cells(each)])


def _cells(request: Request) -> tuple[object, ...]:
    row = Row(request)
    return (
        request.code, request.subject, row.sender_name, row.kind_name, request.get_priority_display(), row.status_text,
        MEDIUMS.get(request.medium, request.medium), request.department, request.assignee or "",
        written(request.opened_at, "numeric"), written(request.next_due, "numeric") if request.next_due else "",
        written(request.closed_at, "numeric") if request.closed_at else "",
    )  # fmt: skip
