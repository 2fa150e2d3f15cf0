"""Staff pages of sales partners: who they are, their people, their deals, and through whom a deal goes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.policies import may
from peyvand.core.errors import NotFound
from peyvand.parties import selectors as party_selectors
from peyvand.sales import services
from peyvand.sales.channel_forms import DealPartnerForm, NoteForm, PartnerForm, SeatForm
from peyvand.sales.models import Deal, PartnerSeat
from peyvand.sales.permissions import CHANGE, MANAGE_PARTNERS, PARTNERS
from peyvand.sales.selectors.channels import (
    choosable,
    partners_shown,
    seats_of,
    shares_of,
    visible_partner,
    visible_registrations,
    won_by_channel,
)
from peyvand.sales.selectors.deal import visible_deal
from peyvand.sales.selectors.sellers import sellers
from peyvand.sales.views.shared import address_of, back_to, dialog, party_in, version_in
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.paging import links, page_of
from peyvand.web.refusals import attempt, tell
from peyvand.web.toasts import toast

MOST = 20


@require_GET
@page(PARTNERS)
def partners(request: HttpRequest) -> HttpResponse:
    """The partners whom one sees, with what they sell."""
    user = signed_in(request)
    shown = page_of(request, partners_shown(user), order=("-is_active", "-pk"))
    context = {"rows": shown.items, "links": links(request, shown), "may_manage": may(user, MANAGE_PARTNERS)}
    won = won_by_channel(user, timezone.now())
    context |= {"won": won, "largest": max((one.amount for one in won), default=0) or 1}
    return render(request, "sales/partners/partners.html", context)


@require_GET
@page(PARTNERS)
def partner(request: HttpRequest, partner_id: int) -> HttpResponse:
    """A partner with its people, deals and registrations."""
    user = signed_in(request)
    found = visible_partner(user, partner_id)
    deals = Deal.objects.visible_to(user).filter(partners__partner=found).select_related("stage", "party", "pipeline")
    context = {
        "partner": found,
        "seats": seats_of(found),
        "deals": deals.order_by("-opened_at", "-pk")[:MOST],
        "registrations": visible_registrations(user).filter(partner=found).order_by("-received_at", "-pk")[:MOST],
        "may_manage": may(user, MANAGE_PARTNERS, found),
        "seat_form": SeatForm(),
    }
    return render(request, "sales/partners/partner.html", context)


@require_http_methods(["GET", "POST"])
@page(MANAGE_PARTNERS)
def new_partner(request: HttpRequest) -> HttpResponse:
    """Make a customer record a partner."""
    user = signed_in(request)
    form = PartnerForm(request.POST if request.method == "POST" else None, partner=None, people=sellers(user))
    party_id = party_in(request)
    if form.is_valid():
        made = attempt(form, lambda: services.save_partner(actor=user, details=form.details(), party_id=party_id or 0))
        if made is not None:
            toast(request, _("It was written down."))
            return redirect(request, reverse("sales:partner", args=[made.pk]))
    typed = request.POST.get("who", request.GET.get("who", ""))
    context = {"form": form, "who": typed, "chosen": party_id, "parties": _parties(request, typed, party_id)}
    return render(request, "sales/partners/edit.html", context, status=422 if form.is_bound else 200)


def _parties(request: HttpRequest, typed: str, party_id: int | None) -> list[Any]:
    """Customer records that fit what was typed; the chosen one first."""
    seen = party_selectors.visible_to(signed_in(request))
    chosen = list(party_selectors.with_contacts(seen).filter(pk=party_id or 0))
    if not typed.strip():
        return chosen
    found = party_selectors.search(signed_in(request), typed).exclude(pk=party_id or 0)
    return [*chosen, *party_selectors.with_contacts(found)[:8]]


@require_http_methods(["GET", "POST"])
@page(MANAGE_PARTNERS)
def edit_partner(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Change a partner."""
    user = signed_in(request)
    found = visible_partner(user, partner_id)
    form = PartnerForm(request.POST if request.method == "POST" else None, partner=found, people=sellers(user))
    if form.is_valid():
        version = form.cleaned_data["version"]
        saved = attempt(
            form,
            lambda: services.save_partner(actor=user, details=form.details(), partner_id=found.pk, version=version),
        )
        if saved is not None:
            toast(request, _("Saved"))
            return redirect(request, reverse("sales:partner", args=[found.pk]))
    context = {"form": form, "partner": found}
    return render(request, "sales/partners/edit.html", context, status=422 if form.is_bound else 200)


@require_POST
@page(MANAGE_PARTNERS)
def add_seat(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Let a person of a partner into the portal."""
    user, form = signed_in(request), SeatForm(request.POST)
    if form.is_valid():
        made = attempt(form, lambda: services.add_seat(actor=user, partner_id=partner_id, **form.cleaned_data))
        if made is not None:
            return _invited(request, made)
    toast(request, " ".join(str(each) for errors in form.errors.values() for each in errors), level="bad")
    return redirect(request, reverse("sales:partner", args=[partner_id]))


@require_POST
@page(MANAGE_PARTNERS)
def invite(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Send a person a link, and show it to who would hand it over."""
    seat = PartnerSeat.objects.filter(pk=seat_id).first()
    if seat is None:
        raise NotFound
    return _invited(request, seat)


def _invited(request: HttpRequest, seat: PartnerSeat) -> HttpResponse:
    address = services.invite_seat(actor=signed_in(request), seat_id=seat.pk)
    response = render(request, "sales/partners/invited.html", {"seat": seat, "address": address})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@page(MANAGE_PARTNERS)
def shut_seat(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Take a person's access away."""
    seat = services.shut_seat(actor=signed_in(request), seat_id=seat_id)
    toast(request, _("The access was taken away."))
    return redirect(request, reverse("sales:partner", args=[seat.partner_id]))


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def deal_partner(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Name a partner through whom a deal goes, with his share."""
    user, found = signed_in(request), visible_deal(request.user, deal_id)
    known = shares_of(found)
    form = DealPartnerForm(request.POST if request.method == "POST" else None, partners=choosable(user), known=known)
    if form.is_valid():
        shares = {one.partner_id: one.percent for one in known}
        shares[int(form.cleaned_data["partner"])] = form.cleaned_data["percent"]
        version = version_in(request)
        if attempt(
            form,
            lambda: services.set_deal_partners(actor=user, deal_id=deal_id, partners=shares, version=version),
        ):
            return redirect(request, address_of(deal_id))
    status = 422 if form.is_bound else 200
    context = {"form": form, "deal": found}
    return dialog(request, "partners/_choose", context, back=address_of(found), title=_("Sales partner"), status=status)


@require_POST
@page(CHANGE)
def remove_deal_partner(request: HttpRequest, deal_id: int, partner_id: int) -> HttpResponse:
    """A deal does not go through a partner any more."""
    user, found = signed_in(request), visible_deal(request.user, deal_id)
    tell(
        request,
        _("Removed"),
        lambda: services.remove_deal_partner(actor=user, deal_id=deal_id, partner_id=partner_id),
    )
    return back_to(request, found)


@require_POST
@page(CHANGE)
def note(request: HttpRequest, deal_id: int, partner_id: int) -> HttpResponse:
    """Write to a partner about a deal."""
    user, form = signed_in(request), NoteForm(request.POST)
    if form.is_valid():
        body = form.cleaned_data["body"]
        tell(
            request,
            _("The partner reads it in the portal."),
            lambda: services.note_to_partner(actor=user, deal_id=deal_id, partner_id=partner_id, body=body),
        )
    return back_to(request, deal_id)
