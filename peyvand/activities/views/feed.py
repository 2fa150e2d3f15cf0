"""The calendar for other programs: its secret address, and what stands there."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from peyvand.activities import services
from peyvand.activities.icalendar_file import Entry, calendar_of
from peyvand.activities.models import Activity, Feed
from peyvand.activities.permissions import VIEW
from peyvand.activities.selectors.feed import feed_of, in_feed
from peyvand.activities.views.answering import actor_of
from peyvand.core.errors import NotFound
from peyvand.web.access import page, public, signed_in
from peyvand.web.http import redirect
from peyvand.web.toasts import toast

BACK, AHEAD = timedelta(days=90), timedelta(days=370)


@require_http_methods(["GET", "POST"])
@page(VIEW)
def own_feed(request: HttpRequest) -> HttpResponse:
    """Make or revoke the address of one's own calendar, and its password for CalDAV; they are shown once."""
    act, address, secret = request.POST.get("act", ""), "", ""
    if act == "close":
        services.close_feed(actor=actor_of(request))
        toast(request, _("The address is revoked."))
        return redirect(request, reverse("activities:feed"))
    if act == "open":
        secret = services.open_feed(actor=actor_of(request))
        address = settings.BASE_URL.rstrip("/") + reverse("activities:ics", args=[secret])
    context = {
        "feed": Feed.objects.filter(user=signed_in(request)).first(), "address": address, "secret": secret,
        "server": settings.BASE_URL.rstrip("/") + reverse("caldav:root"), "login": signed_in(request).username,
    }  # fmt: skip
    return render(request, "activities/feed.html", context)


@require_GET
@public
def ics(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever made this address, as an iCalendar file; his rights of this moment count."""
    user = feed_of(secret)
    if user is None:
        raise NotFound
    services.note_read(user=user)
    now = timezone.now()
    entries = [entry_of(one) for one in in_feed(user, now - BACK, now + AHEAD)]
    answer = HttpResponse(calendar_of(str(user), entries), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="peyvand.ics"'
    answer["Cache-Control"] = "private, max-age=300"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def entry_of(one: Activity) -> Entry:
    """An activity as other programs read it."""
    at = one.at or one.created_at
    base = settings.BASE_URL.rstrip("/")
    return Entry(
        uid=f"{one.uid}@peyvand", sequence=one.sequence, kind=one.kind, state=one.state, subject=one.subject, starts=at,
        ends=one.ends_at or at, all_day=one.all_day, zone=one.zone, changed=one.changed_at,
        description=one.description, place=one.place or one.link,
        url=base + reverse("activities:activity", args=[one.pk]),
    )  # fmt: skip
