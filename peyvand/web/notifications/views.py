"""Pages of notifications: the popover under the bell, the list, reading."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from peyvand.accounts.models import Notification, User
from peyvand.accounts.scoping import reach_of
from peyvand.accounts.services import notifications
from peyvand.web.access import page, signed_in
from peyvand.web.http import add_event, fragment, redirect
from peyvand.web.notifications.words import shown
from peyvand.web.paging import links, page_of

LATEST = 8
MOST_COUNTED = 99


def bell(obj: object, *, request: HttpRequest | None) -> SafeString | None:
    """The bell of the top bar; whether something waits was read with the reader's permissions."""
    user = request.user if request else None
    if not isinstance(user, User):
        return None
    return render_to_string("web/notifications/_bell.html", {"has_news": reach_of(user).has_news}, request=request)


@require_GET
@page()
def dot(request: HttpRequest) -> HttpResponse:
    """The mark on the bell, asked for when there is news."""
    context = {"has_news": reach_of(signed_in(request)).has_news}
    return render(request, "web/notifications/_dot.html", context)


@require_GET
@page()
def latest(request: HttpRequest) -> HttpResponse:
    """The newest notifications, for the popover."""
    mine = Notification.objects.filter(user=signed_in(request))
    rows = [shown(row) for row in mine.order_by("-created_at", "-id")[:LATEST]]
    count = mine.filter(read_at=None).order_by()[: MOST_COUNTED + 1].count()
    return render(request, "web/notifications/_latest.html", {"rows": rows, "count": count})


@require_GET
@page()
def index(request: HttpRequest) -> HttpResponse:
    """All notifications, the newest first."""
    mine = Notification.objects.filter(user=signed_in(request))
    found = page_of(request, mine, order=("-created_at", "-id"))
    context = {"rows": [shown(row) for row in found.items], "links": links(request, found)}
    return fragment(request, "web/notifications/list.html", context, "notifications")


@require_POST
@page()
def open_one(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Read one notification and go where it leads."""
    url = notifications.read(user=signed_in(request), notification_id=notification_id)
    return redirect(request, url or reverse("notifications:list"))


@require_POST
@page()
def read_all(request: HttpRequest) -> HttpResponse:
    """Read everything."""
    notifications.read_all(user=signed_in(request))
    if not getattr(request, "htmx", None):
        return redirect(request, reverse("notifications:list"))
    response = HttpResponse(status=204)
    return add_event(response, "pv:live:notifications")
