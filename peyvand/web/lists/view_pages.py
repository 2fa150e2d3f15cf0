"""Pages of saved views: keep the list as it is, rename, share, order, delete, make it the first one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.accounts.services import keep_list_settings
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.models import SavedView
from peyvand.core.saved_views import change_view, create_view, delete_view, order_views, restore_view, views_of
from peyvand.web.access import page
from peyvand.web.http import fragment, redirect
from peyvand.web.lists.addresses import list_url
from peyvand.web.lists.opened import Opened, open_list
from peyvand.web.lists.tabs import Tab
from peyvand.web.toasts import toast


@require_http_methods(["GET", "POST"])
@page()
def save(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the list as it is shown now: as a new view, or (`into`) in the present one."""
    opened = open_list(request, key)
    if request.method == "GET":
        return _form(request, opened, None)
    try:
        view = _kept(request, opened)
    except Invalid as error:
        return _form(request, opened, None, error)
    if request.POST.get("is_default"):
        keep_list_settings(actor=opened.user, key=key, default=str(view.pk))
    toast(request, _("The view is saved."))
    return redirect(request, _view_url(opened, view.pk))


def _kept(request: HttpRequest, opened: Opened) -> SavedView:
    current = opened.tabs.current
    state = opened.state
    if "into" in request.POST and current is not None and current.view is not None:
        return change_view(owner=opened.user, view_id=current.view.pk, version=_version(request), state=state)
    name, shared = request.POST.get("name", ""), request.POST.get("shared", "nobody")
    return create_view(owner=opened.user, list_key=opened.records.key, name=name, state=state, shared=shared)


@require_http_methods(["GET", "POST"])
@page()
def view(request: HttpRequest, key: str) -> HttpResponse:
    """Rename, share or move the present view."""
    opened = open_list(request, key)
    current = _own(opened)
    if current.view is None:
        raise NotFound
    if request.method == "GET":
        return _form(request, opened, current)
    try:
        change_view(
            owner=opened.user,
            view_id=current.view.pk,
            version=_version(request),
            name=request.POST.get("name", ""),
            shared=request.POST.get("shared", "nobody"),
        )
    except Invalid as error:
        return _form(request, opened, current, error)
    _move(opened.user, key, current.view.pk, request.POST.get("place", ""))
    wanted = current.key if request.POST.get("is_default") else None
    if wanted or current.is_default:
        keep_list_settings(actor=opened.user, key=key, default=wanted)
    toast(request, _("Saved."))
    return redirect(request, _view_url(opened, current.view.pk))


@require_POST
@page()
def default(request: HttpRequest, key: str) -> HttpResponse:
    """Open the list with the present view from now on."""
    opened = open_list(request, key)
    current = opened.tabs.current
    keep_list_settings(actor=opened.user, key=key, default=current.key if current else None)
    toast(request, _("The list opens with this view from now on."))
    return redirect(request, list_url(opened.records, opened.state))


@require_POST
@page()
def delete(request: HttpRequest, key: str, view_id: int) -> HttpResponse:
    """Take a view away; the toast brings it back."""
    opened = open_list(request, key)
    gone = delete_view(owner=opened.user, view_id=view_id, version=_version(request))
    undo = reverse("lists:restore", args=[key, gone.pk])
    toast(request, _("The view «%(name)s» is deleted.") % {"name": gone.name}, undo_url=undo)
    return redirect(request, opened.records.url)


@require_POST
@page()
def restore(request: HttpRequest, key: str, view_id: int) -> HttpResponse:
    """Bring a deleted view back."""
    opened = open_list(request, key)
    found = restore_view(owner=opened.user, view_id=view_id)
    toast(request, _("The view is back."))
    return redirect(request, _view_url(opened, found.pk))


def _own(opened: Opened) -> Tab:
    current = opened.tabs.current
    if current is None or not current.is_own:
        raise NotFound
    return current


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _move(user: User, key: str, view_id: int, place: str) -> None:
    """Put a view at a place (from 1) among one's own."""
    own = [pk for pk in views_of(user, key).filter(owner_id=user.pk).values_list("pk", flat=True)]
    if not (place.isascii() and place.isdigit() and 1 <= int(place[:4]) <= len(own)):
        return
    if own.index(view_id) != int(place[:4]) - 1:
        own.remove(view_id)
        own.insert(int(place[:4]) - 1, view_id)
        order_views(owner=user, list_key=key, view_ids=own)


def _view_url(opened: Opened, view_id: int) -> str:
    return f"{opened.records.url}?view={view_id}"


def _form(request: HttpRequest, opened: Opened, tab: Tab | None, error: Invalid | None = None) -> HttpResponse:
    own = [each for each in opened.tabs.tabs if each.is_own]
    current = opened.tabs.current
    context: dict[str, Any] = {
        **opened.context,
        "tab": tab,
        "current": current if current is not None and current.is_own else None,
        "name": request.POST.get("name", tab.name if tab else ""),
        "shared": request.POST.get("shared", tab.view.shared if tab and tab.view else "nobody"),
        "choices": _shareable(opened.user),
        "places": range(1, len(own) + 1),
        "place": own.index(tab) + 1 if tab in own and tab else 0,
        "error": error,
        "wrong": error.fields if error else {},
    }
    return fragment(request, "web/lists/view.html", context, "list-view", status=422 if error else 200)


def _shareable(user: User) -> list[tuple[str, str]]:
    """With whom a view can be shared: a place that one does not have is left out."""
    lacking = set()
    if user.department_id is None:
        lacking.add(SavedView.Shared.DEPARTMENT)
    if user.branch_id is None:
        lacking.add(SavedView.Shared.BRANCH)
    return [(str(key), str(label)) for key, label in SavedView.Shared.choices if key not in lacking]
