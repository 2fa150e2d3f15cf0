"""What activities put into the shell: entries, slots in other pages, the timeline."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.activities import customer_file, permissions, timeline
from peyvand.activities.listing import ACTIVITIES
from peyvand.activities.models import Activity
from peyvand.activities.services.inviting import NOTICE
from peyvand.activities.views import exporting, minutes
from peyvand.activities.wording import ICONS
from peyvand.core import finding
from peyvand.core.text import search_norm
from peyvand.parties.timeline import register
from peyvand.web import nav, slots
from peyvand.web.access import signed_in
from peyvand.web.administration import sections
from peyvand.web.lists import BoundList
from peyvand.web.notifications import kinds

SHORTEST = 3


def _overdue(folder: Any, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """A place that asks for one's own overdue activities once the page stands."""
    return {} if request is not None and may(signed_in(request), permissions.VIEW) else None


def _of_request(opened: Any, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """A place on the page of a request that asks for its activities once the page stands."""
    if request is None or not may(signed_in(request), permissions.VIEW):
        return None
    return {"address": reverse("activities:about", args=["cartable.Request", opened.pk])}


def _head(bound: BoundList, *, request: HttpRequest | None) -> dict[str, Any] | None:
    if request is None:
        return None
    user = signed_in(request)
    return {"may_plan": may(user, permissions.PLAN), "may_delete": may(user, permissions.DELETE)}


def found(user: User, question: str, limit: int) -> Iterator[finding.Found]:
    """Activities by words of subject, customer and place."""
    wanted = search_norm(question)
    if len(wanted) < SHORTEST or not may(user, permissions.VIEW):
        return
    rows = Activity.objects.visible_to(user).filter(search__contains=wanted).select_related("party")
    for each in rows.order_by("-at", "-pk")[:limit]:
        yield finding.Found(
            id=each.pk,
            title=each.subject,
            subtitle=each.party.name if each.party else "",
            page="activities:activity",
            arguments=(each.pk,),
            icon=ICONS[each.kind],
        )


slots.register(ACTIVITIES.head_slot, slots.template("web/_export.html", exporting.head), order=50)
slots.register(ACTIVITIES.bulk_slot, slots.template("web/_bulk.html", exporting.bar))
slots.register(ACTIVITIES.head_slot, slots.template("activities/_head.html", _head))
slots.register("activity.parts", slots.template("activities/_minutes.html", minutes.part))
slots.register("calendar.side", slots.template("activities/_waiting_minutes.html", minutes.waiting))
slots.register("cartable.mine", slots.template("activities/_overdue_later.html", _overdue))
slots.register("cartable.identity", slots.template("activities/_about_later.html", _of_request))
slots.register("party.side", slots.template("activities/_next.html", customer_file.next_activities), order=50)
slots.register("party.actions", customer_file.log_call)
slots.register("party.menu", customer_file.plan)
finding.register(finding.Source(key="activities", label=_("Activities"), find=found, order=40))
register(timeline.SOURCE)
kinds.register(NOTICE, icon="calendar", tone="info")
nav.register(
    nav.NavItem(
        key="activities",
        label=_("Calendar"),
        url_name="activities:calendar",
        icon="calendar",
        order=30,
        permission=permissions.VIEW,
        phone=True,
        shortcut="KeyA",
    )
)
nav.register(
    nav.NavItem(
        key="new-activity",
        label=pgettext_lazy("add", "Activity"),
        url_name="activities:new",
        icon="calendar-plus",
        section="create",
        order=30,
        permission=permissions.PLAN,
        shortcut="KeyA",
    )
)
sections.register(
    sections.Section(
        key="outcomes",
        label=_("Outcomes"),
        url_name="activities:outcomes",
        icon="checkup-list",
        permission=permissions.CONFIGURE,
        order=160,
    )
)
