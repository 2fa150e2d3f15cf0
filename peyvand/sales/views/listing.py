"""The lists of deals and of leads."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from peyvand.sales.listing import DEALS, LEADS
from peyvand.sales.permissions import VIEW
from peyvand.web.access import page
from peyvand.web.lists import show_list


@require_GET
@page(VIEW)
def deals(request: HttpRequest) -> HttpResponse:
    """All deals, narrowed and ordered as one likes."""
    return show_list(request, DEALS, "sales/deals.html")


@require_GET
@page(VIEW)
def leads(request: HttpRequest) -> HttpResponse:
    """All leads, narrowed and ordered as one likes."""
    return show_list(request, LEADS, "sales/leads.html")
