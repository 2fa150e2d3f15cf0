"""Why a customer is in a segment or not; the members of a static one; the versions of a segment."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts.policies import may
from peyvand.core.errors import Invalid, NotFound
from peyvand.parties.models import Party, Segment
from peyvand.parties.segments import read
from peyvand.parties.segments.explaining import explain
from peyvand.parties.segments.rules import finished
from peyvand.parties.selectors import search
from peyvand.parties.selectors import segments as selectors
from peyvand.parties.selectors.reading import get_visible
from peyvand.parties.services import segments as services
from peyvand.parties.views.segments.building import Bench, bench_of
from peyvand.parties.views.segments.shown import Painter
from peyvand.parties.views.segments.words import Said, Speaker
from peyvand.web.access import page, signed_in
from peyvand.web.http import fragment, redirect
from peyvand.web.paging import page_of
from peyvand.web.toasts import toast

MOST_FOUND = 8


@require_GET
@page("parties.segments")
def people(request: HttpRequest) -> HttpResponse:
    """Find a customer in a dialog. act: what choosing does: `why`, `add` (to a static segment) or `value:<path>`."""
    user = signed_in(request)
    words = request.GET.get("who", "").replace("\x00", "").strip()[:80]
    act = request.GET.get("act", "")[:200]
    segment = request.GET.get("segment", "")
    found = search(user, words).order_by("sort_key", "id")[:MOST_FOUND] if words else []
    context = {
        "parties": list(found),
        "who": words,
        "act": act,
        "segment_id": int(segment) if segment.isdigit() and len(segment) < 19 else None,
        "back": reverse("parties:segments"),
    }
    partial = "segment-people" if "who" in request.GET else "dialog"
    return fragment(request, "parties/segments/people.html", context, partial)


@require_POST
@page("parties.segments")
def why(request: HttpRequest) -> HttpResponse:
    """Each rule of the form, or of a stored segment, asked of one customer."""
    bench = bench_of(request)
    party = get_visible(bench.user, _number(request.POST.get("party", "")))
    stored = request.POST.get("segment", "")
    segment = selectors.get_segment(bench.user, _number(stored)) if stored else None
    context: dict[str, Any] = {"party": party, "segment": segment, "back": reverse("parties:segments")}
    try:
        context |= _why(bench, request, segment, party)
    except Invalid as error:
        context["error"] = error.message
    return fragment(request, "parties/segments/why.html", context, "dialog")


def _why(bench: Bench, request: HttpRequest, segment: Segment | None, party: Party) -> dict[str, Any]:
    if segment is not None and segment.kind == Segment.Kind.STATIC:
        return {"is_static": True, "holds": segment.members.filter(party=party).exists()}
    rule = finished(read(bench.posted(request.POST) if "node" in request.POST or segment is None else segment.rule))
    finding = explain(rule, bench.compiler.asked, party)
    said: Said = Speaker(Painter(bench.compiler, bench.pen)).said(finding, party)
    return {"said": said, "holds": finding.holds}


@require_http_methods(["GET", "POST"])
@page("parties.segments")
def members(request: HttpRequest, segment_id: int) -> HttpResponse:
    """The members of a static segment: seen, and added or taken out one by one."""
    user = signed_in(request)
    segment = selectors.get_segment(user, segment_id)
    if segment.kind != Segment.Kind.STATIC:
        return redirect(request, f"{reverse('parties:list')}?segment={segment.pk}")
    if request.method == "POST":
        _choose(request, segment)
        return redirect(request, reverse("parties:segment_members", args=[segment.pk]))
    rows = Party.objects.visible_to(user).filter(pk__in=segment.members.values("party"))
    context = {
        "segment": segment,
        "members": page_of(request, rows, order=("sort_key", "id")),
        "may_change": may(user, services.CHANGE, segment),
    }
    return fragment(request, "parties/segments/members.html", context, "segment-members")


def _choose(request: HttpRequest, segment: Segment) -> None:
    user = signed_in(request)
    party = get_visible(user, _number(request.POST.get("party", "")))
    if request.POST.get("act") == "remove":
        services.remove_members(actor=user, segment=segment, party_ids=[party.pk])
        toast(request, _("Taken out of the segment."))
    else:
        services.add_members(actor=user, segment=segment, party_ids=[party.pk])
        toast(request, _("Added to the segment."))


@require_GET
@page("parties.segments")
def versions(request: HttpRequest, segment_id: int) -> HttpResponse:
    """The states that a segment had, with who made them."""
    bench = bench_of(request)
    segment = selectors.get_segment(bench.user, segment_id)
    speaker = Speaker(Painter(bench.compiler, bench.pen))
    rows = []
    for each in selectors.versions(segment):
        try:
            outline = speaker.outline(read(each.rule))
        except Invalid:
            outline = None
        rows.append((each, outline))
    context = {
        "segment": segment,
        "versions": rows,
        "may_change": may(bench.user, services.CHANGE, segment),
        "back": reverse("parties:segment", args=[segment.pk]),
    }
    return fragment(request, "parties/segments/versions.html", context, "dialog")


@require_POST
@page("parties.segment")
def restore_version(request: HttpRequest, segment_id: int, event_id: int) -> HttpResponse:
    """Give a segment back an earlier state."""
    user = signed_in(request)
    segment = selectors.get_segment(user, segment_id)
    services.restore_segment_version(actor=user, segment=segment, event_id=event_id, version=None)
    toast(request, _("The earlier version is back."))
    return redirect(request, reverse("parties:segment", args=[segment.pk]))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotFound
    return int(text)
