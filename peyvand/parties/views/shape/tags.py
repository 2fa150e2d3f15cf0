"""Pages of tags: list, add, rename, colour, merge, remove."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.core.errors import NotFound
from peyvand.parties.forms.shape import MergeTagForm, TagForm
from peyvand.parties.models import Tag
from peyvand.parties.selectors import shape
from peyvand.parties.services import tags as services
from peyvand.parties.views.shape.frame import PERMISSION, after_job, show
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt
from peyvand.web.toasts import toast

SECTION = "tags"


def _tag(pk: int) -> Tag:
    found = Tag.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _home() -> str:
    return reverse("parties:tags")


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    """All tags with the number of their customers; a form adds one."""
    actor = signed_in(request)
    form = TagForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        clean = form.cleaned_data
        made = attempt(form, lambda: services.create_tag(actor=actor, name=clean["name"], hue=int(clean["hue"])))
        if made is not None:
            toast(request, _("The tag was added."))
            return redirect(request, _home())
    counts = shape.customers_by_tag()
    rows = [(each, counts.get(each.pk, 0)) for each in shape.tags()]
    return show(request, "tags", SECTION, {"rows": rows, "form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@page(PERMISSION)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename and colour a tag; merge it into another; remove it."""
    actor, tag = signed_in(request), _tag(pk)
    data = request.POST if request.method == "POST" else None
    form = TagForm(data, initial={"name": tag.name, "hue": str(tag.hue)})
    if form.is_valid() and _saved(actor, tag, form):
        toast(request, _("Saved."))
        return redirect(request, _home())
    return _shown(request, tag, form, None)


def _saved(actor: User, tag: Tag, form: TagForm) -> bool:
    clean = form.cleaned_data
    saved = attempt(form, lambda: services.change_tag(actor=actor, tag=tag, name=clean["name"], hue=int(clean["hue"])))
    return saved is not None


def _shown(request: HttpRequest, tag: Tag, form: TagForm, merging: MergeTagForm | None) -> HttpResponse:
    is_bad = form.is_bound or merging is not None
    merging = merging or MergeTagForm(others=_others(tag))
    context = {"tag": tag, "form": form, "merging": merging, "usage": shape.tag_usage(tag)}
    return show(request, "tag", SECTION, context, status=422 if is_bad else 200)


def _others(tag: Tag) -> list[Tag]:
    return [each for each in shape.tags() if each.pk != tag.pk]


@require_POST
@page(PERMISSION)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a tag part of another."""
    actor, tag = signed_in(request), _tag(pk)
    form = MergeTagForm(request.POST, others=_others(tag))
    if not form.is_valid():
        return _shown(request, tag, TagForm(initial={"name": tag.name, "hue": str(tag.hue)}), form)
    job = services.merge_tags(actor=actor, tag=tag, into=form.chosen())
    return after_job(request, job, _("The two tags are one now."), _home())


@require_POST
@page(PERMISSION)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a tag off every customer."""
    job = services.remove_tag(actor=signed_in(request), tag=_tag(pk))
    return after_job(request, job, _("The tag was removed."), _home())
