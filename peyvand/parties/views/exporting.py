"""Taking out what a list shows."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_POST

from peyvand.parties.services import exporting
from peyvand.web import exporting as door
from peyvand.web.access import page


@require_POST
@page(exporting.EXPORT)
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Give the list as a file: a short one at once, a long one as long work."""
    return door.give(request, door.wanted(request, key=exporting.LIST, columns=exporting.COLUMNS))
