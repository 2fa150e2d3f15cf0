"""Acting on many requests: to whom or with which tag, what it would do, doing it, taking it back."""

from dataclasses import replace
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from peyvand.accounts.selectors import referral_targets
from peyvand.cartable import selectors
from peyvand.cartable.desk_forms import SnoozeForm
from peyvand.cartable.selectors.choices import tags
from peyvand.cartable.selectors.clock import organisation_calendar
from peyvand.cartable.selectors.places import folder_at
from peyvand.cartable.services import bulk
from peyvand.cartable.services.bulk import Change, How, Plan
from peyvand.cartable.views.answering import NEWS, me
from peyvand.cartable.views.narrowing import state_of
from peyvand.cartable.views.snoozing import offered
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.list_selection import Selection
from peyvand.core.models import LongJob
from peyvand.core.totals import size_of
from peyvand.web.access import page
from peyvand.web.http import done, fragment, redirect
from peyvand.web.templatetags.pv import grouped
from peyvand.web.toasts import toast

SALT = "peyvand.cartable.bulk"
HOUR = 3600
MANY = 1000
MOST_TARGETS = 12
LONGEST_QUERY = 2000


@page("cartable.view")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask what an act needs: to whom, with which words, which tag."""
    return _ask(request, _how(request), *_chosen(request))


@page("cartable.view")
@require_GET
def targets(request: HttpRequest) -> HttpResponse:
    """Those who fit what was typed, with their open work; for «assign» colleagues only."""
    context = {"targets": _targets(request, request.GET.get("who", ""), request.GET.get("how", ""))}
    return render(request, "cartable/_bulk_targets.html", context)


@page("cartable.view")
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Say what it would do, request by request, before it is done."""
    how, (selection, place) = _how(request), _chosen(request)
    try:
        change = Change.from_json({**request.POST.dict(), "how": how, "until": _until(request)})
        shown, plan = bulk.preview(actor=me(request), selection=selection, change=change, place=place)
    except Invalid as error:
        return _ask(request, how, selection, place, error=" ".join(error.fields.values()) or error.message)
    context = {
        "preview": shown,
        "plan": signing.dumps(plan.to_json(), salt=SALT, compress=True),
        "chosen": _sealed(selection, place),
        "how": how,
        "is_many": shown.total > MANY,
    }
    return fragment(request, "cartable/bulk_preview.html", context, "bulk")


@page("cartable.view")
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Do what the preview showed: few at once, many as long work."""
    plan = Plan.from_json(_opened(request.POST.get("plan", "")))
    job = bulk.run(actor=me(request), plan=plan)
    if job.state != LongJob.State.DONE or job.failed:
        return redirect(request, reverse("jobs:job", args=[job.pk]))
    count = job.result.get("changed", 0)
    text = ngettext("%(n)s request was changed.", "%(n)s requests were changed.", count) % {"n": grouped(count)}
    toast(request, text, undo_url=reverse("cartable:bulk_undo", args=[job.pk]) if count else None)
    return done(request, "pv:chosen:done", NEWS, url=reverse("cartable:folder", args=[plan.place or "mine"]))


@page("cartable.view")
@require_POST
def undo(request: HttpRequest, job_id: int) -> HttpResponse:
    """Take an act on many back."""
    job = LongJob.objects.filter(pk=job_id, owner=me(request), kind=bulk.EDIT).first()
    if job is None:
        raise NotFound
    undoing = bulk.undo(actor=me(request), job=job)
    if undoing.state != LongJob.State.DONE or undoing.failed:
        return redirect(request, reverse("jobs:job", args=[undoing.pk]))
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    toast(request, _("Taken back."))
    return done(request, NEWS, url=reverse("cartable:folder", args=[job.params.get("place") or "mine"]))


def _how(request: HttpRequest) -> How:
    wanted = request.POST.get("how", "")
    if wanted not in set(How):
        raise Invalid(_("This cannot be done to many at once."))
    return How(wanted)


def _until(request: HttpRequest) -> str:
    """Until when the chosen ones are put aside, as it was chosen; empty when nothing was."""
    form = SnoozeForm(request.POST)
    until = form.until(organisation_calendar()) if form.is_valid() else None
    return until.isoformat() if until is not None else ""


def _chosen(request: HttpRequest) -> tuple[Selection, str]:
    """The chosen rows and their folder: as the list sends them, or sealed from an earlier step. Raises Invalid."""
    if "chosen" in request.POST:
        data = _opened(request.POST["chosen"])
        return Selection.from_json(data["selection"]), data["place"]
    place = request.POST.get("place", "")
    if place:
        folder_at(me(request), place)
    if not request.POST.get("all"):
        return Selection.read(ids=request.POST.getlist("ids"), but=[]), place
    state = state_of(QueryDict(request.POST.get("query", "")[:LONGEST_QUERY]))
    whole = Selection.read(ids=[], but=request.POST.getlist("but"), is_all=True)
    return replace(whole, state=state.but(sort="")), place


def _sealed(selection: Selection, place: str) -> str:
    return signing.dumps({"selection": selection.to_json(), "place": place}, salt=SALT, compress=True)


def _opened(text: str) -> Any:
    try:
        return signing.loads(text, salt=SALT, max_age=HOUR)
    except signing.BadSignature as error:
        raise Invalid(_("This page is too old; choose the requests again.")) from error


def _targets(request: HttpRequest, typed: str, how: str) -> list[dict[str, Any]]:
    chosen = request.POST.get("to", "")
    found = referral_targets(me(request), typed, workload=selectors.workload, limit=MOST_TARGETS)
    return [
        {"kind": each.kind, "id": each.id, "label": each.label, "detail": each.detail, "hue": each.hue,
         "load": each.load, "chosen": f"{each.kind}:{each.id}" == chosen}
        for each in found
        if how != How.ASSIGN or each.kind == "user"
    ]  # fmt: skip


def _ask(request: HttpRequest, how: How, selection: Selection, place: str, *, error: str = "") -> HttpResponse:
    count = size_of(bulk.rows_of(actor=me(request), selection=selection, place=place)).shown
    is_tag = how in (How.TAG, How.UNTAG)
    context = {
        "how": how,
        "title": _titles(how, count),
        "chosen": _sealed(selection, place),
        "targets": _targets(request, request.POST.get("who", ""), how) if how in (How.REFER, How.ASSIGN) else None,
        "tags": tags().values() if is_tag else None,
        "tag": request.POST.get("tag", ""),
        "words": request.POST.get("words", ""),
        "who": request.POST.get("who", ""),
        "until": SnoozeForm(request.POST if error else None) if how is How.SNOOZE else None,
        "offered": offered() if how is How.SNOOZE else (),
        "back": reverse("cartable:folder", args=[place or "mine"]),
        "error": error,
    }
    return fragment(request, "cartable/bulk_ask.html", context, "bulk", status=422 if error else 200)


def _titles(how: How, count: int) -> str:
    texts = {
        How.REFER: ngettext("Refer %(n)s request", "Refer %(n)s requests", count),
        How.ASSIGN: ngettext("Assign %(n)s request", "Assign %(n)s requests", count),
        How.SNOOZE: ngettext("Snooze %(n)s request", "Snooze %(n)s requests", count),
        How.CLOSE: ngettext("Close %(n)s request", "Close %(n)s requests", count),
    }
    return texts.get(how, ngettext("Tag %(n)s request", "Tag %(n)s requests", count)) % {"n": grouped(count)}
