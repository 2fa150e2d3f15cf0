"""Single messages of a request: as HTML in a sandbox, as they came, their files; and answers that did not arrive."""

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.cartable import services
from peyvand.cartable.models import ConfidentialView, Request
from peyvand.cartable.selectors.papers import file_of
from peyvand.cartable.views.answering import acted, actor_of, find
from peyvand.channels.models import Message
from peyvand.core import blobs, files
from peyvand.core.errors import Invalid, NotFound
from peyvand.web.access import page

SANDBOX = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"
SHELL = (
    '<!doctype html><html dir="auto"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
    "<title>{title}</title></head><body>{body}</body></html>"
)


def _find_message(found: Request, message_id: int) -> Message:
    message = Message.objects.filter(in_request__request=found, pk=message_id).first()
    if message is None:
        raise NotFound
    return message


def _taken_from(request: HttpRequest, code: str) -> Request:
    """The request that a paper is taken out of; of a confidential one that is recorded."""
    found = find(request, code)
    services.note_view(actor=actor_of(request), request=found, what=ConfidentialView.What.PAPER)
    return found


def _guarded(response: HttpResponse, policy: str) -> HttpResponse:
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


@page("cartable.view")
@require_GET
def message_html(request: HttpRequest, code: str, message: int) -> HttpResponse:
    """A message with its formatting, sanitised when it was read, without script, address or remote picture."""
    one = _find_message(_taken_from(request, code), message)
    if not one.html:
        raise NotFound
    body = SHELL.format(title=escape(code), body=one.html)
    return _guarded(HttpResponse(body, content_type="text/html; charset=utf-8"), SANDBOX)


@page("cartable.view")
@require_GET
def message_raw(request: HttpRequest, code: str, message: int) -> HttpResponse:
    """The bytes of a message as they came, as a download."""
    one = _find_message(_taken_from(request, code), message)
    if one.raw_id is None:
        raise NotFound
    response = HttpResponse(blobs.get(one.raw_id), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, f"{code}-{one.pk}.eml")
    return _guarded(response, files.SANDBOX)


@page("cartable.view")
@require_GET
def file(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """A file of this request's messages, notes or answers, as a download."""
    one = file_of(_taken_from(request, code), file)
    return files.download(one)


@page("cartable.view")
@require_POST
def retry(request: HttpRequest, code: str, message: int) -> HttpResponse:
    """Send an answer again that could not be delivered."""
    services.resend(actor=actor_of(request), request_id=find(request, code).pk, message_id=message)
    return acted(request, code, _("The answer will be sent again."))


@page("cartable.view")
@require_POST
def decide(request: HttpRequest, code: str, message: int) -> HttpResponse:
    """Say whether an answer went out of which the system does not know."""
    found = find(request, code)
    outcome = request.POST.get("outcome", "")
    if outcome not in {"sent", "resend"}:
        raise Invalid(_("Choose one of the two."))
    services.settle(actor=actor_of(request), request_id=found.pk, message_id=message, outcome=outcome)
    return acted(request, code, _("It was noted."))
