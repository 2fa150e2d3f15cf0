"""Taking the list of activities out: those that the actor sees and may take out; `core.exports` writes them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from peyvand.accounts.exporting import register_list
from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by
from peyvand.accounts.scoping import fields_q
from peyvand.activities.fields import HOST
from peyvand.activities.models import Activity
from peyvand.core import list_state
from peyvand.core.exports import Export
from peyvand.parties.services.access_log import note_export

EXPORT = "activities.export"
LIST = "activities"
COLUMNS = ("subject", "kind", "party", "at", "ends_at", "owner", "state", "outcome", "result", "done_at")


def _rows(actor: User, export: Export) -> QuerySet[Activity]:
    """The activities that the actor both sees and may take out."""
    rows = Activity.objects.visible_to(actor).filter(fields_q(actor, EXPORT, Activity.scope_fields))
    chosen = export.selection
    if chosen.state is None:
        return rows.filter(pk__in=chosen.ids)
    found = list_state.apply(chosen.state, rows, HOST, asked_by(actor))
    return found.exclude(pk__in=chosen.but) if chosen.but else found


def _title(count: int) -> str:
    return ngettext("Export of %(n)s activity", "Export of %(n)s activities", count) % {"n": count}


def _note(actor: User, count: int, detail: dict[str, Any]) -> None:
    note_export(user=actor, count=count, detail=detail)


ACTIVITIES = register_list(
    LIST, EXPORT, rows=_rows, host=HOST, name="activities", order=("id",), title=_title, note=_note
)
