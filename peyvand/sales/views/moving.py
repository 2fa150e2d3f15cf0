"""Moving a card by mouse, by keyboard or by its menu: an open board hears what changed, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peyvand.activities.selectors.around import next_of
from peyvand.core.errors import Conflict, Invalid
from peyvand.core.office_hours import organisation_calendar
from peyvand.core.text import isolated
from peyvand.sales import services
from peyvand.sales.errors import ApprovalNeeded
from peyvand.sales.models import Deal, Pipeline
from peyvand.sales.permissions import CHANGE
from peyvand.sales.selectors.board import KIND, card_of, heads_of
from peyvand.sales.selectors.column_sums import Rest
from peyvand.sales.selectors.pipelines import known_pipelines
from peyvand.sales.services.moving import Moved
from peyvand.sales.views.board import address, wanted_in, whole_board
from peyvand.sales.views.shared import address_of, number_in, say, version_in
from peyvand.web.access import page, signed_in
from peyvand.web.http import attach_toasts, redirect, wants_fragment
from peyvand.web.toasts import toast


@require_POST
@page(CHANGE)
def move(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Put a card into a stage, below another; the whole board comes back when that was refused."""
    stage_id, below_id = number_in(request.POST.get("stage")), number_in(request.POST.get("below"))
    try:
        moved = services.move_deal(
            actor=signed_in(request),
            deal_id=deal_id,
            stage_id=stage_id or 0,
            below_id=below_id,
            version=version_in(request),
        )
    except (Conflict, Invalid) as error:
        return _refused(request, deal_id, error)
    return _moved(request, moved)


def _refused(request: HttpRequest, deal_id: int, error: Conflict | Invalid) -> HttpResponse:
    if isinstance(error, ApprovalNeeded) and not wants_fragment(request):
        asked = number_in(request.POST.get("stage"))
        return redirect(request, f"{reverse('sales:ask', args=[deal_id])}?stage={asked}")
    say(request, error)
    return _page(request, deal_id, number_in(request.POST.get("pipeline")))


def _moved(request: HttpRequest, moved: Moved) -> HttpResponse:
    deal, shown = moved.deal, number_in(request.POST.get("pipeline"))
    names = {"deal": isolated(deal.name), "stage": isolated(deal.stage.name)}
    text = _("%(deal)s stands in %(stage)s now.") % names
    toast(request, text, undo_url=reverse("sales:undo", args=[moved.undo]))
    pipeline = next((each for each in known_pipelines(deal.pipeline_id) if each.pk == deal.pipeline_id), None)
    if wants_fragment(request) and not request.POST.get("stay") and pipeline and shown in (None, pipeline.pk):
        return _what_changed(request, deal, pipeline, {moved.was["stage"], deal.stage_id})
    return _page(request, deal.pk, shown or deal.pipeline_id)


def _what_changed(request: HttpRequest, deal: Deal, pipeline: Pipeline, stages: set[int]) -> HttpResponse:
    """The card as it is now, and the sums of the columns between which it moved."""
    user, wanted, now = signed_in(request), wanted_in(request.POST), timezone.now()
    heads = heads_of(user, pipeline, wanted, stages if len(stages) > 1 else (), _rest(request))
    card = card_of(deal, deal.stage, organisation_calendar(), now, next_of(user, KIND, [deal.pk]))
    context = {"board": heads, "pipeline": pipeline, "card": card, "may_change": True, "wanted": wanted}
    context |= {"here": address(pipeline, wanted), "is_gone": wanted.is_rotten and not card.is_rotten}
    response = render(request, "sales/_moved.html", context)
    response["HX-Reswap"], response["HX-Retarget"] = "none", ".pv-kan"
    return attach_toasts(request, response)


def _rest(request: HttpRequest) -> Rest | None:
    """What the open board shows of the other columns; None when it does not say it."""
    weighted, rotten = number_in(request.POST.get("rest_weighted")), number_in(request.POST.get("rest_rotten"))
    return None if weighted is None or rotten is None else Rest(weighted, rotten)


def _page(request: HttpRequest, deal_id: int, pipeline_id: int | None) -> HttpResponse:
    """The board as a whole, or the page of the deal when the move was begun there."""
    if request.POST.get("stay"):
        return redirect(request, address_of(deal_id))
    if wants_fragment(request):
        return whole_board(request, pipeline_id, wanted_in(request.POST))
    return redirect(request, f"{reverse('sales:board')}?pipeline={pipeline_id or ''}")


@require_POST
@page(CHANGE)
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take one's last move back."""
    deal = services.undo_move(actor=signed_in(request), token=token)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect(request, f"{reverse('sales:board')}?pipeline={deal.pipeline_id}")
