"""Answers to errors: a page, or a fragment with a toast when htmx asked; each carries a tracking code."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peyvand.web.context import Shell
from peyvand.web.http import add_event, wants_fragment

TITLES: dict[int, tuple[Promise, Promise]] = {
    400: (_("The request cannot be read"), _("Go back, load the page again and repeat the step.")),
    403: (_("You have no access to this"), _("If you need it, ask your administrator for the role.")),
    404: (_("Nothing is here"), _("It was removed, or you may not see it, or the address is not right.")),
    409: (_("Somebody else changed this meanwhile"), _("Load the page again to see the new state.")),
    413: (_("This is too large"), _("Send a smaller file.")),
    422: (_("Some values cannot be accepted"), _("Correct them and send again.")),
    429: (_("Too many attempts"), _("Wait a little and try again.")),
    500: (_("Something went wrong on our side"), _("Please try again; if it stays, send us the tracking code.")),
    503: (_("This service cannot be reached right now"), _("Please try again in a few minutes.")),
}
ICONS = {403: "lock", 404: "map-search", 409: "git-merge", 413: "file-alert", 429: "hourglass", 503: "cloud-off"}


def tracking_code(request: HttpRequest) -> str:
    """Return the code of this request, made once: people quote it, the log has it."""
    code: str = getattr(request, "tracking_code", "")
    if not code:
        code = f"E-{secrets.token_hex(3).upper()}"
        request.tracking_code = code  # type: ignore[attr-defined]  # ours, for the log and the page
    return code


def error_response(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """Render an error of `status`; `message` replaces the general sentence."""
    title, advice = TITLES.get(status, TITLES[500 if status >= 500 else 400])
    context = {
        "status": status,
        "title": title,
        "message": message or advice,
        "code": tracking_code(request),
        "icon": ICONS.get(status, "alert-circle"),
        "can_retry": status >= 409,
        "shell": Shell(request, is_bare=True),
    }
    if not wants_fragment(request):
        return render(request, "web/error.html", context, status=status)
    response = render(request, "web/_error.html", context, status=status)
    response["HX-Reswap"] = "none" if status == 422 else "innerHTML"
    text = message or str(title)
    if status >= 500:
        text = gettext("%(text)s Tracking code: %(code)s") % {"text": text, "code": context["code"]}
    return add_event(response, "pv:toasts", {"items": [{"text": text, "level": "bad", "undo": ""}]})
