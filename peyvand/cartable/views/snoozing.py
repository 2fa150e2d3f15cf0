"""Putting a request aside for a while, and taking it back."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from peyvand.cartable import snooze_times
from peyvand.cartable.desk_forms import SnoozeForm
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.clock import organisation_calendar
from peyvand.cartable.services.snoozing import snooze as put_aside
from peyvand.cartable.services.snoozing import unsnooze as take_back
from peyvand.cartable.views.answering import NEWS, actor_of, address_of, dialog, find, status_of
from peyvand.core.errors import Invalid
from peyvand.core.text import isolated
from peyvand.web.access import page
from peyvand.web.http import done
from peyvand.web.toasts import toast

WORDS: dict[str, Promise] = {
    "hour": _("In an hour"),
    "later": _("In three hours"),
    "tomorrow": _("Tomorrow at 8"),
    "working_day": _("Next working day"),
    "next_week": _("First working day of next week"),
}


@page("cartable.handle")
def snooze(request: HttpRequest, code: str) -> HttpResponse:
    """Ask until when a request is put aside, and put it aside."""
    found = find(request, code)
    form = SnoozeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_aside(request, found, form):
        toast(
            request,
            _now("Request %(code)s was snoozed.") % {"code": isolated(code)},
            undo_url=reverse("cartable:unsnooze", args=[code]),
        )
        return done(request, NEWS, url=address_of(code))
    context = {
        "title": _now("Snooze request %(code)s") % {"code": isolated(code)},
        "form": form,
        "offered": offered(),
        "due": found.next_due,
    }
    return dialog(request, found, "cartable/_snooze.html", context, status=status_of(form))


def offered() -> list[tuple[str, Promise, datetime]]:
    """The moments that are offered: key, words, when."""
    choices = snooze_times.choices(organisation_calendar(), timezone.now())
    return [(one.key, WORDS[one.key], one.at) for one in choices]


def _is_aside(request: HttpRequest, found: Request, form: SnoozeForm) -> bool:
    """Put it aside, or say in the form why not."""
    until = form.until(organisation_calendar())
    if until is None:
        form.add_error("day", _now("Choose until when."))
        return False
    try:
        put_aside(actor=actor_of(request), request_id=found.pk, until=until)
    except Invalid:
        form.add_error("day", _now("Choose a moment that lies ahead, at most a year."))
        return False
    return True


@page("cartable.view")
@require_POST
def unsnooze(request: HttpRequest, code: str) -> HttpResponse:
    """Take back at once what one had put aside."""
    take_back(actor=actor_of(request), request_id=find(request, code).pk)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    toast(request, _now("Request %(code)s is back in your work.") % {"code": isolated(code)})
    return done(request, NEWS, url=address_of(code))
