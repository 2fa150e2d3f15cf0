"""Open deals by the month in which they are expected to close."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from peyvand.accounts.policies import may
from peyvand.core.jalali import MONTHS, to_jalali
from peyvand.sales.models import Pipeline
from peyvand.sales.permissions import CHANGE, VIEW
from peyvand.sales.selectors.months import DAY, Month, months_of
from peyvand.sales.selectors.pipelines import pipelines
from peyvand.sales.views.shared import number_in
from peyvand.web import prefs
from peyvand.web.access import page, signed_in
from peyvand.web.templatetags.pv import localised


@dataclass(frozen=True)
class Column:
    """A month with its name, and where all of it can be seen."""

    month: Month
    name: str
    url: str


@require_GET
@page(VIEW)
def months(request: HttpRequest) -> HttpResponse:
    """The months to come with what is expected in each."""
    user, found = signed_in(request), pipelines(Pipeline.Kind.DEAL)
    pipeline = next((each for each in found if each.pk == number_in(request.GET.get("pipeline"))), None)
    owner_id = number_in(request.GET.get("owner"))
    shown = months_of(user, timezone.localdate(), prefs.current().calendar, pipeline=pipeline, owner_id=owner_id)
    columns = [
        Column(month, _name(month), _all_of(month, pipeline, owner_id))
        for month in shown
        if month.count or month.key != "past"
    ]
    largest = max((month.amount for month in shown), default=0) or 1
    context: dict[str, Any] = {"columns": columns, "largest": largest, "pipelines": found, "pipeline": pipeline}
    context |= {"owner_id": owner_id, "me": user, "may_change": may(user, CHANGE)}
    context |= {"amount": sum(each.amount for each in shown), "weighted": sum(each.weighted for each in shown)}
    return render(request, "sales/months.html", context)


def _name(month: Month) -> str:
    if month.key == "month" and month.first is not None:
        return _month_name(month.first)
    words = {"past": _("Its day has passed"), "later": pgettext("months", "Later"), "unknown": _("Without a day")}
    return words[month.key]


def _month_name(first: date) -> str:
    now = prefs.current()
    there = to_jalali(first) if now.calendar == "jalali" else first
    names = MONTHS["jalali" if now.calendar == "jalali" else "gregorian", "fa" if now.language == "fa" else "en"]
    return localised(f"{names[there.month - 1]} {there.year}")


def _all_of(month: Month, pipeline: Pipeline | None, owner_id: int | None) -> str:
    """The list of all deals of a month."""
    asked = ["state~any_of~open"]
    asked += [f"pipeline~any_of~{pipeline.pk}"] if pipeline else []
    asked += [f"owner~any_of~{owner_id}"] if owner_id else []
    if month.key == "unknown":
        asked.append("close_on~empty")
    elif month.first is None:
        asked.append(f"close_on~before~{month.last + DAY if month.last else ''}")
    else:
        later = f"close_on~after~{month.first - DAY}"
        asked.append(f"close_on~between~{month.first}~{month.last}" if month.last else later)
    return f"{reverse('sales:list')}?{urlencode([('f', each) for each in asked])}"
