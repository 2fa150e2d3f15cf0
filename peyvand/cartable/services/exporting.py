"""Taking lists of requests out: those of a place that the actor sees and may take out; `core.exports` writes them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from peyvand.accounts.exporting import register_list
from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.accounts.scoping import fields_q
from peyvand.cartable.models import Request
from peyvand.cartable.request_fields import HOST
from peyvand.cartable.selectors.places import rows_at
from peyvand.core import list_state
from peyvand.core.exports import Export
from peyvand.core.list_selection import Selection
from peyvand.core.sheets import Format
from peyvand.parties.services.access_log import note_export

EXPORT = "cartable.export"
LIST = "requests"
COLUMNS = (
    "code", "subject", "party", "kind", "priority", "status", "medium", "department", "assignee", "opened_at",
    "next_due", "closed_at",
)  # fmt: skip


def wanted(
    selection: Selection,
    *,
    place: str = "",
    columns: Sequence[str] = COLUMNS,
    format: Format = Format.CSV,
    sort: str = "",
) -> Export:
    """An export of requests; place: a folder («mine», «all» …), a department («department-3»), or all one sees."""
    return Export(list=LIST, selection=selection, columns=tuple(columns), format=format, sort=sort, place=place)


def _rows(actor: User, export: Export) -> QuerySet[Request]:
    """The requests of the place that the actor both sees and may take out."""
    mine = Request.objects.visible_to(actor).filter(fields_q(actor, EXPORT, Request.scope_fields))
    rows = mine.filter(pk__in=rows_at(actor, export.place).values("pk")) if export.place else mine
    chosen = export.selection
    if chosen.state is None:
        return rows.filter(pk__in=chosen.ids)
    found = list_state.apply(chosen.state, rows, HOST, asked_by(actor))
    return found.exclude(pk__in=chosen.but) if chosen.but else found


def _title(count: int) -> str:
    return ngettext("Export of %(n)s request", "Export of %(n)s requests", count) % {"n": count}


def _note(actor: User, count: int, detail: dict[str, Any]) -> None:
    note_export(user=actor, count=count, detail=detail)


REQUESTS = register_list(LIST, EXPORT, rows=_rows, host=HOST, name="requests", order=("id",), title=_title, note=_note)
