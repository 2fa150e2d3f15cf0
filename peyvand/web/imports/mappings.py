"""Saved mappings, and reading the file in another way."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from peyvand.core.errors import NotFound
from peyvand.core.imports import mappings, services
from peyvand.core.imports.plans import ENCODINGS
from peyvand.core.imports.types import Plan
from peyvand.core.models import Import, ImportMapping
from peyvand.web.access import page, signed_in
from peyvand.web.http import done, fragment, redirect
from peyvand.web.imports.desk import Desk
from peyvand.web.imports.reached import own
from peyvand.web.refusals import attempt, tell
from peyvand.web.toasts import toast

NAMES = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "cp1256": "Windows-1256",
    "cp1252": "Windows-1252",
}  # fmt: skip
DELIMITERS = (
    (",", gettext_lazy("comma ,")), (";", gettext_lazy("semicolon ;")), ("\t", gettext_lazy("tab")),
    ("|", gettext_lazy("bar |")), ("؛", gettext_lazy("Persian semicolon ؛")), ("،", gettext_lazy("Persian comma ،")),
)  # fmt: skip


class MappingForm(forms.Form):
    """The name of a mapping."""

    name = forms.CharField(label=gettext_lazy("Name of the mapping"), max_length=mappings.LONGEST_NAME)


@dataclass(frozen=True)
class Saved:
    """A saved mapping in the menu."""

    pk: int
    name: str
    fits: bool


def listed(desk: Desk) -> list[Saved]:
    """The reader's mappings of this kind of record; those that fit the file first."""
    fitting = mappings.fitting_mapping(desk.user, desk.item)
    found = [Saved(each.pk, each.name, each == fitting) for each in _of(desk)]
    return sorted(found, key=lambda each: not each.fits)


def applied(desk: Desk, mapping_id: str) -> Plan:
    """The plan of the chosen mapping, for this file. Raises NotFound."""
    found = next((each for each in _of(desk) if str(each.pk) == mapping_id), None)
    if found is None:
        raise NotFound
    return mappings.plan_from(desk.user, desk.item, found)


def _of(desk: Desk) -> list[ImportMapping]:
    return list(mappings.mappings_of(desk.user, desk.item.host))


@require_http_methods(["GET", "POST"])
@page()
def mapping(request: HttpRequest, import_id: int) -> HttpResponse:
    """Keep the present mapping by name."""
    item, _importer = own(request, import_id)
    form = MappingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, name = signed_in(request), form.cleaned_data["name"]
        if attempt(form, lambda: mappings.save_mapping(actor=user, import_id=import_id, name=name)):
            toast(request, _("The mapping is saved."))
            return done(request, url=reverse("imports:columns", args=[import_id]))
    status = 422 if form.errors else 200
    return fragment(request, "imports/mapping.html", {"row": item, "form": form}, "mapping", status=status)


@require_http_methods(["GET", "POST"])
@page()
def reading(request: HttpRequest, import_id: int) -> HttpResponse:
    """Say how the file is to be read, and have it read again."""
    item, _importer = own(request, import_id)
    if request.method == "GET":
        context = {"row": item, "options": options_of(item)}
        return fragment(request, "imports/reading_options.html", context, "reading")
    user, shape = signed_in(request), _shape(request, item)
    told = _("The file is read again.")
    tell(request, told, lambda: services.read_again(actor=user, import_id=import_id, shape=shape))
    return redirect(request, reverse("imports:show", args=[import_id]))


def options_of(item: Import) -> dict[str, Any]:
    """What can be decided about the reading of this file, and how it is read now."""
    shape, is_text = item.shape, item.format in ("", Import.Format.CSV)
    head = shape.get("header_row")
    sheets, encoding = shape.get("sheets") or [], shape.get("encoding") or {}
    return {
        "encodings": [(name, NAMES[name]) for name in ENCODINGS] if is_text or item.format == "vcard" else [],
        "encoding": encoding.get("name", "utf-8"),
        "was_mislabelled": encoding.get("was_mislabelled", False),
        "delimiters": DELIMITERS if is_text else [],
        "delimiter": shape.get("delimiter", ","),
        "sheets": [(name, name) for name in sheets] if len(sheets) > 1 else [],
        "sheet": shape.get("sheet", ""),
        "header_row": 0 if head is None else int(head) + 1,
    }


def _shape(request: HttpRequest, item: Import) -> dict[str, Any]:
    """The choices of the form that differ from how the file is read now."""
    now = options_of(item)
    found: dict[str, Any] = {
        name: request.POST[name] for name in ("encoding", "delimiter", "sheet") if request.POST.get(name)
    }
    row = request.POST.get("header_row", "")
    if row.isascii() and row.isdigit() and len(row) < 4:
        found["header_row"] = int(row) - 1 if int(row) else None
    decided: dict[str, Any] = item.shape.get("decided", {})
    as_now = {**now, "header_row": now["header_row"] - 1 if now["header_row"] else None}
    return decided | {name: value for name, value in found.items() if value != as_now.get(name)}
