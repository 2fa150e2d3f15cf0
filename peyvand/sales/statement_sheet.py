"""A statement as a table and as a file, for staff and for the portal."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from peyvand.accounts.models import User
from peyvand.core import sheets
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.jalali import MONTHS, format_date
from peyvand.core.sheets import Cell
from peyvand.sales.models import CommissionEntry, Deal, DealRegistration, Partner, PartnerSeat
from peyvand.sales.selectors.commissions import entries_of, is_month, month_shown, sum_of
from peyvand.web import exporting as door
from peyvand.web import prefs
from peyvand.web.templatetags.pv import localised


def month_name(month: int) -> str:
    """A Jalali month as people read it: «آذر ۱۴۰۵»."""
    names = MONTHS["jalali", "fa" if prefs.current().language == "fa" else "en"]
    return localised(f"{names[month % 100 - 1]} {month // 100}")


def asked_month(month: int) -> int:
    """A month from an address. Errors: NotFound."""
    if not is_month(month):
        raise NotFound
    return month


def titles(entries: Sequence[CommissionEntry], *, reader: User | PartnerSeat) -> list[tuple[CommissionEntry, str]]:
    """Each line with the name of its deal: to us where the reader sees it, to a partner in his own words."""
    ids = [entry.deal_id for entry in entries]
    if isinstance(reader, User):
        seen = set(Deal.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))
        hidden = _("A deal that you may not see")
        return [(entry, entry.deal.name if entry.deal_id in seen else hidden) for entry in entries]
    rows = DealRegistration.objects.filter(partner=reader.partner_id, deal__in=ids)
    own = dict(rows.values_list("deal", "product"))
    return [(entry, own.get(entry.deal_id, entry.deal.name)) for entry in entries]


def rows_of(partner: Partner, month: int, *, reader: User | PartnerSeat) -> Iterable[list[Cell]]:
    """A head, a line for each entry, then the sum, what was left before, what was paid, the balance; in Rial."""
    entries = list(entries_of(partner, month))
    yield [
        _("Date"), _("Deal"), _("Rule"), _("Amount of the deal in rial"), _("Share of the commission in percent"),
        _("Commission in rial"),
    ]  # fmt: skip
    for entry, title in titles(entries, reader=reader):
        day = format_date(entry.day, calendar="jalali", lang="en", style="numeric", digits="latin")
        yield [day, title, entry.rule.name, entry.details["deal"], entry.details["percent"], entry.amount]
    shown = month_shown(partner, month)
    yield [_("Sum"), None, None, None, None, sum_of(entries)]
    yield [_("Left of the months before"), None, None, None, None, shown.carried]
    yield [pgettext("statement", "Paid"), None, None, None, None, shown.paid]
    yield [_("Balance"), None, None, None, None, shown.balance]


def give(request: HttpRequest, partner: Partner, month: int, *, reader: User | PartnerSeat) -> StreamingHttpResponse:
    """The statement as CSV or XLSX; nothing that people typed becomes a formula. Errors: Invalid."""
    wanted = door.format_of(request.POST.get("format", ""))
    if not wanted.is_table:
        raise Invalid
    rows = rows_of(partner, month, reader=reader)
    chunks = sheets.whole(wanted, rows, is_rtl=prefs.current().direction == "rtl")
    response = StreamingHttpResponse(chunks, content_type=sheets.CONTENT_TYPES[wanted])
    name = f"commission-{month}.{wanted.extension}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
