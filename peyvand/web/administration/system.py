"""The organisation, its working hours and holidays; the queue; the log of changes."""

import re
from datetime import time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts import audit as history
from peyvand.accounts import selectors, services
from peyvand.accounts.models import User
from peyvand.core import health, heartbeats
from peyvand.core.models import DeadLetter
from peyvand.core.services import dismiss_dead_letter, retry_dead_letter
from peyvand.core.text import to_latin_digits
from peyvand.core.working_time import Hours
from peyvand.web.access import page
from peyvand.web.administration.frame import number_of, show
from peyvand.web.administration.sections import sections_for
from peyvand.web.administration.words import FIELDS, KINDS, weekday
from peyvand.web.fields import DateField, NumberField
from peyvand.web.http import redirect
from peyvand.web.paging import links, page_of
from peyvand.web.refusals import succeeded, tell
from peyvand.web.toasts import toast
from peyvand.web.views import signed_in

OPERATE = "core.operate"
WEEK = (5, 6, 0, 1, 2, 3, 4)  # Saturday first; Monday is 0
SPAN = re.compile(r"^(\d{1,2}):(\d{2})\s*[-–—تا]+\s*(\d{1,2}):(\d{2})$")
SEPARATORS = re.compile(r"[،,؛;]")


@require_GET
@page()
def home(request: HttpRequest) -> HttpResponse:
    """The first page with which the reader administers something; one's own profile when there is none."""
    found = [each for each in sections_for(signed_in(request)) if not each.personal]
    return redirect(request, found[0].url if found else reverse("profile:preferences"))


class OrganisationForm(forms.Form):
    """The organisation's name and its hours, one line per weekday."""

    name = forms.CharField(label=gettext_lazy("Name of the organisation"), max_length=120)

    def __init__(self, data: Any = None, *, name: str = "", hours: Hours | None = None) -> None:
        shown = {f"day_{day}": spans_text((hours or {}).get(day, ())) for day in WEEK}
        super().__init__(data, initial={"name": name} | shown)
        for day in WEEK:
            self.fields[f"day_{day}"] = forms.CharField(label=weekday(day), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        for day in WEEK:
            try:
                self.cleaned_data[f"day_{day}"] = read_spans(self.cleaned_data.get(f"day_{day}", ""))
            except ValueError:
                self.add_error(f"day_{day}", _("Write hours like 08:00-12:00, 13:00-16:00; empty is a day off."))
        return self.cleaned_data

    def hours(self) -> dict[int, list[tuple[time, time]]]:
        return {day: self.cleaned_data[f"day_{day}"] for day in WEEK}


def spans_text(spans: Any) -> str:
    """«08:00-12:00, 13:00-16:00»."""
    return ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in spans)


def read_spans(text: str) -> list[tuple[time, time]]:
    """Read what `spans_text` writes, in any digits. Raises ValueError."""
    found = []
    for part in SEPARATORS.split(to_latin_digits(text)):
        if part.strip():
            match = SPAN.match(part.strip())
            if match is None:
                raise ValueError(part)
            a, b, c, d = (int(number) for number in match.groups())
            found.append((time(a, b), time(c, d)))
    return found


@require_http_methods(["GET", "POST"])
@page(OPERATE)
def organisation(request: HttpRequest) -> HttpResponse:
    """Name and working hours."""
    data = request.POST if request.method == "POST" else None
    form = OrganisationForm(data, name=selectors.organisation_name(), hours=selectors.working_hours())
    if form.is_valid() and succeeded(form, lambda: _change_organisation(signed_in(request), form)):
        toast(request, _("Saved"))
        return redirect(request, reverse("administration:organisation"))
    return show(request, "organisation", "organisation", {"form": form}, status=422 if form.is_bound else 200)


def _change_organisation(actor: User, form: OrganisationForm) -> bool:
    services.change_organisation(actor=actor, name=form.cleaned_data["name"])
    services.change_working_hours(actor=actor, hours=form.hours())
    return True


class HolidayForm(forms.Form):
    """A day off."""

    day = DateField(label=gettext_lazy("Day"))
    name = forms.CharField(label=gettext_lazy("Occasion"), max_length=160)


class YearForm(forms.Form):
    """A Jalali year to fill from the official calendar."""

    year = NumberField(label=gettext_lazy("Jalali year"), min_value=1300, max_value=1500)


@require_http_methods(["GET", "POST"])
@page(OPERATE)
def holidays(request: HttpRequest) -> HttpResponse:
    """Days on which the organisation does not work."""
    form = HolidayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        clean = form.cleaned_data
        if succeeded(
            form, lambda: services.add_holiday(actor=signed_in(request), day=clean["day"], name=clean["name"])
        ):
            toast(request, _("Saved"))
            return redirect(request, reverse("administration:holidays"))
    context = {"form": form, "year": YearForm(), "days": selectors.holidays_from_today()}
    return show(request, "holidays", "holidays", context, status=422 if form.is_bound else 200)


@require_POST
@page(OPERATE)
def fill_holidays(request: HttpRequest) -> HttpResponse:
    """Add the official holidays of a year."""
    form = YearForm(request.POST)
    if form.is_valid():
        count = services.fill_holidays(actor=signed_in(request), year=form.cleaned_data["year"])
        toast(request, _("%(count)s days were added.") % {"count": count})
        return redirect(request, reverse("administration:holidays"))
    context = {"form": HolidayForm(), "year": form, "days": selectors.holidays_from_today()}
    return show(request, "holidays", "holidays", context, status=422)


@require_POST
@page(OPERATE)
def remove_holiday(request: HttpRequest) -> HttpResponse:
    """Work on that day after all."""
    form = forms.Form(request.POST)
    form.fields["day"] = forms.DateField()
    if form.is_valid():
        services.remove_holiday(actor=signed_in(request), day=form.cleaned_data["day"])
        toast(request, _("Removed"))
    return redirect(request, reverse("administration:holidays"))


@require_GET
@page(OPERATE)
def queue(request: HttpRequest) -> HttpResponse:
    """What is well, what waits, and what gave up."""
    letters = DeadLetter.objects.filter(resolved_at=None)
    found = page_of(request, letters, order=("-created_at", "-id"))
    context = {
        "checks": health.readiness(),
        "ages": sorted(health.oldest_ready().items()),
        "pulses": heartbeats.pulses(),
        "letters": found.items,
        "links": links(request, found),
    }
    return show(request, "queue", "queue", context)


@require_POST
@page(OPERATE)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Repeat work that gave up (`act=retry`), or let it go (`act=dismiss`)."""
    act = retry_dead_letter if request.POST.get("act") == "retry" else dismiss_dead_letter
    words = _("It is tried again.") if act is retry_dead_letter else _("It was let go.")
    tell(request, words, lambda: act(letter_id=pk, user_id=signed_in(request).pk))
    return redirect(request, reverse("administration:queue"))


@require_GET
@page("accounts.audit")
def audit(request: HttpRequest) -> HttpResponse:
    """Who changed what."""
    kind, who = request.GET.get("kind", ""), number_of(request.GET.get("who", ""))
    found = history.changes(kind=kind, who=who, before=request.GET.get("before", ""))
    rows = [
        (each, KINDS[each.kind], [(FIELDS.get(name, name), *values) for name, *values in each.fields])
        for each in found.items
    ]
    kinds = [(name, KINDS[name]) for name in history.TRACKED]
    context = {"page": found, "rows": rows, "kinds": kinds, "kind": kind, "who": who}
    return show(request, "audit", "audit", context)
