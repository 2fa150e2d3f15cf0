"""Preferences around every request, and errors turned into pages."""

import logging
import time
from collections.abc import Callable

from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from peyvand.core.errors import PeyvandError
from peyvand.web import prefs
from peyvand.web.errors_page import error_response, tracking_code

logger = logging.getLogger(__name__)
ANSWERED = (ImmediateHttpResponse, ReauthenticationRequired)  # by allauth's own middleware, which comes after this one
Handler = Callable[[HttpRequest], HttpResponse]


class PreferencesMiddleware:
    """Activates the reader's language and the organisation's zone; `request.prefs` says the rest.

    `request.begun` is the moment from which on the page may not know what happened (seconds since 1970).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.begun = time.time()  # type: ignore[attr-defined]  # before anything is read; the live stream asks
        now = prefs.of_request(request)
        request.prefs = now  # type: ignore[attr-defined]  # read by templates and views
        request.LANGUAGE_CODE = now.language
        prefs.activate(now)
        try:
            with translation.override(now.language), timezone.override(settings.TIME_ZONE):
                response = self.get_response(request)
        finally:
            prefs.activate(None)
        patch_vary_headers(response, ["Cookie"])
        response.headers.setdefault("Content-Language", now.language)
        return response


class ErrorMiddleware:
    """Answers a PeyvandError that a view let through; gives any other error a tracking code in the log."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ANSWERED):
            return None
        code = tracking_code(request)
        if isinstance(exception, PeyvandError):
            level = logging.ERROR if exception.status >= 500 else logging.INFO
            logger.log(level, "%s %s %s: %s", code, request.method, request.path, exception.code)
            return error_response(request, exception.status, exception.message)
        logger.error("%s %s %s: %s", code, request.method, request.path, type(exception).__name__)
        return None
