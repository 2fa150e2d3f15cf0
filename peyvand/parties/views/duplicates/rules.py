"""The page on which the business sets what is merged by itself."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from peyvand.core.totals import estimated
from peyvand.parties.selectors.duplicates import LEAST_AUTOMATIC, DuplicateRules, automatic_pairs, duplicate_rules
from peyvand.parties.services import duplicates as services
from peyvand.parties.views.shape.frame import PERMISSION
from peyvand.web.access import page, signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.fields import NumberField
from peyvand.web.http import redirect
from peyvand.web.refusals import succeeded
from peyvand.web.toasts import toast

SECTION = "duplicates"


class RulesForm(forms.Form):
    """Whether, and from how many points on."""

    automatic = forms.BooleanField(label=gettext_lazy("Merge sure duplicates by itself"), required=False)
    threshold = NumberField(
        label=gettext_lazy("From this score on"),
        min_value=LEAST_AUTOMATIC,
        max_value=100,
        help_text=gettext_lazy("From 80 to 100."),
    )
    tells_unseen = forms.BooleanField(
        label=gettext_lazy("Tell that a number belongs to a customer whom one may not see"), required=False
    )


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def rules(request: HttpRequest) -> HttpResponse:
    """Show and change the rules; the count says what would be merged at this moment."""
    user, now = signed_in(request), duplicate_rules()
    form = RulesForm(request.POST if request.method == "POST" else None, initial=vars(now))
    if form.is_valid() and "count" not in request.POST:
        wanted = DuplicateRules(**form.cleaned_data)
        if succeeded(form, lambda: services.change_duplicate_rules(actor=user, rules=wanted)):
            toast(request, _("Saved."))
            return redirect(request, reverse("parties:duplicate_rules"))
    threshold = form.cleaned_data.get("threshold", now.threshold) if form.is_bound else now.threshold
    context: dict[str, Any] = {"form": form, "now": now, "threshold": threshold, "section": SECTION}
    context |= {"total": estimated(automatic_pairs(threshold)), "sections": sections_for(user)}
    return render(request, "parties/duplicates/rules.html", context, status=422 if form.errors else 200)
