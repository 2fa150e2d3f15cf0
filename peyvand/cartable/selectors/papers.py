"""The files of a request: of its messages, notes and answers."""

import re

from peyvand.cartable.models import Answer, Note, Request
from peyvand.channels.models import Attachment
from peyvand.core.errors import NotFound
from peyvand.core.models import File


def file_of(request: Request, file_id: str) -> File:
    """A file that hangs on this request, which the reader may see. Raises NotFound for any other."""
    if not re.fullmatch(r"[0-9a-f]{32}", file_id):
        raise NotFound
    holders = (
        Attachment.objects.filter(message__in_request__request=request, file_id=file_id),
        Note.objects.filter(request=request, files=file_id),
        Answer.objects.filter(request=request, files=file_id),
    )
    if not any(rows.exists() for rows in holders):
        raise NotFound
    return File.objects.get(pk=file_id)
