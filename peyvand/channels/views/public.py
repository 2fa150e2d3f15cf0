"""The public web form: a page, one for a frame on a company's own site, a JSON endpoint. No login, no cookie."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from peyvand.channels import guard
from peyvand.channels.forms import PublicForm
from peyvand.channels.models import Channel, Message
from peyvand.channels.public_form import form_settings, message_of, receipt_of, take_form, web_form
from peyvand.core.errors import Invalid, NotFound, PeyvandError
from peyvand.web import slots
from peyvand.web.access import public
from peyvand.web.http import redirect, wants_fragment

STOP_POLLING = 286
LONGEST_JSON = 64 * 1024


@csrf_exempt  # nothing here acts for a logged-in user; the stamp stands for the form
@require_http_methods(["GET", "POST"])
@public
def form_page(request: HttpRequest, token: str) -> HttpResponse:
    """The form as a page of its own."""
    return _form(request, web_form(token), is_embedded=False)


@csrf_exempt  # as above; in a frame of another site there is no cookie at all
@require_http_methods(["GET", "POST"])
@public
def form_embed(request: HttpRequest, token: str) -> HttpResponse:
    """The form for a frame: only the sites that its channel names may show it."""
    channel = web_form(token)
    return _framed(_form(request, channel, is_embedded=True), channel)


def _form(request: HttpRequest, channel: Channel, *, is_embedded: bool) -> HttpResponse:
    if request.method == "GET":
        return _show(request, channel, PublicForm(), is_embedded=is_embedded)
    form = PublicForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            message = _take(request, channel, form)
        except PeyvandError as error:
            form.add_error(None, error.message)
            return _show(request, channel, form, is_embedded=is_embedded, status=error.status)
        name = "channels:sent-embed" if is_embedded else "channels:sent"
        return redirect(request, reverse(name, args=[channel.token, receipt_of(message)]))
    return _show(request, channel, form, is_embedded=is_embedded, status=422)


def _take(request: HttpRequest, channel: Channel, form: PublicForm) -> Message:
    guard.check_trap(form.cleaned_data["website"])
    stamp = guard.read_stamp(form.cleaned_data["stamp"], channel.pk)
    guard.count(channel.pk, place=guard.place_of(request), addresses=form.addresses)
    return take_form(channel=channel, form=form, nonce=stamp.nonce)


def _show(
    request: HttpRequest, channel: Channel, form: PublicForm, *, is_embedded: bool, status: int = 200
) -> HttpResponse:
    context = {
        "channel": channel,
        "form": form,
        "stamp": guard.stamp_for(request.POST, channel.pk),
        "intro": form_settings(channel).intro,
        "base": "channels/frame.html" if is_embedded else "web/base_plain.html",
    }
    return render(request, "channels/form.html", context, status=status)


@require_GET
@public
def sent(request: HttpRequest, token: str, receipt: str) -> HttpResponse:
    """What became of a message: its follow-up code as soon as there is one (asked every second until then)."""
    return _sent(request, web_form(token), receipt, is_embedded=False)


@require_GET
@public
def sent_embed(request: HttpRequest, token: str, receipt: str) -> HttpResponse:
    """The same in a frame."""
    channel = web_form(token)
    return _framed(_sent(request, channel, receipt, is_embedded=True), channel)


def _sent(request: HttpRequest, channel: Channel, receipt: str, *, is_embedded: bool) -> HttpResponse:
    message = message_of(channel, receipt)
    if message is None:
        raise NotFound
    code = slots.render("channels.follow_up", message, request=request)
    back = reverse("channels:form-embed" if is_embedded else "channels:form", args=[channel.token])
    context = {
        "channel": channel,
        "code": code,
        "back": back,
        "base": "channels/frame.html" if is_embedded else "web/base_plain.html",
    }
    if wants_fragment(request):
        return render(request, "channels/sent.html#follow-up", context, status=STOP_POLLING if code else 200)
    return render(request, "channels/sent.html", context)


@csrf_exempt  # a public endpoint without cookies
@require_http_methods(["GET", "POST", "OPTIONS"])
@public
def form_api(request: HttpRequest, token: str) -> HttpResponse:
    """The form for a program or a script on an allowed site: GET gives a stamp, POST takes the fields as JSON.

    The JSON holds the fields of `PublicForm` without files; the answer to a POST names the address of its state.
    """
    channel = web_form(token)
    if request.method == "OPTIONS":
        return _shared(request, HttpResponse(status=204), channel)
    if request.method == "GET":
        return _shared(request, JsonResponse({"stamp": guard.new_stamp(channel.pk)}), channel)
    try:
        message = _take_json(request, channel)
    except PeyvandError as error:
        problem = {"title": error.message, "status": error.status, "code": error.code, "errors": error.fields}
        answer = JsonResponse(problem, status=error.status, content_type="application/problem+json")
        return _shared(request, answer, channel)
    state = reverse("channels:sent", args=[channel.token, receipt_of(message)])
    return _shared(request, JsonResponse({"state": request.build_absolute_uri(state)}, status=201), channel)


def _take_json(request: HttpRequest, channel: Channel) -> Message:
    form = PublicForm(_fields(request), MultiValueDict())
    if not form.is_valid():
        raise Invalid(fields={name: " ".join(map(str, errors)) for name, errors in form.errors.items()})
    return _take(request, channel, form)


def _fields(request: HttpRequest) -> dict[str, str]:
    """Read a flat JSON object of texts. Raises Invalid for everything else."""
    try:
        body = request.body
        found: Any = json.loads(body) if len(body) <= LONGEST_JSON else None
    except (ValueError, RecursionError, RawPostDataException) as error:
        raise Invalid from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Invalid
    return {name: value.replace("\x00", "") for name, value in found.items()}


def _sites(channel: Channel) -> list[str]:
    """The origins that may show or call a form; they were checked when they were saved."""
    return list(form_settings(channel).sites)


def _framed(response: HttpResponse, channel: Channel) -> HttpResponse:
    """Let the channel's sites, and nobody else, show this answer in a frame."""
    response._csp_replace = {"frame-ancestors": _sites(channel) or ["'none'"]}  # type: ignore[attr-defined]  # django-csp reads it
    response.xframe_options_exempt = True  # the policy above is the newer way to say it
    return response


def _shared(request: HttpRequest, response: HttpResponse, channel: Channel) -> HttpResponse:
    """Let scripts of the channel's sites read this answer."""
    origin = request.headers.get("Origin", "")
    response["Vary"] = "Origin"
    response["Cache-Control"] = "no-store"
    if origin in _sites(channel):
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Methods"] = "GET, POST"
        response["Access-Control-Allow-Headers"] = "Content-Type"
    return response
