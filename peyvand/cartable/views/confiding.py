"""Confidential requests: the dialog of the mark, of who is named, and of who looked."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from peyvand.accounts.models import User
from peyvand.accounts.selectors import referral_targets
from peyvand.cartable import services
from peyvand.cartable.forms import ConfideForm
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.insiders import confidants_of, views_of
from peyvand.cartable.types import Undoable
from peyvand.cartable.views.answering import (
    acted,
    actor_of,
    attempt,
    dialog,
    find,
    me,
    seen_version,
    status_of,
)
from peyvand.core.errors import Invalid
from peyvand.core.text import isolated
from peyvand.web.access import page

MOST_FOUND = 8


def _people(request: HttpRequest, typed: str) -> list[dict[str, Any]]:
    """Colleagues who fit what was typed; nobody before anything is."""
    if not typed.strip():
        return []
    found = [each for each in referral_targets(me(request), typed, limit=MOST_FOUND * 2) if each.kind == "user"]
    return [{"id": each.id, "label": each.label, "detail": each.detail} for each in found[:MOST_FOUND]]


@page("cartable.confide")
@require_GET
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Colleagues who could be named on a confidential request."""
    find(request, code)
    typed = request.GET.get("who", "")
    return render(request, "cartable/_people.html", {"people": _people(request, typed), "who": typed})


@page("cartable.confide")
def confide(request: HttpRequest, code: str) -> HttpResponse:
    """Make a request confidential, or open it again, and name who may see it."""
    found = find(request, code)
    choosing = bool({"add", "drop"} & request.POST.keys())
    form = ConfideForm(None if choosing else request.POST or None, initial=_first(request, found))
    if request.method == "POST" and not choosing and form.is_valid() and _confided(request, found, form):
        secret = form.cleaned_data["confidential"]
        done = _("Only those named see request %(code)s now.") if secret else _("Request %(code)s is open again.")
        return acted(request, code, done % {"code": isolated(code)})
    typed = request.POST.get("who", "")
    context = {
        "title": _("Confidentiality of request %(code)s") % {"code": isolated(code)},
        "form": form,
        "named": _named(request, found),
        "people": _people(request, typed),
        "views": views_of(found),
        "who": typed,
    }
    return dialog(request, found, "cartable/_confide.html", context, status=status_of(form))


def _first(request: HttpRequest, found: Request) -> dict[str, Any]:
    """The mark as it was ticked while people are chosen, or as it stands."""
    return {"confidential": "confidential" in request.POST if request.method == "POST" else found.confidential}


def _named(request: HttpRequest, found: Request) -> list[User]:
    """Those named so far: as the dialog holds them, or as they are stored."""
    if request.method != "POST":
        return [each for each in confidants_of(found) if each.pk != me(request).pk]
    ids = set(ConfideForm(request.POST).people()) | set(ConfideForm.numbers(request.POST.getlist("add")))
    wanted = ids - set(ConfideForm.numbers(request.POST.getlist("drop")))
    return list(User.objects.filter(pk__in=wanted, is_active=True).order_by("sort_key"))


def _confided(request: HttpRequest, found: Request, form: ConfideForm) -> Undoable | None:
    """Set the mark, or put what the service does not accept under the form and return None."""
    act = partial(
        services.confide,
        actor=actor_of(request),
        request_id=found.pk,
        confidential=form.cleaned_data["confidential"],
        people=form.people(),
        expected_version=seen_version(request),
    )
    try:
        return attempt(form, found, act)
    except Invalid as problem:
        form.add_error(None, problem.message)
        return None
