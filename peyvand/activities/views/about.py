"""The activities of a record of another app, for its own page: the cartable shows those of a request."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.accounts.policies import may
from peyvand.activities import selectors, services
from peyvand.activities.outside_words import WHY_LEFT
from peyvand.activities.permissions import PLAN, VIEW
from peyvand.activities.registry import link_kind
from peyvand.activities.types import About
from peyvand.activities.views.answering import NEWS, actor_of
from peyvand.activities.wording import ICONS, STATE_COLOURS
from peyvand.core.errors import NotFound
from peyvand.web.access import page, signed_in
from peyvand.web.http import done
from peyvand.web.toasts import toast

SHOWN = 6
LONGEST = 19  # digits


@require_GET
@page(VIEW)
def about(request: HttpRequest, kind: str, record: int) -> HttpResponse:
    """The latest activities about a record that the reader may see, and the ways to plan one."""
    user, found = signed_in(request), link_kind(kind)
    seen = found.seen(user).filter(pk=record).first() if found is not None and may(user, found.permission) else None
    if found is None or seen is None:
        raise NotFound
    left = services.left_in(user, list(found.messages(seen)), is_confidential=found.is_confidential(seen))
    rows = list(selectors.of_record(user, kind, record).select_related("owner")[: SHOWN + 1])
    shown = [(one, ICONS[one.kind], STATE_COLOURS[one.state]) for one in rows[:SHOWN]]
    context = {
        "activities": shown, "more": len(rows) > SHOWN, "may_plan": may(user, PLAN), "about": f"{kind}:{record}",
        "address": request.path,
        "left": [(one, WHY_LEFT.get(one.why or "")) for one in left],
    }  # fmt: skip
    return render(request, "activities/_about.html", context)


@require_POST
@page(PLAN)
def take(request: HttpRequest, kind: str, record: int) -> HttpResponse:
    """Put a meeting of others that came by mail into one's own calendar."""
    number, uid = request.POST.get("message", ""), request.POST.get("uid", "")
    about = About(kind=kind, id=record)
    message = int(number) if number.isdecimal() and len(number) < LONGEST else 0
    pk = services.take_up(actor=actor_of(request), about=about, message_id=message, uid=uid)
    toast(request, _("It is in your calendar: say whether you come."))
    return done(request, NEWS, url=reverse("activities:activity", args=[pk]))
