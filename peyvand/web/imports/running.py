"""The fourth step: the run, its result, what became of each row, undo; and the list of one's imports."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.core import long_jobs
from peyvand.core.errors import NotFound
from peyvand.core.imports import selectors, services
from peyvand.core.imports.kinds import Importer, importer_of
from peyvand.core.imports.types import Action
from peyvand.core.models import Import
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, location, redirect
from peyvand.web.imports.desk import first_number
from peyvand.web.imports.previewing import ACTS
from peyvand.web.imports.reached import own, usable
from peyvand.web.imports.run import Listed, reading_of, run_of
from peyvand.web.imports.wizard import FILE, RUN, wizard_of
from peyvand.web.paging import links, page_of, with_query
from peyvand.web.toasts import toast

State = Import.State
STEERS = {"pause": long_jobs.pause, "resume": long_jobs.resume, "retry": long_jobs.retry, "cancel": long_jobs.cancel}


@require_GET
@page()
def index(request: HttpRequest) -> HttpResponse:
    """The reader's imports, the newest first."""
    mine = page_of(request, selectors.imports_of(signed_in(request)), order=["-created_at", "-id"])
    context = {
        "imports": [Listed(each) for each in mine.items],
        "links": links(request, mine),
        "importers": usable(signed_in(request)),
    }
    return fragment(request, "imports/list.html", context, "imports")


@require_GET
@page()
def show(request: HttpRequest, import_id: int) -> HttpResponse:
    """Where an import stands: being read, refused, to be mapped, running, done."""
    item, importer = own(request, import_id)
    if item.state == State.READY:
        return redirect(request, reverse("imports:columns", args=[import_id]))
    if item.job is None:
        context = {"wizard": wizard_of(importer, item, FILE), "read": reading_of(item), "row": item}
        return fragment(request, "imports/reading.html", context, "progress")
    context = {"wizard": wizard_of(importer, item, RUN), "run": run_of(item, importer), "row": item}
    return fragment(request, "imports/run.html", context, "progress")


@require_POST
@page()
def act(request: HttpRequest, import_id: int) -> HttpResponse:
    """Check all rows; pause, resume, retry or cancel the run; take the import back."""
    item, _importer = own(request, import_id)
    wanted = request.POST.get("act", "")
    if wanted == "check":
        services.start_check(actor=signed_in(request), import_id=import_id)
        return location(request, reverse("imports:columns", args=[import_id]))
    if wanted == "undo":
        _undo(request, item)
    else:
        _steer(item, wanted)
    return redirect(request, reverse("imports:show", args=[import_id]))


def _steer(item: Import, wanted: str) -> None:
    job = item.undo_job or item.job
    if job is None or wanted not in STEERS:
        raise NotFound
    STEERS[wanted](job=job)


def _undo(request: HttpRequest, item: Import) -> None:
    if item.job is not None and item.job.state not in long_jobs.ENDED:
        long_jobs.cancel(job=item.job)
    services.start_undo(actor=signed_in(request), import_id=item.pk)
    toast(request, _("It is being taken back."))


@require_POST
@page()
def forget(request: HttpRequest, import_id: int) -> HttpResponse:
    """Throw the file and its rows away; records that were made stay."""
    own(request, import_id)
    services.forget_import(actor=signed_in(request), import_id=import_id)
    toast(request, _("The file is thrown away."))
    return redirect(request, reverse("imports:list"))


@require_GET
@page()
def results(request: HttpRequest, import_id: int) -> HttpResponse:
    """What became of each row, or of those with one fate; what an undo left."""
    item, importer = own(request, import_id)
    only = request.GET.get("only", "")
    context = _left(item, request) if only == "left" else _fates(item, importer, request, only)
    context |= {
        "wizard": wizard_of(importer, item, RUN),
        "only": only,
        "choices": _choices(item),
        "may_take": bool(item.job and item.job.failed),
    }
    return fragment(request, "imports/results.html", context, "results")


def _fates(item: Import, importer: Importer, request: HttpRequest, only: str) -> dict[str, Any]:
    action = Action(only) if only in set(Action) else None
    found, after = selectors.results(item, action=action, start=_start(request))
    rows = [
        {
            "number": first_number(item) + each.row.number,
            "ref": each.outcome.ref,
            "label": each.outcome.label or next((cell for cell in each.row.cells if cell), ""),
            "url": importer.link(each.outcome.ref) if importer.link and each.outcome.ref else "",
            "act": ACTS[each.outcome.action][0],
            "tone": ACTS[each.outcome.action][1],
            "reason": each.outcome.reason,
        }
        for each in found
    ]
    return {"rows": rows, "next": _next(request, after)}


def _left(item: Import, request: HttpRequest) -> dict[str, Any]:
    found, after = selectors.left_by_undo(item, start=_start(request))
    rows = [
        {
            "number": first_number(item) + each.number,
            "ref": each.ref,
            "label": each.label,
            "url": importer.link(each.ref) if (importer := importer_of(item.host)).link and each.ref else "",
            "act": _("Partly taken back") if each.is_undone else _("Not taken back"),
            "tone": "warn",
            "reason": " ".join(each.left),
        }
        for each in found
    ]
    return {"rows": rows, "next": _next(request, after)}


def _choices(item: Import) -> Sequence[tuple[str, Any]]:
    named = [(each.value, ACTS[each][0]) for each in (Action.ADD, Action.UPDATE, Action.SKIP, Action.REFUSE)]
    left = [("left", _("Not taken back"))] if item.undo_job else []
    return [("", _("All")), *named, *left]


def _start(request: HttpRequest) -> int:
    text = request.GET.get("start", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _next(request: HttpRequest, after: int | None) -> str:
    return with_query(request, start=str(after)) if after is not None else ""
