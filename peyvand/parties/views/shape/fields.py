"""Pages of custom fields: list, form, order, use, removal and return."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.core.custom_fields import defining, hosts
from peyvand.core.errors import NotFound
from peyvand.core.models import CustomField
from peyvand.parties.fields import HOST
from peyvand.parties.forms.shape import ChoiceForm, CustomFieldForm, choice_rows
from peyvand.parties.selectors import shape
from peyvand.parties.services import custom_fields as services
from peyvand.parties.services import field_kinds
from peyvand.parties.shapes import ChoiceDetails
from peyvand.parties.views.shape.frame import PERMISSION, moved, show
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt, tell
from peyvand.web.toasts import toast

SECTION = "custom_fields"
Rows: TypeAlias = "BaseFormSet[ChoiceForm]"
ICONS = {
    "text": "letter-case",
    "long_text": "align-left",
    "number": "number",
    "money": "coins",
    "date": "calendar",
    "yes_no": "toggle-left",
    "choice": "circle-dot",
    "choices": "list-check",
    "party": "link",
    "phone": "phone",
    "email": "mail",
    "url": "world",
    "national_id": "id",
}


def field_of(pk: int) -> CustomField:
    """The field with this id. Raises NotFound."""
    found = CustomField.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def home(host: str = HOST) -> str:
    """The address of the list of a kind of record."""
    return f"{reverse('parties:custom_fields')}?host={host}"


def _host_in(request: HttpRequest) -> hosts.FieldHost:
    return hosts.host_of(request.GET.get("host") or HOST)


@require_GET
@page(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    """The custom fields of a kind of record, for whom each is; below them those that were removed."""
    host = _host_in(request)
    limits, names = shape.categories_of_fields(), dict(shape.categories().values_list("pk", "name"))
    rows = [
        (each, ICONS[each.kind], [names[pk] for pk in limits.get(each.pk, ()) if pk in names])
        for each in shape.custom_fields(host.key)
    ]
    context = {"rows": rows, "removed": shape.removed_fields(host.key)[:20], "host": host, "hosts": hosts.all_hosts()}
    return show(request, "fields", SECTION, context)


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def create(request: HttpRequest) -> HttpResponse:
    """Choose the type of a new field, then describe it."""
    kind, host = request.GET.get("kind", ""), _host_in(request)
    if kind not in host.kinds:
        kinds = [(each.value, each.label, ICONS[each]) for each in host.kinds]
        return show(request, "field_kinds", SECTION, {"kinds": kinds, "host": host})
    custom = CustomField(host=host.key, kind=kind)
    form, rows = _forms(request, custom, ())
    if form.is_valid() and rows.is_valid():
        actor, details = signed_in(request), form.details(_written(rows))
        made = attempt(
            form, lambda: services.create_custom_field(actor=actor, kind=kind, details=details, host=host.key)
        )
        if made is not None:
            toast(request, _("The field was added."))
            return redirect(request, home(host.key))
    return _shown(request, form, rows, custom)


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a field, change its choices and whom it is for."""
    actor, custom = signed_in(request), field_of(pk)
    form, rows = _forms(request, custom, shape.categories_of_fields().get(pk, ()))
    if form.is_valid() and rows.is_valid():
        details, version = form.details(_written(rows)), form.cleaned_data["version"]
        saved = attempt(
            form,
            lambda: services.change_custom_field(actor=actor, custom=custom, details=details, version=version),
        )
        if saved is not None:
            toast(request, _("Saved."))
            return redirect(request, home(custom.host))
    return _shown(request, form, rows, custom)


def _forms(request: HttpRequest, custom: CustomField, chosen: Sequence[int]) -> tuple[CustomFieldForm, Rows]:
    data = request.POST if request.method == "POST" else None
    known = custom if custom.pk else None
    categories = list(shape.categories()) if custom.host == HOST else []
    form = CustomFieldForm(data, custom=known, categories=categories, chosen=chosen)
    with_rows = custom.kind in defining.WITH_CHOICES
    return form, choice_rows(data if with_rows else None, custom=known) if with_rows else _no_rows()


class _NoRows:
    """A field without choices."""

    def is_valid(self) -> bool:
        return True

    def __iter__(self) -> Any:
        return iter(())


def _no_rows() -> Any:
    return _NoRows()


def _written(rows: Rows) -> list[ChoiceDetails]:
    return [row.details() for row in rows]


def _shown(request: HttpRequest, form: CustomFieldForm, rows: Rows, custom: CustomField) -> HttpResponse:
    changed = field_kinds.last_change(custom) if custom.pk else None
    context = {
        "former": CustomField.Kind(changed.params["old"]).label if changed else "",
        "form": form,
        "rows": rows if custom.kind in defining.WITH_CHOICES else None,
        "custom": custom,
        "icon_name": ICONS[custom.kind],
        "may_convert": bool(custom.pk and field_kinds.kinds_for(custom)),
        "host": hosts.host_of(custom.host),
        "home": home(custom.host),
    }
    return show(request, "field", SECTION, context, status=422 if form.is_bound else 200)


@require_POST
@page(PERMISSION)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a field one place up or down."""
    host = field_of(pk).host
    order = moved(list(shape.custom_fields(host).values_list("pk", flat=True)), pk, up=request.POST.get("to") == "up")
    services.order_custom_fields(actor=signed_in(request), ids=order, host=host)
    return redirect(request, home(host))


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where a field is used, and remove it; it can be taken back."""
    actor, custom = signed_in(request), field_of(pk)
    if request.method == "POST":
        services.remove_custom_field(actor=actor, custom=custom)
        undo = reverse("parties:restore_field", args=[pk])
        toast(request, _("The field was removed; its values are kept for 30 days."), undo_url=undo)
        return redirect(request, home(custom.host))
    context = {"custom": custom, "usage": shape.field_usage(custom), "icon_name": ICONS[custom.kind]}
    context["host"] = hosts.host_of(custom.host)
    return show(request, "field_remove", SECTION, context)


@require_POST
@page(PERMISSION)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a removed field back with its values."""
    actor, custom = signed_in(request), field_of(pk)
    tell(request, _("The field is back."), lambda: services.restore_custom_field(actor=actor, custom=custom))
    return redirect(request, home(custom.host))
