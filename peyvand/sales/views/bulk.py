"""Acting on many deals: to which stage, to whom or with which tag, what it would do, doing it, taking it back."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.list_selection import Selection
from peyvand.core.models import LongJob
from peyvand.core.totals import size_of
from peyvand.sales.permissions import CHANGE
from peyvand.sales.selectors.pipelines import pipelines
from peyvand.sales.selectors.sellers import sellers
from peyvand.sales.selectors.tags import all_tags
from peyvand.sales.services import bulk
from peyvand.sales.services.bulk import Change, How, Plan
from peyvand.sales.views.shared import list_in
from peyvand.web.access import page, signed_in
from peyvand.web.http import done, fragment, redirect
from peyvand.web.templatetags.pv import grouped
from peyvand.web.toasts import toast

SALT = "peyvand.sales.bulk"
HOUR = 3600
MANY = 1000
LISTS = {"deals": "sales:list", "leads": "sales:leads"}


@require_POST
@page(CHANGE)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask what an act needs: which stage, which person, which tag."""
    return _ask(request, *_chosen(request))


@require_POST
@page(CHANGE)
def preview(request: HttpRequest) -> HttpResponse:
    """Say what it would do, deal by deal, before it is done."""
    selection, place = _chosen(request)
    try:
        change = Change.from_json(request.POST.dict())
        shown, plan = bulk.preview(actor=signed_in(request), selection=selection, change=change, place=place)
    except Invalid as error:
        return _ask(request, selection, place, error=" ".join(error.fields.values()) or error.message)
    context = {
        "preview": shown,
        "plan": signing.dumps(plan.to_json(), salt=SALT, compress=True),
        "chosen": _sealed(selection, place),
        "change": change,
        "back": reverse(LISTS[place]),
        "is_many": shown.total > MANY,
    }
    return fragment(request, "sales/bulk/preview.html", context, "bulk")


@require_POST
@page(CHANGE)
def run(request: HttpRequest) -> HttpResponse:
    """Do what the preview showed: few at once, many as long work."""
    plan = Plan.from_json(_opened(request.POST.get("plan", "")))
    job = bulk.run(actor=signed_in(request), plan=plan)
    if job.state != LongJob.State.DONE or job.failed:
        return redirect(request, reverse("jobs:job", args=[job.pk]))
    count = job.result.get("changed", 0)
    text = ngettext("%(n)s deal was changed.", "%(n)s deals were changed.", count) % {"n": grouped(count)}
    toast(request, text, undo_url=reverse("sales:bulk_undo", args=[job.pk]) if count else None)
    return done(request, "pv:chosen:done", url=reverse(LISTS[plan.place]))


@require_POST
@page(CHANGE)
def undo(request: HttpRequest, job_id: int) -> HttpResponse:
    """Take an act on many back."""
    user = signed_in(request)
    job = LongJob.objects.filter(pk=job_id, owner=user, kind=bulk.EDIT).first()
    if job is None:
        raise NotFound
    undoing = bulk.undo(actor=user, job=job)
    if undoing.state != LongJob.State.DONE or undoing.failed:
        return redirect(request, reverse("jobs:job", args=[undoing.pk]))
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    toast(request, _("Taken back."))
    return done(request, url=reverse(LISTS[job.params["place"]]))


def _chosen(request: HttpRequest) -> tuple[Selection, str]:
    """The chosen rows and their list: as the list sends them, or sealed from an earlier step. Raises Invalid."""
    if "chosen" in request.POST:
        data = _opened(request.POST["chosen"])
        return Selection.from_json(data["selection"]), data["place"]
    place, is_all = list_in(request), bool(request.POST.get("all"))
    selection = Selection.read(
        ids=request.POST.getlist("ids"),
        but=request.POST.getlist("but"),
        query=request.POST.get("query", "") if is_all else "",
        is_all=is_all,
    )
    return selection, place


def _sealed(selection: Selection, place: str) -> str:
    return signing.dumps({"selection": selection.to_json(), "place": place}, salt=SALT, compress=True)


def _opened(text: str) -> Any:
    try:
        return signing.loads(text, salt=SALT, max_age=HOUR)
    except signing.BadSignature as error:
        raise Invalid(_("This page is too old; choose the deals again.")) from error


def _ask(request: HttpRequest, selection: Selection, place: str, *, error: str = "") -> HttpResponse:
    user, how = signed_in(request), request.POST.get("how", "")
    if how not in set(How):
        raise Invalid(_("This cannot be done to many at once."))
    count = size_of(bulk.rows_of(actor=user, selection=selection, place=place)).shown
    context = {
        "how": how,
        "count": count,
        "chosen": _sealed(selection, place),
        "to": request.POST.get("to", ""),
        "back": reverse(LISTS[place]),
        "error": error,
    }
    context |= _offered(user, How(how))
    return fragment(request, "sales/bulk/ask.html", context, "bulk", status=422 if error else 200)


def _offered(user: User, how: How) -> dict[str, Any]:
    """What can be chosen for an act."""
    if how is How.MOVE:
        return {"pipelines": pipelines()}
    if how is How.ASSIGN:
        return {"people": sellers(user)}
    return {"tags": all_tags()}
