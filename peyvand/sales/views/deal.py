"""The page of a deal: looking at it, writing it down, changing what is written."""

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from peyvand.accounts.history import readable
from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.activities.selectors.around import newest_of_record
from peyvand.parties import selectors as party_selectors
from peyvand.parties.models import Party
from peyvand.sales import services
from peyvand.sales.deal_fields import HOST
from peyvand.sales.forms import DealForm, NewDealForm
from peyvand.sales.models import Deal, Stage
from peyvand.sales.permissions import CHANGE, DELETE, VIEW
from peyvand.sales.policies import require_change
from peyvand.sales.selectors.deal import deal_page, visible_deal
from peyvand.sales.selectors.pipelines import pipelines
from peyvand.sales.selectors.sellers import sellers
from peyvand.sales.selectors.tags import tags_of
from peyvand.sales.views.shared import address_of, number_in, party_in, version_in
from peyvand.web.access import page, signed_in
from peyvand.web.custom_values import custom_shown, written_for
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt
from peyvand.web.toasts import toast

MOST_PARTIES = 8
MOST_CHANGES = 100


@require_GET
@page(VIEW)
def deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    """One deal with its stages, the people around it and what happened."""
    user = signed_in(request)
    shown = deal_page(user, deal_id)
    found = shown.deal
    chance = found.probability if found.probability is not None else found.stage.probability
    context = {"page": shown, "deal": found, "chance": chance, "may_delete": may(user, DELETE, found)}
    context |= {
        "tags": tags_of(found.tag_ids),
        "custom": custom_shown(HOST, found.custom, user),
        "activities": newest_of_record(user, "sales.Deal", deal_id),
        "may_plan": may(user, "activities.plan"),
    }
    if found.pipeline.next_pipeline_id is not None:
        context["next_stages"] = Stage.objects.filter(
            pipeline=found.pipeline.next_pipeline_id, pipeline__deleted_at=None, deleted_at=None
        ).order_by("position")[:1]
    return render(request, "sales/deal.html", context)


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def new_deal(request: HttpRequest) -> HttpResponse:
    """Write down a lead or a deal of a customer."""
    user, data = signed_in(request), request.POST if request.method == "POST" else None
    first = {"stage": request.GET.get("stage"), "owner": user.pk, "channel": Deal.SalesChannel.DIRECT}
    form = NewDealForm(data, initial=first, pipelines=pipelines(), people=sellers(user), who=user)
    party_id = party_in(request)
    if form.is_valid():
        made = attempt(form, lambda: _opened(user, form, party_id))
        if made is not None:
            toast(request, _("It was written down."))
            return redirect(request, address_of(made))
    typed = request.POST.get("who", request.GET.get("who", ""))
    context = {"form": form, "who": typed, "parties": _parties(user, typed, party_id), "chosen": party_id}
    return render(request, "sales/new.html", context, status=422 if form.is_bound else 200)


def _opened(user: User, form: NewDealForm, party_id: int | None) -> Deal:
    values = form.cleaned_data
    return services.open_deal(
        actor=user,
        party_id=party_id or 0,
        stage_id=int(values["stage"]),
        owner_id=number_in(values["owner"]),
        details=form.details(),
    )


def _parties(user: User, typed: str, party_id: int | None) -> list[Party]:
    """Customers that fit what was typed; the one that is chosen already comes first."""
    chosen = list(party_selectors.with_contacts(party_selectors.visible_to(user)).filter(pk=party_id or 0))
    if not typed.strip():
        return chosen
    found = party_selectors.with_contacts(party_selectors.search(user, typed)).exclude(pk=party_id or 0)
    return [*chosen, *found.order_by("sort_key", "pk")[:MOST_PARTIES]]


@require_GET
@page(CHANGE)
def parties(request: HttpRequest) -> HttpResponse:
    """Customers that fit what was typed, to choose one."""
    typed, user = request.GET.get("who", ""), signed_in(request)
    return render(request, "sales/_parties.html", {"parties": _parties(user, typed, None), "who": typed})


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def edit(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Change what is written about a deal."""
    user, found = signed_in(request), visible_deal(request.user, deal_id)
    require_change(user, found)
    form = DealForm.of(found, user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        version = version_in(request)
        details = form.details()
        saved = attempt(
            form, lambda: services.change_deal(actor=user, deal_id=deal_id, details=details, version=version)
        )
        if saved is not None:
            toast(request, _("Saved"))
            return redirect(request, address_of(deal_id))
    context = {"form": form, "deal": found}
    return render(request, "sales/edit.html", context, status=422 if form.is_bound else 200)


@require_GET
@page(VIEW)
def history(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Who changed what of a deal, and when."""
    found = visible_deal(request.user, deal_id)
    events = apps.get_model("sales", "DealEvent")._default_manager.select_related("pgh_context")
    rows = list(events.filter(pgh_obj_id=deal_id).order_by("-pgh_id")[:MOST_CHANGES])
    return render(
        request,
        "sales/history.html",
        {"deal": found, "changes": readable(rows, written=written_for(signed_in(request)))},
    )
