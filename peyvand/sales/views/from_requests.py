"""A lead of a request, by one click from the cartable, and back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peyvand.cartable.models import Request
from peyvand.core.errors import Conflict, Invalid
from peyvand.sales import services
from peyvand.sales.permissions import CHANGE
from peyvand.sales.views.shared import address_of, say
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.toasts import toast


@require_POST
@page(CHANGE)
def from_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """Make a lead of a request and show it; the toast takes it back."""
    actor = signed_in(request)
    found = get_object_or_404(Request.objects.visible_to(actor), pk=request_id)
    try:
        deal = services.open_from_request(actor=actor, request_id=request_id)
    except (Conflict, Invalid) as error:
        say(request, error)
        return redirect(request, reverse("cartable:any", args=[found.code]))
    toast(request, _("It is a lead now."), undo_url=reverse("sales:undo_from_request", args=[deal.pk]))
    return redirect(request, address_of(deal))


@require_POST
@page(CHANGE)
def undo_from_request(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Take it back."""
    services.undo_from_request(actor=signed_in(request), deal_id=deal_id)
    return HttpResponse(status=204)
