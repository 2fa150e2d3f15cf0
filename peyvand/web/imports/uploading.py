"""The first step: a file goes up, in pieces or at once."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.core.errors import Invalid, NotAllowed, PeyvandError, TooLarge
from peyvand.core.imports import services
from peyvand.core.imports.kinds import Importer
from peyvand.web.access import page, signed_in
from peyvand.web.http import redirect
from peyvand.web.imports.reached import importer_for, usable
from peyvand.web.imports.wizard import FILE, wizard_of

MOST = settings.IMPORT_MAX_BYTES
MOST_AT_ONCE = min(2 * settings.UPLOAD_MAX_BYTES, MOST)  # what one request can bring
View = Callable[..., HttpResponse]


@require_GET
@page()
def new(request: HttpRequest) -> HttpResponse:
    """Begin an import of the kind of record that the reader may import; with several, choose."""
    found = usable(signed_in(request))
    if not found:
        raise NotAllowed
    if len(found) == 1:
        return redirect(request, reverse("imports:new_of", args=[found[0].host]))
    return render(request, "imports/choose.html", {"importers": found})


@require_http_methods(["GET", "POST"])
@page()
def new_of(request: HttpRequest, host: str) -> HttpResponse:
    """Choose the file; without JavaScript the form brings the whole of it."""
    importer = importer_for(request, host)
    if request.method == "GET":
        return _page(request, importer)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, importer, _("Choose a file."))
    try:
        item = services.upload(
            actor=signed_in(request), host=host, file_name=file.name or "", pieces=file.chunks(), size=file.size
        )
    except (Invalid, TooLarge) as error:
        return _page(request, importer, error.message)
    return redirect(request, reverse("imports:show", args=[item.pk]))


def _page(request: HttpRequest, importer: Importer, error: str = "") -> HttpResponse:
    context = {
        "importer": importer, "wizard": wizard_of(importer, None, FILE), "most": MOST, "most_at_once": MOST_AT_ONCE,
        "error": error,
    }  # fmt: skip
    return render(request, "imports/new.html", context, status=422 if error else 200)


def _told(view: View) -> View:
    """The script reads refusals as JSON."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PeyvandError as error:
            return JsonResponse({"error": error.message}, status=error.status)

    return answered


@require_POST
@page()
@_told
def begin(request: HttpRequest, host: str) -> HttpResponse:
    """Make room for a file that comes in pieces, and say where they go."""
    size = request.POST.get("size", "")
    item = services.begin_upload(
        actor=signed_in(request),
        host=host,
        file_name=request.POST.get("name", ""),
        size=int(size) if size.isascii() and size.isdigit() and len(size) < 19 else None,
    )
    places = {name: reverse(f"imports:{name}", args=[item.pk]) for name in ("chunk", "finish")}
    return JsonResponse(places, status=201)


@require_POST
@page()
@_told
def chunk(request: HttpRequest, import_id: int) -> HttpResponse:
    """Store the next piece; one that came before is passed over."""
    at = request.GET.get("at", "0")
    if not (at.isascii() and at.isdigit() and len(at) < 19):
        raise Invalid
    size = services.add_chunk(actor=signed_in(request), import_id=import_id, data=request.body, at=int(at))
    return JsonResponse({"size": size})


@require_POST
@page()
@_told
def finish(request: HttpRequest, import_id: int) -> HttpResponse:
    """The file is complete: it is read from now on."""
    item = services.finish_upload(actor=signed_in(request), import_id=import_id)
    return JsonResponse({"url": reverse("imports:show", args=[item.pk])})
