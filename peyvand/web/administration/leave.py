"""Who stands in for a person in his leave, named by who manages him: somebody who fell ill names nobody."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.web import substitutes as kit
from peyvand.web.access import page
from peyvand.web.administration.frame import show
from peyvand.web.administration.people import MANAGE, person
from peyvand.web.http import redirect


@require_http_methods(["GET", "POST"])
@page(MANAGE)
def substitutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The substitutes of a person, and a form for the next leave."""
    found = person(request, pk)
    form = kit.posted(request, found)
    if form is None:
        return redirect(request, reverse("administration:substitutes", args=[pk]))
    context = kit.context_of(found, form) | {"at": "administration"}
    return show(request, "substitutes", "users", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page(MANAGE)
def substitute(request: HttpRequest, pk: int, substitution: int) -> HttpResponse:
    """Change the days, the work or the person of a substitution."""
    found = person(request, pk)
    known = kit.known_of(found, substitution)
    form = kit.posted(request, found, known)
    if form is None:
        return redirect(request, reverse("administration:substitutes", args=[pk]))
    context = kit.context_of(found, form) | {"known": known, "at": "administration"}
    return show(request, "substitutes", "users", context, status=422 if form.errors else 200)


@require_POST
@page(MANAGE)
def end_substitute(request: HttpRequest, pk: int, substitution: int) -> HttpResponse:
    """End a substitution of a person."""
    kit.ended(request, kit.known_of(person(request, pk), substitution))
    return redirect(request, reverse("administration:substitutes", args=[pk]))
