"""The list of customers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from peyvand.parties.listing import CUSTOMERS
from peyvand.web.access import page
from peyvand.web.lists import show_list


@require_GET
@page("parties.view")
def customers(request: HttpRequest) -> HttpResponse:
    """The list of customers: search, filters, saved views, Persian order, keyset pages."""
    return show_list(request, CUSTOMERS, "parties/customers.html")
