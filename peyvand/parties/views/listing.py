"""The list of customers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from peyvand.parties import listing, policies, selectors
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment


@require_GET
@page("parties.view")
def customers(request: HttpRequest) -> HttpResponse:
    """The list of customers: search, filters, Persian order, keyset pages."""
    user = signed_in(request)
    filters = listing.FILTERS.bind(request)
    table = listing.TABLE.bind(request, filters.apply(selectors.with_contacts(selectors.visible_to(user))))
    context = {"filters": filters, "table": table, "may_create": policies.may_create(user)}
    return fragment(request, "parties/customers.html", context, "customers")
