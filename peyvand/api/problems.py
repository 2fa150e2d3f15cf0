"""Every error of the API as `application/problem+json` (RFC 9457)."""

import json
import logging
import secrets
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from peyvand.core.errors import NotAllowed, NotFound, PeyvandError, TooLarge, Unavailable

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class NotLoggedIn(PeyvandError):
    """Show a valid token or log in first."""

    code = "not_logged_in"
    status = 401


class CsrfFailed(PeyvandError):
    """The request lacks the proof that it comes from a page of this site (CSRF token)."""

    code = "csrf_failed"
    status = 403


class Malformed(PeyvandError):
    """The request cannot be read."""

    code = "malformed"
    status = 400


class InvalidInput(PeyvandError):
    """Some values cannot be accepted."""

    code = "invalid"
    status = 422


class MethodNotAllowed(PeyvandError):
    """This address does not know that method."""

    code = "method_not_allowed"
    status = 405


class ServerFault(PeyvandError):
    """Something broke on our side; please report the tracking code."""

    code = "server_error"
    status = 500
    tracking = ""


def problem(error: PeyvandError, *, fields: list[dict[str, str]] | None = None) -> HttpResponse:
    """Render an error; `fields` default to those of the error itself."""
    listed = fields if fields is not None else [_named(name, str(text)) for name, text in error.fields.items()]
    body: dict[str, Any] = {
        "type": f"urn:peyvand:problem:{error.code}",
        "title": _default_text(error),
        "status": error.status,
        "detail": error.message,
        "code": error.code,
        "fields": listed,
        "tracking": getattr(error, "tracking", ""),
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), content_type=MEDIA_TYPE, status=error.status)
    for name, value in getattr(error, "headers", {}).items():
        response[name] = value
    if error.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _default_text(error: PeyvandError) -> str:
    text: str = _((error.__doc__ or "").strip().splitlines()[0])
    return text


def _named(name: str, text: str) -> dict[str, str]:
    """A refused value of a service: it gives either a sentence, or a short code that has one here."""
    sentences = {
        "required": _("This is required."),
        "taken": _("This is taken already."),
        "too_long": _("This is too long."),
        "too_deep": _("This would be too deep in the tree."),
        "in_itself": _("This cannot be below itself."),
        "invalid": _("This value cannot be accepted."),
        "unknown": _("There is no such record, or you may not see it."),
        "inactive": _("This is not in use any more."),
        "wrong": _("This is not right."),
    }
    return {"name": name, "detail": sentences.get(text, text), "code": text if text in sentences else ""}


def render(request: HttpRequest, error: "Exception | type[Exception]") -> HttpResponse:
    """Turn anything that an endpoint, the parser or the authentication raised into a problem."""
    if isinstance(error, type):
        error = error()
    if isinstance(error, PeyvandError):
        return problem(error)
    if isinstance(error, ValidationError):
        return problem(InvalidInput(), fields=[_field(each) for each in error.errors])
    known = _translated(error)
    if known is not None:
        return problem(known)
    fault = ServerFault()
    fault.tracking = secrets.token_hex(5)
    logger.error("API fault %s at %s %s", fault.tracking, request.method, request.path, exc_info=error)
    return problem(fault)


def _translated(error: Exception) -> PeyvandError | None:
    """The rule that an error of Django or of the API library stands for, if any."""
    for kind, rule in _KNOWN:
        if isinstance(error, kind):
            return rule()
    if isinstance(error, HttpError):
        return {403: CsrfFailed, 404: NotFound, 413: TooLarge}.get(error.status_code, Malformed)()
    return None


_KNOWN: Iterable[tuple[type[Exception], type[PeyvandError]]] = (
    (AuthenticationError, NotLoggedIn),
    (Http404, NotFound),
    (PermissionDenied, NotAllowed),
    (RequestDataTooBig, TooLarge),
    (SuspiciousOperation, Malformed),
    (MultiPartParserError, Malformed),
    (UnreadablePostError, Malformed),
    (OperationalError, Unavailable),
)


def _field(error: dict[str, Any]) -> dict[str, str]:
    """One refused value: where it stands (without the names of our parameters), why, and a code for programs."""
    place = [str(part) for part in error["loc"]]
    if len(place) > 2 and place[0] in {"body", "form", "query"}:
        place = place[2:] if place[1] in {"payload", "query", "form"} else place[1:]
    elif len(place) > 1:
        place = place[1:]
    return {"name": ".".join(place), "detail": _reason(error), "code": str(error["type"])}


def _reason(error: dict[str, Any]) -> str:
    """A sentence in the reader's language for the commonest reasons; a general one for the rest."""
    kind, limits = str(error["type"]), error.get("ctx", {})
    sentences = {
        "missing": _("This is required."),
        "extra_forbidden": _("There is no such field."),
        "string_too_long": _("Write at most %(max_length)s characters."),
        "string_too_short": _("Write at least %(min_length)s characters."),
        "literal_error": _("Choose one of %(expected)s."),
        "enum": _("Choose one of %(expected)s."),
        "greater_than_equal": _("This must be at least %(ge)s."),
        "less_than_equal": _("This must be at most %(le)s."),
        "int_type": _("Write a whole number."),
        "int_parsing": _("Write a whole number."),
        "string_type": _("Write text."),
        "bool_type": _("Write true or false."),
        "too_long": _("Give at most %(max_length)s values."),
        "timezone_aware": _("Write the time with its time zone."),
    }
    sentence: str = sentences.get(kind, _("This value cannot be accepted.")) % limits
    return sentence
