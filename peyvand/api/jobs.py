"""Long work in the API: how far it is, pause, resume, cancel, undo, what it did, and the file it made."""

from datetime import datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import Query

from peyvand.api.kit import SIGNED_IN, ApiRequest, Id, Out, Page, Paged, PageQuery, page, router, visible
from peyvand.core import files, long_job_files, long_jobs
from peyvand.core.models import LongJob, LongJobItem

jobs = router(tag="jobs", permission=SIGNED_IN)

State = Literal["waiting", "running", "paused", "done", "failed", "cancelled", "undone"]


class JobOut(Out):
    id: int
    kind: str
    title: str
    state: State
    total: int | None
    done: int
    failed: int
    percent: int | None
    pace: float
    seconds_left: int | None
    error: str
    figures: dict[str, int]
    may_undo: bool
    file: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    expires_at: datetime | None

    @staticmethod
    def resolve_percent(job: LongJob) -> int | None:
        return long_jobs.share(job)

    @staticmethod
    def resolve_seconds_left(job: LongJob) -> int | None:
        return long_jobs.seconds_left(job)

    @staticmethod
    def resolve_figures(job: LongJob) -> dict[str, int]:
        kind = long_jobs.KINDS.get(job.kind)
        return {each.key: int(job.result.get(each.key) or 0) for each in (kind.figures if kind else ())}

    @staticmethod
    def resolve_may_undo(job: LongJob) -> bool:
        return long_jobs.may_be_undone(job)

    @staticmethod
    def resolve_file(job: LongJob) -> str:
        return str(job.result.get("file", {}).get("name", ""))


class JobItemOut(Out):
    ref: int
    before: dict[str, Any]
    after: dict[str, Any]
    error: str
    undone_at: datetime | None


class ItemQuery(PageQuery):
    refused: bool = False


@jobs.get("", response=Paged[JobOut])
def index(request: ApiRequest, query: Query[PageQuery]) -> Page[LongJob]:
    """Your long work, the newest first."""
    return page(_mine(request), query, order=("-created_at", "-id"))


@jobs.get("/{int:id}", response=JobOut)
def show(request: ApiRequest, id: Id) -> LongJob:
    """How far one job is."""
    return visible(_mine(request), id)


@jobs.get("/{int:id}/items", response=Paged[JobItemOut])
def items(request: ApiRequest, id: Id, query: Query[ItemQuery]) -> Page[LongJobItem]:
    """What the job did to each record, values in their raw form; only those refused with `refused`."""
    found = visible(_mine(request), id).items.all()
    return page(found.exclude(error="") if query.refused else found, query, order=("id",))


@jobs.get("/{int:id}/file", response=None, file=True)
def file(request: ApiRequest, id: Id) -> StreamingHttpResponse:
    """The file that the job made; a few times, for a day, for who may still have it."""
    taken = long_job_files.take(job=visible(_mine(request), id), user=request.auth.user)
    response = StreamingHttpResponse(taken.chunks, content_type=taken.content_type)
    response["Content-Disposition"] = content_disposition_header(True, taken.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = files.SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response


@jobs.post("/{int:id}/pause", response=JobOut, status=200)
def pause(request: ApiRequest, id: Id) -> LongJob:
    """Stop after the present slice."""
    job = visible(_mine(request), id)
    long_jobs.pause(job=job)
    return visible(_mine(request), id)


@jobs.post("/{int:id}/resume", response=JobOut, status=200)
def resume(request: ApiRequest, id: Id) -> LongJob:
    """Go on after a pause."""
    long_jobs.resume(job=visible(_mine(request), id))
    return visible(_mine(request), id)


@jobs.post("/{int:id}/retry", response=JobOut, status=200)
def retry(request: ApiRequest, id: Id) -> LongJob:
    """Take up work that failed, where it stopped."""
    long_jobs.retry(job=visible(_mine(request), id))
    return visible(_mine(request), id)


@jobs.post("/{int:id}/cancel", response=JobOut, status=200)
def cancel(request: ApiRequest, id: Id) -> LongJob:
    """Stop for good; what is done stays."""
    long_jobs.cancel(job=visible(_mine(request), id))
    return visible(_mine(request), id)


@jobs.post("/{int:id}/undo", response=JobOut)
def undo(request: ApiRequest, id: Id) -> LongJob:
    """Take back what the job did, as a job of its own; one that still runs is cancelled first."""
    job = visible(_mine(request), id)
    token = request.auth.token
    return long_jobs.cancel_and_undo(job=job, owner_id=request.auth.user.pk, token_id=token.pk if token else None)


def _mine(request: ApiRequest) -> QuerySet[LongJob]:
    return LongJob.objects.filter(owner=request.auth.user)
