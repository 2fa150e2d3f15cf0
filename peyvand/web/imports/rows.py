"""Rows of the preview: more of them, one to correct, one to leave out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from peyvand.core.errors import NotFound
from peyvand.core.imports import selectors, services
from peyvand.core.imports.types import BLOCK
from peyvand.web.access import page
from peyvand.web.http import add_event, attach_toasts, redirect, wants_fragment
from peyvand.web.imports.desk import Desk, desk_of
from peyvand.web.imports.previewing import Painter, preview_of
from peyvand.web.imports.wizard import COLUMNS, wizard_of

CELL = "cell-"


@require_GET
@page()
def preview(request: HttpRequest, import_id: int) -> HttpResponse:
    """The preview alone, for the page that shows it beside the columns; anybody else goes to that page."""
    desk = desk_of(request, import_id)
    if desk is None or not wants_fragment(request):
        return redirect(request, reverse("imports:show" if desk is None else "imports:columns", args=[import_id]))
    start = request.GET.get("start", "")
    shown = preview_of(
        desk, only=request.GET.get("only", ""), start=int(start) if start.isascii() and start.isdigit() else 0
    )
    context = {"preview": shown, "wizard": wizard_of(desk.importer, desk.item, COLUMNS), "here": _back(request)}
    part = "counts" if "counts" in request.GET else "preview"
    return render(request, f"imports/plan.html#{part}", context)


@require_POST
@page()
def row(request: HttpRequest, import_id: int, number: int) -> HttpResponse:
    """Correct a row here, leave it out, take it in again; the file itself is not touched."""
    desk = desk_of(request, import_id)
    if desk is None:
        return redirect(request, reverse("imports:show", args=[import_id]))
    act = request.POST.get("act", "show")
    if act in ("fix", "skip", "keep"):
        cells = None if act == "skip" else _cells(request) if act == "fix" else {}
        desk.item = services.fix_row(actor=desk.user, import_id=import_id, number=number, cells=cells)
    if not wants_fragment(request):
        return redirect(request, _back(request) or reverse("imports:columns", args=[import_id]))
    response = _answer(request, desk, number, is_edited=act == "edit")
    return response if act in ("edit", "show") else add_event(response, "import:fixed")


def _answer(request: HttpRequest, desk: Desk, number: int, *, is_edited: bool) -> HttpResponse:
    block = desk.item.blocks.filter(number=number // BLOCK).first()
    desk.item.plan = desk.plan.to_json()
    found = (
        next((row for row in selectors.checked(desk.user, desk.item, block) if row.number == number), None)
        if block
        else None
    )
    if found is None:
        raise NotFound
    context = {
        "row": Painter(desk).row(found, is_edited=is_edited),
        "here": _back(request),
        "version": desk.item.version,
        "oob": True,
    }
    return attach_toasts(request, render(request, "imports/row.html", context))


def _cells(request: HttpRequest) -> dict[int, str]:
    found = {name.removeprefix(CELL): text for name, text in request.POST.items() if name.startswith(CELL)}
    return {int(index): str(text) for index, text in found.items() if index.isascii() and index.isdigit()}


def _back(request: HttpRequest) -> str:
    """The page that a row was corrected on."""
    url = request.POST.get("back", "") or request.GET.get("back", "")
    is_ours = url.startswith("/imports/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if is_ours else ""
