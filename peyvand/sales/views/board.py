"""The board of a pipeline: its columns, more cards, and moving a card by mouse, by keyboard or by its menu."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.accounts.policies import may
from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.core.text import isolated
from peyvand.sales import services
from peyvand.sales.errors import ApprovalNeeded
from peyvand.sales.models import Pipeline, Stage
from peyvand.sales.permissions import CHANGE, CONFIGURE, VIEW
from peyvand.sales.selectors.board import CARDS, Wanted, board_of, more_cards
from peyvand.sales.selectors.pipelines import chosen, pipelines
from peyvand.sales.views.shared import address_of, number_in, say, version_in
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, redirect, wants_fragment
from peyvand.web.toasts import toast

MOST_CARDS = 200  # of a column that is shown anew with as many as somebody has looked at


def wanted_in(values: Any) -> Wanted:
    """What the address narrows the board to."""
    return Wanted(
        owner_id=number_in(values.get("owner")), words=values.get("q", "")[:200], is_rotten=bool(values.get("rotten"))
    )


def address(pipeline: Pipeline, wanted: Wanted) -> str:
    """The board of a pipeline, narrowed so."""
    asked = {"pipeline": pipeline.pk, "owner": wanted.owner_id, "q": wanted.words, "rotten": int(wanted.is_rotten)}
    return f"{reverse('sales:board')}?{urlencode({key: value for key, value in asked.items() if value})}"


@require_GET
@page(VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """The deals of a pipeline in columns, one for each stage."""
    return _shown(request, number_in(request.GET.get("pipeline")), wanted_in(request.GET))


def _shown(request: HttpRequest, pipeline_id: int | None, wanted: Wanted) -> HttpResponse:
    user, found = signed_in(request), pipelines()
    pipeline = chosen(found, pipeline_id)
    context: dict[str, Any] = {"pipelines": found, "pipeline": pipeline, "wanted": wanted, "me": user}
    context |= {"may_configure": may(user, CONFIGURE), "may_change": may(user, CHANGE)}
    if pipeline is not None:
        here = address(pipeline, wanted)
        context |= {"board": board_of(user, pipeline, wanted), "here": here, "query": here.partition("?")[2]}
    return fragment(request, "sales/board.html", context, "board")


@require_GET
@page(VIEW)
def columns(request: HttpRequest) -> HttpResponse:
    """Some columns as they stand now, for an open board that heard that somebody moved a card between them."""
    user, wanted = signed_in(request), wanted_in(request.GET)
    pipeline = chosen(pipelines(), number_in(request.GET.get("pipeline")))
    if pipeline is None:
        raise NotFound
    only = {number for text in request.GET.getlist("stage") if (number := number_in(text)) is not None}
    size = min(max(number_in(request.GET.get("size")) or 0, CARDS), MOST_CARDS)
    shown = board_of(user, pipeline, wanted, only=only, size=size)
    context = {"board": shown, "pipeline": pipeline, "may_change": may(user, CHANGE), "is_part": True}
    query = address(pipeline, wanted).partition("?")[2]
    return render(request, "sales/_columns.html", context | {"query": query})


@require_GET
@page(VIEW)
def column(request: HttpRequest, stage_id: int) -> HttpResponse:
    """The next cards of a column."""
    stage = get_object_or_404(Stage.objects.select_related("pipeline"), pk=stage_id, deleted_at=None)
    user, wanted = signed_in(request), wanted_in(request.GET)
    stages = list(Stage.objects.filter(pipeline=stage.pipeline, deleted_at=None).order_by("position"))
    cards, after = more_cards(user, stage, wanted, request.GET.get("after"))
    context = {"cards": cards, "stage": stage, "next": after, "stages": stages, "may_change": may(user, CHANGE)}
    query = address(stage.pipeline, wanted).partition("?")[2]
    return render(request, "sales/_cards.html", context | {"query": query})


@require_POST
@page(CHANGE)
def move(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Put a card into a stage, below another; the board comes back as it stands now, also when it was refused."""
    user, stage_id = signed_in(request), number_in(request.POST.get("stage"))
    pipeline_id = number_in(request.POST.get("pipeline"))
    try:
        moved = services.move_deal(
            actor=user,
            deal_id=deal_id,
            stage_id=stage_id or 0,
            below_id=number_in(request.POST.get("below")),
            version=version_in(request),
        )
    except ApprovalNeeded as error:
        if not wants_fragment(request):
            return redirect(request, f"{reverse('sales:ask', args=[deal_id])}?stage={stage_id}")
        say(request, error)
    except (Conflict, Invalid) as error:
        say(request, error)
    else:
        pipeline_id = pipeline_id or moved.deal.pipeline_id
        names = {"deal": isolated(moved.deal.name), "stage": isolated(moved.deal.stage.name)}
        text = _("%(deal)s stands in %(stage)s now.") % names
        toast(request, text, undo_url=reverse("sales:undo", args=[moved.undo]))
    if wants_fragment(request) and not request.POST.get("stay"):
        return _shown(request, pipeline_id, wanted_in(request.POST))
    if request.POST.get("stay"):
        return redirect(request, address_of(deal_id))
    return redirect(request, f"{reverse('sales:board')}?pipeline={pipeline_id or ''}")


@require_POST
@page(CHANGE)
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take one's last move back."""
    deal = services.undo_move(actor=signed_in(request), token=token)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect(request, f"{reverse('sales:board')}?pipeline={deal.pipeline_id}")
