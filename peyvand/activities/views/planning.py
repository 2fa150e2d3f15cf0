"""The form of an activity: a new one, or one that is changed; and who can be chosen on it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from peyvand.accounts.models import User
from peyvand.activities import selectors, services
from peyvand.activities.forms import DEFAULT_ZONE, PlanForm
from peyvand.activities.models import Activity, Kind
from peyvand.activities.permissions import PLAN
from peyvand.activities.registry import link_kind
from peyvand.activities.repeat_words import WHICH, RepeatForm
from peyvand.activities.services.shaping import zone_of
from peyvand.activities.types import HOST, About
from peyvand.activities.views.answering import actor_of, find, seen_version
from peyvand.core.custom_fields import fields_for
from peyvand.parties import selectors as parties
from peyvand.parties.models import Party
from peyvand.web import prefs
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.refusals import attempt
from peyvand.web.toasts import toast

OFFERED = 8
LONGEST_ID = 18


@require_http_methods(["GET", "POST"])
@page(PLAN)
def new(request: HttpRequest) -> HttpResponse:
    """Plan an activity; the address may say kind, customer, day, time and the record that it is about."""
    user, about = signed_in(request), _about(request)
    form = _form(request, user, _asked_for(request, user))
    if form.is_valid():
        made = attempt(form, lambda: _plan(request, form, about))
        if made is not None:
            toast(request, _("It is planned."))
            return redirect(request, reverse("activities:activity", args=[made.pk]))
    return _page(request, form, {"about": about})


def _plan(request: HttpRequest, form: PlanForm, about: Sequence[About]) -> Activity:
    """Plan it once, or as a series when the form says that it comes again."""
    planned, rule = form.planned(about), None
    repeat = RepeatForm(request.POST)
    if repeat.is_valid() and planned.at is not None:
        rule = repeat.rule(planned.at.astimezone(zone_of(planned.zone)).date(), prefs.current().calendar)
    if rule is None:
        return services.plan(actor=actor_of(request), planned=planned)
    return services.plan_series(actor=actor_of(request), planned=planned, rule=rule)


@require_http_methods(["GET", "POST"])
@page(PLAN)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an activity as a whole."""
    found, user = find(request, pk), signed_in(request)
    planned = selectors.planned_of(found)
    form = _form(request, user, PlanForm.values_of(planned) | {"version": found.version}, planned.custom)

    def save() -> int:
        wanted, version = form.planned(planned.about), seen_version(request)
        which = request.POST.get("which", "this")
        if found.series_id is None or which == "this":
            services.edit(actor=actor_of(request), activity_id=pk, planned=wanted, expected_version=version)
            return pk
        return services.edit_series(
            actor=actor_of(request), activity_id=pk, planned=wanted, which=which, expected_version=version
        )

    shown = attempt(form, save) if form.is_valid() else None
    if shown is not None:
        toast(request, _("Saved"))
        return redirect(request, reverse("activities:activity", args=[shown]))
    return _page(request, form, {"activity": found})


def _form(
    request: HttpRequest, user: User, initial: dict[str, Any], custom: Mapping[str, Any] | None = None
) -> PlanForm:
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, doers=selectors.doers_for(user), people=selectors.invitable(), initial=initial)
    return form.with_custom(fields_for(HOST), custom or {}, user)


def _page(request: HttpRequest, form: PlanForm, more: dict[str, Any]) -> HttpResponse:
    chosen = form["party"].value()
    guests = [str(one) for one in form["guest"].value() or ()]
    context = {
        "form": form,
        "customers": customers_of(request, chosen, ""),
        "party": str(chosen or ""),
        "people": people_of(guests, ""),
        "guests": guests,
        "repeat": RepeatForm(request.POST if form.is_bound else None),
        "which": WHICH,
        "version": request.POST.get("version", form.initial.get("version", "")),
        **more,
    }
    return render(request, "activities/form.html", context, status=422 if form.is_bound else 200)


def _about(request: HttpRequest) -> list[About]:
    """The records that the address says, as «sales.Deal:12»; unknown words are left out."""
    pairs = (text.rpartition(":")[::2] for text in request.GET.getlist("about"))
    return [About(kind=kind, id=int(pk)) for kind, pk in pairs if link_kind(kind) and is_id(pk)]


def is_id(text: str) -> bool:
    """Whether a text of an address can be the number of a row."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_ID


def _asked_for(request: HttpRequest, user: User) -> dict[str, Any]:
    asked = request.GET
    kind = asked.get("kind", "")
    at = _moment(asked.get("day", ""), asked.get("time", ""))
    return {
        "kind": kind if kind in Kind.values else Kind.MEETING,
        "party": asked.get("party", "") if is_id(asked.get("party", "")) else None,
        "day": at.date(),
        "begins": f"{at:%H:%M}",
        "owner": user.pk,
        "zone": DEFAULT_ZONE,
        "priority": "normal",
        "subject": asked.get("subject", "")[:200],
        "guest": [one for one in asked.getlist("guest") if is_id(one)],
        "ends": f"{at + _length(asked.get('minutes', '')):%H:%M}" if asked.get("minutes") else "",
    }


def _length(minutes: str) -> timedelta:
    """How long it is to take, within a day."""
    return timedelta(minutes=min(int(minutes), 600) if is_id(minutes) else 60)


def _moment(day: str, clock: str) -> datetime:
    """The moment that an address says; else the next full hour."""
    now = timezone.localtime()
    try:
        chosen = date.fromisoformat(day)
        at = time.fromisoformat(clock) if clock else time(9)
    except ValueError:
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return datetime.combine(chosen, at, tzinfo=now.tzinfo)


@require_GET
@page(PLAN)
def customers(request: HttpRequest) -> HttpResponse:
    """Customers that fit what is typed, to choose from."""
    chosen, words = request.GET.get("party", ""), request.GET.get("who", "")[:80]
    context = {"customers": customers_of(request, chosen, words), "party": chosen}
    return render(request, "activities/_customers.html", context)


def customers_of(request: HttpRequest, chosen: Any, words: str) -> list[Party]:
    """The chosen customer first, then some that fit."""
    user = signed_in(request)
    seen = Party.objects.visible_to(user).select_related("organisation")
    party = seen.answering(int(chosen)) if is_id(str(chosen or "")) else None
    first = [party] if party is not None else []
    found = parties.search(user, words) if words.strip() else Party.objects.none()
    listed = found.select_related("organisation").order_by("sort_key", "id")[:OFFERED]
    return first + [one for one in listed if one not in first]


@require_GET
@page(PLAN)
def people(request: HttpRequest) -> HttpResponse:
    """Colleagues that fit what is typed; the chosen ones stay."""
    guests = [one for one in request.GET.getlist("guest") if is_id(one)]
    context = {"people": people_of(guests, request.GET.get("name", "")[:80]), "guests": guests}
    return render(request, "activities/_people.html", context)


def people_of(chosen: Sequence[str], words: str) -> list[User]:
    """The chosen colleagues first, then some that fit."""
    everybody = selectors.invitable()
    first = list(everybody.filter(pk__in=chosen))
    found = selectors.named(everybody, words)[: OFFERED + len(first)]
    return first + [one for one in found if one not in first][:OFFERED]
