"""The second and the third step: which column goes where, and what is done with records that are here already."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from peyvand.core.imports import services
from peyvand.core.imports.types import Mode
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, fragments, redirect, wants_fragment
from peyvand.web.imports import mappings, previewing
from peyvand.web.imports.columns import grouped_fields, shown_columns
from peyvand.web.imports.desk import Desk, desk_of, version_of
from peyvand.web.imports.plans import settled, with_choices, with_columns
from peyvand.web.imports.wizard import COLUMNS, DUPLICATES, wizard_of

MODES = (
    (Mode.BOTH.value, _("Add and update"), _("Rows that are here change their record, the others become new ones.")),
    (Mode.ADD.value, _("Only add"), _("Rows that are here already are left out.")),
    (Mode.UPDATE.value, _("Only update"), _("Rows that are not here are left out.")),
)
DEFAULT_ROWS = 3


@require_http_methods(["GET", "POST"])
@page()
def columns(request: HttpRequest, import_id: int) -> HttpResponse:
    """Match the columns with the fields; every choice is kept and shown in the preview at once."""
    desk = desk_of(request, import_id)
    if desk is None:
        return redirect(request, reverse("imports:show", args=[import_id]))
    if request.method == "POST":
        mapping = request.POST.get("mapping", "")
        chosen = (
            mappings.applied(desk, mapping)
            if mapping
            else with_columns(desk.plan, request.POST, desk.columns, desk.fields)
        )
        if desk.keep(settled(chosen, desk.keys), version_of(request)) and request.POST.get("go") == "next":
            desk.check_all()
            return redirect(request, reverse("imports:duplicates", args=[import_id]))
    return _answer(request, desk, COLUMNS, mapping_context(desk), "preview", "map")


@require_http_methods(["GET", "POST"])
@page()
def duplicates(request: HttpRequest, import_id: int) -> HttpResponse:
    """Choose what is done with rows that are here already, look once more, and begin."""
    desk = desk_of(request, import_id)
    if desk is None:
        return redirect(request, reverse("imports:show", args=[import_id]))
    if request.method == "POST":
        fitting = ["", *(each.key for each in desk.keys)]
        is_kept = desk.keep(with_choices(desk.plan, request.POST, fitting), version_of(request))
        if is_kept and request.POST.get("go") == "start":
            services.start_import(actor=signed_in(request), import_id=import_id, version=desk.item.version)
            return redirect(request, reverse("imports:show", args=[import_id]))
        if is_kept:
            desk.check_all()
    return _answer(request, desk, DUPLICATES, duplicates_context(desk), "preview")


def mapping_context(desk: Desk) -> dict[str, Any]:
    """What the page of columns shows beside the preview."""
    defaults = list(desk.plan.defaults.items())
    return {
        "columns": shown_columns(desk.columns, desk.plan, desk.fields),
        "groups": grouped_fields(desk.fields.values()),
        "defaults": defaults,
        "default_rows": [*defaults, *[("", "")] * DEFAULT_ROWS],
        "mappings": mappings.listed(desk),
    }


def duplicates_context(desk: Desk) -> dict[str, Any]:
    """What the page of duplicates shows beside the preview."""
    mapped = {each.field for each in desk.plan.columns}
    keys = [(each.key, each.label) for each in desk.keys if mapped.issuperset(each.fields)]
    return {
        "modes": MODES,
        "mode": desk.plan.mode.value,
        "keys": [("", _("Nothing: every row is a new record")), *keys],
        "key": desk.plan.key,
        "loud": not desk.plan.quiet,
    }


def _answer(request: HttpRequest, desk: Desk, step: int, more: dict[str, Any], *parts: str) -> HttpResponse:
    context = {
        **more,
        "step": step,
        "wizard": wizard_of(desk.importer, desk.item, step, desk.plan),
        "version": desk.item.version,
        "faults": desk.faults,
        "here": reverse("imports:columns" if step == COLUMNS else "imports:duplicates", args=[desk.item.pk]),
        "preview": previewing.preview_of(desk, only=request.GET.get("only", "")),
    }
    if request.method == "POST" and wants_fragment(request):
        return fragments(request, "imports/plan.html", context | {"oob": True}, *parts, "wizard", "version")
    return fragment(request, "imports/plan.html", context, "preview", status=422 if desk.faults else 200)
