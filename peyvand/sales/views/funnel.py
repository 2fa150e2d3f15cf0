"""The funnel of a pipeline, and how it stood on a past day."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.jalali import parse_date
from peyvand.sales.models import Pipeline
from peyvand.sales.permissions import EXPORT, VIEW
from peyvand.sales.selectors.funnel import Funnel, funnel_of, standing_at
from peyvand.sales.selectors.pipelines import chosen, pipelines
from peyvand.sales.selectors.velocity import velocity_of
from peyvand.sales.views.shared import number_in
from peyvand.web.access import page, signed_in
from peyvand.web.exporting import CSV, XLSX

YEAR = dt.timedelta(days=365)
DAY = dt.timedelta(days=1)
FILES = (XLSX, CSV)


@dataclass(frozen=True)
class Asked:
    """What the address of the funnel asks for: whose, of which period, and the day of which the board is shown."""

    pipelines: list[Pipeline]
    pipeline: Pipeline | None
    since: dt.date
    until: dt.date
    day: dt.date

    def funnel(self, user: User) -> Funnel:
        """The funnel of the period. Errors: NotFound when there is no pipeline."""
        if self.pipeline is None:
            raise NotFound
        return funnel_of(user, self.pipeline, _midnight(self.since), _midnight(self.until + DAY))


def asked_in(values: QueryDict) -> Asked:
    """What an address asks for; what cannot be read is as if it were not there."""
    found, today = pipelines(), timezone.localdate()
    return Asked(
        pipelines=found,
        pipeline=chosen(found, number_in(values.get("pipeline"))),
        since=_day(values.get("since"), today - YEAR),
        until=_day(values.get("until"), today),
        day=_day(values.get("day"), today),
    )


@require_GET
@page(VIEW)
def funnel(request: HttpRequest) -> HttpResponse:
    """How far those came that began in a period, how fast it went, and how the pipeline stood at the end of a day."""
    user, asked = signed_in(request), asked_in(request.GET)
    context: dict[str, Any] = {"asked": asked, "pipeline": asked.pipeline, "pipelines": asked.pipelines}
    if asked.pipeline is not None:
        since, until = _midnight(asked.since), _midnight(asked.until + DAY)
        funnel, velocity = asked.funnel(user), velocity_of(user, asked.pipeline, since, until)
        context |= {"funnel": funnel, "velocity": velocity}
        context["rows"] = [(each, velocity.in_stage.get(each.stage.pk)) for each in funnel.stages]
        context["standing"] = standing_at(user, asked.pipeline, _midnight(asked.day + DAY))
    if may(user, EXPORT):
        context["export"] = {"url": reverse("sales:export_funnel"), "query": request.GET.urlencode(), "choices": FILES}
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
