"""Rules of commission and margin, and the statements of partners as staff see them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.accounts.selectors import organisation_name
from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.sales import services
from peyvand.sales.channel_forms import RuleForm
from peyvand.sales.models import PartnerRule
from peyvand.sales.permissions import CONFIGURE, MANAGE_PARTNERS, PARTNERS
from peyvand.sales.selectors.channels import visible_partner
from peyvand.sales.selectors.commissions import (
    entries_of,
    month_of,
    month_shown,
    months_of,
    rules_shown,
    terms_of,
    trial,
)
from peyvand.sales.statement_sheet import asked_month, give, month_name, titles
from peyvand.sales.views.shared import say
from peyvand.web.access import page, signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt, tell
from peyvand.web.toasts import toast


def _frame(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    place = {"sections": sections_for(signed_in(request)), "section": "partner-rules"}
    return render(request, f"sales/settings/{name}.html", place | context, status=status)


@require_GET
@page(CONFIGURE)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of commission and margin."""
    return _frame(request, "partner_rules", {"rows": rules_shown()})


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def new_rule(request: HttpRequest) -> HttpResponse:
    """Write a rule."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Change a rule, and see what it would have given."""
    return _edit(request, get_object_or_404(PartnerRule, pk=rule_id, deleted_at=None))


def _edit(request: HttpRequest, found: PartnerRule | None) -> HttpResponse:
    actor, form = signed_in(request), RuleForm(request.POST if request.method == "POST" else None, rule=found)
    if form.is_valid():
        pk, version = found.pk if found else None, form.cleaned_data["version"]
        saved = attempt(
            form, lambda: services.save_partner_rule(actor=actor, details=form.details(), rule_id=pk, version=version)
        )
        if saved is not None:
            toast(request, _("Saved"))
            return redirect(request, reverse("sales:partner_rule", args=[saved.pk]))
    context: dict[str, Any] = {"form": form, "rule": found}
    if found is not None:
        context["trial"] = trial(terms_of(found), timezone.localdate())
    return _frame(request, "partner_rule", context, 422 if form.errors else 200)


@require_POST
@page(CONFIGURE)
def delete_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Apply a rule no longer."""
    actor = signed_in(request)
    tell(request, _("It was deleted."), lambda: services.delete_partner_rule(actor=actor, rule_id=rule_id))
    return redirect(request, reverse("sales:partner_rules"))


@require_GET
@page(PARTNERS)
def statements(request: HttpRequest, partner_id: int) -> HttpResponse:
    """The months of a partner."""
    user = signed_in(request)
    found = visible_partner(user, partner_id)
    rows = [(month, month_name(month.number)) for month in months_of(found)]
    context = {"partner": found, "rows": rows, "may_manage": may(user, MANAGE_PARTNERS, found)}
    return render(request, "sales/partners/statements.html", context)


@require_POST
@page(MANAGE_PARTNERS)
def count(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Count won deals that have no entry yet."""
    actor = signed_in(request)
    tell(request, _("The won deals were counted."), lambda: services.settle_partner(actor=actor, partner_id=partner_id))
    return redirect(request, reverse("sales:statements", args=[partner_id]))


@require_GET
@page(PARTNERS)
def statement(request: HttpRequest, partner_id: int, month: int) -> HttpResponse:
    """A month of a partner with its lines."""
    user, month = signed_in(request), asked_month(month)
    found = visible_partner(user, partner_id)
    context = {
        "partner": found,
        "month": month_shown(found, month),
        "name": month_name(month),
        "lines": titles(list(entries_of(found, month)), reader=user),
        "may_manage": may(user, MANAGE_PARTNERS, found),
        "is_to_come": month > month_of(timezone.localdate()),
        "organisation": organisation_name(),
        "today": timezone.localdate(),
    }
    return render(request, "sales/partners/statement.html", context)


@require_POST
@page(MANAGE_PARTNERS)
def act(request: HttpRequest, partner_id: int, month: int) -> HttpResponse:
    """Confirm a statement, write down that it was paid, or take a confirmation back."""
    try:
        _act(signed_in(request), partner_id, asked_month(month), request)
        toast(request, _("Saved"))
    except (Invalid, Conflict) as error:
        say(request, error)
    return redirect(request, reverse("sales:statement", args=[partner_id, month]))


def _act(actor: User, partner_id: int, month: int, request: HttpRequest) -> None:
    match request.POST.get("act"):
        case "confirm":
            services.confirm_statement(actor=actor, partner_id=partner_id, month=month)
        case "pay":
            reference = request.POST.get("reference", "")[:120]
            services.pay_statement(actor=actor, partner_id=partner_id, month=month, reference=reference)
        case "unconfirm":
            services.unconfirm_statement(actor=actor, partner_id=partner_id, month=month)
        case _:
            raise NotFound


@require_POST
@page(PARTNERS)
def file(request: HttpRequest, partner_id: int, month: int) -> StreamingHttpResponse:
    """A statement as a file."""
    user = signed_in(request)
    return give(request, visible_partner(user, partner_id), asked_month(month), reader=user)
