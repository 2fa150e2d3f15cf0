"""Files and raw messages; each is opened only through the request that holds it."""

from typing import cast

from django.http import HttpResponse
from ninja import File
from ninja.files import UploadedFile

from peyvand.api.kit import ApiRequest, FileId, Id, download, router, visible
from peyvand.cartable.api.requests import requests
from peyvand.cartable.api.schemas import FileOut
from peyvand.cartable.models import Request
from peyvand.channels.models import Message
from peyvand.core import blobs
from peyvand.core.errors import NotFound
from peyvand.core.files import Upload, open_for, store_upload
from peyvand.core.files import download as attachment
from peyvand.core.models import File as StoredFile

files = router(tag="files", permission="cartable.view")


@files.post("", response=FileOut)
def upload(request: ApiRequest, file: File[UploadedFile]) -> StoredFile:
    """Upload a file; name its id in a draft, a note or a request of mine."""
    return store_upload(cast(Upload, file), user_id=request.auth.user.pk)


@files.get("/{file_id}", response=bytes, file=True)
def fetch(request: ApiRequest, file_id: FileId) -> HttpResponse:
    """A file, when something that holds it may be seen."""
    return attachment(open_for(request.auth.user, file_id))


@requests.get("/{int:id}/messages/{int:message_id}/raw", response=bytes, file=True)
def raw_message(request: ApiRequest, id: Id, message_id: Id) -> HttpResponse:
    """A message of a request as it came, byte for byte."""
    found = visible(Request.objects.visible_to(request.auth), id)
    message = visible(Message.objects.filter(in_request__request=found), message_id)
    if message.raw_id is None:
        raise NotFound
    return download(blobs.get(message.raw_id), name=f"{found.code}-{message.pk}.eml")
