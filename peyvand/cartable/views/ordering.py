"""Administration of referrals: what they can ask for, and when one comes back by itself."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.cartable.models import ReferralAction, ReturnRule
from peyvand.cartable.ordering_forms import ActionForm, RuleForm
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.services import ordering as services
from peyvand.web.access import page, signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.http import redirect
from peyvand.web.refusals import succeeded
from peyvand.web.toasts import toast

SECTION = "referrals"


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def referrals(request: HttpRequest) -> HttpResponse:
    """What referrals can ask for, and when they come back; a form adds to each."""
    user = signed_in(request)
    which = request.POST.get("form", "")
    action, rule = (
        ActionForm(request.POST if which == "action" else None),
        RuleForm(request.POST if which == "rule" else None),
    )
    if _stored(action, lambda: services.save_action(actor=user, action=None, **action.cleaned_data)) or _stored(
        rule, lambda: services.save_return_rule(actor=user, rule=rule.rule())
    ):
        toast(request, _("Saved"))
        return redirect(request, reverse("cartable:referrals"))
    context = {
        "sections": sections_for(user),
        "section": SECTION,
        "actions": ReferralAction.objects.order_by("position", "pk"),
        "rules": ReturnRule.objects.select_related("department", "kind").order_by(
            "department__name", "kind__position", "pk"
        ),
        "action_form": action,
        "rule_form": rule,
    }
    return render(request, "cartable/referrals.html", context, status=422 if which else 200)


def _stored(form: BaseForm, act: Callable[[], object]) -> bool:
    return form.is_bound and form.is_valid() and succeeded(form, act)


@require_POST
@page(CONFIGURE)
def referral_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename what a referral can ask for, or take it out of use."""
    found, form = get_object_or_404(ReferralAction, pk=pk), ActionForm(request.POST)
    if form.is_valid():
        services.save_action(actor=signed_in(request), action=found, **form.cleaned_data)
        toast(request, _("Saved"))
    return redirect(request, reverse("cartable:referrals"))


@require_POST
@page(CONFIGURE)
def delete_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a return rule away."""
    services.delete_return_rule(actor=signed_in(request), rule=get_object_or_404(ReturnRule, pk=pk))
    toast(request, _("Saved"))
    return redirect(request, reverse("cartable:referrals"))
