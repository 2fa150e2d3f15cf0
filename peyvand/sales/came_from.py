"""Where a lead came from and why it is whose it is, for its page and for the request that it was made of."""

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyvand.accounts.policies import may
from peyvand.cartable.models import Request
from peyvand.core.prepared import Given, Prepared
from peyvand.sales.assignment import AWAY, FULL, NOBODY
from peyvand.sales.models import Assigned, Deal, DealRequest, LeadSubmission
from peyvand.sales.permissions import CHANGE
from peyvand.sales.services.from_requests import lead_of
from peyvand.web.access import signed_in

WHY = {
    AWAY: gettext_lazy("all whom it names are on leave"),
    FULL: gettext_lazy("all whom it names have as many as they may"),
    NOBODY: gettext_lazy("nobody whom it names works here"),
}


def of_deal(deal: Deal, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The request or the form that it came from, and why its first owner got it; a request only for who sees it."""
    if request is None:
        return None
    made, sent, assigned = _kept_of(deal)
    seen = Request.objects.visible_to(signed_in(request)).filter(pk=made) if made else None
    submission = LeadSubmission.objects.filter(pk=sent).select_related("form").first() if sent else None
    noted = Assigned.objects.filter(deal=deal).select_related("owner").first() if assigned else None
    return {
        "request_code": seen.values_list("code", flat=True).first() if seen is not None else None,
        "submission": submission,
        "assigned": said(noted) if noted is not None else [],
    }


def _kept_of(deal: Deal) -> tuple[int | None, int | None, int | None]:
    """The numbers of its request, of its form and of why somebody got it, in one question: most deals have none."""
    made, sent, assigned = _KEPT.first(deal=deal.pk)
    return made, sent, assigned


def _kept() -> QuerySet[Any, Any]:
    own = OuterRef("pk")
    return Deal.objects.filter(pk=Given("deal")).values_list(
        Subquery(DealRequest.objects.filter(deal=own).values("request")[:1]),
        Subquery(LeadSubmission.objects.filter(deal=own).order_by("pk").values("pk")[:1]),
        Subquery(Assigned.objects.filter(deal=own).values("pk")[:1]),
    )


_KEPT = Prepared(_kept)


def said(noted: Assigned) -> list[str]:
    """Why somebody got it, in a few short sentences."""
    who = str(noted.owner or "")
    if noted.reason == Assigned.Reason.RULE:
        first = _("By the rule «%(rule)s» it went to %(who)s.") % {"rule": noted.details.get("rule"), "who": who}
    elif noted.reason == Assigned.Reason.FALLBACK:
        first = _("No rule gave it to anybody; it went to %(who)s.") % {"who": who}
    else:
        first = _("Nobody could take it; whoever may give leads to others was told.")
    return [first, *map(_passed, noted.details.get("skipped") or [])]


def _passed(one: Mapping[str, str]) -> str:
    return _("The rule «%(rule)s» fitted, too, but %(why)s.") % {"rule": one["rule"], "why": WHY[one["why"]]}


def of_request(opened: Request, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The lead that was made of a request, or the button that makes one."""
    if request is None or not may(signed_in(request), CHANGE):
        return None
    found = lead_of(opened)
    seen = found is not None and Deal.objects.visible_to(signed_in(request)).filter(pk=found.pk).exists()
    if found is not None and not seen:
        return None
    return {"lead": found, "request_id": opened.pk} if found or opened.party_id else None
