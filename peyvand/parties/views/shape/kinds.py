"""The page that changes the type of a custom field: what it would do, then doing it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from peyvand.core.errors import NotFound
from peyvand.core.models import CustomField
from peyvand.parties.services import field_kinds as services
from peyvand.parties.views.shape.fields import ICONS, SECTION, field_of
from peyvand.parties.views.shape.frame import PERMISSION, show
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def change_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what becomes of the values under another type; POST does it and leads to the page of the work."""
    actor, custom = signed_in(request), field_of(pk)
    if custom.removed_at is not None:
        raise NotFound
    kinds = services.kinds_for(custom)
    if "undo" in request.POST:
        return _undone(request, custom)
    if request.method == "POST":
        version = request.POST.get("version", "")
        job = services.change_kind(
            actor=actor,
            custom=custom,
            kind=request.POST.get("kind", ""),
            version=int(version) if version.isdigit() and len(version) < 9 else 0,
        )
        return redirect(request, reverse("jobs:job", args=[job.pk]))
    kind = request.GET.get("kind", "")
    seen = services.preview_kind(actor=actor, custom=custom, kind=kind) if kind in kinds else None
    context = {
        "custom": custom,
        "icon_name": ICONS[custom.kind],
        "kinds": [(each.value, each.label, ICONS[each]) for each in kinds],
        "kind": kind if seen else "",
        "seen": seen,
    }
    return show(request, "field_kind", SECTION, context)


def _undone(request: HttpRequest, custom: CustomField) -> HttpResponse:
    """Give the field its former type and its values back, and lead to the page of that work."""
    job = services.last_change(custom)
    if job is None:
        raise NotFound
    return redirect(request, reverse("jobs:job", args=[services.undo_kind(actor=signed_in(request), job=job).pk]))
