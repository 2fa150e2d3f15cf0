"""Files and raw messages; each is opened only through the request that holds it."""

from typing import cast

from django.http import HttpResponse
from ninja import File
from ninja.files import UploadedFile

from peyvand.api.kit import ApiRequest, FileId, Id, download, router, visible
from peyvand.cartable import services
from peyvand.cartable.api.requests import requests
from peyvand.cartable.api.schemas import FileOut, MessageOut, OutcomeIn
from peyvand.cartable.models import ConfidentialView, Request
from peyvand.cartable.selectors.papers import file_of
from peyvand.channels.models import Message
from peyvand.core import blobs
from peyvand.core.errors import NotFound
from peyvand.core.files import Upload, store_upload
from peyvand.core.files import download as attachment
from peyvand.core.models import File as StoredFile

files = router(tag="files", permission="cartable.view")


@files.post("", response=FileOut)
def upload(request: ApiRequest, file: File[UploadedFile]) -> StoredFile:
    """Upload a file; name its id in a draft, a note or a request of mine."""
    return store_upload(cast(Upload, file), user_id=request.auth.user.pk)


def _taken_from(request: ApiRequest, id: int) -> Request:
    """The request that a paper is taken out of; of a confidential one that is recorded."""
    found = visible(Request.objects.visible_to(request.auth), id)
    services.note_view(actor=request.auth, request=found, what=ConfidentialView.What.PAPER)
    return found


@requests.get("/{int:id}/files/{file_id}", response=bytes, file=True)
def fetch(request: ApiRequest, id: Id, file_id: FileId) -> HttpResponse:
    """A file of a request's messages, notes or answers."""
    return attachment(file_of(_taken_from(request, id), file_id))


@requests.get("/{int:id}/messages/{int:message_id}/raw", response=bytes, file=True)
def raw_message(request: ApiRequest, id: Id, message_id: Id) -> HttpResponse:
    """A message of a request as it came, byte for byte."""
    found = _taken_from(request, id)
    message = visible(Message.objects.filter(in_request__request=found), message_id)
    if message.raw_id is None:
        raise NotFound
    return download(blobs.get(message.raw_id), name=f"{found.code}-{message.pk}.eml")


@requests.post("/{int:id}/messages/{int:message_id}/retry", response=MessageOut, permission="cartable.send", status=200)
def retry(request: ApiRequest, id: Id, message_id: Id) -> Message:
    """Send an answer again that its server refused."""
    return services.resend(actor=request.auth, request_id=id, message_id=message_id)


@requests.post(
    "/{int:id}/messages/{int:message_id}/settle", response=MessageOut, permission="cartable.send", status=200
)
def settle(request: ApiRequest, id: Id, message_id: Id, payload: OutcomeIn) -> Message:
    """Say of an answer whose outcome is unknown that it arrived, or have it sent once more."""
    return services.settle(actor=request.auth, request_id=id, message_id=message_id, outcome=payload.outcome)
