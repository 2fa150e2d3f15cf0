"""Pages of categories: list, form, order, use, removal."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.core.errors import NotFound
from peyvand.core.models import LongJob
from peyvand.parties.forms.shape import FOR_WHOM, CategoryForm, RemoveCategoryForm
from peyvand.parties.models import Category
from peyvand.parties.selectors import shape
from peyvand.parties.services import categories as services
from peyvand.parties.views.shape.frame import PERMISSION, after_job, moved, show
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt, succeeded, tell
from peyvand.web.toasts import toast

SECTION = "categories"


def _category(pk: int) -> Category:
    found = Category.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _home() -> str:
    return reverse("parties:categories")


@require_GET
@page(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    """All categories, with what each asks for and how many customers it has."""
    counts, names = shape.customers_by_category(), services.askable()
    whom = dict(FOR_WHOM)
    rows = [
        (
            each,
            counts.get(each.pk, 0),
            [names[key] for key in each.required if key in names],
            whom.get(each.applies_to, ""),
        )
        for each in shape.categories()
    ]
    return show(request, "categories", SECTION, {"rows": rows, "without": counts.get(None, 0)})


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def create(request: HttpRequest) -> HttpResponse:
    """Add a category."""
    actor, form = signed_in(request), _form(request, None)
    if form.is_valid():
        made = attempt(form, lambda: services.create_category(actor=actor, details=form.details()))
        if made is not None:
            toast(request, _("The category was added."))
            return redirect(request, _home())
    return _shown(request, form, None)


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a category."""
    actor, category = signed_in(request), _category(pk)
    form = _form(request, category)
    if form.is_valid() and succeeded(form, lambda: _save(actor, category, form)):
        toast(request, _("Saved."))
        return redirect(request, _home())
    return _shown(request, form, category)


def _save(actor: User, category: Category, form: CategoryForm) -> Category:
    return services.change_category(
        actor=actor, category=category, details=form.details(), version=form.cleaned_data["version"]
    )


def _form(request: HttpRequest, category: Category | None) -> CategoryForm:
    limits = shape.categories_of_fields()
    limited = [each for each in shape.custom_fields() if each.pk in limits]
    chosen = [each.pk for each in limited if category and category.pk in limits[each.pk]]
    data = request.POST if request.method == "POST" else None
    return CategoryForm(data, category=category, limited=limited, chosen=chosen)


def _shown(request: HttpRequest, form: CategoryForm, category: Category | None) -> HttpResponse:
    context = {"form": form, "category": category}
    return show(request, "category", SECTION, context, status=422 if form.is_bound else 200)


@require_POST
@page(PERMISSION)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a category one place up or down."""
    ids = list(shape.categories().values_list("pk", flat=True))
    order = moved(ids, _category(pk).pk, up=request.POST.get("to") == "up")
    services.order_categories(actor=signed_in(request), ids=order)
    return redirect(request, _home())


@require_POST
@page(PERMISSION)
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a category out of the choices, or offer it again."""
    actor, category, is_active = signed_in(request), _category(pk), bool(request.POST.get("active"))
    tell(
        request,
        _("Saved."),
        lambda: services.set_category_active(actor=actor, category=category, is_active=is_active, version=None),
    )
    return redirect(request, _home())


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where a category is used, and remove it."""
    actor, category = signed_in(request), _category(pk)
    usage = shape.category_usage(category)
    others = [each for each in shape.categories() if each.pk != pk and each.is_active]
    data = request.POST if request.method == "POST" else None
    form = RemoveCategoryForm(data, category=category, others=others)
    form.fields["to"].required = bool(usage.customers)
    if form.is_valid():
        done = attempt(form, lambda: (_remove(actor, category, form),))
        if done is not None:
            return after_job(request, done[0], _("The category was removed."), _home())
    context = {"form": form, "category": category, "usage": usage}
    return show(request, "category_remove", SECTION, context, status=422 if form.is_bound else 200)


def _remove(actor: User, category: Category, form: RemoveCategoryForm) -> LongJob | None:
    leave_none = form.cleaned_data["to"] == "none"
    version = form.cleaned_data["version"]
    return services.remove_category(
        actor=actor, category=category, to=form.chosen(), leave_none=leave_none, version=version
    )
