"""Pages of a change of many customers: what to change, what it would do, doing it, taking it back."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from peyvand.core.errors import Invalid, NotFound, PeyvandError
from peyvand.core.models import LongJob
from peyvand.core.record_fields import Kind
from peyvand.parties.services import bulk
from peyvand.parties.services.bulk import Change, How, Plan, Selection
from peyvand.parties.services.bulk.changes import MEMBERSHIP, bulk_fields
from peyvand.parties.services.bulk.membership import segments_for_many
from peyvand.parties.views.inputs import input_of, raw_of
from peyvand.web.access import page, signed_in
from peyvand.web.http import done, fragment, redirect
from peyvand.web.templatetags.pv import grouped
from peyvand.web.toasts import toast

SALT = "peyvand.bulk"
HOUR = 3600
MANY = 1000
SEGMENT = "segment"  # in the place of a field: the chosen customers go into a segment or out of it


@require_POST
@page("parties.bulk")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask which field the chosen customers shall get, and its value."""
    return _ask(request, selection_of(request))


@require_POST
@page("parties.bulk")
def preview(request: HttpRequest) -> HttpResponse:
    """Say what the change would do, record by record, before it is done."""
    selection = selection_of(request)
    try:
        shown, plan = bulk.preview(actor=signed_in(request), selection=selection, change=_change(request))
    except Invalid as error:
        if request.POST.get("how") == How.DELETE:
            raise
        return _ask(request, selection, error=error)
    context = {
        "preview": shown,
        "plan": sealed(plan_json(plan)),
        "selection": sealed(selection.to_json()),
        "change": plan.change,
        "is_delete": plan.change.how is How.DELETE,
        "is_many": shown.total > MANY,
    }
    return fragment(request, "parties/bulk/preview.html", context, "bulk")


@require_POST
@page("parties.bulk")
def run(request: HttpRequest) -> HttpResponse:
    """Do what the preview showed: few at once, many as long work."""
    user, data = signed_in(request), opened(request.POST.get("plan", ""))
    plan = Plan(selection=data["selection"], change=Change.from_json(data["change"]), seen=data["seen"])
    job = bulk.run(actor=user, plan=plan)
    if job.state != LongJob.State.DONE or job.failed:
        return redirect(request, reverse("jobs:job", args=[job.pk]))
    count = job.result.get("changed", 0)
    text = ngettext("%(n)s customer was changed.", "%(n)s customers were changed.", count) % {"n": grouped(count)}
    undo_url = reverse("parties:bulk_undo", args=[job.pk]) if count else None
    toast(request, text, undo_url=undo_url)
    return done(request, "pv:chosen:done", "pv:live:parties", url=reverse("parties:list"))


@require_POST
@page("parties.bulk")
def undo(request: HttpRequest, job_id: int) -> HttpResponse:
    """Take a change of many back."""
    user = signed_in(request)
    job = LongJob.objects.filter(pk=job_id, owner=user, kind="parties.bulk_edit").first()
    if job is None:
        raise NotFound
    undoing = bulk.undo(actor=user, job=job)
    if undoing.state != LongJob.State.DONE or undoing.failed:
        return redirect(request, reverse("jobs:job", args=[undoing.pk]))
    toast(request, _("Taken back."))
    return done(request, "pv:live:parties", url=reverse("parties:list"))


def selection_of(request: HttpRequest) -> Selection:
    """The chosen rows: as the list sends them, or sealed from an earlier step. Raises Invalid."""
    if "selection" in request.POST:
        return Selection.from_json(opened(request.POST["selection"]))
    query = request.POST.get("query", "") if request.POST.get("all") else ""
    return Selection.read(
        ids=request.POST.getlist("ids"),
        query=query,
        but=request.POST.getlist("but"),
        is_all=bool(request.POST.get("all")),
    )


def plan_json(plan: Plan) -> dict[str, Any]:
    """A plan as it travels through the page."""
    return {"selection": dict(plan.selection), "change": plan.change.to_json(), "seen": dict(plan.seen)}


def sealed(data: Any) -> str:
    """Data of ours that comes back from a page as it went."""
    return signing.dumps(data, salt=SALT, compress=True)


def opened(text: str) -> Any:
    """What `sealed` made. Raises Invalid when it is too old or not ours."""
    try:
        return signing.loads(text, salt=SALT, max_age=HOUR)
    except signing.BadSignature as error:
        raise Invalid(_("This page is too old; choose the customers again.")) from error


def _change(request: HttpRequest) -> Change:
    how = request.POST.get("how", How.SET)
    if how == How.DELETE:
        return Change(how=How.DELETE)
    if how in MEMBERSHIP:
        return Change(how=How(how), key=SEGMENT, raw=request.POST.get("raw", ""))
    field = bulk_fields(signed_in(request)).get(request.POST.get("key", ""))
    if field is None or how not in set(How):
        raise Invalid(fields={"key": _("Choose a field.")})
    return Change(how=How(how), key=field.key, raw=raw_of(field, request.POST))


def _ask(request: HttpRequest, selection: Selection, *, error: PeyvandError | None = None) -> HttpResponse:
    user = signed_in(request)
    if request.POST.get("key") == SEGMENT:
        return _ask_segment(request, selection, error=error)
    fields = bulk_fields(user)
    chosen = fields.get(request.POST.get("key", ""))
    told = " ".join(error.fields.values()) or error.message if error else ""
    raw = raw_of(chosen, request.POST) if chosen and error else None
    context = {
        "fields": fields.values(),
        "chosen": chosen,
        "input": input_of(chosen, raw, user, error=told) if chosen else None,
        "error": told,
        "how": request.POST.get("how", How.ADD if chosen and chosen.kind is Kind.CHOICES else How.SET),
        "is_many": bool(chosen and chosen.kind is Kind.CHOICES),
        "selection": sealed(selection.to_json()),
        "count": bulk.size_of(bulk.rows_of(actor=user, selection=selection)).shown,
    }
    return fragment(request, "parties/bulk/ask.html", context, "bulk", status=422 if error else 200)


def _ask_segment(request: HttpRequest, selection: Selection, *, error: PeyvandError | None) -> HttpResponse:
    user = signed_in(request)
    context = {
        "segments": segments_for_many(user),
        "segment": request.POST.get("raw", ""),
        "how": request.POST.get("how", How.JOIN),
        "error": " ".join(error.fields.values()) or error.message if error else "",
        "selection": sealed(selection.to_json()),
        "count": bulk.size_of(bulk.rows_of(actor=user, selection=selection)).shown,
    }
    return fragment(request, "parties/bulk/segment.html", context, "bulk", status=422 if error else 200)
