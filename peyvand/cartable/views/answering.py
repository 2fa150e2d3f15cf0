"""What every view of the cartable shares: who asks, which request, and how an act is answered."""

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable.models import Referral, Request
from peyvand.cartable.selectors.reading import get_request
from peyvand.cartable.types import Undoable
from peyvand.core import files
from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.web.http import done, fragment
from peyvand.web.toasts import toast

NEWS = "pv:live:cartable"
LONGEST_VERSION = 9  # digits
LONGEST_STEP = 18


def me(request: HttpRequest) -> User:
    """Who asks; `@page` has let nobody else in."""
    return cast(User, request.user)


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    return Actor(me(request))


def find(request: HttpRequest, code: str) -> Request:
    """The request with this code. Raises NotFound when the reader may not see it."""
    return get_request(me(request), code)


def find_referral(reader: User, found: Request, referral_id: int) -> Referral:
    """A referral of this request of which the reader may know. Raises NotFound."""
    places = ("by", "instead_of", "to_user__department", "to_post__department", "to_department", "to_branch", "action")
    rows = Referral.objects.known_to(reader).filter(request=found).select_related(*places)
    referral = rows.filter(pk=referral_id).first()
    if referral is None:
        raise NotFound
    return referral


def seen_version(request: HttpRequest) -> int | None:
    """Which version of the request (or of the answer) the page showed; None when it does not say."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_VERSION else None


def seen_step(request: HttpRequest) -> int | None:
    """The newest line of the history that the composer showed, or that its reader has seen since in a dialog."""
    typed = request.POST.get("seen_now") or request.POST.get("seen", "")
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_STEP else None


def attempt(form: BaseForm, seen: Model, act: Callable[[], Undoable]) -> Undoable | None:
    """Act; on a conflict return None, say why in `form` and read `seen` anew, on which the form then stands."""
    try:
        return act()
    except Conflict as problem:
        seen.refresh_from_db()
        form.add_error(None, ValidationError(problem.message, code="conflict"))
        return None


def status_of(form: BaseForm) -> int:
    """The status of an answer that shows a form: as new, with errors, or after a conflict."""
    if form.has_error(NON_FIELD_ERRORS, "conflict"):
        return 409
    return 422 if form.is_bound else 200


def address_of(code: str) -> str:
    """The address of a request, in whichever folder it stands for the reader."""
    return reverse("cartable:any", args=[code])


def acted(
    request: HttpRequest, code: str, text: str | Promise, undo: Undoable | None = None, *, level: str = "ok"
) -> HttpResponse:
    """Answer a finished act: say it, offer to take it back, let the page draw itself anew."""
    undo_url = reverse("cartable:undo", args=[undo.undo]) if undo else None
    toast(request, text, undo_url=undo_url, level=level)
    return done(request, NEWS, url=address_of(code))


def dialog(
    request: HttpRequest, found: Request, content: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Show `content` in a dialog over the page, or as a page of its own."""
    whole = {"opened": found, "content": content, "back": address_of(found.code), "may": {}, **context}
    return fragment(request, "cartable/dialog.html", whole, "dialog", status=status)


def stored_upload(request: HttpRequest) -> HttpResponse:
    """Store one uploaded file; the page's script keeps its id in the form."""
    given = request.FILES.get("uploads")
    if given is None:
        raise Invalid(_("Choose a file."))
    return JsonResponse({"id": files.store_upload(given, user_id=me(request).pk).pk})
