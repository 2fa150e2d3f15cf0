"""The board of a pipeline: its columns and more cards."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.core.errors import NotFound
from peyvand.sales.models import Pipeline, Stage
from peyvand.sales.permissions import CHANGE, CONFIGURE, VIEW
from peyvand.sales.selectors.board import CARDS, Wanted, board_of, more_cards
from peyvand.sales.selectors.channels import named_partners
from peyvand.sales.selectors.pipelines import chosen, known_pipelines
from peyvand.sales.views.shared import number_in
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment

MOST_CARDS = 200  # of a column that is shown anew with as many as somebody has looked at


def wanted_in(values: Any) -> Wanted:
    """What the address narrows the board to."""
    return Wanted(
        owner_id=number_in(values.get("owner")),
        words=values.get("q", "")[:200],
        is_rotten=bool(values.get("rotten")),
        partner_id=number_in(values.get("partner")),
    )


def address(pipeline: Pipeline, wanted: Wanted) -> str:
    """The board of a pipeline, narrowed so."""
    asked = {"pipeline": pipeline.pk, "owner": wanted.owner_id, "q": wanted.words, "rotten": int(wanted.is_rotten)}
    asked |= {"partner": wanted.partner_id}
    return f"{reverse('sales:board')}?{urlencode({key: value for key, value in asked.items() if value})}"


@require_GET
@page(VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """The deals of a pipeline in columns, one for each stage."""
    return whole_board(request, number_in(request.GET.get("pipeline")), wanted_in(request.GET))


def whole_board(request: HttpRequest, pipeline_id: int | None, wanted: Wanted) -> HttpResponse:
    """The board as it stands now."""
    user, found = signed_in(request), known_pipelines(pipeline_id)
    pipeline = chosen(found, pipeline_id)
    context: dict[str, Any] = {"pipelines": found, "pipeline": pipeline, "wanted": wanted, "me": user}
    context |= {"may_configure": may(user, CONFIGURE), "may_change": may(user, CHANGE)}
    if pipeline is not None:
        here = address(pipeline, wanted)
        context |= {"board": board_of(user, pipeline, wanted), "here": here, "query": here.partition("?")[2]}
        context["by_partner"] = _by_partner(user, pipeline, wanted)
    return fragment(request, "sales/board.html", context, "board")


def _by_partner(user: User, pipeline: Pipeline, wanted: Wanted) -> list[tuple[str, str, bool]]:
    """The ways to narrow the board to what goes through a partner: name, address, whether it is so now."""
    known = named_partners(user)
    if not known:
        return []
    ways = [(_("All partners"), None), *((name, pk) for pk, name in known)]
    return [(name, address(pipeline, replace(wanted, partner_id=pk)), pk == wanted.partner_id) for name, pk in ways]


@require_GET
@page(VIEW)
def columns(request: HttpRequest) -> HttpResponse:
    """Some columns as they stand now, for an open board that heard that somebody moved a card between them."""
    user, wanted = signed_in(request), wanted_in(request.GET)
    asked = number_in(request.GET.get("pipeline"))
    pipeline = chosen(known_pipelines(asked), asked)
    if pipeline is None:
        raise NotFound
    only = {number for text in request.GET.getlist("stage") if (number := number_in(text)) is not None}
    size = min(max(number_in(request.GET.get("size")) or 0, CARDS), MOST_CARDS)
    shown = board_of(user, pipeline, wanted, only=only, size=size)
    here = address(pipeline, wanted)
    context = {"board": shown, "pipeline": pipeline, "may_change": may(user, CHANGE), "is_part": True, "here": here}
    return render(request, "sales/_columns.html", context | {"query": here.partition("?")[2], "wanted": wanted})


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
