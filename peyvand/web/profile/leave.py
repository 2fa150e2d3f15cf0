"""Who stands in for oneself in one's leave, and for whom one does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.web import substitutes as kit
from peyvand.web.access import page
from peyvand.web.profile.views import show
from peyvand.web.views import signed_in


@require_http_methods(["GET", "POST"])
@page()
def substitutes(request: HttpRequest) -> HttpResponse:
    """One's substitutes, and a form for the next leave."""
    person = signed_in(request)
    form = kit.posted(request, person)
    if form is None:
        return redirect("profile:substitutes")
    context = kit.context_of(person, form) | {"at": "profile"}
    return show(request, "substitutes", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page()
def substitute(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the days, the work or the person of one's own substitution."""
    person = signed_in(request)
    known = kit.known_of(person, pk)
    form = kit.posted(request, person, known)
    if form is None:
        return redirect("profile:substitutes")
    context = kit.context_of(person, form) | {"known": known, "at": "profile"}
    return show(request, "substitutes", context, status=422 if form.errors else 200)


@require_POST
@page()
def end_substitute(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own substitution: one is back."""
    kit.ended(request, kit.known_of(signed_in(request), pk))
    return redirect("profile:substitutes")
