"""Taking out the list of a folder, as it is filtered."""

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.views.decorators.http import require_POST

from peyvand.cartable.selectors.places import folder_at
from peyvand.cartable.services import exporting
from peyvand.cartable.views.answering import me
from peyvand.core.list_selection import Selection
from peyvand.core.list_state import Condition, ListState
from peyvand.web import exporting as door
from peyvand.web.access import page

FIELDS = {"kind": "kind", "priority": "priority", "status": "status", "medium": "medium", "unit": "department"}
SORTS = {"news": "-last_activity_at", "old": "opened_at"}


@require_POST
@page(exporting.EXPORT)
def export(request: HttpRequest, folder: str) -> HttpResponse | StreamingHttpResponse:
    """Give what the reader sees of a folder and may take out: a short list at once, a long one as long work."""
    folder_at(me(request), folder)
    query = QueryDict(request.POST.get("query", "")[: door.LONGEST_QUERY])
    narrowed = tuple(Condition(field, "is", (query[key],)) for key, field in FIELDS.items() if query.get(key))
    selection = Selection(state=ListState(filters=narrowed, q=query.get("q", "")[:200]))
    kind, sort = door.format_of(request.POST.get("format", "csv")), SORTS.get(query.get("sort", ""), "")
    return door.give(request, exporting.wanted(selection, place=folder, format=kind, sort=sort))
