"""Minutes of a meeting, the arrival at a visit, and the visits of today."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peyvand.accounts.models import User
from peyvand.activities import policies, services
from peyvand.activities.minutes_forms import DecisionRows, MinutesForm
from peyvand.activities.models import Activity, Decision, Kind, Minutes
from peyvand.activities.permissions import PLAN
from peyvand.activities.selectors import doers_for
from peyvand.activities.selectors.minutes import without_minutes
from peyvand.activities.views.answering import NEWS, actor_of, find, seen_version
from peyvand.web.access import page, signed_in
from peyvand.web.http import done, redirect
from peyvand.web.refusals import succeeded, tell
from peyvand.web.toasts import toast


@require_http_methods(["GET", "POST"])
@page(PLAN)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes and the decisions, which become tasks."""
    found = find(request, pk)
    kept = Minutes.objects.filter(activity=found).first()
    data = request.POST if request.method == "POST" else None
    form = MinutesForm(data, initial={"body": kept.body if kept else ""})
    rows = DecisionRows(data, prefix="decisions", form_kwargs={"doers": list(doers_for(signed_in(request)))})
    if form.is_valid() and rows.is_valid() and succeeded(form, lambda: _write(request, found, form, rows)):
        toast(request, _("The minutes are kept."))
        return redirect(request, reverse("activities:activity", args=[pk]))
    context = {
        "activity": found, "form": form, "rows": rows, "decisions": decisions_of(kept),
        "version": request.POST.get("version", str(kept.version) if kept else ""),
    }  # fmt: skip
    return render(request, "activities/minutes.html", context, status=422 if form.is_bound else 200)


def _write(request: HttpRequest, found: Activity, form: MinutesForm, rows: Any) -> object:
    decided = [row.decided() for row in rows if row.has_changed()]
    return services.write_minutes(
        actor=actor_of(request), activity_id=found.pk, body=form.cleaned_data["body"], decided=decided,
        expected_version=seen_version(request),
    )  # fmt: skip


def decisions_of(kept: Minutes | None) -> QuerySet[Decision]:
    """The decisions of some minutes with their tasks."""
    return Decision.objects.filter(minutes=kept).select_related("owner", "task").order_by("pk")


def part(found: Activity, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """The minutes on the page of a meeting."""
    if request is None or found.kind == Kind.TASK:
        return None
    kept = Minutes.objects.filter(activity=found).select_related("written_by").first()
    may_write = policies.may_change(signed_in(request), found)
    return {"activity": found, "kept": kept, "decisions": decisions_of(kept), "may_write": may_write}


def waiting(day: Any, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """Meetings of the last two weeks whose minutes are not written: beside the calendar."""
    user = request.user if request else None
    if not isinstance(user, User):
        return None
    rows = without_minutes(user, timezone.now())
    return {"waiting": rows} if rows else None


@require_POST
@page(PLAN)
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has arrived."""
    found = find(request, pk)
    tell(
        request, _("Your arrival was noted."), lambda: services.check_in(actor=actor_of(request), activity_id=found.pk)
    )
    return done(request, NEWS, url=reverse("activities:activity", args=[pk]))
