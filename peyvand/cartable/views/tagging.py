"""The tags of one request."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from peyvand.cartable import services
from peyvand.cartable.selectors import choices
from peyvand.cartable.views.answering import acted, actor_of, dialog, find, seen_version
from peyvand.core.text import isolated
from peyvand.web.access import page


@page("cartable.handle")
def tags(request: HttpRequest, code: str) -> HttpResponse:
    """Hang tags on a request and take others off."""
    found = find(request, code)
    if request.method == "POST":
        wanted = {int(pk) for pk in request.POST.getlist("tag") if pk.isascii() and pk.isdigit() and len(pk) < 10}
        gone = set(found.tag_ids) - wanted
        undo = services.tag(
            actor=actor_of(request),
            request_id=found.pk,
            add=wanted,
            remove=gone,
            expected_version=seen_version(request),
        )
        return acted(
            request, code, _("Request %(code)s was changed.") % {"code": isolated(code)}, undo if undo.undo else None
        )
    context = {"title": _("Tags of request %(code)s") % {"code": isolated(code)}, "tags": choices.tags().values()}
    return dialog(request, found, "cartable/_tags.html", context)
