"""Pages around a list: the editor of a filter, its columns and look, the numbers on its tabs."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.services import keep_list_settings
from peyvand.core.errors import Invalid
from peyvand.core.list_state import MOST_COLUMNS, ListState, check
from peyvand.core.totals import keep_total, total_of
from peyvand.web.access import page
from peyvand.web.http import add_event, fragment, redirect
from peyvand.web.lists.addresses import list_url
from peyvand.web.lists.columns import chooser, moved
from peyvand.web.lists.editor import changed, editor, field_menu, place_of
from peyvand.web.lists.opened import Opened, open_list
from peyvand.web.lists.settings import DENSITIES, LOOKS
from peyvand.web.lists.showing import narrowed
from peyvand.web.lists.tabs import tabs_of, totals_key

MOST_COUNTED = 12


@require_GET
@page()
def filter_editor(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a field, or an operator and a value for it."""
    opened = open_list(request, key)
    return _editor(request, opened, request.GET)


@require_GET
@page()
def set_filter(request: HttpRequest, key: str) -> HttpResponse:
    """Put the edited filter into the list's address."""
    opened = open_list(request, key)
    if "again" in request.GET:
        return _editor(request, opened, request.GET)
    try:
        state = changed(opened, request.GET)
    except Invalid as error:
        return _editor(request, opened, request.GET, error.message)
    return redirect(request, list_url(opened.records, state))


def _editor(request: HttpRequest, opened: Opened, query: QueryDict, error: str = "") -> HttpResponse:
    form = None if "menu" in query else editor(opened, query, error)
    at = place_of(query)
    context: dict[str, Any] = {**opened.context, "editor": form, "at": at}
    if form is None:
        context["groups"] = field_menu(opened, at)
    return fragment(request, "web/lists/filter.html", context, "filter-editor", status=422 if error else 200)


@require_http_methods(["GET", "POST"])
@page()
def columns(request: HttpRequest, key: str) -> HttpResponse:
    """Choose the columns, their order and the density: each change holds at once, «Show» closes.

    In a view they go into the address, to be saved with it.
    """
    opened = open_list(request, key)
    if request.method == "GET":
        return _columns(request, opened, chooser(opened))
    keys = tuple(dict.fromkeys(request.POST.getlist("cols")))[:MOST_COLUMNS]
    if "reset" in request.POST:
        keep_list_settings(actor=opened.user, key=key, columns=None, density=None)
        return redirect(request, list_url(opened.records, opened.state.but(columns=())))
    if "move" in request.POST:
        rows = moved(opened, keys, request.POST["move"])
        address = _kept(request, opened, [row.key for row in rows if row.is_on])
        return _again(_columns(request, opened, rows), opened, address)
    address = _kept(request, opened, keys)
    return _again(HttpResponse(status=204), opened, address) if "apply" in request.POST else redirect(request, address)


def _kept(request: HttpRequest, opened: Opened, keys: Sequence[str]) -> str:
    """Keep the columns and the density that were chosen, and return where the list shows them."""
    usable = [each for each in keys if each in opened.checked.fields]
    density = request.POST.get("density", "")
    values: dict[str, Any] = {"density": density if density in DENSITIES else None}
    current, key = opened.tabs.current, opened.records.key
    if current is not None and current.view is not None:
        keep_list_settings(actor=opened.user, key=key, **values)
        return list_url(opened.records, opened.state.but(columns=tuple(usable)))
    keep_list_settings(actor=opened.user, key=key, columns=usable or None, **values)
    return list_url(opened.records, opened.state.but(columns=()))


def _again(response: HttpResponse, opened: Opened, address: str) -> HttpResponse:
    """Let the list behind the dialog show itself anew."""
    return add_event(response, "pv:list:again", {"url": address, "key": opened.records.key})


def _columns(request: HttpRequest, opened: Opened, rows: list[Any]) -> HttpResponse:
    context = {**opened.context, "rows": rows, "is_tight": request.POST.get("density") == "tight"}
    if request.method == "GET":
        lists = opened.user.preferences.get("lists", {})
        context["is_tight"] = lists.get(opened.records.key, {}).get("density") == "tight"
    return fragment(request, "web/lists/columns.html", context, "list-columns")


@require_POST
@page()
def look(request: HttpRequest, key: str) -> HttpResponse:
    """Show the list as a table or as cards."""
    opened = open_list(request, key)
    wanted = request.POST.get("look", "")
    if wanted not in LOOKS:
        raise Invalid(_("There is no such choice any more."))
    keep_list_settings(actor=opened.user, key=key, look=wanted)
    return redirect(request, list_url(opened.records, opened.state))


@require_GET
@page()
def tabs(request: HttpRequest, key: str) -> HttpResponse:
    """The tabs with their numbers, which a page of a list leaves to be fetched."""
    opened = open_list(request, key)
    if not getattr(request, "htmx", None):
        return redirect(request, list_url(opened.records, opened.state))
    for tab in opened.tabs.tabs[:MOST_COUNTED]:
        if tab.total is None:
            _count(opened, tab.state)
    shown = tabs_of(opened.user, opened.records, request.GET.get("view", ""))
    context = {**opened.context, "tabs": shown, "is_counted": True}
    return fragment(request, "web/lists/tabs.html", context, "list-tabs")


def _count(opened: Opened, state: ListState) -> None:
    """Find and keep the number of one tab; a view that cannot be shown as it is has none."""
    checked = check(state, opened.records.host, opened.asked)
    if checked.problems:
        return
    key = totals_key(opened.user, opened.records, state)
    rows = narrowed(opened.records, opened.user, checked, opened.asked)
    keep_total(key, total_of(rows, key))
