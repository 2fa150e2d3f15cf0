"""Administration of answers: how long they wait, and who approves them."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.cartable.approval_forms import ApprovalRuleForm, WaysForm
from peyvand.cartable.models import ApprovalRule
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.selectors.answer_ways import answer_ways
from peyvand.cartable.selectors.approvals import rules_with_approvers
from peyvand.cartable.services.approval_rules import delete_approval_rule, save_approval_rule
from peyvand.cartable.services.configuring import change_answer_ways
from peyvand.core.errors import Conflict
from peyvand.web.access import page, signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.http import redirect
from peyvand.web.refusals import succeeded
from peyvand.web.toasts import toast

SECTION = "answers"


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def answers(request: HttpRequest) -> HttpResponse:
    """How long answers wait before they go out, and which rules ask for approvals; a form for each."""
    user, which, chosen = signed_in(request), request.POST.get("form", ""), _chosen(request)
    ways = WaysForm(request.POST if which == "ways" else None, initial=answer_ways().to_json())
    rule = ApprovalRuleForm(request.POST if which == "rule" else None, rule=chosen)
    if stored(ways, lambda: change_answer_ways(actor=user, wanted=ways.wanted())) or stored(
        rule, lambda: _save(user, chosen, rule)
    ):
        toast(request, _("Saved"))
        return redirect(request, reverse("cartable:answers"))
    context = {
        "sections": sections_for(user),
        "section": SECTION,
        "ways_form": ways,
        "rule_form": rule,
        "chosen": chosen,
        "rules": rules_with_approvers(),
    }
    return render(request, "cartable/answers.html", context, status=422 if which else 200)


def _chosen(request: HttpRequest) -> ApprovalRule | None:
    """The rule that is being changed; None when one is added."""
    number = request.POST.get("rule") or request.GET.get("rule", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return get_object_or_404(ApprovalRule, pk=int(number))


def _save(user: User, chosen: ApprovalRule | None, form: ApprovalRuleForm) -> ApprovalRule:
    """Add the rule or change it; after a conflict the form has the new version, so that to save again is meant."""
    version = form.cleaned_data["version"] if chosen is not None else None
    try:
        return save_approval_rule(actor=user, rule=chosen, details=form.details(), expected_version=version)
    except Conflict:
        if chosen is not None and isinstance(form.data, QueryDict):
            chosen.refresh_from_db()
            data = form.data.copy()
            data["version"] = str(chosen.version)
            form.data = data
        raise


def stored(form: BaseForm, act: Callable[[], object]) -> bool:
    """Act on a form that was sent and is right; a refusal stands in it."""
    return form.is_bound and form.is_valid() and succeeded(form, act)


@require_POST
@page(CONFIGURE)
def delete_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rule of approvals away."""
    delete_approval_rule(actor=signed_in(request), rule=get_object_or_404(ApprovalRule, pk=pk))
    toast(request, _("Saved"))
    return redirect(request, reverse("cartable:answers"))
