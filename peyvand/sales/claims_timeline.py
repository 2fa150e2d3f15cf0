"""What partners registered of a customer, in his timeline: registered, decided, over."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts.scoping import Who
from peyvand.core.prepared import Given
from peyvand.parties.timeline import Chip, Entry, Found, Lines, Source
from peyvand.sales.models import DealRegistration, Partner
from peyvand.sales.permissions import PARTNERS

State = DealRegistration.State
_COLUMNS = {
    "product": "product", "partner": "partner__party__name", "partner_id": "partner_id", "deal": "deal_id",
    "state": "state", "remark": "remark", "by": "decided_by__full_name",
    "decided": "decided_at",
}  # fmt: skip


def _seen(who: Who) -> QuerySet[DealRegistration]:
    """Those of partners whom the reader sees."""
    partners = Partner.objects.visible_to(who).values("pk")
    return DealRegistration.objects.filter(party=Given("party"), partner__in=partners)


def _decided(who: Who) -> QuerySet[DealRegistration]:
    return _seen(who).filter(decided_at__isnull=False)


def _lapsed(who: Who) -> QuerySet[DealRegistration]:
    return _seen(who).filter(lapsed_at__isnull=False)


def _entry(row: Found, title: str, **more: object) -> Entry:
    """An entry that leads to the deal, else to the partner."""
    url = (
        reverse("sales:deal", args=[row["deal"]]) if row["deal"] else reverse("sales:partner", args=[row["partner_id"]])
    )
    named = title % {"what": row["product"], "partner": row["partner"]}
    return Entry(at=row.at, source=row.source, number=row.number, url=url, title=named, **more)  # type: ignore[arg-type]


def _registered_entry(row: Found) -> Entry:
    chips = (
        [] if row["decided"] else [Chip(str(State(row["state"]).label))]
    )  # what a person decided has a line of its own
    title = _("Registered by %(partner)s: %(what)s")
    return _entry(row, title, icon="clipboard-check", tone="firouzeh", chips=chips)


def _decided_entry(row: Found) -> Entry:
    is_refused = row["state"] == State.REFUSED
    title = _("Refused to %(partner)s: %(what)s") if is_refused else _("Accepted for %(partner)s: %(what)s")
    text = " · ".join(word for word in (row["by"] or "", row["remark"]) if word)
    return _entry(row, title, text=text, icon="gavel", tone="anar" if is_refused else "peste")


def _lapsed_entry(row: Found) -> Entry:
    return _entry(row, _("The protection of %(partner)s is over: %(what)s"), icon="hourglass", tone="zaferan")


SOURCE = Source(
    key="registrations",
    label=gettext_lazy("Registrations of partners"),
    icon="heart-handshake",
    lines=(
        Lines(rows=_seen, at="received_at", entry=_registered_entry, columns=_COLUMNS, kind=0, kinds=3),
        Lines(rows=_decided, at="decided_at", entry=_decided_entry, columns=_COLUMNS, kind=1, kinds=3),
        Lines(rows=_lapsed, at="lapsed_at", entry=_lapsed_entry, columns=_COLUMNS, kind=2, kinds=3),
    ),
    permission=PARTNERS,
    order=35,
)
