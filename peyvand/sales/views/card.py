"""Small changes of a deal without leaving the page: what its card shows, and its tags."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from peyvand.accounts.models import User
from peyvand.core.custom_fields.records import chosen
from peyvand.core.errors import Conflict, Invalid
from peyvand.sales import services
from peyvand.sales.deal_fields import HOST
from peyvand.sales.forms import CardForm
from peyvand.sales.models import Deal, Stage
from peyvand.sales.permissions import CHANGE
from peyvand.sales.policies import require_change
from peyvand.sales.selectors.deal import visible_deal
from peyvand.sales.selectors.sellers import sellers
from peyvand.sales.selectors.tags import all_tags
from peyvand.sales.types import CardDetails
from peyvand.sales.views.shared import address_of, dialog, number_in, say, version_in
from peyvand.web.access import page, signed_in
from peyvand.web.http import done, redirect
from peyvand.web.refusals import succeeded
from peyvand.web.toasts import toast

MOST_FIELDS = 6  # of the business in the quick form, besides those that stages ask for


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def card(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Change amount, expected close, owner and the fields that stages ask for over the board."""
    user, found = signed_in(request), visible_deal(request.user, deal_id)
    require_change(user, found)
    back = f"{reverse('sales:board')}?pipeline={found.pipeline_id}"
    form = _form(request, user, found)
    if form.is_valid() and succeeded(form, lambda: _change(user, found, form, version_in(request))):
        toast(request, _("Saved"))
        return done(request, "pv:board", url=back)
    context = {"form": form, "deal": found}
    return dialog(request, "_card", context, back=back, title=found.name, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, user: User, deal: Deal) -> CardForm:
    data = request.POST if request.method == "POST" else None
    form = CardForm(data, initial=_now(deal), people=_people(user, deal))
    stages = Stage.objects.filter(pipeline=deal.pipeline_id, deleted_at=None).values_list("required", flat=True)
    asked = {key for required in stages for key in required}
    return form.with_custom(chosen(HOST, asked, MOST_FIELDS), deal.custom, user)


def _now(deal: Deal) -> dict[str, object]:
    return {"amount": deal.amount, "close_on": deal.close_on, "owner": deal.owner_id}


def _people(user: User, deal: Deal) -> list[User]:
    """Those to whom it may be given, and whoever has it now."""
    people = sellers(user)
    return people if deal.owner is None or deal.owner in people else [deal.owner, *people]


def _change(user: User, deal: Deal, form: CardForm, version: int | None) -> Deal:
    values = form.cleaned_data
    card = CardDetails(
        amount=values["amount"],
        close_on=values["close_on"],
        owner_id=number_in(values["owner"]),
        custom=form.custom_values(),
    )
    return services.change_on_card(actor=user, deal_id=deal.pk, card=card, version=version)


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def tags(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Hang tags on a deal and take others off."""
    user, found = signed_in(request), visible_deal(request.user, deal_id)
    require_change(user, found)
    if request.method == "POST":
        wanted = {number for text in request.POST.getlist("tag") if (number := number_in(text)) is not None}
        gone = set(found.tag_ids) - wanted
        try:
            services.tag_deal(actor=user, deal_id=deal_id, add=wanted, remove=gone, version=version_in(request))
        except (Conflict, Invalid) as error:
            say(request, error)
        return redirect(request, address_of(deal_id))
    context = {"deal": found, "tags": all_tags()}
    return dialog(request, "_tags", context, back=address_of(found), title=_("Tags"))
