"""The door of every list that can be taken out: a short one comes at once, a long one is written as long work."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peyvand.core import exports, files, sheets
from peyvand.core.errors import Invalid
from peyvand.core.exports import Export
from peyvand.core.list_selection import Selection
from peyvand.core.list_state import ListState
from peyvand.core.sheets import Format
from peyvand.web.access import signed_in
from peyvand.web.http import redirect
from peyvand.web.toasts import toast

LONGEST_QUERY = 20_000
KEY = "id"  # the field by which a file is imported again onto the same records


@dataclass(frozen=True)
class Choice:
    """One kind of file that the menu offers."""

    format: Format
    label: str | Promise
    icon: str


XLSX = Choice(Format.XLSX, _("Excel (XLSX)"), "file-spreadsheet")
CSV = Choice(Format.CSV, _("Text (CSV)"), "file-type-csv")
JSONL = Choice(Format.JSONL, _("For programs (JSON lines)"), "braces")
VCARD3 = Choice(Format.VCARD3, _("Contacts of phones (vCard 3.0)"), "address-book")
VCARD4 = Choice(Format.VCARD4, _("Contacts (vCard 4.0)"), "address-book")
TABLES = (XLSX, CSV, JSONL)
CHOICES = (*TABLES, VCARD3, VCARD4)


def format_of(text: str) -> Format:
    """The kind of file that a form names. Raises Invalid."""
    if text not in set(Format):
        raise Invalid(_now("There is no such kind of file."))
    return Format(text)


def wanted(request: HttpRequest, *, key: str, columns: tuple[str, ...]) -> Export:
    """The chosen rows of a list, or the whole list that `query` describes, in its order and with its columns.

    columns: those of a list that names none. With `with_id` the id of each record comes first.
    """
    data = request.POST
    query = data.get("query", "")[:LONGEST_QUERY]
    state = ListState.from_query(QueryDict(query))
    is_all = bool(data.get("all")) or not any(data.getlist("ids"))
    chosen = tuple(data.get("columns", "").split(",")) if data.get("columns") else state.columns or columns
    return Export(
        list=key,
        selection=Selection.read(ids=data.getlist("ids"), but=data.getlist("but"), query=query, is_all=is_all),
        columns=(KEY, *(each for each in chosen if each != KEY)) if data.get("with_id") else chosen,
        sort=state.sort,
        format=format_of(data.get("format", "csv")),
    )


def give(request: HttpRequest, export: Export) -> HttpResponse | StreamingHttpResponse:
    """Answer with the file of a short list, or with the page of the long work that writes it."""
    user = signed_in(request)
    if exports.count_of(actor=user, export=export) > exports.AT_ONCE:
        job = exports.start_export(actor=user, export=export)
        toast(request, _now("The file is being written; you find it here when it is done."))
        return redirect(request, reverse("jobs:job", args=[job.pk]))
    chunks = exports.export_now(actor=user, export=export)
    response = StreamingHttpResponse(chunks, content_type=sheets.CONTENT_TYPES[export.format])
    response["Content-Disposition"] = content_disposition_header(True, exports.file_name(export)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = files.SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response
