"""Pages of long work; everybody sees his own."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.core import files, long_job_files, long_jobs
from peyvand.core.errors import NotFound
from peyvand.core.models import LongJob
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, redirect
from peyvand.web.jobs.homes import home_of
from peyvand.web.jobs.shown import ShownJob
from peyvand.web.paging import links, page_of
from peyvand.web.toasts import toast

ACTS = {
    "pause": long_jobs.pause,
    "resume": long_jobs.resume,
    "retry": long_jobs.retry,
    "cancel": long_jobs.cancel,
}


@require_GET
@page()
def index(request: HttpRequest) -> HttpResponse:
    """The reader's long work, the newest first."""
    mine = page_of(request, LongJob.objects.filter(owner=signed_in(request)), order=["-created_at", "-id"])
    context = {"jobs": [ShownJob(job) for job in mine.items], "links": links(request, mine)}
    return fragment(request, "jobs/list.html", context, "jobs")


@require_GET
@page()
def show(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far one job is; the page may be left."""
    job = _mine(request, job_id)
    home = home_of(job)
    if home:
        return redirect(request, home)
    return fragment(request, "jobs/job.html", {"shown": ShownJob(job)}, "job")


@require_GET
@page()
def lines(request: HttpRequest, job_id: int) -> HttpResponse:
    """What a job did to each record; `refused` alone when asked."""
    job = _mine(request, job_id)
    shown = ShownJob(job)
    if not shown.kind or not shown.kind.lines:
        raise NotFound
    only_refused = request.GET.get("only") == "refused"
    items = job.items.exclude(error="") if only_refused else job.items.all()
    found = page_of(request, items, order=["id"])
    context = {
        "shown": shown,
        "lines": shown.kind.lines(found.items, signed_in(request)),
        "links": links(request, found),
        "only_refused": only_refused,
    }
    return fragment(request, "jobs/lines.html", context, "lines")


@require_POST
@page()
def act(request: HttpRequest, job_id: int) -> HttpResponse:
    """Pause, resume, retry, cancel, or take back."""
    job, wanted = _mine(request, job_id), request.POST.get("act", "")
    if wanted == "undo":
        return _to(request, long_jobs.cancel_and_undo(job=job, owner_id=job.owner_id))
    if wanted not in ACTS:
        raise NotFound
    ACTS[wanted](job=job)
    return _to(request, job)


@require_GET
@page()
def file(request: HttpRequest, job_id: int) -> HttpResponse | StreamingHttpResponse:
    """The file that a job made, while it lasts; the permission is checked anew."""
    job = _mine(request, job_id)
    taken = long_job_files.take(job=job, user=signed_in(request))
    response = StreamingHttpResponse(taken.chunks, content_type=taken.content_type)
    response["Content-Disposition"] = content_disposition_header(True, taken.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = files.SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response


def _mine(request: HttpRequest, job_id: int) -> LongJob:
    found = LongJob.objects.filter(owner=signed_in(request), pk=job_id).first()
    if found is None:
        raise NotFound
    return found


def _to(request: HttpRequest, job: LongJob) -> HttpResponse:
    if job.undo_of_id:
        toast(request, _("It is being taken back."))
    return redirect(request, reverse("jobs:job", args=[job.pk]))
