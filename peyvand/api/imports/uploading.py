"""A file on its way in: at once, or piece by piece; how it is read."""

from typing import Any

from ninja import File, Form, Query
from ninja.files import UploadedFile

from peyvand.api.imports.routing import Host, imports, own, token_of
from peyvand.api.imports.schemas import (
    ImportKindOut,
    ImportOut,
    ImportPieceQuery,
    ImportReadingIn,
    ImportStoredOut,
    ImportUploadIn,
    import_out,
    kind_out,
)
from peyvand.api.kit import ApiRequest, Id, Page, Paged, PageQuery, page
from peyvand.core.errors import NotAllowed
from peyvand.core.imports import selectors, services
from peyvand.core.imports.kinds import importers

PIECE = 4 * 1024 * 1024  # bytes


@imports.get("/kinds", response=list[ImportKindOut])
def kinds(request: ApiRequest) -> list[dict[str, Any]]:
    """The kinds of records that you may bring in, with their fields and keys."""
    found = []
    for importer in importers():
        try:
            importer.guard(request.auth.user)
        except NotAllowed:
            continue
        found.append(kind_out(importer, request.auth.user))
    return found


@imports.get("", response=Paged[ImportOut])
def index(request: ApiRequest, query: Query[PageQuery]) -> Page[Any]:
    """Your imports, the newest first."""
    found = page(selectors.imports_of(request.auth.user), query, order=("-created_at", "-id"))
    return Page(items=[import_out(each) for each in found.items], next=found.next, previous=found.previous)


@imports.get("/{int:id}", response=ImportOut)
def show(request: ApiRequest, id: Id) -> dict[str, Any]:
    """Where an import stands, its columns with their verdicts, its plan."""
    return import_out(own(request, id))


@imports.post("", response=ImportOut)
def create(request: ApiRequest, host: Form[Host], file: File[UploadedFile]) -> dict[str, Any]:
    """Send a whole file (multipart, up to 50 MB); it is read in the background. Larger ones go up in pieces."""
    item = services.upload(
        actor=request.auth.user, host=host, file_name=file.name or "", pieces=file.chunks(), size=file.size,
        token_id=token_of(request),
    )  # fmt: skip
    return import_out(own(request, item.pk))


@imports.post("/uploads", response=ImportOut)
def begin(request: ApiRequest, payload: ImportUploadIn) -> dict[str, Any]:
    """Make room for a file that comes in pieces."""
    item = services.begin_upload(
        actor=request.auth.user, host=payload.host, file_name=payload.file_name, size=payload.size
    )
    return import_out(own(request, item.pk))


@imports.put("/{int:id}/bytes", response=ImportStoredOut, raw=PIECE)
def add(request: ApiRequest, id: Id, query: Query[ImportPieceQuery]) -> dict[str, int]:
    """Store the next piece, at most 4 MB; `at`: the byte of the file where it begins. Repeating one changes nothing."""
    return {"size": services.add_chunk(actor=request.auth.user, import_id=id, data=request.raw, at=query.at)}


@imports.post("/{int:id}/finish", response=ImportOut, status=200)
def finish(request: ApiRequest, id: Id) -> dict[str, Any]:
    """All pieces are stored: have the file read."""
    services.finish_upload(actor=request.auth.user, import_id=id, token_id=token_of(request))
    return import_out(own(request, id))


@imports.post("/{int:id}/reading", response=ImportOut, status=200)
def read_again(request: ApiRequest, id: Id, payload: ImportReadingIn) -> dict[str, Any]:
    """Have the file read in another way; plan and corrections are dropped."""
    services.read_again(actor=request.auth.user, import_id=id, shape=payload.read(), token_id=token_of(request))
    return import_out(own(request, id))


@imports.delete("/{int:id}")
def forget(request: ApiRequest, id: Id) -> None:
    """Delete the file, its rows and the way back; records that were made stay."""
    services.forget_import(actor=request.auth.user, import_id=id)
