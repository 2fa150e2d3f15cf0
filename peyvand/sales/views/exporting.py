"""Taking out what the lists and the funnel show."""

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from peyvand.core import sheets
from peyvand.core.errors import Invalid
from peyvand.sales.permissions import EXPORT
from peyvand.sales.services import exporting
from peyvand.sales.views.funnel import asked_in
from peyvand.sales.views.shared import list_in
from peyvand.web import exporting as door
from peyvand.web import prefs
from peyvand.web.access import page, signed_in


@require_POST
@page(EXPORT)
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Give a list as a file: a short one at once, a long one as long work."""
    place = list_in(request)
    return door.give(request, door.wanted(request, key=place, columns=exporting.COLUMNS))


@require_POST
@page(EXPORT)
def funnel(request: HttpRequest) -> StreamingHttpResponse:
    """Give the funnel as a table."""
    wanted = door.format_of(request.POST.get("format", ""))
    if not wanted.is_table:
        raise Invalid
    asked = asked_in(QueryDict(request.POST.get("query", "")[: door.LONGEST_QUERY]))
    rows = exporting.funnel_rows(asked.funnel(signed_in(request)))
    chunks = sheets.whole(wanted, rows, is_rtl=prefs.current().direction == "rtl")
    response = StreamingHttpResponse(chunks, content_type=sheets.CONTENT_TYPES[wanted])
    response["Content-Disposition"] = content_disposition_header(True, f"funnel.{wanted.extension}") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
