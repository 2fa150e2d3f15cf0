"""Administration of sales: pipelines with their stages, and reasons for which deals are lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.sales import checks, services
from peyvand.sales.models import Deal, Pipeline, Stage
from peyvand.sales.permissions import CONFIGURE
from peyvand.sales.pipeline_form import PipelineForm
from peyvand.sales.selectors.pipelines import lost_reasons, pipelines
from peyvand.sales.services.pipelines import open_in
from peyvand.sales.views.shared import number_in
from peyvand.web.access import page, signed_in
from peyvand.web.administration.sections import sections_for
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt, tell
from peyvand.web.toasts import toast

SECTION = "pipelines"


def _frame(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    place = {"sections": sections_for(signed_in(request)), "section": SECTION}
    return render(request, f"sales/settings/{template}.html", place | context, status=status)


@require_GET
@page(CONFIGURE)
def rows(request: HttpRequest) -> HttpResponse:
    """The pipelines in their order, those in the trash, and the reasons."""
    trash = Pipeline.objects.exclude(deleted_at=None).order_by("-deleted_at")[:50]
    return _frame(request, "pipelines", {"rows": pipelines(), "trash": trash, "reasons": lost_reasons()})


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def new_pipeline(request: HttpRequest) -> HttpResponse:
    """Add a pipeline with its stages."""
    actor = signed_in(request)
    form = PipelineForm(request.POST if request.method == "POST" else None, pipeline=None)
    if form.is_sent and form.is_valid():
        if attempt(form, lambda: services.create_pipeline(actor=actor, details=form.details())) is not None:
            toast(request, _("Saved"))
            return redirect(request, reverse("sales:pipelines"))
    return _frame(request, "pipeline", _context(form), status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def pipeline(request: HttpRequest, pk: int) -> HttpResponse:
    """One pipeline: its name, its stages in their order, and where deals of a removed stage go."""
    found, actor = get_object_or_404(Pipeline, pk=pk, deleted_at=None), signed_in(request)
    form = PipelineForm(request.POST if request.method == "POST" else None, pipeline=found)
    if form.is_sent and form.is_valid():
        version, goes_to = form.cleaned_data["version"], form.goes_to()
        saved = attempt(
            form,
            lambda: services.change_pipeline(
                actor=actor, pipeline_id=pk, details=form.details(), version=version, goes_to=goes_to
            ),
        )
        if saved is not None:
            toast(request, _("Saved"))
            return redirect(request, reverse("sales:pipelines"))
    return _frame(
        request,
        "pipeline",
        _context(form) | {"pipeline": found, "open": open_in(found).count()},
        status=422 if form.errors else 200,
    )


def _context(form: PipelineForm) -> dict[str, Any]:
    used = (
        Deal.objects.filter(stage__in=form.removed(), state=Deal.State.OPEN).values_list("stage", flat=True).distinct()
    )
    return {
        "form": form,
        "fields": checks.fields(),
        "checks": checks.offered(),
        "tones": Stage.Tone.choices,
        "removed": Stage.objects.filter(pk__in=list(used)),
    }


@require_POST
@page(CONFIGURE)
def delete_pipeline(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a pipeline into the trash; the toast takes it back."""
    actor = signed_in(request)
    if tell(request, _("It was deleted."), lambda: services.delete_pipeline(actor=actor, pipeline_id=pk)):
        return redirect(request, reverse("sales:pipelines"))
    return redirect(request, reverse("sales:pipeline", args=[pk]))


@require_POST
@page(CONFIGURE)
def restore_pipeline(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a pipeline out of the trash."""
    actor = signed_in(request)
    tell(request, _("It is back."), lambda: services.restore_pipeline(actor=actor, pipeline_id=pk))
    return redirect(request, reverse("sales:pipelines"))


@require_POST
@page(CONFIGURE)
def reasons(request: HttpRequest) -> HttpResponse:
    """Add a reason for which deals are lost, or take one away."""
    actor, gone = signed_in(request), number_in(request.POST.get("remove"))
    if gone is not None:
        tell(request, _("Removed"), lambda: services.remove_lost_reason(actor=actor, reason_id=gone))
    else:
        name = request.POST.get("name", "")
        tell(request, _("Saved"), lambda: services.add_lost_reason(actor=actor, name=name))
    return redirect(request, reverse("sales:pipelines"))
