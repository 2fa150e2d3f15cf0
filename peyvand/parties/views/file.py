"""The file of one customer."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from peyvand.parties import policies, selectors
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment


@require_GET
@page("parties.view")
def detail(request: HttpRequest, party_id: int) -> HttpResponse:
    """The short file of one customer; other apps fill its slots."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    context = {"file": selectors.short_file(party), "party": party, "may_change": policies.may_change(user, party)}
    return fragment(request, "parties/detail.html", context, "party")
