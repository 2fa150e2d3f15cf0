"""The plan of an import, its rows before and after, its run and its undo."""

from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import Query

from peyvand.api.imports.routing import Number, imports, own, token_of
from peyvand.api.imports.schemas import (
    ImportFileQuery,
    ImportLeftPageOut,
    ImportOut,
    ImportPlanIn,
    ImportPreviewPageOut,
    ImportPreviewQuery,
    ImportResultPageOut,
    ImportRowIn,
    ImportRowsQuery,
    import_out,
    preview_row,
    result_row,
)
from peyvand.api.jobs import JobOut
from peyvand.api.kit import ApiRequest, Id, expected_version, seen_version
from peyvand.core import files, sheets
from peyvand.core.imports import rejects, selectors, services
from peyvand.core.imports.types import Action
from peyvand.core.models import LongJob


@imports.put("/{int:id}/plan", response=ImportOut, versioned="required")
def plan(request: ApiRequest, id: Id, payload: ImportPlanIn) -> dict[str, Any]:
    """Say which column goes where and what is done with records that are here already."""
    item = own(request, id)
    version = expected_version(request)
    services.save_plan(actor=request.auth.user, import_id=id, plan=payload.read(item), version=version)
    return import_out(own(request, id))


@imports.get("/{int:id}/preview", response=ImportPreviewPageOut)
def preview(request: ApiRequest, id: Id, query: Query[ImportPreviewQuery]) -> dict[str, Any]:
    """Rows with what would become of them; nothing is written. For all `problems` of a long file check it first."""
    found = selectors.preview(
        request.auth.user, own(request, id), start=query.start, only_problems=query.problems, size=query.size
    )
    return {"rows": [preview_row(each) for each in found.rows if not each.is_blank], "next": found.after}


@imports.patch("/{int:id}/rows/{int:number}", response=ImportOut)
def fix(request: ApiRequest, id: Id, number: Number, payload: ImportRowIn) -> dict[str, Any]:
    """Correct cells of a row, leave it out, or take it as the file has it."""
    services.fix_row(actor=request.auth.user, import_id=id, number=number, cells=payload.read())
    return import_out(own(request, id))


@imports.post("/{int:id}/check", response=JobOut)
def check(request: ApiRequest, id: Id) -> LongJob:
    """Check every row without writing; the counts then stand in the import."""
    return services.start_check(actor=request.auth.user, import_id=id, token_id=token_of(request))


@imports.post("/{int:id}/start", response=JobOut, versioned="optional")
def start(request: ApiRequest, id: Id) -> LongJob:
    """Write the rows. Pause, resume, cancel and watch the work under /jobs/{id}."""
    return services.start_import(
        actor=request.auth.user, import_id=id, version=seen_version(request), token_id=token_of(request)
    )


@imports.post("/{int:id}/undo", response=JobOut)
def undo(request: ApiRequest, id: Id) -> LongJob:
    """Take an import back that has ended: what it made, and cells that nobody touched since.

    A run that still goes on is cancelled first, under /jobs/{id}/cancel; until then the answer is 409.
    """
    return services.start_undo(actor=request.auth.user, import_id=id, token_id=token_of(request))


@imports.get("/{int:id}/rows", response=ImportResultPageOut)
def rows(request: ApiRequest, id: Id, query: Query[ImportRowsQuery]) -> dict[str, Any]:
    """What became of each row."""
    fate = Action(query.fate) if query.fate else None
    found, after = selectors.results(own(request, id), action=fate, start=query.start, size=query.size)
    return {"rows": [result_row(each) for each in found], "next": after}


@imports.get("/{int:id}/left", response=ImportLeftPageOut)
def left(request: ApiRequest, id: Id, query: Query[ImportRowsQuery]) -> dict[str, Any]:
    """Rows that the undo could not, or not wholly, take back."""
    found, after = selectors.left_by_undo(own(request, id), start=query.start, size=query.size)
    return {"rows": found, "next": after}


@imports.get("/{int:id}/rejected", response=None, file=True)
def rejected(request: ApiRequest, id: Id, query: Query[ImportFileQuery]) -> StreamingHttpResponse:
    """The refused rows as they were brought in, with the reason in the last column."""
    item = own(request, id)
    data = rejects.rejects_file(item, query.format)
    response = StreamingHttpResponse(data, content_type=sheets.CONTENT_TYPES[query.format])
    response["Content-Disposition"] = (
        content_disposition_header(True, rejects.name_of(item, query.format)) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = files.SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response
