"""Who viewed and exported personal data."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from peyvand.parties.models import AccessLog
from peyvand.parties.policies import AUDIT
from peyvand.parties.selectors.access import access_rows
from peyvand.web.access import page
from peyvand.web.http import fragment
from peyvand.web.paging import links, page_of


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@require_GET
@page(AUDIT)
def access_log(request: HttpRequest) -> HttpResponse:
    """The log of looks and exports, the newest first."""
    act = request.GET.get("act", "")
    user, party = (_number(request.GET.get(name, "")) for name in ("user", "party"))
    found = page_of(request, access_rows(act=act, user_id=user, party_id=party), order=("-at", "-id"))
    context = {
        "rows": found.items,
        "links": links(request, found),
        "acts": AccessLog.Act.choices,
        "act": act,
        "user_id": user,
        "party_id": party,
    }
    return fragment(request, "parties/access_log.html", context, "access")
