"""Taking out what a list shows."""

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peyvand.core import files, sheets
from peyvand.core.errors import Invalid
from peyvand.core.list_state import ListState
from peyvand.core.sheets import Format
from peyvand.parties.services import exporting
from peyvand.parties.services.bulk import Selection
from peyvand.parties.services.exporting import Export
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.toasts import toast


@require_POST
@page("parties.export")
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Give the list as a file: a short one at once, a long one as long work."""
    user, wanted = signed_in(request), _wanted(request)
    if exporting.count_of(actor=user, export=wanted) > exporting.AT_ONCE:
        job = exporting.start_export(actor=user, export=wanted)
        toast(request, _("The file is being written; you find it here when it is done."))
        return redirect(request, reverse("jobs:job", args=[job.pk]))
    chunks = exporting.export_now(actor=user, export=wanted)
    response = StreamingHttpResponse(chunks, content_type=sheets.CONTENT_TYPES[wanted.format])
    response["Content-Disposition"] = content_disposition_header(True, exporting.file_name(wanted)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = files.SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response


def _wanted(request: HttpRequest) -> Export:
    """The chosen rows, or the whole list that `query` describes, in its order and with its columns."""
    data = request.POST
    query = data.get("query", "")[:20_000]
    state = ListState.from_query(QueryDict(query))
    is_all = bool(data.get("all")) or not any(data.getlist("ids"))
    kind = data.get("format", "csv")
    if kind not in set(Format):
        raise Invalid(_("There is no such kind of file."))
    return Export(
        selection=Selection.read(ids=data.getlist("ids"), but=data.getlist("but"), query=query, is_all=is_all),
        columns=tuple(data.get("columns", "").split(",")) if data.get("columns") else state.columns or COLUMNS,
        sort=state.sort,
        format=Format(kind),
    )


COLUMNS = ("name", "kind", "organisation", "category", "phone", "email", "city", "life_cycle", "owner", "created_at")
