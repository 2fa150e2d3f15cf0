"""Files to take: a workbook to fill in, and the rows that were refused."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from peyvand.core import files, sheets
from peyvand.core.errors import NotFound
from peyvand.core.imports import flagged, rejects
from peyvand.core.sheets import Format
from peyvand.web import prefs
from peyvand.web.access import page, signed_in
from peyvand.web.imports.reached import importer_for, own


@require_GET
@page()
def template(request: HttpRequest, host: str, kind: str) -> HttpResponse | StreamingHttpResponse:
    """An empty table with our headers, which are recognised when it comes back."""
    importer, format_ = importer_for(request, host), _format(kind)
    head = [str(field.label) for field in importer.fields(signed_in(request))]
    data = sheets.whole(format_, [head], is_rtl=prefs.current().language == "fa")
    return _file(data, format_, f"{_('template')}.{format_.value}")


@require_GET
@page()
def rejected(request: HttpRequest, import_id: int, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The rows that were refused, or would be, with the reason in the last column: correct them, bring them again."""
    item, _importer = own(request, import_id)
    format_ = _format(kind)
    if item.job is not None:
        return _file(rejects.rejects_file(item, format_), format_, rejects.name_of(item, format_))
    rows = flagged.flagged_rows(signed_in(request), item)
    data = sheets.whole(format_, rows, is_rtl=prefs.current().language == "fa")
    return _file(data, format_, rejects.name_of(item, format_))


def _format(kind: str) -> Format:
    if kind not in set(Format):
        raise NotFound
    return Format(kind)


def _file(chunks: Iterator[bytes], format_: Format, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(chunks, content_type=sheets.CONTENT_TYPES[format_])
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = files.SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response
