"""Administration of outcomes: how activities end, and what follows by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from peyvand.activities import services
from peyvand.activities.forms import OutcomeForm
from peyvand.activities.models import Outcome
from peyvand.activities.permissions import CONFIGURE
from peyvand.web.access import page, signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.http import redirect
from peyvand.web.refusals import succeeded
from peyvand.web.toasts import toast


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def outcomes(request: HttpRequest) -> HttpResponse:
    """All outcomes, and a form for another one."""
    user = signed_in(request)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and succeeded(form, lambda: services.add_outcome(actor=user, shape=form.shape())):
        toast(request, _("Saved"))
        return redirect(request, reverse("activities:outcomes"))
    context = {
        "sections": sections_for(user),
        "section": "outcomes",
        "outcomes": Outcome.objects.order_by("position", "pk"),
        "form": form,
    }
    return render(request, "activities/outcomes.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one outcome and its rule."""
    found, user = get_object_or_404(Outcome, pk=pk), signed_in(request)
    data = request.POST if request.method == "POST" else None
    form = OutcomeForm(data, initial=OutcomeForm.values_of(found))
    if form.is_valid() and succeeded(
        form, lambda: services.change_outcome(actor=user, outcome_id=pk, shape=form.shape())
    ):
        toast(request, _("Saved"))
        return redirect(request, reverse("activities:outcomes"))
    context = {"sections": sections_for(user), "section": "outcomes", "form": form, "outcome": found}
    return render(request, "activities/outcome.html", context, status=422 if form.is_bound else 200)
