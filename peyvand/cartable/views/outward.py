"""Administration of receipts and surveys."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from peyvand.cartable.outward_forms import OutwardForm
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.selectors import outward as selectors
from peyvand.cartable.services.configuring import change_outward
from peyvand.web.access import page, signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.http import redirect
from peyvand.web.refusals import succeeded
from peyvand.web.toasts import toast

SECTION = "outward"


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def outward(request: HttpRequest) -> HttpResponse:
    """What is sent to customers by itself, and how content they were."""
    user, now = signed_in(request), selectors.outward()
    form = OutwardForm(request.POST if request.method == "POST" else None, initial=now.to_json())
    if form.is_valid() and succeeded(form, lambda: change_outward(actor=user, wanted=form.wanted())):
        toast(request, _("Saved"))
        return redirect(request, reverse("cartable:outward"))
    context = {
        "sections": sections_for(user),
        "section": SECTION,
        "form": form,
        "contentment": selectors.contentment(user, low=now.low),
    }
    return render(request, "cartable/outward.html", context, status=422 if form.is_bound else 200)
