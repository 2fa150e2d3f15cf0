"""Files that people send us: named safely, typed by their own bytes, opened only through their parent.

A file has no permission of its own and no address of its own: the app that hangs files on something serves them below
that thing, to who may see it.
"""

import re
from collections.abc import Iterable
from typing import Protocol

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from peyvand.core import blobs
from peyvand.core.errors import Invalid, TooLarge
from peyvand.core.models import File
from peyvand.core.text import display_norm

UNKNOWN = "application/octet-stream"
NAME_LENGTH = 120
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'self'"

# (first bytes, type); the first match counts.
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"{\\rtf", "application/rtf"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
)
# A container's first bytes do not say what is in it; the name may choose among these, and only these.
BY_NAME: dict[str, dict[str, str]] = {
    "application/zip": {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt": "application/vnd.oasis.opendocument.text",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
    },
    "application/x-ole-storage": {
        "doc": "application/msword",
        "xls": "application/vnd.ms-excel",
        "ppt": "application/vnd.ms-powerpoint",
        "msg": "application/vnd.ms-outlook",
    },
    "text/plain": {"csv": "text/csv", "ics": "text/calendar", "vcf": "text/vcard", "eml": "message/rfc822"},
}
EXTENSIONS = {
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "application/pdf": "pdf",
    "text/plain": "txt",
}  # fmt: skip
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


class Upload(Protocol):
    """What Django's uploaded files offer, and all that is used of it."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def read(self, num_bytes: int = ..., /) -> bytes: ...


def safe_name(name: str, content_type: str = "") -> str:
    """Return a file name without path, control and direction marks, at most 120 letters, never hidden, never empty."""
    name = display_norm(_FORBIDDEN.sub(" ", name.replace("\\", "/").rpartition("/")[2].replace("\u200b", "")))
    name = name.strip(". \u200c\u200d")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = name, EXTENSIONS.get(content_type, "")
    stem = stem.strip(". ")[: NAME_LENGTH - len(ending) - 1] or "file"
    return f"{stem}.{ending}" if ending else stem


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return bool(head) and controls == 0


def sniff(data: bytes, name: str = "") -> str:
    """Return the type that the bytes themselves show; the name may only choose inside a container type."""
    head = data[:512]
    found = next((kind for magic, kind in MAGIC if head.startswith(magic)), "")
    if not found and head[:4] == b"RIFF":
        found = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], "")
    if not found and head[4:8] == b"ftyp":
        found = "video/mp4"
    if not found:
        found = "text/plain" if _is_text(head) else UNKNOWN
    ending = name.rpartition(".")[2].lower()
    return BY_NAME.get(found, {}).get(ending, found)


def check_size(size: int, limit: int | None = None) -> None:
    """Refuse what is larger than the limit (default: `UPLOAD_MAX_BYTES`). Raises TooLarge."""
    limit = limit or settings.UPLOAD_MAX_BYTES
    if size > limit:
        raise TooLarge(_("The file is larger than %(size)s MB.") % {"size": limit // 1024**2})


def store(*, data: bytes, name: str, user_id: int | None = None, limit: int | None = None) -> File:
    """Store bytes as a file in the current transaction. Raises TooLarge, Invalid for an empty one."""
    check_size(len(data), limit)
    if not data:
        raise Invalid(_("The file is empty."))
    content_type = sniff(data, name)
    return File.objects.create(
        blob=blobs.put(data),
        name=safe_name(name, content_type),
        content_type=content_type,
        size=len(data),
        uploaded_by_id=user_id,
    )


def store_upload(upload: Upload, *, user_id: int | None = None, limit: int | None = None) -> File:
    """Store an uploaded file; its size is checked before it is read."""
    check_size(upload.size or 0, limit)
    return store(data=upload.read(), name=upload.name or "", user_id=user_id, limit=limit)


def drop(file_ids: Iterable[str]) -> int:
    """Delete files for ever with the bytes that nothing else needs; nothing may refer to them any more."""
    files = File.objects.filter(pk__in=set(file_ids))
    addresses = list(files.values_list("blob_id", flat=True))
    count = files.delete()[0]
    blobs.drop_unused(addresses)
    return count


def download(file: File) -> HttpResponse:
    """Answer with the file as a download, whatever it claims to be."""
    kind = file.content_type if file.content_type in set(EXTENSIONS) - {"text/plain"} else UNKNOWN
    response = HttpResponse(blobs.get(file.blob_id), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
