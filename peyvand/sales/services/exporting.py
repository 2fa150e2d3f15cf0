"""Taking the lists of deals and leads out, and the funnel; `core.exports` writes the lists."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyvand.accounts.exporting import register_list
from peyvand.accounts.models import User
from peyvand.accounts.scoping import fields_q
from peyvand.core.exports import Export
from peyvand.core.sheets import Cell
from peyvand.parties.services.access_log import note_export
from peyvand.sales.deal_fields import HOST
from peyvand.sales.models import Deal
from peyvand.sales.permissions import EXPORT
from peyvand.sales.selectors.funnel import Funnel
from peyvand.sales.services.bulk import rows_of

COLUMNS = ("name", "party", "amount", "pipeline", "stage", "state", "owner", "close_on", "opened_at", "closed_at")


def _rows(place: str, actor: User, export: Export) -> QuerySet[Deal]:
    """The deals that the actor both sees and may take out."""
    seen = rows_of(actor=actor, selection=export.selection, place=place)
    return seen.filter(fields_q(actor, EXPORT, Deal.scope_fields))


def _title(count: int) -> str:
    return ngettext("Export of %(n)s deal", "Export of %(n)s deals", count) % {"n": count}


def _note(actor: User, count: int, detail: dict[str, Any]) -> None:
    note_export(user=actor, count=count, detail=detail)


for _place in ("deals", "leads"):
    register_list(
        _place, EXPORT, rows=partial(_rows, _place), host=HOST, name=_place, order=("id",), title=_title, note=_note
    )


def funnel_rows(funnel: Funnel) -> Iterable[list[Cell]]:
    """The funnel as a table: a head, and a row for each stage; amounts in Rial."""
    yield [_("Stage"), _("Reached it"), _("Of the stage before, %"), _("Of all, %"), _("Amount in rial")]
    for each in funnel.stages:
        yield [each.stage.name, each.reached, each.kept, each.of_all, each.amount]
    yield [_("Won"), funnel.won, None, None, funnel.won_amount]
    yield [_("Lost"), funnel.lost, None, None, None]
    yield [_("Still open"), funnel.is_open, None, None, None]
