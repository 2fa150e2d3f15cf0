"""What the cartable adds to the file of a customer: figures, a mark for open complaints, a button."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.cartable.models import ACTIVE, Request, RequestQuerySet
from peyvand.parties.file_parts import Figure
from peyvand.parties.models import Party
from peyvand.web.icons import icon
from peyvand.web.templatetags.pv import chip, localised, number

MOST = 99
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class OpenRequests:
    """What still waits at a customer, as one reader sees it; at most 100 are looked at."""

    count: int = 0
    late: int = 0
    complaints: int = 0


def open_requests(user: User, party: Party) -> OpenRequests:
    """Read once for a party: the figures and the mark in the head ask for the same."""
    known: dict[int, OpenRequests] = party.__dict__.setdefault("_open_requests", {})
    if user.pk not in known:
        known[user.pk] = _read(user, party) if may(user, "cartable.view") else OpenRequests()
    return known[user.pk]


def _seen(user: User, party: Party) -> RequestQuerySet:
    """The requests of a customer that a reader may see; the condition is built once for a page."""
    known: dict[int, RequestQuerySet] = party.__dict__.setdefault("_seen_requests", {})
    if user.pk not in known:
        known[user.pk] = Request.objects.visible_to(user).filter(party=party)
    return known[user.pk]


def _read(user: User, party: Party) -> OpenRequests:
    rows = _seen(user, party).filter(status__in=ACTIVE).order_by()
    found = list(rows.values_list("kind__code", "next_due")[: MOST + 1])
    now = timezone.now()
    return OpenRequests(
        count=len(found),
        late=sum(due is not None and due < now for _kind, due in found),
        complaints=sum(kind == "complaint" for kind, _due in found),
    )


def figures(user: User, party: Party) -> Iterator[Figure]:
    """Open requests, all of them, and how long our first answer takes."""
    waiting = open_requests(user, party)
    late = ngettext("%(n)s late", "%(n)s late", waiting.late) % {"n": waiting.late} if waiting.late else _("none late")
    url = reverse("parties:tab", args=[party.pk, "requests"])
    yield Figure(
        label=_("Open requests"),
        value=_at_most(waiting.count),
        note=localised(late) if waiting.count else "",
        tone="bad" if waiting.late else "ok",
        url=url,
    )
    times = _seen(user, party).order_by("-opened_at").values_list("opened_at", "first_answered_at")
    found = list(times[: MOST + 1])
    party.__dict__["_request_count"] = len(found)
    yield Figure(label=_("Requests in total"), value=_at_most(len(found)), url=url)
    waits = [answered - opened for opened, answered in found if answered is not None]
    if waits:
        value, unit = duration(sum(waits, dt.timedelta()) / len(waits))
        yield Figure(label=_("First answer after"), value=value, unit=unit, note=_("on average"))


def count_of(user: User, party: Party) -> int | None:
    """How many requests there are, as the figures have read it."""
    found: int | None = party.__dict__.get("_request_count")
    return found


def duration(span: dt.timedelta) -> tuple[str, str | Promise]:
    """A span in its largest fitting unit: value and unit."""
    if span >= 2 * DAY:
        return number(round(span / DAY)), ngettext("day", "days", round(span / DAY))
    if span >= HOUR:
        return number(round(span / HOUR)), ngettext("hour", "hours", round(span / HOUR))
    minutes = max(1, round(span / dt.timedelta(minutes=1)))
    return number(minutes), ngettext("minute", "minutes", minutes)


def _at_most(count: int) -> str:
    return f"{number(MOST)}+" if count > MOST else number(count)


def complaints_chip(party: Party, *, request: HttpRequest | None) -> SafeString | None:
    """«2 open complaints» beside the name."""
    user = request.user if request else None
    if not isinstance(user, User):
        return None
    count = open_requests(user, party).complaints
    text = ngettext("%(n)s open complaint", "%(n)s open complaints", count) % {"n": count}
    return chip(text, "bad", "mood-sad") if count else None


def new_request(party: Party, *, request: HttpRequest | None) -> SafeString | None:
    """The button that writes down a request of this customer."""
    user = request.user if request else None
    if not isinstance(user, User) or not may(user, "cartable.register"):
        return None
    address = f"{reverse('cartable:new')}?{urlencode({'party': party.pk})}"
    words: Any = _("Request")
    return format_html(
        '<a class="btn btn-primary btn-sm" href="{}">{}<span>{}</span></a>', address, icon("plus"), words
    )
