"""What was changed on a customer, by whom and when."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from peyvand.parties import selectors
from peyvand.parties.selectors.history import history_of
from peyvand.parties.views.words import FIELDS, KINDS
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment


@require_GET
@page("parties.view")
def history(request: HttpRequest, party_id: int) -> HttpResponse:
    """Every change of a customer and of what hangs on him, newest first."""
    user = signed_in(request)
    party = selectors.get_visible(user, party_id)
    found = history_of(user, party, before=request.GET.get("before", ""))
    rows = [
        (each, KINDS[each.kind], [(FIELDS.get(n, n), was, now) for n, was, now in each.fields]) for each in found.items
    ]
    return fragment(request, "parties/history.html", {"party": party, "rows": rows, "older": found.next}, "changes")
