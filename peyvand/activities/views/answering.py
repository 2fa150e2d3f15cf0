"""What every view of activities shares: who acts, which activity, how an act is answered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise

from peyvand.accounts.context import Actor
from peyvand.activities.models import Activity
from peyvand.activities.selectors.one import one_of
from peyvand.activities.types import Undoable
from peyvand.core.errors import NotFound
from peyvand.web.access import signed_in
from peyvand.web.http import done, fragment
from peyvand.web.toasts import toast

NEWS = "pv:live:activities"
LONGEST_VERSION = 9


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    return Actor(signed_in(request))


def find(request: HttpRequest, pk: int) -> Activity:
    """The activity of this number that the reader may see. Raises NotFound."""
    found = one_of(signed_in(request), pk)
    if found is None:
        raise NotFound
    return found


def seen_version(request: HttpRequest) -> int | None:
    """Which version the page showed; None when it does not say."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_VERSION else None


def acted(request: HttpRequest, text: str | Promise, undoable: Undoable, *, url: str = "") -> HttpResponse:
    """Answer a finished act: say it, offer to take it back, let open pages draw themselves anew."""
    toast(request, text, undo_url=reverse("activities:undo", args=[undoable.undo]))
    back = url or reverse("activities:activity", args=[undoable.activity_id])
    return done(request, NEWS, url=back)


def dialog(request: HttpRequest, title: str, body: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Show `body` in a dialog over the page, or as a page of its own."""
    whole = {"title": title, "body": body, **context}
    return fragment(request, "activities/dialog.html", whole, "dialog", status=status)
