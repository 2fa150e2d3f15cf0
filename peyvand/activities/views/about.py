"""The activities of a record of another app, for its own page: the cartable shows those of a request."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from peyvand.accounts.policies import may
from peyvand.activities import selectors
from peyvand.activities.permissions import PLAN, VIEW
from peyvand.activities.registry import link_kind
from peyvand.activities.wording import ICONS, STATE_COLOURS
from peyvand.core.errors import NotFound
from peyvand.web.access import page, signed_in

SHOWN = 6


@require_GET
@page(VIEW)
def about(request: HttpRequest, kind: str, record: int) -> HttpResponse:
    """The latest activities about a record that the reader may see, and the ways to plan one."""
    user, found = signed_in(request), link_kind(kind)
    if found is None or not may(user, found.permission) or not found.seen(user).filter(pk=record).exists():
        raise NotFound
    rows = list(selectors.of_record(user, kind, record).select_related("owner")[: SHOWN + 1])
    shown = [(one, ICONS[one.kind], STATE_COLOURS[one.state]) for one in rows[:SHOWN]]
    context = {
        "activities": shown, "more": len(rows) > SHOWN, "may_plan": may(user, PLAN), "about": f"{kind}:{record}",
        "address": request.path,
    }  # fmt: skip
    return render(request, "activities/_about.html", context)
