"""Administration of capture: forms for leads with what came through them, and the rules of assignment."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.sales import services
from peyvand.sales.capture_forms import QUESTION_KINDS, FallbackForm, LeadFormForm, RuleForm
from peyvand.sales.models import AssignmentRule, LeadForm, LeadSubmission
from peyvand.sales.permissions import CONFIGURE
from peyvand.sales.selectors.assigning import fallback_owner, rules_shown
from peyvand.sales.selectors.capturing import forms_shown, submissions_of
from peyvand.sales.selectors.sellers import sellers
from peyvand.sales.views.shared import number_in
from peyvand.web.access import page, signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.http import redirect
from peyvand.web.paging import page_of
from peyvand.web.refusals import attempt, tell
from peyvand.web.toasts import toast


def _frame(
    request: HttpRequest, template: str, section: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    place = {"sections": sections_for(signed_in(request)), "section": section}
    return render(request, f"sales/settings/{template}.html", place | context, status=status)


@require_GET
@page(CONFIGURE)
def lead_forms(request: HttpRequest) -> HttpResponse:
    """The forms, with how much came through each."""
    return _frame(request, "lead_forms", "lead-forms", {"rows": forms_shown()})


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def new_lead_form(request: HttpRequest) -> HttpResponse:
    """Make a form."""
    return _edit_form(request, None)


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def lead_form(request: HttpRequest, form_id: int) -> HttpResponse:
    """A form: what it asks, its address, what came through it."""
    return _edit_form(request, get_object_or_404(LeadForm, pk=form_id, deleted_at=None))


def _edit_form(request: HttpRequest, found: LeadForm | None) -> HttpResponse:
    actor, form = signed_in(request), LeadFormForm(request.POST if request.method == "POST" else None, form=found)
    if form.is_valid():
        pk, version = found.pk if found else None, form.cleaned_data["version"]
        saved = attempt(
            form,
            lambda: services.save_lead_form(actor=actor, details=form.details(), form_id=pk, version=version),
        )
        if saved is not None:
            toast(request, _("Saved"))
            return redirect(request, reverse("sales:lead_form", args=[saved.pk]))
    context: dict[str, Any] = {"form": form, "lead_form": found, "kinds": QUESTION_KINDS}
    if found is not None:
        address = request.build_absolute_uri(reverse("lead-forms:form", args=[found.token]))
        rows = page_of(request, submissions_of(found), order=("-received_at", "-pk"))
        context |= {"address": address, "submissions": rows}
    return _frame(request, "lead_form", "lead-forms", context, 422 if form.errors else 200)


@require_POST
@page(CONFIGURE)
def delete_lead_form(request: HttpRequest, form_id: int) -> HttpResponse:
    """Close a form for good."""
    actor = signed_in(request)
    tell(request, _("It was deleted."), lambda: services.delete_lead_form(actor=actor, form_id=form_id))
    return redirect(request, reverse("sales:lead_forms"))


@require_POST
@page(CONFIGURE)
def retry(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Try once more to make a lead of what came."""
    actor, found = signed_in(request), get_object_or_404(LeadSubmission, pk=submission_id)
    tell(request, _("It is a lead now."), lambda: services.retry_submission(actor=actor, submission_id=submission_id))
    return redirect(request, reverse("sales:lead_form", args=[found.form_id]))


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def assignment(request: HttpRequest) -> HttpResponse:
    """The rules in their order, and who gets what none of them takes."""
    actor = signed_in(request)
    data = request.POST if request.method == "POST" else None
    form = FallbackForm(data, people=sellers(actor), chosen=fallback_owner())
    if form.is_valid():
        user_id = number_in(form.cleaned_data["user"])
        tell(request, _("Saved"), lambda: services.set_fallback_owner(actor=actor, user_id=user_id))
        return redirect(request, reverse("sales:assignment"))
    context = {"rows": rules_shown(), "form": form}
    return _frame(request, "assignment", "lead-assignment", context, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def new_rule(request: HttpRequest) -> HttpResponse:
    """Write a rule."""
    return _edit_rule(request, None)


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Change a rule."""
    return _edit_rule(request, get_object_or_404(AssignmentRule, pk=rule_id, deleted_at=None))


def _edit_rule(request: HttpRequest, found: AssignmentRule | None) -> HttpResponse:
    actor = signed_in(request)
    form = RuleForm(request.POST if request.method == "POST" else None, rule=found, people=sellers(actor))
    if form.is_valid():
        pk, version = found.pk if found else None, form.cleaned_data["version"]
        saved = attempt(
            form,
            lambda: services.save_assignment_rule(actor=actor, details=form.details(), rule_id=pk, version=version),
        )
        if saved is not None:
            toast(request, _("Saved"))
            return redirect(request, reverse("sales:assignment"))
    return _frame(request, "rule", "lead-assignment", {"form": form, "rule": found}, 422 if form.errors else 200)


@require_POST
@page(CONFIGURE)
def move_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Ask a rule earlier or later."""
    actor, is_up = signed_in(request), request.POST.get("to") == "up"
    tell(request, _("Saved"), lambda: services.move_assignment_rule(actor=actor, rule_id=rule_id, is_up=is_up))
    return redirect(request, reverse("sales:assignment"))


@require_POST
@page(CONFIGURE)
def delete_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Delete a rule."""
    actor = signed_in(request)
    tell(request, _("It was deleted."), lambda: services.delete_assignment_rule(actor=actor, rule_id=rule_id))
    return redirect(request, reverse("sales:assignment"))
