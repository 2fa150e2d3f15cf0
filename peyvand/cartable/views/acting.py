"""Acts on a request that need no more than a button: take, close, reopen, undo, continue or not."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peyvand.cartable import services
from peyvand.cartable.errors import PartsOpen
from peyvand.cartable.models import Request
from peyvand.cartable.regrouping_forms import CloseAnywayForm
from peyvand.cartable.views.answering import NEWS, acted, actor_of, address_of, find, seen_version
from peyvand.cartable.views.ties import ask_reason
from peyvand.core.text import isolated
from peyvand.web.access import page
from peyvand.web.http import done, in_dialog, redirect
from peyvand.web.toasts import toast


@page("cartable.handle")
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take a request oneself."""
    found = find(request, code)
    undo = services.take(actor=actor_of(request), request_id=found.pk, expected_version=seen_version(request))
    return acted(request, code, _("You took request %(code)s.") % {"code": isolated(code)}, undo)


@page("cartable.close")
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a request; the toast takes it back."""
    found = find(request, code)
    try:
        undo = services.close(actor=actor_of(request), request_id=found.pk, expected_version=seen_version(request))
    except PartsOpen:
        return in_dialog(ask_reason(request, found, CloseAnywayForm()))
    return acted(request, code, _("Request %(code)s was closed.") % {"code": isolated(code)}, undo)


@page("cartable.close")
@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Make a closed request work again."""
    found = find(request, code)
    undo = services.reopen(actor=actor_of(request), request_id=found.pk, expected_version=seen_version(request))
    return acted(request, code, _("Request %(code)s was reopened.") % {"code": isolated(code)}, undo)


@page("cartable.view")
@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take one's own last step back."""
    request_id = services.undo(actor=actor_of(request), token=token)
    code = Request.objects.visible_to(request.user).filter(pk=request_id).values_list("code", flat=True).get()
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    toast(request, _("It was taken back."))
    return done(request, NEWS, url=address_of(code))


@page("cartable.handle")
@require_POST
def perhaps(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a request continues another: yes joins them."""
    found = find(request, code)
    if request.POST.get("answer") == "yes":
        joined = services.confirm_continuation(actor=actor_of(request), request_id=found.pk)
        toast(request, _("It was joined to the other request."))
        return redirect(request, address_of(Request.objects.values_list("code", flat=True).get(pk=joined.request_id)))
    undo = services.reject_continuation(actor=actor_of(request), request_id=found.pk)
    return acted(request, code, _("The request stands alone."), undo)


@page("cartable.review_unread")
@require_POST
def reviewed(request: HttpRequest, code: str) -> HttpResponse:
    """A message that could not be read has been looked at."""
    found = find(request, code)
    undo = services.mark_reviewed(actor=actor_of(request), request_id=found.pk)
    return acted(request, code, _("It is an ordinary request now."), undo)
