"""What activities add to the file of a customer: what is planned next, and buttons."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who
from peyvand.activities.models import Activity, State
from peyvand.activities.permissions import PLAN, VIEW
from peyvand.activities.wording import ICONS
from peyvand.core.prepared import Given
from peyvand.parties.models import Party
from peyvand.web.icons import icon

SHOWN = 4


def _planned(who: Who) -> QuerySet[Activity]:
    rows = Activity.objects.visible_to(who).filter(party=Given("party"), state=State.PLANNED)
    return rows.only("subject", "kind", "at", "ends_at", "all_day").order_by(F("at").asc(nulls_last=True), "pk")[:SHOWN]


_NEXT = PreparedFor(_planned)


def next_activities(party: Party, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The card beside the timeline."""
    user = request.user if request else None
    if not isinstance(user, User) or not may(user, VIEW):
        return None
    now = timezone.now()
    rows = _NEXT.all(user, party=party.pk)
    planned = [(one, ICONS[one.kind], one.ends_at is not None and one.ends_at < now) for one in rows]
    return {"party": party, "planned": planned, "may_plan": may(user, PLAN)}


def log_call(party: Party, *, request: HttpRequest | None) -> SafeString | None:
    """The button that writes down a call."""
    user = request.user if request else None
    if not isinstance(user, User) or not may(user, PLAN):
        return None
    words: Any = _("Log a call")
    address = reverse("activities:log_call", args=[party.pk])
    return format_html(
        '<a class="btn btn-line btn-sm" href="{}" hx-get="{}" hx-target="#dialog" hx-swap="innerHTML">'
        "{}<span>{}</span></a>",
        address, address, icon("phone-plus"), words,
    )  # fmt: skip


def plan(party: Party, *, request: HttpRequest | None) -> SafeString | None:
    """The entry of the menu that plans an activity with this customer."""
    user = request.user if request else None
    if not isinstance(user, User) or not may(user, PLAN):
        return None
    words: Any = _("Plan an activity")
    return format_html(
        '<a class="pv-mi" href="{}?party={}">{}<span class="grow">{}</span></a>',
        reverse("activities:new"), party.pk, icon("calendar-plus", size=16), words,
    )  # fmt: skip
