"""The file that long work makes: written in pieces by its slices, put together for its owner, gone after a while."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from peyvand.core import sheets
from peyvand.core.errors import NotAllowed, NotFound
from peyvand.core.fast_rows import insert
from peyvand.core.long_jobs import KINDS
from peyvand.core.models import LongJob, LongJobPart

KEPT = timedelta(hours=24)
State = LongJob.State


class FileGone(NotFound):
    """This file has expired, or was taken as often as it may be; make it anew."""

    code = "file_gone"


@dataclass(frozen=True)
class Taken:
    """A file on its way to its owner."""

    name: str
    content_type: str
    chunks: "Chunks"


class Chunks:
    """The bytes of a file that was taken. Closed before its last one, it was not taken: its owner may come again."""

    def __init__(self, job_id: int, chunks: Iterator[bytes]) -> None:
        self._job_id, self._chunks, self._is_open = job_id, chunks, True

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._chunks)
        except StopIteration:
            self._is_open = False
            raise

    def close(self) -> None:
        """Give the turn back when a line broke in the middle."""
        if self._is_open:
            self._is_open = False
            LongJob.objects.filter(pk=self._job_id, downloads__gt=0).update(downloads=F("downloads") - 1)


def expiry() -> datetime:
    """When a file that is finished now is deleted."""
    return timezone.now() + KEPT


def add_piece(job: LongJob, number: int, data: bytes) -> None:
    """Keep a piece of the file; part of the slice that made it."""
    insert(LongJobPart, {"job_id": job.pk, "number": number, "data": data})


@transaction.atomic
def take(*, job: LongJob, user: Any) -> Taken:
    """Give the file to the owner of the job, who may still have it, a few times. Errors: NotAllowed, FileGone.

    Of two at once who ask for the last time, one gets it. A file that breaks off in the middle was not taken.

    `result["file"]` is {"name", "format"}, `cursor["seal"]` what `sheets.piece` returned last.
    """
    if job.owner_id != user.pk:
        raise NotAllowed
    guard = KINDS[job.kind].guard if job.kind in KINDS else None
    if guard is None or "file" not in job.result:
        raise NotFound
    guard(job, user)
    most = KINDS[job.kind].most_downloads
    there = LongJob.objects.filter(pk=job.pk, state=State.DONE, expires_at__gt=timezone.now(), downloads__lt=most)
    if not there.update(downloads=F("downloads") + 1):
        raise FileGone
    kind = sheets.Format(job.result["file"]["format"])
    chunks = sheets.put_together(kind, _pieces(job.pk), sheets.Seal(**job.cursor["seal"]))
    return Taken(job.result["file"]["name"], sheets.CONTENT_TYPES[kind], Chunks(job.pk, chunks))


def _pieces(job_id: int) -> Iterator[bytes]:
    """Read one piece after the other."""
    number = 0
    while (data := _piece(job_id, number)) is not None:
        yield data
        number += 1


def _piece(job_id: int, number: int) -> bytes | None:
    found = LongJobPart.objects.filter(job_id=job_id, number=number).values_list("data", flat=True).first()
    return None if found is None else bytes(found)
