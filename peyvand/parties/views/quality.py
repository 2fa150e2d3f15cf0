"""The page of the quality of data: figures that each open their work list, and their trend."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from peyvand.accounts.policies import may, may_everywhere
from peyvand.core.text import to_latin_digits
from peyvand.parties.completeness import tone_of
from peyvand.parties.models import SegmentSize
from peyvand.parties.selectors import get_visible
from peyvand.parties.selectors import quality as selectors
from peyvand.parties.services import quality as services
from peyvand.parties.views.segments.curves import Curve, curve_of
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.refusals import tell
from peyvand.web.toasts import toast

CURVES = (
    ("completeness", gettext_lazy("Average completeness")),
    ("incomplete", gettext_lazy("Incomplete")),
    ("bounced", gettext_lazy("Mail comes back")),
    ("quiet", gettext_lazy("No contact and no change for long")),
    ("duplicates", gettext_lazy("Probable duplicates")),
)


@require_GET
@page("parties.quality")
def quality(request: HttpRequest) -> HttpResponse:
    """What is wrong with the data of the customers that the reader sees, and where to begin."""
    user = signed_in(request)
    found = selectors.overview(user)
    context = {
        "found": found,
        "tone": tone_of(found.completeness),
        "curves": _curves(selectors.trend(user)),
        "months": selectors.quiet_days() * 12 // 365 or 1,
        "may_set": may_everywhere(user, "parties.shape"),
        "may_decide": may(user, "parties.duplicates"),
        "list": reverse("parties:list"),
    }
    return render(request, "parties/quality/page.html", context)


def _curves(days: list[dict[str, Any]]) -> list[tuple[str, Curve, bool]]:
    found = []
    for key, label in CURVES:
        points = [SegmentSize(day=row["day"], size=_value(row, key)) for row in days]
        curve = curve_of(points)
        if curve is not None:
            found.append((str(label), curve, key == "completeness"))
    return found


def _value(row: dict[str, Any], key: str) -> int:
    value: int = row[f"{key}_"]
    return round(value / row["total_"]) if key == "completeness" and row["total_"] else value


@require_POST
@page("parties.shape")
def quiet(request: HttpRequest) -> HttpResponse:
    """Set after how many months a record is stale."""
    typed = to_latin_digits(request.POST.get("months", ""))
    months = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    tell(request, _("Saved."), lambda: services.change_quiet_months(actor=signed_in(request), months=months))
    return redirect(request, reverse("parties:quality"))


@require_POST
@page("parties.change")
def clear_bounce(request: HttpRequest, party_id: int, point_id: int) -> HttpResponse:
    """Say that an address is right again."""
    user = signed_in(request)
    services.clear_bounce(actor=user, party=get_visible(user, party_id), contact_point_id=point_id)
    toast(request, _("The mark was taken away."))
    return redirect(request, reverse("parties:detail", args=[party_id]))
