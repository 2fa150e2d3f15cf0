"""What a partner earns, in his portal: his own statements and nothing else."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from peyvand.sales.models import PartnerSeat
from peyvand.sales.selectors.commissions import entries_of, month_shown, months_of
from peyvand.sales.statement_sheet import asked_month, give, month_name, titles
from peyvand.sales.views.portal import portal_page, seated


@require_GET
@seated
def statements(request: HttpRequest, seat: PartnerSeat) -> HttpResponse:
    """The months in which something stands."""
    rows = [(month, month_name(month.number)) for month in months_of(seat.partner)]
    return portal_page(request, "statements", {"seat": seat, "here": "statements", "rows": rows})


@require_GET
@seated
def statement(request: HttpRequest, seat: PartnerSeat, month: int) -> HttpResponse:
    """A month with its lines."""
    number = asked_month(month)
    lines = titles(list(entries_of(seat.partner, number)), reader=seat)
    context = {"month": month_shown(seat.partner, number), "name": month_name(number), "lines": lines}
    context |= {"today": timezone.localdate()}
    return portal_page(request, "statement", {"seat": seat, "here": "statements"} | context)


@require_POST
@seated
def file(request: HttpRequest, seat: PartnerSeat, month: int) -> StreamingHttpResponse:
    """A statement as a file."""
    return give(request, seat.partner, asked_month(month), reader=seat)
