"""Pages of the kit itself: today, the palette, preferences, the component sheet and error pages."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from peyvand.accounts.models import User
from peyvand.accounts.services.people import change_preferences
from peyvand.core.errors import NotFound
from peyvand.web import kit_sample, nav, palette, prefs, slots
from peyvand.web.access import page, public
from peyvand.web.errors_page import error_response
from peyvand.web.http import redirect, refresh


def signed_in(request: HttpRequest) -> User:
    """Return the user behind a request that `@page` let in."""
    user: User | AnonymousUser = request.user
    if isinstance(user, AnonymousUser):
        raise NotFound
    return user


@require_GET
@page()
def home(request: HttpRequest) -> HttpResponse:
    """Show «today»; while no app fills it, the first page that the person may open is home."""
    if slots.is_filled("home.main"):
        return render(request, "web/home.html")
    first = nav.entries(signed_in(request), section="main")
    return redirect(request, first[0].url) if first else render(request, "web/home.html")


@require_GET
@page()
def palette_view(request: HttpRequest) -> HttpResponse:
    """Answer the command palette."""
    query = request.GET.get("q", "")
    groups = palette.search(signed_in(request), query)
    return render(request, "web/_palette_results.html", {"groups": groups, "query": query})


@require_GET
@page()
def sidebar(request: HttpRequest) -> HttpResponse:
    """Answer the sidebar's entries with new counts."""
    request.path = request.GET.get("at", "/")
    return render(request, "web/_nav.html")


@require_POST
@public
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Change language, calendar, digits or theme: in the user's row, or in a cookie before login."""
    values = {name: request.POST[name] for name in prefs.CHOICES if name in request.POST}
    new = prefs.changed(prefs.of_request(request), values)
    response = refresh() if getattr(request, "htmx", None) else redirect(request, _back(request))
    if isinstance(request.user, User):
        change_preferences(actor=request.user, **{name: getattr(new, name) for name in prefs.CHOICES})
    else:
        prefs.remember(response, new)
    return response


@require_GET
@page()
def kit(request: HttpRequest) -> HttpResponse:
    """Show every component, for those who build pages."""
    if not (settings.DEBUG or request.user.is_superuser):
        raise NotFound
    return render(request, "web/kit.html", kit_sample.context())


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("web:home")


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return error_response(request, 400)


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return error_response(request, 403)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return error_response(request, 404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; the page asks nothing of the database, which may be what failed."""
    return error_response(request, 500)


@public
def csrf_failure(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """Answer a form that came without its token, as after a long sleep or a new login."""
    return error_response(request, 403)
