"""The list, the page of one activity, and the trash."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.accounts.policies import may
from peyvand.activities import policies, selectors, services
from peyvand.activities.listing import ACTIVITIES
from peyvand.activities.models import Activity, Invitee
from peyvand.activities.permissions import DELETE, PLAN, VIEW
from peyvand.activities.recurrence import Rule
from peyvand.activities.repeat_words import words_of
from peyvand.activities.selectors.one import follower_of, invitees_of, party_of, steps_of
from peyvand.activities.types import HOST
from peyvand.activities.views.answering import actor_of, find
from peyvand.activities.wording import ICONS, STATE_COLOURS, TONES
from peyvand.activities.words import step_words
from peyvand.web.access import page, signed_in
from peyvand.web.custom_values import custom_shown
from peyvand.web.http import fragment, redirect
from peyvand.web.lists import show_list
from peyvand.web.refusals import tell

ANSWERS = {"accepted": "ok", "tentative": "warn", "declined": "bad", "waiting": "n"}


@dataclass(frozen=True)
class Line:
    """One line of the history as people read it."""

    at: datetime
    who: str
    text: str


@require_GET
@page(VIEW)
def activities(request: HttpRequest) -> HttpResponse:
    """The list of activities."""
    return show_list(request, ACTIVITIES, "activities/list.html")


@require_GET
@page(VIEW)
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: when, where, with whom, what came of it, and its history."""
    found, user = find(request, pk), signed_in(request)
    invitees = invitees_of(found)
    mails = selectors.mails_of(found) if any(one.email and one.user_id is None for one in invitees) else {}
    now = timezone.now()
    context: dict[str, Any] = {
        "activity": found,
        "icon": ICONS[found.kind],
        "tone": TONES[found.kind],
        "state_tone": STATE_COLOURS[found.state],
        "is_late": found.is_planned and found.ends_at is not None and found.ends_at < now,
        "invitees": [(one, ANSWERS[one.answer], mails.get(one.email.casefold())) for one in invitees],
        "mine": next((one for one in invitees if one.user_id == user.pk), None),
        "answers": [one for one in Invitee.Answer.choices if one[0] != "waiting"],
        "links": selectors.linked_records(user, found),
        "party": party_of(user, found),
        "outside": selectors.outside_of(found),
        "may": {
            "change": policies.may_change(user, found),
            "delete": policies.may_delete(user, found),
            "plan": may(user, PLAN),
        },
        "history": history(found),
        "custom": custom_shown(HOST, found.custom, user),
        "repeats": _repeats(found),
        "follower": follower_of(user, found),
    }
    return fragment(request, "activities/activity.html", context, "activity")


def _repeats(found: Activity) -> str:
    """How the series of an occurrence comes again; empty for anything else."""
    return words_of(Rule.from_json(found.series.rule), found.series.start) if found.series else ""


def history(found: Activity) -> list[Line]:
    """The latest lines of the history, the newest first."""
    return [Line(one.at, str(one.actor) if one.actor else _("By rule"), step_words(one)) for one in steps_of(found)]


@require_GET
@page(DELETE)
def trash(request: HttpRequest) -> HttpResponse:
    """What was deleted; it can be brought back."""
    rows = Activity.objects.trash_of(signed_in(request)).select_related("owner", "deleted_by")
    return render(request, "activities/trash.html", {"rows": rows.order_by("-deleted_at", "-pk")[:200]})


@require_POST
@page(DELETE)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring an activity back."""
    tell(request, _("It is back."), lambda: services.restore(actor=actor_of(request), activity_id=pk))
    return redirect(request, reverse("activities:trash"))
