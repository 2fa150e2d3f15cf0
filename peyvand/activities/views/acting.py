"""What is done with one activity: closing, moving, cancelling, answering, deleting, and taking it back."""

from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.activities import selectors, services
from peyvand.activities.forms import CloseForm, LogForm, MoveForm, PlanForm, ReasonForm
from peyvand.activities.models import Activity
from peyvand.activities.permissions import DELETE, PLAN, VIEW
from peyvand.activities.services.shaping import zone_of
from peyvand.activities.types import Planned, Undoable
from peyvand.activities.views.answering import NEWS, acted, actor_of, dialog, find, seen_version
from peyvand.core.errors import Invalid, NotFound
from peyvand.parties.models import Party
from peyvand.web.access import page, signed_in
from peyvand.web.http import done
from peyvand.web.refusals import attempt
from peyvand.web.templatetags.pv import written
from peyvand.web.toasts import toast


@require_http_methods(["GET", "POST"])
@page(PLAN)
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an activity with its outcome."""
    found = find(request, pk)
    form = CloseForm(request.POST if request.method == "POST" else None, kind=found.kind)
    if form.is_valid():
        outcome, result = form.cleaned_data["outcome"], form.cleaned_data["result"]
        closed = attempt(
            form,
            lambda: services.complete(
                actor=actor_of(request), activity_id=pk, outcome_id=outcome.pk if outcome else None, result=result,
                expected_version=seen_version(request),
            ),
        )  # fmt: skip
        if closed is not None:
            return acted(request, said(closed), closed)
    return _dialog(request, found, _("How did it end?"), "activities/_close.html", form)


def said(closed: Undoable) -> str:
    """What happened, with what follows by rule."""
    follower = Activity.objects.filter(pk=closed.follow_up_id or 0).first()
    if follower is None or follower.at is None:
        return _("It is closed.")
    when = {"when": written(follower.at, "datetime")}
    return _("It is closed; the next one is planned for %(when)s.") % when


@require_http_methods(["GET", "POST"])
@page(PLAN)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it will not take place."""
    found = find(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ended = attempt(
            form,
            lambda: services.cancel(
                actor=actor_of(request), activity_id=pk, reason=form.cleaned_data["reason"],
                expected_version=seen_version(request),
            ),
        )  # fmt: skip
        if ended is not None:
            return acted(request, _("It is cancelled."), ended)
    return _dialog(request, found, _("Cancel this?"), "activities/_cancel.html", form)


@require_http_methods(["GET", "POST"])
@page(PLAN)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose another time: in a dialog, which is also the way of the keyboard."""
    found = find(request, pk)
    form = MoveForm(
        request.POST if request.method == "POST" else None, initial=PlanForm.values_of(selectors.planned_of(found))
    )
    if form.is_valid():
        at, ends_at = form.span()
        moved = attempt(
            form,
            lambda: services.reschedule(
                actor=actor_of(request), activity_id=pk, at=at, ends_at=ends_at, all_day=form.cleaned_data["all_day"],
                expected_version=seen_version(request),
            ),
        )  # fmt: skip
        if moved is not None:
            return acted(request, _("It was moved."), moved, url=request.POST.get("back", "") and _calendar(request))
    return _dialog(request, found, _("Another time"), "activities/_move.html", form)


def _calendar(request: HttpRequest) -> str:
    return reverse("activities:calendar")


@require_POST
@page(PLAN)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Dragged to another place of the calendar: `day`, and in a grid of hours the `minute` of that day."""
    found = find(request, pk)
    moved = services.reschedule(
        actor=actor_of(request), activity_id=pk, at=_dropped(request, found), expected_version=seen_version(request)
    )
    return acted(request, _("It was moved."), moved, url=_calendar(request))


def _dropped(request: HttpRequest, found: Activity) -> datetime:
    """The new beginning; without a minute the wall time stays. Raises Invalid."""
    zone = zone_of(found.zone) if found.all_day else timezone.get_default_timezone()
    try:
        day, minute = date.fromisoformat(request.POST.get("day", "")), int(request.POST.get("minute", "-1"))
    except ValueError as problem:
        raise Invalid(fields={"day": "invalid"}) from problem
    if found.at is None or minute > 24 * 60 - 1:
        raise Invalid(fields={"day": "invalid"})
    clock = found.at.astimezone(zone).time() if minute < 0 or found.all_day else time(minute // 60, minute % 60)
    return datetime.combine(day, clock, tzinfo=zone)


@require_POST
@page(PLAN)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it planned again."""
    opened = services.reopen(actor=actor_of(request), activity_id=find(request, pk).pk)
    return acted(request, _("It is planned again."), opened)


@require_POST
@page(DELETE)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it into the trash; the toast takes it back."""
    gone = services.delete(actor=actor_of(request), activity_id=find(request, pk).pk)
    return acted(request, _("It is in the trash."), gone, url=reverse("activities:list"))


@require_POST
@page(PLAN)
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take back what was just done."""
    back = services.undo(actor=actor_of(request), token=token)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    toast(request, _("It is as before."))
    return done(request, NEWS, url=reverse("activities:activity", args=[back.activity_id]))


@require_POST
@page(VIEW)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether one comes."""
    found = find(request, pk)
    said, whole = request.POST.get("answer", ""), request.POST.get("which") == "all"
    services.answer(actor=actor_of(request), activity_id=found.pk, answer=said, whole=whole)
    toast(request, _("Your answer was noted."))
    return done(request, NEWS, url=reverse("activities:activity", args=[pk]))


@require_http_methods(["GET", "POST"])
@page(PLAN)
def log_call(request: HttpRequest, party: int) -> HttpResponse:
    """Write down a call with a customer that has just taken place."""
    found = Party.objects.visible_to(signed_in(request)).filter(pk=party).first()
    if found is None:
        raise NotFound
    first = {"subject": _("Call with %(name)s") % {"name": found.name}}
    form = LogForm(request.POST if request.method == "POST" else None, kind="call", initial=first)
    if form.is_valid():
        values, now = form.cleaned_data, timezone.now()
        planned = Planned(kind="call", subject=values["subject"], at=now, party_id=party)
        chosen = values["outcome"].pk if values["outcome"] else None
        logged = attempt(
            form,
            lambda: services.log(
                actor=actor_of(request), planned=planned, outcome_id=chosen, result=values["result"]
            ),
        )  # fmt: skip
        if logged is not None:
            return acted(request, said(logged), logged, url=reverse("parties:detail", args=[party]))
    context = {"form": form, "action": request.path, "back": reverse("parties:detail", args=[party])}
    return dialog(request, _("Log a call"), "activities/_log.html", context, status=422 if form.is_bound else 200)


def _dialog(request: HttpRequest, found: Activity, title: str, body: str, form: Any) -> HttpResponse:
    context = {
        "activity": found, "form": form, "action": request.path,
        "back": reverse("activities:activity", args=[found.pk]),
    }  # fmt: skip
    return dialog(request, title, body, context, status=422 if form.is_bound else 200)
