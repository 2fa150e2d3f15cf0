"""What the cartable adds to the file of a customer: figures, a mark for open complaints, a button."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
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
from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who
from peyvand.cartable.models import ACTIVE, Request, RequestQuerySet
from peyvand.core.prepared import Given
from peyvand.parties.file_parts import Figure
from peyvand.parties.models import Party
from peyvand.web.icons import icon
from peyvand.web.templatetags.pv import chip, localised, number

MOST = 99
MOST_LISTED = 20
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
_OPEN = PreparedFor(
    lambda who: (
        Request.objects.visible_to(who)
        .filter(party=Given("party"), status__in=ACTIVE)
        .values_list("kind__code", "next_due")[: MOST + 1]
    )
)
_TIMES = PreparedFor(
    lambda who: (
        Request.objects.visible_to(who)
        .filter(party=Given("party"))
        .order_by("-opened_at")
        .values_list("opened_at", "first_answered_at")[: MOST + 1]
    )
)


def _latest(who: Who, parties: Q) -> RequestQuerySet:
    rows = Request.objects.visible_to(who).filter(parties).select_related("party", "department")
    shown = rows.only("code", "subject", "status", "medium", "opened_at", "party__name", "department__name")
    return shown.order_by("-opened_at")[: MOST_LISTED + 1]


_OWN = PreparedFor(lambda who: _latest(who, Q(party=Given("party"))))
_WITH_PEOPLE = PreparedFor(
    lambda who: _latest(who, Q(party__in=Party.objects.filter(Q(pk=Given("party")) | Q(organisation=Given("party")))))
)


def latest_requests(user: User, party: Party) -> list[Request]:
    """The latest requests of a customer, and of an organisation's people, for a reader; one more than is shown."""
    question = _WITH_PEOPLE if party.kind == Party.Kind.ORGANISATION else _OWN
    return question.all(user, party=party.pk)


@dataclass(frozen=True)
class OpenRequests:
    """What still waits at a customer, as one reader sees it; at most 100 are looked at."""

    count: int = 0
    late: int = 0
    complaints: int = 0


def open_requests(user: User, party: Party) -> OpenRequests:
    """Read once for a party: the figures and the mark beside its name ask for the same."""
    known: dict[int, OpenRequests] = party.__dict__.setdefault("_open_requests", {})
    if user.pk not in known:
        known[user.pk] = _read(user, party) if may(user, "cartable.view") else OpenRequests()
    return known[user.pk]


def _read(user: User, party: Party) -> OpenRequests:
    found = _OPEN.all(user, party=party.pk)
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
    found = _TIMES.all(user, party=party.pk)
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


def write_to(party: Party, *, request: HttpRequest | None) -> SafeString | None:
    """The button that writes to this customer."""
    user = request.user if request else None
    if not isinstance(user, User) or not may(user, "cartable.draft"):
        return None
    words: Any = _("Write")
    address = reverse("cartable:write", args=[party.pk])
    return format_html(
        '<a class="btn btn-line btn-sm" href="{}">{}<span>{}</span></a>', address, icon("mail-plus"), words
    )
