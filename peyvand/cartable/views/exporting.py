"""Taking out the list of a folder, as it is filtered."""

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.views.decorators.http import require_POST

from peyvand.cartable.selectors.places import folder_at
from peyvand.cartable.services import exporting
from peyvand.cartable.views.answering import me
from peyvand.cartable.views.narrowing import state_of
from peyvand.core.list_selection import Selection
from peyvand.web import exporting as door
from peyvand.web.access import page


@require_POST
@page(exporting.EXPORT)
def export(request: HttpRequest, folder: str) -> HttpResponse | StreamingHttpResponse:
    """Give what the reader sees of a folder and may take out: a short list at once, a long one as long work."""
    folder_at(me(request), folder)
    query = QueryDict(request.POST.get("query", "")[: door.LONGEST_QUERY])
    state, kind = state_of(query), door.format_of(request.POST.get("format", "csv"))
    chosen = Selection(state=state.but(sort=""))
    return door.give(request, exporting.wanted(chosen, place=folder, format=kind, sort=state.sort))
