"""The public page of a form for leads. No login, no cookie, no script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from peyvand.channels import guard
from peyvand.core.errors import NotFound, PeyvandError
from peyvand.sales import services
from peyvand.sales.capture_forms import LeadPublicForm
from peyvand.sales.models import LeadForm
from peyvand.web.access import public
from peyvand.web.http import redirect


def _form_of(token: str) -> LeadForm:
    found = LeadForm.objects.filter(token=token, is_active=True, deleted_at=None).first()
    if found is None:
        raise NotFound
    return found


@csrf_exempt  # nothing here acts for a logged-in user; the stamp stands for the form
@require_http_methods(["GET", "POST"])
@public
def form(request: HttpRequest, token: str) -> HttpResponse:
    """The form, and what is sent through it."""
    found = _form_of(token)
    typed = LeadPublicForm(request.POST if request.method == "POST" else None, lead_form=found)
    status = 422 if typed.is_bound else 200
    if typed.is_valid():
        try:
            _take(request, found, typed)
        except PeyvandError as error:
            typed.add_error(None, error.message)
            status = error.status
        else:
            return redirect(request, reverse("lead-forms:sent", args=[token]))
    context = {"lead_form": found, "form": typed, "stamp": guard.stamp_for(request.POST, -found.pk)}
    return render(request, "sales/capture/form.html", context, status=status)


def _take(request: HttpRequest, found: LeadForm, typed: LeadPublicForm) -> None:
    """Store it, unless it looks automatic. Errors: those of the guard."""
    guard.check_trap(typed.cleaned_data["website"])
    stamp = guard.read_stamp(typed.cleaned_data["stamp"], -found.pk)  # a channel's form has its own number above zero
    guard.count(-found.pk, place=guard.place_of(request), addresses=typed.addresses)
    services.take_submission(form=found, answers=typed.answers(), nonce=stamp.nonce)


@require_GET
@public
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """It was received."""
    return render(request, "sales/capture/sent.html", {"lead_form": _form_of(token)})
