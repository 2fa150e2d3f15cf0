"""The funnel of a pipeline, and how it stood on a past day."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from peyvand.core.errors import Invalid
from peyvand.core.jalali import parse_date
from peyvand.sales.permissions import VIEW
from peyvand.sales.selectors.funnel import funnel_of, standing_at
from peyvand.sales.selectors.pipelines import chosen, pipelines
from peyvand.sales.views.shared import number_in
from peyvand.web.access import page, signed_in

YEAR = dt.timedelta(days=365)
DAY = dt.timedelta(days=1)


@require_GET
@page(VIEW)
def funnel(request: HttpRequest) -> HttpResponse:
    """How far those came that began in a period, and how the pipeline stood at the end of a day."""
    found, user, today = pipelines(), signed_in(request), timezone.localdate()
    pipeline = chosen(found, number_in(request.GET.get("pipeline")))
    since = _day(request.GET.get("since"), today - YEAR)
    until = _day(request.GET.get("until"), today)
    day = _day(request.GET.get("day"), today)
    context: dict[str, Any] = {"pipelines": found, "pipeline": pipeline, "since": since, "until": until, "day": day}
    if pipeline is not None:
        context["funnel"] = funnel_of(user, pipeline, _midnight(since), _midnight(until + DAY))
        context["standing"] = standing_at(user, pipeline, _midnight(day + DAY))
    return render(request, "sales/funnel.html", context)


def _day(typed: str | None, otherwise: dt.date) -> dt.date:
    """A day of the address; what cannot be read, or is absurd, is as if it were not there."""
    try:
        day = parse_date(typed or "")
    except Invalid:
        return otherwise
    return day if 1990 <= day.year <= 2200 else otherwise


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
