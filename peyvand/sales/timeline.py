"""What sales adds to a customer's timeline: leads and deals that were opened, won and lost."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts.scoping import Who
from peyvand.core.money import format_money_short
from peyvand.core.prepared import Given
from peyvand.parties.timeline import Chip, Entry, Found, Lines, Source
from peyvand.sales.models import Deal, Pipeline
from peyvand.sales.permissions import VIEW
from peyvand.web import prefs

_COLUMNS = {
    "name": "name", "amount": "amount", "kind": "pipeline__kind", "pipeline": "pipeline__name", "stage": "stage__name",
    "state": "state", "reason": "lost_reason__name", "competitor": "competitor",
}  # fmt: skip


def _seen(who: Who) -> QuerySet[Deal]:
    return Deal.objects.visible_to(who).filter(party=Given("party"))


def _closed(who: Who) -> QuerySet[Deal]:
    return _seen(who).filter(state__in=[Deal.State.WON, Deal.State.LOST])


def _entry(row: Found, **more: object) -> Entry:
    """An entry that leads to the deal."""
    return Entry(at=row.at, source=row.source, number=row.number, url=reverse("sales:deal", args=[row.id]), **more)  # type: ignore[arg-type]


def _worth(row: Found) -> str:
    now = prefs.current()
    amount: int | None = row["amount"]
    return "" if amount is None else str(format_money_short(amount, lang=now.language, digits=now.digits))


def _opened_entry(row: Found) -> Entry:
    title = _("Lead: %(name)s") if row["kind"] == Pipeline.Kind.LEAD else _("Deal: %(name)s")
    where = _("%(pipeline)s, %(stage)s") % {"pipeline": row["pipeline"], "stage": row["stage"]}
    chips = [Chip(text)] if (text := _worth(row)) else []
    return _entry(
        row, icon="layout-kanban", tone="firouzeh", title=title % {"name": row["name"]}, text=where, chips=chips
    )


def _closed_entry(row: Found) -> Entry:
    if row["state"] == Deal.State.WON:
        title, text = _("Won: %(name)s"), _worth(row)
        return _entry(row, icon="trophy", tone="peste", title=title % {"name": row["name"]}, text=text)
    said = [
        row["reason"] or "",
        _("to %(competitor)s") % {"competitor": row["competitor"]} if row["competitor"] else "",
    ]
    text = " · ".join(word for word in said if word)
    return _entry(row, icon="circle-x", tone="anar", title=_("Lost: %(name)s") % {"name": row["name"]}, text=text)


SOURCE = Source(
    key="deals",
    label=gettext_lazy("Deals"),
    icon="layout-kanban",
    lines=(
        Lines(rows=_seen, at="opened_at", entry=_opened_entry, columns=_COLUMNS, kind=0, kinds=2),
        Lines(rows=_closed, at="closed_at", entry=_closed_entry, columns=_COLUMNS, kind=1, kinds=2),
    ),
    permission=VIEW,
    order=30,
)
