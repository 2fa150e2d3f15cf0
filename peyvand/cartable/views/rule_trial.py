"""Trying the rules on words that are typed, and what people can do and hold."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.cartable import routing_words as words
from peyvand.cartable.models import Seat, Skill
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.routing_forms import SeatForm, SkillForm, TrialForm
from peyvand.cartable.selectors.named_things import Things, things_of
from peyvand.cartable.selectors.people import workload
from peyvand.cartable.selectors.routing import handlers, rules_in_order
from peyvand.cartable.services import ruling as services
from peyvand.cartable.services.trying import Trial, Typed, try_rules
from peyvand.cartable.views.ruling import frame
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.paging import page_of
from peyvand.web.refusals import succeeded, tell
from peyvand.web.toasts import toast


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def trial(request: HttpRequest) -> HttpResponse:
    """Which rule would take a message, and why the others would not. Nothing is stored."""
    rules = rules_in_order()
    things = things_of(rules)
    form = TrialForm(request.POST if request.method == "POST" else None, things=things)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context["found"] = _told(try_rules(actor=signed_in(request), typed=_typed(form)), things)
    return frame(request, "trial", context, status=422 if form.is_bound and not form.is_valid() else 200)


def _typed(form: TrialForm) -> Typed:
    given = dict(form.cleaned_data)
    day, at = given.pop("day") or timezone.localdate(), given.pop("time") or timezone.localtime().time()
    return Typed(at=timezone.make_aware(dt.datetime.combine(day, at)), **given)


def _told(found: Trial, things: Things) -> dict[str, Any]:
    """The trial in words: each rule with what it misses."""
    department = things.departments.get(found.department_id or 0)
    rows = [
        (row, _(", ").join(str(words.LABELS[each]) for each in row.misses), str(words.SKIPPED.get(row.why, "")))
        for row in found.rows
    ]
    return {"rows": rows, "department": department, "language": words.LANGUAGES.get(found.language, "")}


@dataclass(frozen=True)
class Place:
    """One person with what he can do, may hold and holds."""

    user: User
    seat: Seat
    load: int


@require_http_methods(["GET", "POST"])
@page(CONFIGURE)
def people(request: HttpRequest) -> HttpResponse:
    """Skills, and how much of what each person gets."""
    form = SkillForm(request.POST if request.method == "POST" else None)
    actor = signed_in(request)
    if form.is_valid() and succeeded(form, lambda: services.add_skill(actor=actor, name=form.cleaned_data["name"])):
        toast(request, _("Saved"))
        return redirect(request, reverse("cartable:rule_people"))
    found = page_of(request, User.objects.filter(handlers()).select_related("department"), order=["sort_key", "id"])
    ids = [user.pk for user in found.items]
    seats, held = Seat.objects.in_bulk(ids), workload(ids)
    rows = [Place(user, seats.get(user.pk, Seat(user=user)), held.get(user.pk, 0)) for user in found.items]
    context = {"form": form, "rows": rows, "skills": Skill.objects.order_by("name"), "paged": found}
    return frame(request, "people", context, status=422 if form.is_bound else 200)


@require_POST
@page(CONFIGURE)
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what one person can do and may hold."""
    form, actor = SeatForm(request.POST, skills=Skill.objects.values_list("pk", "name")), signed_in(request)
    if form.is_valid():
        tell(request, _("Saved"), lambda: services.set_seat(actor=actor, user_id=pk, **form.cleaned_data))
    else:
        toast(request, _("Write a number from 0 to 10000."), level="bad")
    return redirect(request, reverse("cartable:rule_people"))


@require_POST
@page(CONFIGURE)
def remove_skill(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a skill away."""
    services.remove_skill(actor=signed_in(request), skill_id=pk)
    toast(request, _("Saved"))
    return redirect(request, reverse("cartable:rule_people"))
