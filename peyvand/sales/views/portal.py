"""The portal of partners: own leads and deals, registering, notes. No user of the product is logged in here.

Every page but the way in asks for a stay by its own cookie, and every read starts at the partner of that stay.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.selectors import organisation_name
from peyvand.channels import guard
from peyvand.core.errors import Invalid, PeyvandError, TooMany
from peyvand.core.secrets import sign
from peyvand.core.text import normalise_email
from peyvand.sales import services
from peyvand.sales.channel_forms import ClaimForm, EnterForm, NoteForm
from peyvand.sales.channel_types import Claim
from peyvand.sales.models import PartnerNote, PartnerSeat
from peyvand.sales.selectors.channels import notes_on
from peyvand.sales.selectors.portal import (
    contested,
    deal_of_seat,
    deals_of_partner,
    next_step,
    own_words,
    registrations_of,
)
from peyvand.sales.services.registering import Registered
from peyvand.sales.services.seats import STAY, key_of, seat_in
from peyvand.web.access import public
from peyvand.web.http import redirect
from peyvand.web.paging import links, page_of
from peyvand.web.refusals import attempt
from peyvand.web.toasts import toast

PER_PLACE, PER_ADDRESS = 20, 5  # links asked for and links tried, in five minutes
PER_PARTNER = 20  # registrations and notes of all its people, in five minutes: nobody feels our customers out by them
AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)
SeatView = Callable[..., HttpResponseBase]


def cookie_name() -> str:
    """The name of the cookie of a stay."""
    return "__Host-partner" if settings.SESSION_COOKIE_SECURE else "partner"


def seated(view: SeatView) -> Callable[..., HttpResponseBase]:
    """Let in only who stays in the portal; the view gets the person. Others are asked to come in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seat = seat_in(request.COOKIES.get(cookie_name(), ""))
        if seat is None:
            return redirect(request, reverse("portal:enter"))
        return _guard(view(request, seat, *args, **kwargs))

    return public(guarded)


def _guard(response: AnyResponse) -> AnyResponse:
    response["X-Robots-Tag"], response["Referrer-Policy"], response["Cache-Control"] = (
        "noindex", "same-origin", "no-store",
    )  # fmt: skip
    return response


def portal_page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the portal, that nobody keeps and no search engine lists."""
    place = {"organisation": organisation_name()}
    return _guard(render(request, f"sales/portal/{name}.html", place | context, status=status))


@require_http_methods(["GET", "POST"])
@public
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for a link into the portal; the answer is the same for every address."""
    form = EnterForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return portal_page(request, "enter", {"form": form}, 422 if form.is_bound else 200)
    try:
        _limit(request, normalise_email(form.cleaned_data["email"]) or "")
    except PeyvandError as error:
        form.add_error(None, error.message)
        return portal_page(request, "enter", {"form": form}, error.status)
    services.ask_for_key(email=form.cleaned_data["email"])
    return portal_page(request, "enter", {"is_sent": True})


def _limit(request: HttpRequest, address: str = "") -> None:
    most = {f"portal-place:{sign('portal', guard.place_of(request))}": PER_PLACE}
    guard.limit(most | ({f"portal-address:{sign('portal', address)}": PER_ADDRESS} if address else {}))


@require_http_methods(["GET", "POST"])
@public
def enter_by(request: HttpRequest, secret: str) -> HttpResponse:
    """Come in by a link: a button, so that a mail program that opens links uses nothing up."""
    try:
        _limit(request)
        if request.method == "GET":
            return portal_page(request, "enter_by", {"name": key_of(secret).seat.name})
        cookie = services.enter(secret=secret, place=guard.place_of(request))
    except PeyvandError as error:
        return portal_page(request, "enter_by", {"over": error.message}, error.status)
    response = redirect(request, reverse("portal:home"))
    response.set_cookie(
        cookie_name(), cookie, max_age=STAY, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
    return response


@require_POST
@public
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the portal, here or on all devices."""
    services.leave(cookie=request.COOKIES.get(cookie_name(), ""), everywhere=bool(request.POST.get("everywhere")))
    response = redirect(request, reverse("portal:enter"))
    response.delete_cookie(cookie_name())
    return response


@require_GET
@seated
def home(request: HttpRequest, seat: PartnerSeat) -> HttpResponse:
    """The leads and deals of the partner, and what he registered and is not decided."""
    shown = page_of(request, deals_of_partner(seat.partner_id), order=("-opened_at", "-pk"))
    words = own_words(seat, shown.items)
    context = {
        "rows": [(deal, words.get(deal.pk)) for deal in shown.items],
        "links": links(request, shown),
        "registrations": registrations_of(seat).filter(deal=None)[:20],
        "contested": contested(seat),
    }
    return portal_page(request, "home", {"seat": seat, "here": "home"} | context)


@require_http_methods(["GET", "POST"])
@seated
def register(request: HttpRequest, seat: PartnerSeat) -> HttpResponse:
    """Register a deal; what is there already is shown, and nothing is made twice."""
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = attempt(form, lambda: _registered(seat, form.claim()))
        if made is not None:
            text = _("It was registered.") if made.is_new else _("You registered this already; here it is.")
            toast(request, text, level="ok" if made.is_new else "info")
            return redirect(request, reverse("portal:registration", args=[made.registration.pk]))
    return portal_page(
        request, "register", {"seat": seat, "here": "register", "form": form}, 422 if form.is_bound else 200
    )


def _count(seat: PartnerSeat) -> None:
    try:
        guard.limit({f"portal-partner:{seat.partner_id}": PER_PARTNER})
    except TooMany as error:
        raise Invalid(error.message) from error  # said above what he typed, which stays


def _registered(seat: PartnerSeat, claim: Claim) -> Registered:
    _count(seat)
    return services.register_deal(seat=seat, claim=claim)


def _noted(seat: PartnerSeat, deal_id: int, body: str) -> PartnerNote:
    _count(seat)
    return services.note_to_us(seat=seat, deal_id=deal_id, body=body)


@require_GET
@seated
def registration(request: HttpRequest, seat: PartnerSeat, registration_id: int) -> HttpResponse:
    """One registration: how it stands and why."""
    found = registrations_of(seat).filter(pk=registration_id).first()
    if found is None:
        return portal_page(request, "gone", {"seat": seat}, 404)
    is_contested = found.pk in contested(seat)
    return portal_page(request, "registration", {"seat": seat, "one": found, "is_contested": is_contested})


@require_http_methods(["GET", "POST"])
@seated
def deal(request: HttpRequest, seat: PartnerSeat, deal_id: int) -> HttpResponse:
    """One deal: its stage, what comes next, notes from and to us."""
    found, form = deal_of_seat(seat, deal_id), NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        body = form.cleaned_data["body"]
        if attempt(form, lambda: _noted(seat, deal_id, body)) is not None:
            toast(request, _("We read it."))
            return redirect(request, reverse("portal:deal", args=[deal_id]))
    context = {
        "deal": found,
        "own": own_words(seat, [found]).get(found.pk),
        "notes": notes_on(found, seat.partner_id)[:50],
        "next": next_step(found) if found.is_open else None,
        "form": form,
    }
    return portal_page(request, "deal", {"seat": seat} | context, 422 if form.is_bound else 200)
