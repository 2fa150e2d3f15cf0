"""From one request to the next or the previous of its list, without going back to the list."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from peyvand.cartable.selectors.neighbours import neighbour
from peyvand.cartable.views.answering import find, me
from peyvand.cartable.views.folder import place_of
from peyvand.cartable.views.listing import kept_query, narrowed
from peyvand.cartable.views.showing import show_request
from peyvand.web.access import page
from peyvand.web.http import done, redirect, wants_fragment
from peyvand.web.toasts import toast


@page("cartable.view")
@require_GET
def step(request: HttpRequest, folder: str, code: str, way: str) -> HttpResponseBase:
    """Open the neighbour of a request in its folder as it is filtered and ordered; at the end say so."""
    place = place_of(me(request), folder)
    rows, order = narrowed(request, place)
    found = neighbour(rows, order, find(request, code), forward=way == "next")
    query = kept_query(request)
    if found is None:
        toast(
            request,
            _("This was the last request of the list.") if way == "next" else _("This is the first one."),
            level="info",
        )
        return done(request, url=reverse("cartable:folder", args=[folder]) + (f"?{query}" if query else ""))
    address = reverse("cartable:request", args=[folder, found]) + (f"?{query}" if query else "")
    if not wants_fragment(request):
        return redirect(request, address)
    answer = show_request(request, folder, found)
    answer["HX-Push-Url"] = address
    return answer
