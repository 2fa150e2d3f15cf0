"""Who takes part in a deal: on the customer's side, and of us."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.parties import selectors as party_selectors
from peyvand.parties.models import Party
from peyvand.sales import services
from peyvand.sales.forms import PersonForm, ShareForm
from peyvand.sales.models import Deal, DealPerson, DealShare
from peyvand.sales.permissions import CHANGE
from peyvand.sales.selectors.deal import visible_deal
from peyvand.sales.selectors.sellers import sellers
from peyvand.sales.types import PersonDetails
from peyvand.sales.views.shared import address_of, back_to, dialog, version_in
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt, tell

MOST_PARTIES = 8


def _known(request: HttpRequest, deal: Deal, without: int) -> list[PersonDetails]:
    """Those on the other side whom the reader sees, without one of them."""
    rows = DealPerson.objects.filter(deal=deal, party__in=Party.objects.visible_to(request.user)).exclude(party=without)
    return [
        PersonDetails(party_id=one.party_id, role=one.role, influence=one.influence)
        for one in rows.order_by("position", "id")
    ]


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def add_person(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Name somebody on the customer's side, or say anew how he stands to us."""
    found, actor, version = visible_deal(request.user, deal_id), signed_in(request), version_in(request)
    form = PersonForm(
        request.POST if request.method == "POST" else None, initial={"influence": DealPerson.Influence.UNKNOWN}
    )
    if form.is_valid():
        values = form.cleaned_data
        one = PersonDetails(party_id=values["party"], role=values["role"], influence=values["influence"])
        people = [*_known(request, found, one.party_id), one]
        if attempt(form, lambda: services.set_people(actor=actor, deal_id=deal_id, people=people, version=version)):
            return redirect(request, address_of(deal_id))
    typed = request.POST.get("who", request.GET.get("who", ""))
    context = {"form": form, "deal": found, "who": typed, "parties": _offered(request, found, typed)}
    context["influences"] = DealPerson.Influence.choices
    status = 422 if form.is_bound else 200
    return dialog(request, "_person", context, back=address_of(found), title=_("On the customer's side"), status=status)


def _offered(request: HttpRequest, deal: Deal, typed: str) -> list[Party]:
    """Customers that fit what was typed; at first the people of the customer's organisation."""
    user = signed_in(request)
    if typed.strip():
        rows = party_selectors.search(user, typed)
    else:
        rows = party_selectors.visible_to(user).filter(organisation=deal.party_id)
    return list(party_selectors.with_contacts(rows).order_by("sort_key", "pk")[:MOST_PARTIES])


@require_POST
@page(CHANGE)
def remove_person(request: HttpRequest, deal_id: int, party_id: int) -> HttpResponse:
    """Take somebody off."""
    found, actor = visible_deal(request.user, deal_id), signed_in(request)
    people = _known(request, found, party_id)
    tell(request, _("Removed"), lambda: services.set_people(actor=actor, deal_id=deal_id, people=people))
    return back_to(request, deal_id)


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def add_share(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Name somebody of us who sells along, with his share."""
    found, actor, version = visible_deal(request.user, deal_id), signed_in(request), version_in(request)
    form = ShareForm(request.POST if request.method == "POST" else None, people=sellers(actor))
    if form.is_valid():
        shares = _shares(found) | {int(form.cleaned_data["user"]): form.cleaned_data["percent"]}
        if attempt(form, lambda: services.set_shares(actor=actor, deal_id=deal_id, shares=shares, version=version)):
            return redirect(request, address_of(deal_id))
    context = {"form": form, "deal": found}
    status = 422 if form.is_bound else 200
    return dialog(request, "_share", context, back=address_of(found), title=_("Sells along"), status=status)


@require_POST
@page(CHANGE)
def remove_share(request: HttpRequest, deal_id: int, user_id: int) -> HttpResponse:
    """Somebody does not sell along any more."""
    found, actor = visible_deal(request.user, deal_id), signed_in(request)
    shares = {key: percent for key, percent in _shares(found).items() if key != user_id}
    tell(request, _("Removed"), lambda: services.set_shares(actor=actor, deal_id=deal_id, shares=shares))
    return back_to(request, deal_id)


def _shares(deal: Deal) -> dict[int, int]:
    return dict(DealShare.objects.filter(deal=deal).values_list("user_id", "percent"))
