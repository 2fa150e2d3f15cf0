"""What sales adds to the shell, to the settings and to the file of a customer."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.core import finding
from peyvand.core.money import format_money_short
from peyvand.core.text import search_norm
from peyvand.parties import file_parts
from peyvand.parties import timeline as customer_timeline
from peyvand.parties.models import Party
from peyvand.sales import (
    bulk_bar,
    came_from,
    claims_timeline,
    listing,
    partner_figures,
    permissions,
    taken_out,
    through_partners,
    timeline,
)
from peyvand.sales.models import Deal
from peyvand.sales.selectors.deal import deals_of
from peyvand.sales.services.telling import KIND
from peyvand.web import nav, prefs, slots
from peyvand.web.access import signed_in
from peyvand.web.administration import sections
from peyvand.web.lists import BoundList
from peyvand.web.notifications import kinds

__all__ = ["bulk_bar", "listing", "permissions", "taken_out"]

MOST = 100


def found(user: User, question: str, limit: int) -> Iterator[finding.Found]:
    """Yield the leads and deals whose names fit a question, the newest first."""
    words = search_norm(question).split()[:6]
    if not words or not may(user, permissions.VIEW):
        return
    rows = Deal.objects.visible_to(user)
    for word in words:
        rows = rows.filter(search__contains=word)
    for deal in rows.select_related("party", "stage").order_by("-opened_at", "-id")[:limit]:
        yield finding.Found(
            id=deal.pk,
            title=deal.name,
            page="sales:deal",
            arguments=(deal.pk,),
            subtitle=f"{deal.party.name} · {deal.stage.name}",
        )


def deals_tab(request: HttpRequest, party: Party) -> str:
    """The leads and deals of a customer."""
    user = signed_in(request)
    context = {"deals": deals_of(user, party)[:MOST], "party": party, "may_change": may(user, permissions.CHANGE)}
    return render_to_string("sales/_of_party.html", context, request)


def count_of(user: User, party: Party) -> int | None:
    """How many leads and deals a customer has, as far as one may see them."""
    return Deal.objects.visible_to(user).filter(party=party)[:MOST].count() or None


def figures(user: User, party: Party) -> Iterator[file_parts.Figure]:
    """Yield what a customer may buy, when there is something."""
    amounts = list(
        Deal.objects.visible_to(user).filter(party=party, state="open").values_list("amount", flat=True)[:MOST]
    )
    if not amounts:
        return
    now = prefs.current()
    total = sum(amount or 0 for amount in amounts)
    text = format_money_short(total, lang=now.language, digits=now.digits) if total else _now("Amount not known")
    url = reverse("parties:tab", args=[party.pk, "deals"])
    yield file_parts.Figure(label=_now("Open deals"), value=text, url=url)


nav.register(
    nav.NavItem(
        key="sales",
        label=_("Sales pipeline"),
        url_name="sales:board",
        icon="layout-kanban",
        order=30,
        permission=permissions.VIEW,
        phone=True,
        shortcut="KeyS",
    )
)
nav.register(
    nav.NavItem(
        key="new-deal",
        label=pgettext_lazy("add", "Deal"),
        url_name="sales:new",
        icon="layout-kanban",
        section="create",
        order=30,
        permission=permissions.CHANGE,
        shortcut="KeyD",
    )
)
nav.register(
    nav.NavItem(
        key="sales-partners",
        label=_("Sales partners"),
        url_name="sales:partners",
        icon="heart-handshake",
        order=32,
        permission=permissions.PARTNERS,
    )
)
finding.register(finding.Source(key="deals", label=_("Deals"), find=found, order=150))
for order, (key, label, page, icon) in enumerate(
    (
        ("pipelines", _("Pipelines"), "pipelines", "layout-kanban"),
        ("sales-channels", _("Sales channels"), "channels", "heart-handshake"),
        ("partner-rules", _("Commission and margin"), "partner_rules", "percentage"),
        ("lead-forms", _("Lead forms"), "lead_forms", "forms"),
        ("lead-assignment", _("Assignment of leads"), "assignment", "route"),
    ),
    start=160,
):
    sections.register(
        sections.Section(
            key=key, label=label, url_name=f"sales:{page}", icon=icon, permission=permissions.CONFIGURE, order=order
        )
    )
slots.register("deal.side", slots.template("sales/_came_from.html", came_from.of_deal), order=200)
slots.register("deal.side", slots.template("sales/partners/_of_deal.html", through_partners.of_deal), order=150)
slots.register("cartable.identity", slots.template("sales/_lead_of_request.html", came_from.of_request), order=300)
file_parts.register_figures(figures, permission=permissions.VIEW, order=30)
file_parts.register_figures(partner_figures.figures, permission=permissions.PARTNERS, order=35)
file_parts.register_tab(
    file_parts.Tab(
        key="deals", label=_("Deals"), render=deals_tab, count=count_of, permission=permissions.VIEW, order=20
    )
)


def _head(bound: BoundList, *, request: HttpRequest | None) -> dict[str, object]:
    """Ways to look at deals, the button that writes one down, and the trash."""
    user = bound.user
    return {"here": bound.key, "may_change": may(user, permissions.CHANGE), "may_delete": may(user, permissions.DELETE)}


def _waiting(folder: object, *, request: HttpRequest | None) -> dict[str, bool] | None:
    """A place above one's own work that asks for waiting approvals once the page stands."""
    return {} if request is not None and may(signed_in(request), permissions.APPROVE) else None


slots.register("cartable.mine", slots.template("sales/_approvals_later.html", _waiting), order=50)
kinds.register(KIND, icon="layout-kanban", tone="info")
customer_timeline.register(timeline.SOURCE)
customer_timeline.register(claims_timeline.SOURCE)


def _import(bound: object, *, request: HttpRequest | None) -> dict[str, str] | None:
    """The way to an import, for who may give deals to others."""
    if request is None or not may(signed_in(request), permissions.ASSIGN):
        return None
    return {"host": listing.DEALS.host}


for each in (listing.DEALS, listing.LEADS):
    slots.register(each.head_slot, slots.template("sales/_import.html", _import), order=60)
    slots.register(each.head_slot, slots.template("sales/_list_head.html", _head), order=900)
