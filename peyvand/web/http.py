"""The one place that knows htmx: whole page or fragment, redirects, events and toasts in answers."""

import json
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_fragment(request: HttpRequest) -> bool:
    """Does htmx ask for a part of a page? A boosted link or a restored history entry wants the page."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)


def fragment(
    request: HttpRequest, template: str, context: dict[str, Any], partial: str, *, status: int = 200
) -> HttpResponse:
    """Render the partial of `template` for htmx, or the whole of `template`; toasts travel with a fragment.

    partial: the name in `{% partialdef name %}`, which is also the id of the element and its `hx-target`.
    status: 422 when a form comes back with errors.
    """
    if not wants_fragment(request):
        response = render(request, template, context, status=status)
    else:
        response = render(request, f"{template}#{partial}", context, status=status)
        attach_toasts(request, response)
    patch_vary_headers(response, ["HX-Request"])
    return response


def fragments(
    request: HttpRequest, template: str, context: dict[str, Any], *partials: str, status: int = 200
) -> HttpResponse:
    """Render several partials of `template` in one answer: the target first, the others marked `hx-swap-oob`."""
    parts = (render(request, f"{template}#{partial}", context).content for partial in partials)
    response = HttpResponse(b"\n".join(parts), status=status)
    attach_toasts(request, response)
    return response


def redirect(request: HttpRequest, url: str) -> HttpResponse:
    """Send the reader to `url` (303 for a page, `HX-Redirect` for htmx); toasts wait for the next page."""
    if not getattr(request, "htmx", None):
        return HttpResponseRedirect(url, status=303)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response


def location(request: HttpRequest, url: str) -> HttpResponse:
    """As `redirect`, but htmx swaps the body without reloading scripts and styles."""
    if not getattr(request, "htmx", None):
        return HttpResponseRedirect(url, status=303)
    response = HttpResponse(status=204)
    response["HX-Location"] = url
    return response


def done(request: HttpRequest, *events: str, url: str = "/") -> HttpResponse:
    """Answer a finished act: dialogs close, `events` (as "pv:live:cartable") fire; without htmx go to `url`."""
    if not getattr(request, "htmx", None):
        return HttpResponseRedirect(url, status=303)
    response = HttpResponse(status=204)
    for event in ("pv:close", *events):
        add_event(response, event)
    attach_toasts(request, response)
    return response


def in_dialog(response: HttpResponse) -> HttpResponse:
    """Have htmx show this answer in the dialog over the page, whatever the form that was sent aims at."""
    response["HX-Retarget"], response["HX-Reswap"] = "#dialog", "innerHTML"
    return response


def refresh() -> HttpResponse:
    """Ask htmx to load the page anew, as after a change of language or theme."""
    response = HttpResponse(status=204)
    response["HX-Refresh"] = "true"
    return response


def add_event(response: HttpResponse, name: str, detail: Any = None) -> HttpResponse:
    """Let htmx dispatch the DOM event `name` when the answer arrives."""
    events: dict[str, Any] = json.loads(response.get("HX-Trigger") or "{}")
    events[name] = detail
    response["HX-Trigger"] = json.dumps(events)
    return response


def attach_toasts(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Move waiting toasts into the answer; each is shown once."""
    if not hasattr(request, "_messages"):
        return response
    toasts = [as_toast(message) for message in get_messages(request)]
    return add_event(response, "pv:toasts", {"items": toasts}) if toasts else response


def as_toast(message: Any) -> dict[str, str]:
    """Return what the page's script needs of one message: text, level and the address that undoes the act."""
    level, undo, seconds = [*(message.extra_tags or "ok").split(" "), "", ""][:3]
    return {"text": str(message.message), "level": level, "undo": undo} | ({"seconds": seconds} if seconds else {})
