"""The approvals that wait for one's word: a page of its own, and a card above one's own work in the cartable."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from peyvand.sales.models import Deal, StageApproval
from peyvand.sales.permissions import APPROVE, VIEW
from peyvand.sales.selectors.approvals import approvals_for
from peyvand.web.access import page, signed_in
from peyvand.web.paging import links, page_of

SHOWN = 5


@require_GET
@page(APPROVE)
def approvals(request: HttpRequest) -> HttpResponse:
    """The approvals that one may decide, the oldest first."""
    found = page_of(request, approvals_for(signed_in(request)), order=("asked_at", "pk"))
    return render(request, "sales/approvals.html", {"rows": found.items, "links": links(request, found)})


@require_GET
@page(VIEW)
def waiting(request: HttpRequest) -> HttpResponse:
    """The oldest of them, for the cartable; nothing when there are none."""
    rows = list(approvals_for(signed_in(request))[: SHOWN + 1])
    return render(request, "sales/_approvals.html", {"rows": rows[:SHOWN], "more": len(rows) > SHOWN})


@require_GET
@page(VIEW)
def approval(request: HttpRequest, approval_id: int) -> HttpResponse:
    """To the deal that an approval is asked for."""
    seen = StageApproval.objects.filter(deal__in=Deal.objects.visible_to(request.user))
    return redirect("sales:deal", deal_id=get_object_or_404(seen, pk=approval_id).deal_id)
