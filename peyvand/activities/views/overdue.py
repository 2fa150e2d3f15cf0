"""What is overdue, for other pages: the cartable shows it above one's own work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from peyvand.activities.permissions import VIEW
from peyvand.activities.selectors import overdue_for
from peyvand.activities.wording import ICONS
from peyvand.web.access import page, signed_in

SHOWN = 5


@require_GET
@page(VIEW)
def overdue(request: HttpRequest) -> HttpResponse:
    """My overdue activities, the oldest first; nothing when there are none."""
    rows = overdue_for(signed_in(request), timezone.now()).select_related("party")[: SHOWN + 1]
    found = [(one, ICONS[one.kind]) for one in rows]
    context = {"overdue": found[:SHOWN], "more": len(found) > SHOWN}
    return render(request, "activities/_overdue.html", context)
