"""Verbs of an import up to its start: upload in pieces, reading again, plan and corrections, start, undo, forget.

Who may is asked through the importer's guard; an import belongs to its owner alone.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.core import files, long_jobs
from peyvand.core.errors import Conflict, Invalid, NotFound, TooMany
from peyvand.core.fast_rows import insert
from peyvand.core.imports import plans
from peyvand.core.imports.errors import BadPlan, FileTooLarge, OutOfStep, WrongImportState
from peyvand.core.imports.kinds import importer_of
from peyvand.core.imports.types import SKIP, Plan
from peyvand.core.models import Import, ImportChunk, LongJob

CHUNK = 1024 * 1024
LARGEST_PIECE = 16 * CHUNK
MOST_UPLOADS = 10  # unfinished ones of one owner
MOST_FIXES = 2_000
State = Import.State
_OPEN = (LongJob.State.WAITING, LongJob.State.RUNNING, LongJob.State.PAUSED)
READ, CHECK, RUN = "core.import_read", "core.import_check", "core.import"


class Actor(Protocol):
    """Who acts: a user."""

    pk: Any


@transaction.atomic
def begin_upload(*, actor: Actor, host: str, file_name: str, size: int | None = None) -> Import:
    """Make room for a file that comes in pieces. size: bytes, when known. Errors: NotAllowed, FileTooLarge, TooMany."""
    importer_of(host).guard(actor)
    _check_size(size or 0)
    if Import.objects.filter(owner_id=actor.pk, state=State.UPLOADING).count() >= MOST_UPLOADS:
        raise TooMany(_("Too many uploads are unfinished; let them end or delete them first."))
    return Import.objects.create(host=host, owner_id=actor.pk, file_name=files.safe_name(file_name))


def add_chunk(*, actor: Actor, import_id: int, data: bytes, at: int) -> int:
    """Store the next bytes of the file; return how many are stored now.

    at: where in the file they belong; a piece that is stored already is passed over, so a client may repeat it.
    Errors: NotAllowed, NotFound, FileTooLarge (and nothing of the file is kept), OutOfStep, WrongImportState.
    """
    try:
        return _add_chunk(actor, import_id, data, at)
    except FileTooLarge:
        forget_import(actor=actor, import_id=import_id)
        raise


@transaction.atomic
def _add_chunk(actor: Actor, import_id: int, data: bytes, at: int) -> int:
    item = _held(actor, import_id, State.UPLOADING)
    if at + len(data) <= item.size:
        return item.size
    if at != item.size or len(data) > LARGEST_PIECE:
        raise OutOfStep
    _check_size(item.size + len(data))
    _store(item, data)
    item.save(update_fields=["size", "changed_at"])
    return item.size


@transaction.atomic
def finish_upload(*, actor: Actor, import_id: int, token_id: int | None = None) -> Import:
    """The file is complete: have it read. Errors: NotAllowed, NotFound, Invalid for an empty one, WrongImportState.

    token_id: of the API's token it was asked with, whose limits hold for the work.
    """
    item = _held(actor, import_id, State.UPLOADING)
    if not item.size:
        raise Invalid(_("The file is empty."))
    return _read(item, token_id)


@transaction.atomic
def upload(
    *,
    actor: Actor,
    host: str,
    file_name: str,
    pieces: Iterable[bytes],
    size: int | None = None,
    token_id: int | None = None,
) -> Import:
    """Store a file that one request brings, piece by piece, and have it read. Errors as of the three steps."""
    item = begin_upload(actor=actor, host=host, file_name=file_name, size=size)
    for piece in pieces:
        _check_size(item.size + len(piece))
        _store(item, piece)
    item.save(update_fields=["size"])
    return finish_upload(actor=actor, import_id=item.pk, token_id=token_id)


@transaction.atomic
def read_again(*, actor: Actor, import_id: int, shape: Mapping[str, Any], token_id: int | None = None) -> Import:
    """Read the file as the person says. Plan and corrections are dropped, because rows and columns may be others.

    shape: any of "encoding", "delimiter", "header_row" (None: no heading), "sheet". Errors: NotAllowed, NotFound,
    Invalid, WrongImportState (also when the bytes are gone).
    """
    item = _held(actor, import_id, State.READY, State.REFUSED)
    if not item.chunks.exists():
        raise WrongImportState(_("The file itself is not kept any more; upload it again."))
    item.blocks.all().delete()
    item.shape = {"decided": plans.shape_from(shape)}
    item.plan, item.fixes, item.columns, item.counts, item.total, item.error = {}, {}, [], {}, 0, ""
    item.version += 1
    return _read(item, token_id)


@transaction.atomic
def save_plan(*, actor: Actor, import_id: int, plan: Plan, version: int | None = None) -> Import:
    """Keep which column goes where and what is done with the records. version: as seen, None for the present one.

    Errors: NotAllowed, NotFound, Conflict, BadPlan, ColumnsChanged, WrongImportState.
    """
    item = _held(actor, import_id, State.READY)
    _check_version(item, version)
    plans.check_plan(importer_of(item.host), actor, item, plan)
    item.plan, item.counts = plan.to_json(), {}
    return _saved(item, "plan", "counts")


@transaction.atomic
def fix_row(*, actor: Actor, import_id: int, number: int, cells: Mapping[int, str] | None) -> Import:
    """Correct cells of a row here, {column index: text}; None leaves the row out, {} takes it as the file has it.

    Errors: NotAllowed, NotFound, Invalid, WrongImportState.
    """
    item = _held(actor, import_id, State.READY)
    if not 0 <= number < item.total:
        raise NotFound
    fixes = dict(item.fixes)
    kept = fixes.pop(str(number), None)
    if cells is None:
        fixes[str(number)] = SKIP
    elif cells:
        before = kept if isinstance(kept, dict) else {}
        fixes[str(number)] = before | plans.cells_from(cells, len(item.columns))
    if len(fixes) > MOST_FIXES:
        raise Invalid(_("These are too many corrections for this page; correct the file and upload it again."))
    item.fixes, item.counts = fixes, {}
    return _saved(item, "fixes", "counts")


@transaction.atomic
def start_check(*, actor: Actor, import_id: int, token_id: int | None = None) -> LongJob:
    """Have every row checked without writing, so that the preview counts them all. Errors: as of `start_import`."""
    item = _planned(actor, import_id)
    if item.check_job and item.check_job.state in (LongJob.State.WAITING, LongJob.State.RUNNING):
        long_jobs.cancel(job=item.check_job)
    item.check_job = long_jobs.start(
        kind=CHECK, owner_id=actor.pk, title=item.file_name, total=item.total, params=_params(item, token_id)
    )
    item.counts = {}
    item.save(update_fields=["check_job", "counts", "changed_at"])
    return item.check_job


@transaction.atomic
def start_import(*, actor: Actor, import_id: int, version: int | None = None, token_id: int | None = None) -> LongJob:
    """Write the rows by long work. The file itself is not kept any longer, its rows are.

    Errors: NotAllowed, NotFound, Conflict, BadPlan, ColumnsChanged, WrongImportState, TooMany.
    """
    item = _planned(actor, import_id)
    _check_version(item, version)
    item.job = long_jobs.start(
        kind=RUN, owner_id=actor.pk, title=item.file_name, total=item.total, params=_params(item, token_id)
    )
    item.chunks.all().delete()
    item.state = State.RUNNING
    _saved(item, "job", "state")
    return item.job


@transaction.atomic
def start_undo(*, actor: Actor, import_id: int, token_id: int | None = None) -> LongJob:
    """Take the import back by long work: what it made, and cells that nobody touched since.

    Errors: NotAllowed, NotFound, WrongState when it cannot be, or already is, taken back.
    """
    item = _held(actor, import_id, State.RUNNING, State.DONE)
    if item.job is None:
        raise WrongImportState
    item.undo_job = long_jobs.undo(job=item.job, owner_id=actor.pk, token_id=token_id)
    _saved(item, "undo_job")
    return item.undo_job


@transaction.atomic
def forget_import(*, actor: Actor, import_id: int) -> None:
    """Delete the file, its rows and the way back; records stay. Errors: NotFound, WrongImportState while it runs."""
    item = _held(actor, import_id)
    for job in (item.read_job, item.check_job, item.job, item.undo_job):
        if job is None or job.state in long_jobs.ENDED or job.state == LongJob.State.UNDONE:
            continue
        if job.pk in (item.job_id, item.undo_job_id):
            raise WrongImportState
        long_jobs.cancel(job=job)
    if item.job is not None and item.job.undone_by.filter(state__in=_OPEN).exists():  # from the page of long work
        raise WrongImportState
    item.delete()


def _held(actor: Actor, import_id: int, *states: str) -> Import:
    """The import of this actor, locked, in one of the states. Errors: NotFound, NotAllowed, WrongImportState."""
    item = Import.objects.select_for_update(no_key=True, of=("self",)).filter(pk=import_id, owner_id=actor.pk).first()
    if item is None:
        raise NotFound
    importer_of(item.host).guard(actor)
    if states and item.state not in states:
        raise WrongImportState
    return item


def _planned(actor: Actor, import_id: int) -> Import:
    item = _held(actor, import_id, State.READY)
    if not item.plan:
        raise BadPlan(_("Say first which column goes where."))
    plans.check_plan(importer_of(item.host), actor, item, Plan.from_json(item.plan))
    return item


def _check_size(size: int) -> None:
    if size > settings.IMPORT_MAX_BYTES:
        limit = settings.IMPORT_MAX_BYTES // 1024**2
        raise FileTooLarge(
            _("The file is larger than %(size)s MB, the limit of an import; split it into parts.") % {"size": limit}
        )


def _check_version(item: Import, version: int | None) -> None:
    if version is not None and version != item.version:
        raise Conflict


def _store(item: Import, data: bytes) -> None:
    """Append bytes as rows of a megabyte at most."""
    number = item.chunks.count()
    for place in range(0, len(data), CHUNK):
        insert(ImportChunk, {"of_id": item.pk, "number": number, "data": data[place : place + CHUNK]})
        number += 1
    item.size += len(data)


def _read(item: Import, token_id: int | None) -> Import:
    item.state = State.READING
    item.read_job = long_jobs.start(
        kind=READ, owner_id=item.owner_id, title=item.file_name, params=_params(item, token_id)
    )
    item.save()
    return item


def _params(item: Import, token_id: int | None) -> dict[str, Any]:
    return {"import": item.pk, "token": token_id}


def _saved(item: Import, *fields: str) -> Import:
    item.version += 1
    item.save(update_fields=[*fields, "version", "changed_at"])
    return item


@transaction.atomic
def forget_expired() -> int:
    """Delete imports whose time is over, uploads that nobody finished, and the bytes of files that nobody started.

    Returns how many imports were deleted.
    """
    now = timezone.now()
    day_ago, month_ago = now - timedelta(days=1), now - timedelta(days=long_jobs.KEEP_DAYS)
    unfinished = Q(state=State.UPLOADING, changed_at__lt=day_ago)
    # also what was cancelled or failed on its way, but nothing that still runs
    undoing = Exists(LongJob.objects.filter(undo_of=OuterRef("job"), state__in=_OPEN))
    stands = ~Q(read_job__state__in=_OPEN) & ~Q(job__state__in=_OPEN) & ~undoing
    left = Q(expires_at=None, changed_at__lt=month_ago) & stands
    gone = Import.objects.filter(Q(expires_at__lt=now) & stands | unfinished | left)
    ids = list(gone.values_list("pk", flat=True))
    Import.objects.filter(pk__in=ids).delete()
    ImportChunk.objects.filter(of__state__in=(State.READY, State.REFUSED), of__changed_at__lt=day_ago).delete()
    return len(ids)
