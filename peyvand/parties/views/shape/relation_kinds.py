"""Pages of kinds of relations: list, add, rename, hide, remove."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.core.errors import NotFound
from peyvand.parties.forms.relations import KindForm
from peyvand.parties.models import RelationType
from peyvand.parties.selectors.relations import kinds_with_use
from peyvand.parties.services import relation_kinds as services
from peyvand.parties.views.shape.frame import PERMISSION, show
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.refusals import succeeded, tell
from peyvand.web.toasts import toast

SECTION = "relation-kinds"


def _home() -> str:
    return reverse("parties:relation_kinds")


def _kind(pk: int) -> RelationType:
    found = RelationType.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    """All kinds with the number of their relations; a form adds one."""
    actor = signed_in(request)
    form = KindForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and succeeded(form, lambda: services.create_kind(actor=actor, details=form.details())):
        toast(request, _("The kind of relations was added."))
        return redirect(request, _home())
    context = {"rows": kinds_with_use(), "form": form}
    return show(request, "relation_kinds", SECTION, context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a kind and say whom it fits."""
    actor, kind = signed_in(request), _kind(pk)
    form = KindForm(request.POST if request.method == "POST" else None, kind=kind)
    if form.is_valid() and succeeded(
        form, lambda: services.change_kind(actor=actor, kind=kind, details=form.details())
    ):
        toast(request, _("Saved."))
        return redirect(request, _home())
    context = {"kind": kind, "form": form}
    return show(request, "relation_kind", SECTION, context, status=422 if form.is_bound else 200)


@require_POST
@page(PERMISSION)
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a kind, offer it again, or remove one that nobody uses."""
    actor, kind, what = signed_in(request), _kind(pk), request.POST.get("act", "")
    if what == "remove":
        tell(request, _("Removed."), lambda: services.remove_kind(actor=actor, kind=kind))
    elif what in ("hide", "offer"):
        services.set_kind_active(actor=actor, kind=kind, is_active=what == "offer")
        toast(request, _("Saved."))
    return redirect(request, _home())
