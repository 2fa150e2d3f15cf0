"""What stands in a customer's file: its timeline, notes and files."""

from datetime import datetime
from typing import Annotated, Any, cast

from django.http import HttpResponse
from ninja import File, Query
from ninja.files import UploadedFile
from pydantic import Field

from peyvand.api.kit import (
    ApiRequest,
    BodyId,
    FileId,
    Flag,
    Id,
    In,
    Out,
    Page,
    Paged,
    PageQuery,
    Person,
    expected_version,
    page,
)
from peyvand.core import files as stored
from peyvand.core.files import Upload
from peyvand.parties import timeline
from peyvand.parties.api.parties import parties, present
from peyvand.parties.models import Party, PartyFile, PartyNote
from peyvand.parties.policies import CHANGE
from peyvand.parties.selectors.papers import files_of, get_note, get_paper, notes_of
from peyvand.parties.services import notes, papers

Body = Annotated[str, Field(min_length=1, max_length=notes.LONGEST)]


class EntryOut(Out):
    at: datetime
    key: str
    source: str
    title: str
    text: str
    url: str
    actor: str


class TimelineOut(Out):
    items: list[EntryOut]
    next: str


class TimelineQuery(In):
    only: str = Field("", max_length=40)
    before: str = Field("", max_length=400)
    size: int = Field(timeline.SIZE, ge=1, le=100)


class NoteOfPartyOut(Out):
    id: int
    body: str
    author: Person | None
    mentioned: list[int]
    is_pinned: bool
    version: int
    created_at: datetime
    edited_at: datetime | None


class NoteOfPartyIn(In):
    body: Body
    mentions: list[BodyId] = Field(default_factory=list, max_length=50)


class NoteOfPartyChange(In):
    body: Body | None = None
    mentions: list[BodyId] = Field(default_factory=list, max_length=50)
    is_pinned: Flag | None = None


class PaperOut(Out):
    id: str
    name: str
    label: str
    content_type: str
    size: int
    added_by: Person | None
    created_at: datetime


def _party(request: ApiRequest, id: int) -> Party:
    return present(request, id)


@parties.get("/{int:id}/timeline", response=TimelineOut)
def line(request: ApiRequest, id: Id, query: Query[TimelineQuery]) -> dict[str, Any]:
    """Everything that happened with a customer and that I may see, the newest first; `next` is the next `before`."""
    found = timeline.read(request.auth, _party(request, id), only=query.only, before=query.before, size=query.size)
    items = [
        {name: getattr(entry, name) for name in ("at", "key", "source", "url", "actor")}
        | {"title": str(entry.title), "text": str(entry.text)}
        for entry in found.entries
    ]
    return {"items": items, "next": found.next}


@parties.get("/{int:id}/notes", response=Paged[NoteOfPartyOut])
def list_notes(request: ApiRequest, id: Id, query: Query[PageQuery]) -> Page[PartyNote]:
    """The notes on a customer, the newest first."""
    return page(notes_of(_party(request, id)), query, order=("-created_at", "-id"))


@parties.post("/{int:id}/notes", response=NoteOfPartyOut, permission=CHANGE)
def add_note(request: ApiRequest, id: Id, payload: NoteOfPartyIn) -> PartyNote:
    """Write a note; «@full name» tells that colleague, `mentions` decides between equal names."""
    party = _party(request, id)
    return notes.add_note(actor=request.auth.user, party=party, body=payload.body, mentions=payload.mentions)


@parties.patch("/{int:id}/notes/{int:note_id}", response=NoteOfPartyOut, permission=CHANGE, versioned="required")
def change_note(request: ApiRequest, id: Id, note_id: Id, payload: NoteOfPartyChange) -> PartyNote:
    """Write a note anew, pin it or let it go."""
    note = get_note(_party(request, id), note_id)
    seen, user = expected_version(request), request.auth.user
    if payload.body is not None:
        note = notes.change_note(actor=user, note=note, body=payload.body, mentions=payload.mentions, version=seen)
        seen = note.version
    if payload.is_pinned is not None:
        note = notes.pin_note(actor=user, note=note, is_pinned=payload.is_pinned, version=seen)
    return note


@parties.delete("/{int:id}/notes/{int:note_id}", permission=CHANGE)
def delete_note(request: ApiRequest, id: Id, note_id: Id) -> None:
    """Take a note away."""
    notes.delete_note(actor=request.auth.user, note=get_note(_party(request, id), note_id))


@parties.get("/{int:id}/files", response=Paged[PaperOut])
def list_files(request: ApiRequest, id: Id, query: Query[PageQuery]) -> Page[dict[str, Any]]:
    """The files of a customer, the newest first."""
    found = page(files_of(_party(request, id)), query, order=("-created_at", "-id"))
    return Page(items=[_paper(one) for one in found.items], next=found.next, previous=found.previous)


@parties.post("/{int:id}/files", response=PaperOut, permission=CHANGE)
def add_file(request: ApiRequest, id: Id, file: File[UploadedFile]) -> dict[str, Any]:
    """Put a file into the file of a customer; its type is read from its bytes."""
    return _paper(papers.add_file(actor=request.auth.user, party=_party(request, id), upload=cast(Upload, file)))


@parties.get("/{int:id}/files/{file_id}", response=bytes, file=True)
def fetch_file(request: ApiRequest, id: Id, file_id: FileId) -> HttpResponse:
    """One file, as a download."""
    return stored.download(get_paper(_party(request, id), file_id).file)


@parties.delete("/{int:id}/files/{file_id}", permission=CHANGE)
def delete_file(request: ApiRequest, id: Id, file_id: FileId) -> None:
    """Take a file away."""
    papers.delete_file(actor=request.auth.user, paper=get_paper(_party(request, id), file_id))


def _paper(one: PartyFile) -> dict[str, Any]:
    file = one.file
    return {
        "id": file.pk, "name": file.name, "label": one.label, "content_type": file.content_type, "size": file.size,
        "added_by": one.added_by, "created_at": one.created_at,
    }  # fmt: skip
