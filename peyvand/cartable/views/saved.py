"""Saved views of the cartable: the folder and its filters under a name, for oneself or for one's place."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peyvand.accounts.models import User
from peyvand.cartable.request_fields import LIST
from peyvand.cartable.selectors.places import folder_at
from peyvand.cartable.views.answering import me
from peyvand.cartable.views.folder import address_of_view
from peyvand.cartable.views.narrowing import state_of
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.models import SavedView
from peyvand.core.saved_views import change_view, create_view, delete_view, restore_view, views_of
from peyvand.web.access import page
from peyvand.web.http import fragment, redirect
from peyvand.web.toasts import toast

LONGEST_QUERY = 2000


@page("cartable.view")
def save_view(request: HttpRequest, folder: str) -> HttpResponse:
    """Keep a folder as it is filtered and ordered now."""
    folder_at(me(request), folder)
    if request.method != "POST":
        return _form(request, query=request.GET.urlencode(), folder=folder)
    query = request.POST.get("query", "")[:LONGEST_QUERY]
    name, shared = request.POST.get("name", ""), request.POST.get("shared", "nobody")
    try:
        state = state_of(QueryDict(query), place=folder)
        view = create_view(owner=me(request), list_key=LIST, name=name, state=state, shared=shared)
    except Invalid as error:
        return _form(request, query=query, folder=folder, error=error)
    toast(request, _("The view is saved."))
    return redirect(request, address_of_view(view))


@page("cartable.view")
def change_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, share or delete a view of one's own."""
    view = views_of(me(request), LIST).filter(pk=pk, owner=me(request)).first()
    if view is None:
        raise NotFound
    if request.method != "POST":
        return _form(request, view=view)
    if request.POST.get("act") == "delete":
        delete_view(owner=me(request), view_id=pk)
        undo = reverse("cartable:restore_view", args=[pk])
        toast(request, _("The view «%(name)s» is deleted.") % {"name": view.name}, undo_url=undo)
        return redirect(request, reverse("cartable:home"))
    try:
        name, shared = request.POST.get("name", ""), request.POST.get("shared", "nobody")
        view = change_view(owner=me(request), view_id=pk, name=name, shared=shared)
    except Invalid as error:
        return _form(request, view=view, error=error)
    toast(request, _("Saved."))
    return redirect(request, address_of_view(view))


@page("cartable.view")
@require_POST
def restore_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a deleted view back."""
    gone = SavedView.objects.filter(pk=pk, owner=me(request), list=LIST).first()
    if gone is None:
        raise NotFound
    view = restore_view(owner=me(request), view_id=pk)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    toast(request, _("The view is back."))
    return redirect(request, address_of_view(view))


def _form(
    request: HttpRequest,
    *,
    view: SavedView | None = None,
    query: str = "",
    folder: str = "",
    error: Invalid | None = None,
) -> HttpResponse:
    address = reverse("cartable:change_view", args=[view.pk]) if view else reverse("cartable:save_view", args=[folder])
    context: dict[str, Any] = {
        "title": _("Saved view") if view else _("Save this view"),
        "content": "cartable/_view.html",
        "address": address,
        "back": address_of_view(view) if view else f"{reverse('cartable:folder', args=[folder])}?{query}",
        "may": {},
        "view": view,
        "query": query,
        "name": request.POST.get("name", view.name if view else ""),
        "shared": request.POST.get("shared", view.shared if view else "nobody"),
        "choices": _shareable(me(request)),
        "error": " ".join(error.fields.values()) or error.message if error else "",
    }
    return fragment(request, "cartable/dialog.html", context, "dialog", status=422 if error else 200)


def _shareable(user: User) -> list[tuple[str, str]]:
    """With whom a view can be shared: a place that one does not have is left out."""
    lacking = {SavedView.Shared.DEPARTMENT} if user.department_id is None else set()
    lacking |= {SavedView.Shared.BRANCH} if user.branch_id is None else set()
    return [(str(key), str(label)) for key, label in SavedView.Shared.choices if key not in lacking]
