"""The list of segments, and what is done to a whole segment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from peyvand.accounts.policies import asked_by, may
from peyvand.core.errors import PeyvandError
from peyvand.parties.models import Segment
from peyvand.parties.segments.stored import size_of
from peyvand.parties.selectors import segments as selectors
from peyvand.parties.selectors.reading import get_visible
from peyvand.parties.services import segments as services
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, redirect
from peyvand.web.paging import page_of
from peyvand.web.toasts import toast


@require_GET
@page("parties.segments")
def index(request: HttpRequest) -> HttpResponse:
    """The segments that one may see, by name; figures of who does not see everybody are counted as they appear."""
    user = signed_in(request)
    words = request.GET.get("q", "").strip()[:100]
    found = selectors.segments_for(user)
    if words:
        found = found.filter(name__icontains=words.replace("\x00", ""))
    context = {
        "segments": page_of(request, found, order=("name", "id")),
        "words": words,
        "sees_everybody": selectors.sees_everybody(user),
        "may_change": may(user, services.CHANGE),
    }
    return fragment(request, "parties/segments/list.html", context, "segments")


@require_GET
@page("parties.segments")
def size(request: HttpRequest, segment_id: int) -> HttpResponse:
    """The figure of one segment for whoever asks, or that it cannot be counted."""
    user = signed_in(request)
    segment = selectors.get_segment(user, segment_id)
    number, problem = None, ""
    try:
        number = size_of(segment, asked_by(user))
    except PeyvandError as error:
        problem = error.message
    return render(request, "parties/segments/_size.html", {"size": number, "problem": problem})


@require_GET
@page("parties.segments")
def of_party(request: HttpRequest, party_id: int) -> HttpResponse:
    """The segments that a customer is in, for the side of its file."""
    user = signed_in(request)
    party = get_visible(user, party_id)
    return render(request, "parties/segments/_of_party.html", {"segments": selectors.segments_of(user, party)})


@require_POST
@page("parties.segment")
def duplicate(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Make a copy and open it."""
    copy = services.duplicate_segment(actor=signed_in(request), segment=_changeable(request, segment_id))
    toast(request, _("A copy was made."))
    return redirect(request, reverse("parties:segment", args=[copy.pk]))


@require_POST
@page("parties.segment")
def delete(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Put a segment away, with the way back."""
    segment = _changeable(request, segment_id)
    services.delete_segment(actor=signed_in(request), segment=segment)
    toast(request, _("The segment was deleted."), undo_url=reverse("parties:restore_segment", args=[segment.pk]))
    return redirect(request, reverse("parties:segments"))


@require_POST
@page("parties.segment")
def restore(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Bring a deleted segment back."""
    segment = services.restore_segment(actor=signed_in(request), segment_id=segment_id)
    toast(request, _("The segment is back."))
    return redirect(request, reverse("parties:segment", args=[segment.pk]))


@require_POST
@page("parties.segment")
def freeze(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Make a live segment static."""
    segment = _changeable(request, segment_id)
    try:
        services.freeze_segment(actor=signed_in(request), segment=segment, version=None)
        toast(request, _("The segment keeps its present members from now on."))
    except PeyvandError as error:
        toast(request, error.message, level="bad")
    return redirect(request, reverse("parties:segment", args=[segment.pk]))


def _changeable(request: HttpRequest, segment_id: int) -> Segment:
    return selectors.get_segment(signed_in(request), segment_id)
